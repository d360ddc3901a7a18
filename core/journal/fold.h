// The four questions the application asks of the rooms, for any kind of entry:
//   check(draft)               is it well formed? The same answer on the phone and at receipt.
//   decide(draft, before)      may it happen now? A refusal is a Result, never a lost entry: at
//                              receipt the server quarantines what it refuses (law 7).
//   fold(state, draft)         the state after it; any order of arrival gives the same state,
//                              repeated entries are told apart by the journal before (entry id).
//   facts_of(...)              the rows that figures are counted from.
// An undone entry is taken out by folding the subject's other entries again (refold_needed).
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "core/comparison/state.h"
#include "core/journal/kinds.h"
#include "core/measure/fact.h"
#include "core/network/state.h"
#include "core/outreach/state.h"
#include "core/people/state.h"

namespace filrouge {

using State = std::variant<std::monostate, OrganisationState, TeamState, ProjectState, PlaceState,
                           AccountState, DeviceState, RoundState, PersonState, FactsRetained,
                           ComparisonState>;

// The empty state of a collection, and its text in the read model (JSON).
State empty_state(Collection collection);
std::string encode_state(const State& state);
Result<State> decode_state(Collection collection, std::string_view text);

// Known kind and version, body fields, limits, texts, consistent stamp. Errors name "body.count".
Status check(const Draft& draft);

// `before` is the folded state of the draft's subject (empty_state when there is none). The author
// and the access rule were judged before (core/access).
Status decide(const Draft& draft, const State& before);

void fold(State& state, const Draft& draft);

// True for "undone" on a round or a person: the caller folds the subject again from all its drafts,
// in any order, through refold(), which leaves the undone ones out ("confirmed" folds like any
// other entry). On a team or a place nothing is folded: their encounters and visits live in the
// facts only, and there the caller does not put the facts of an entry that is already undone.
bool refold_needed(std::string_view kind, Collection collection);
State refold(Collection collection, const std::vector<Draft>& drafts);

// What the facts need from around the entry; the application looks it up.
struct Located {
  std::optional<std::string> commune;
  std::optional<std::string> district;  // code, kOutsideDistricts, or absent: inconnu
};
struct Surroundings {
  SubjectId organisation;              // the author's
  Located located;                     // of the place of the entry (place_of below), on its day
  bool own_site = false;               // the place is a team's own site
  std::optional<Pseudonym> person;     // of the subject, for persons
  std::optional<Pseudonym> counts_as;  // of her linked records, where there are several
};

struct FactChange {
  std::vector<Fact> put;
  std::vector<EntryId> remove;  // fact keys that an undone entry takes away
  std::vector<PersonFact> persons;
};

// Was this entry taken back by one that arrived before it?
bool is_undone(const State& state, const EntryId& entry);

// The place whose commune and district count for this entry, nil when it has none. `after` is the
// state of the subject after the fold (a round's first stop; a contact's own place or none).
SubjectId place_of(const Draft& draft, const State& after);
FactChange facts_of(const Draft& draft, const State& after, const Surroundings& surroundings);

}  // namespace filrouge
