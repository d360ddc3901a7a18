#include "core/journal/fold.h"

#include <array>

#include "core/comparison/comparison.h"
#include "core/journal/body.h"
#include "core/journal/entry_set.h"
#include "core/measure/survey.h"
#include "core/network/account.h"
#include "core/network/check.h"
#include "core/network/settings.h"
#include "core/outreach/check.h"
#include "core/outreach/facts.h"
#include "core/outreach/round.h"
#include "core/pathway/check.h"
#include "core/pathway/constraints.h"
#include "core/pathway/facts.h"
#include "core/people/check.h"
#include "core/people/person.h"
#include "core/people/sharing.h"
#include "core/relay/relay.h"

namespace filrouge {

namespace {

// Comparisons of lists are work of a desk: the phone's core, which goes over a slow network,
// carries none of their code, and says of their kinds what it says of those that it does not know.
#ifdef __wasm__
constexpr bool at_desk = false;
#else
constexpr bool at_desk = true;
#endif

Error unknown_kind() {
  return {Code::unsupported, "kind", "unknown_kind", "this program does not know it"};
}

Status check_at_desk(const Draft& draft) {
  if constexpr (at_desk)
    return is_comparison_kind(draft.kind) ? check_comparison(draft) : check_comparison_ended(draft);
  return unknown_kind();
}

struct CheckRow {
  std::string_view kind;
  Status (*check)(const Draft&);
};

constexpr std::array kChecks{
    CheckRow{"round_started", check_round_started},
    CheckRow{"round_moved", check_round_moved},
    CheckRow{"round_ended", check_round_ended},
    CheckRow{"encounter", check_encounter},
    CheckRow{"encounters_expired", check_encounters_expired},
    CheckRow{"watch_session", check_watch_session},
    CheckRow{"contact", check_contact},
    CheckRow{"visit", check_visit},
    CheckRow{"undone", check_undone},
    CheckRow{"confirmed", check_confirmed},
    CheckRow{"day_report", check_day_report},
    CheckRow{"person_created", check_person_created},
    CheckRow{"person_described", check_person_described},
    CheckRow{"identity_given", check_identity_given},
    CheckRow{"consent_recorded", check_consent_recorded},
    CheckRow{"minor_informed", check_minor_informed},
    CheckRow{"concern_reported", check_concern_reported},
    CheckRow{"person_erased", check_person_erased},
    CheckRow{"signal_received", check_signal_received},
    CheckRow{"signal_closed", check_signal_closed},
    CheckRow{"pathway_opened", check_pathway_opened},
    CheckRow{"referent_named", check_referent_named},
    CheckRow{"stage_marked", check_stage_marked},
    CheckRow{"pause_agreed", check_pause_agreed},
    CheckRow{"attempt_made", check_attempt_made},
    CheckRow{"contact_lost", check_contact_lost},
    CheckRow{"following_ended", check_following_ended},
    CheckRow{"following_resumed", check_following_resumed},
    CheckRow{"diagnosis", check_diagnosis},
    CheckRow{"barrier_changed", check_barrier_changed},
    CheckRow{"step_set", check_step_set},
    CheckRow{"appointment_set", check_appointment_set},
    CheckRow{"delivery", check_delivery},
    CheckRow{"exit", check_exit},
    CheckRow{"check_in", check_check_in},
    CheckRow{"sharing_agreed", check_sharing_agreed},
    CheckRow{"sharing_withdrawn", check_sharing_withdrawn},
    CheckRow{"relay", check_relay},
    CheckRow{"card_issued", check_card_issued},
    CheckRow{"card_failed", check_card_failed},
    CheckRow{"trust_answered", check_trust_answered},
    CheckRow{"odd_said", check_odd_said},
    CheckRow{"persons_linked", check_link},
    CheckRow{"persons_unlinked", check_link},
    CheckRow{"persons_distinct", check_link},
    CheckRow{"sought_seen", check_sought},
    CheckRow{"outside_link", check_outside},
    CheckRow{"outside_failed", check_outside},
    CheckRow{"outside_opened", check_outside},
    CheckRow{"outside_answered", check_outside},
    CheckRow{"survey_answered", check_survey_answered},
    CheckRow{"comparison_opened", check_at_desk},
    CheckRow{"comparison_list_added", check_at_desk},
    CheckRow{"comparison_list_removed", check_at_desk},
    CheckRow{"comparison_run", check_at_desk},
    CheckRow{"comparison_judged", check_at_desk},
    CheckRow{"comparison_ended", check_at_desk},
    CheckRow{"organisation_set", check_organisation_set},
    CheckRow{"team_set", check_team_set},
    CheckRow{"project_set", check_project_set},
    CheckRow{"place_set", check_place_set},
    CheckRow{"account_proposed", check_account_proposed},
    CheckRow{"account_confirmed", check_account_confirmed},
    CheckRow{"account_changed", check_account_changed},
    CheckRow{"device_enrolled", check_device_enrolled},
    CheckRow{"device_lost", check_device_lost},
    CheckRow{"constraints_set", check_constraints_set},
    CheckRow{"facts_retained", check_facts_retained},
};

template <class T>
Result<State> decode_as(std::string_view text) {
  auto read = json::decode<T>(text, json::Unknown::keep);
  if (!read.ok()) return std::move(read.error());
  return State(std::move(*read));
}

Status check_frame(const Draft& draft) {
  const KindInfo* kind = find_kind(draft.kind);
  if (kind == nullptr)
    return Error{Code::unsupported, "kind", "unknown_kind", "this program does not know it"};
  if (draft.version > kind->version)
    return Error{Code::unsupported, "version", "newer_version", "written by a newer program"};
  if (draft.version < 1) return invalid_field("version", "range", "1 or more");
  if (draft.id.is_nil()) return invalid_field("id", "missing", "an id that is not nil");
  if (draft.subject.is_nil()) return invalid_field("subject", "missing", "an id that is not nil");
  if (!draft.occurred.is_consistent())
    return invalid_field("occurred", "stamp", "instant, date, minute and offset disagree");
  return Done{};
}

bool is_about(const Draft& draft, Collection collection) {
  const auto own = collection_of(draft);
  return own.ok() && *own == collection;
}

void fold_into(OrganisationState& s, const Draft& d) { fold_organisation(s, d); }
void fold_into(TeamState& s, const Draft& d) { fold_team(s, d); }
void fold_into(ProjectState& s, const Draft& d) { fold_project(s, d); }
void fold_into(PlaceState& s, const Draft& d) { fold_place(s, d); }
void fold_into(AccountState& s, const Draft& d) { fold_account(s, d); }
void fold_into(DeviceState& s, const Draft& d) { fold_device(s, d); }
void fold_into(RoundState& s, const Draft& d) { fold_round(s, d); }
void fold_into(PersonState& s, const Draft& d) { fold_person(s, d); }
void fold_into(FactsRetained& s, const Draft& d) { fold_retained(s, d); }
void fold_into(ComparisonState& s, const Draft& d) {
  if constexpr (at_desk) fold_comparison(s, d);
}
void fold_into(std::monostate, const Draft&) {}

}  // namespace

State empty_state(Collection collection) {
  switch (collection) {
    case Collection::organisation:
      return OrganisationState{};
    case Collection::team:
      return TeamState{};
    case Collection::project:
      return ProjectState{};
    case Collection::place:
      return PlaceState{};
    case Collection::account:
      return AccountState{};
    case Collection::device:
      return DeviceState{};
    case Collection::round:
      return RoundState{};
    case Collection::person:
      return PersonState{};
    case Collection::retained:
      return FactsRetained{};
    case Collection::comparison:
      return ComparisonState{};
  }
  return std::monostate{};
}

std::string encode_state(const State& state) {
  return std::visit(
      [](const auto& s) -> std::string {
        using S = std::decay_t<decltype(s)>;
        if constexpr (std::is_same_v<S, std::monostate> ||
                      (!at_desk && std::is_same_v<S, ComparisonState>)) {
          return "{}";
        } else {
          return json::encode(s);
        }
      },
      state);
}

Result<State> decode_state(Collection collection, std::string_view text) {
  switch (collection) {
    case Collection::organisation:
      return decode_as<OrganisationState>(text);
    case Collection::team:
      return decode_as<TeamState>(text);
    case Collection::project:
      return decode_as<ProjectState>(text);
    case Collection::place:
      return decode_as<PlaceState>(text);
    case Collection::account:
      return decode_as<AccountState>(text);
    case Collection::device:
      return decode_as<DeviceState>(text);
    case Collection::round:
      return decode_as<RoundState>(text);
    case Collection::person:
      return decode_as<PersonState>(text);
    case Collection::retained:
      return decode_as<FactsRetained>(text);
    case Collection::comparison:
      if constexpr (at_desk) return decode_as<ComparisonState>(text);
      break;
  }
  return Error{Code::internal, "", "collection", "no such collection"};
}

Status check(const Draft& draft) {
  FILROUGE_CHECK(check_frame(draft));
  for (const CheckRow& row : kChecks)
    if (row.kind == draft.kind) return row.check(draft);
  return unknown_kind();
}

Status decide(const Draft& draft, const State& before) {
  FILROUGE_TRY(collection, collection_of(draft));
  if (!std::holds_alternative<std::monostate>(before) &&
      before.index() != empty_state(collection).index())
    return Error{Code::refused, "", "other_subject", "this id is used for something else"};
  if (const auto* round = std::get_if<RoundState>(&before)) return decide_round(draft, *round);
  if (const auto* person = std::get_if<PersonState>(&before)) return decide_person(draft, *person);
  if (const auto* account = std::get_if<AccountState>(&before))
    return decide_account(draft, *account);
  if (const auto* device = std::get_if<DeviceState>(&before)) return decide_device(draft, *device);
  if constexpr (at_desk)
    if (const auto* comparison = std::get_if<ComparisonState>(&before))
      return decide_comparison(draft, *comparison);
  // Encounters, watch sessions and reports count for a team that exists.
  if (const auto* team = std::get_if<TeamState>(&before))
    if (draft.kind != "team_set" && team->entry.is_nil())
      return Error{Code::refused, "body.team", "unknown_team", "no such team"};
  return Done{};
}

void fold(State& state, const Draft& draft) {
  const auto collection = collection_of(draft);
  if (!collection.ok()) return;
  if (std::holds_alternative<std::monostate>(state)) state = empty_state(*collection);
  if (state.index() != empty_state(*collection).index()) return;
  std::visit([&](auto& s) { fold_into(s, draft); }, state);
}

bool refold_needed(std::string_view kind, Collection collection) {
  return kind == "undone" && (collection == Collection::round || collection == Collection::person);
}

State refold(Collection collection, const std::vector<Draft>& drafts) {
  State state = empty_state(collection);
  for (const bool undone : {true, false})
    for (const Draft& draft : drafts)
      if ((draft.kind == "undone") == undone && is_about(draft, collection)) fold(state, draft);
  return state;
}

bool is_undone(const State& state, const EntryId& entry) {
  if (const auto* round = std::get_if<RoundState>(&state)) return has_entry(round->undone, entry);
  if (const auto* person = std::get_if<PersonState>(&state))
    return has_entry(person->undone, entry);
  return false;
}

SubjectId place_of(const Draft& draft, const State& after) { return outreach_place(draft, after); }

FactChange facts_of(const Draft& draft, const State& after, const Surroundings& surroundings) {
  FactChange change;
  if (draft.kind == "facts_retained") {
    if (FactsRetained body; reads_into(draft, body)) {
      change.put = std::move(body.facts);
      change.persons = std::move(body.persons);
    }
    return change;
  }
  if (draft.kind == "undone") {
    add_undone_facts(draft, after, surroundings, change);
  } else if (!is_undone(after, draft.id)) {
    add_outreach_facts(draft, after, surroundings, change);
  }
  if (const auto* person = std::get_if<PersonState>(&after))
    add_person_facts(draft, *person, surroundings, change);
  if (const auto* person = std::get_if<PersonState>(&after))
    add_pathway_facts(draft, *person, surroundings, change);
  return change;
}

}  // namespace filrouge
