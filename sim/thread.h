// The thread of one person as the rules of domain.md 6.2 tell it, written here a second time: her
// entries one after the other in the order in which they were accepted, and after each of them who
// holds her, where each relay stands, and what she agreed to. The product works the same out from
// the clock, in any order of arrival (decision 0017); both must say the same at every moment.
//
//   Thread thread;
//   for (const Heard& one : heard) thread.hear(one);
//   thread.holder->referent; thread.agrees(organisation, today);
#pragma once

#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "core/journal/draft.h"
#include "core/pathway/entries.h"
#include "core/people/sharing.h"
#include "core/relay/entries.h"

namespace filrouge::sim {

// By the clock that the journal believes, then by id.
using Stamp = std::pair<std::pair<std::int64_t, std::uint32_t>, EntryId>;

// One entry about her that the journal holds.
struct Heard {
  const Draft* draft = nullptr;
  Stamp at;
  std::int64_t recv_seq = 0;
  bool by_node = false;  // a référent par intérim, named by the program
};

struct Holder {
  EntryId entry;
  SubjectId organisation;
  SubjectId team;
  SubjectId referent;
  bool interim = false;
  Stamp at;
};

struct RelayTold {
  SubjectId from;
  std::optional<SubjectId> to;  // absent: outside the platform
  std::optional<EntryId> step;
  RelayAct act = RelayAct::prepared;
  EntryId head;
  CivilDate since;     // day of the act
  CivilDate proposed;  // of the first proposal
  CivilDate meets;     // day of the meeting
  bool was_proposed = false;
  std::int32_t nobody_came = 0;
  std::optional<RelayAct> sender_said;    // of the meeting
  std::optional<RelayAct> receiver_said;  // likewise

  bool is_over() const;    // nothing may follow but what is said of it
  bool awaits() const;     // somebody must still act before she has arrived
  bool is_agreed() const;  // the receiver accepted, and has not given her up
};

struct Agreement {
  Stamp at;
  SubjectId author;
  SharingAgreed said;
};
struct Withdrawing {
  Stamp at;
  SubjectId author;
  std::optional<SubjectId> organisation;
};
struct StepTold {
  SubjectId owner;
  Stamp at;
  bool dropped = false;
};

struct Thread {
  bool met = false;
  std::optional<Holder> holder;  // absent: no pathway is open
  Stamp last_claim;
  Stamp last_ending;
  std::set<SubjectId> claim_teams;
  std::map<EntryId, RelayTold> relays;
  std::vector<Agreement> agreements;
  std::vector<Withdrawing> withdrawn;
  std::map<EntryId, StepTold> steps;
  std::set<EntryId> binding;     // what is answered, and never taken back
  std::set<EntryId> taken_back;  // by their authors, arrived or not

  void hear(const Heard& heard);
  bool agrees(SubjectId organisation, CivilDate day) const;
  bool shares(SubjectId organisation, SharedField field, CivilDate day) const;
  // Who follows her beside her own team: through one of these teams, or as an organisation.
  bool is_followed_by(const std::set<SubjectId>& teams, SubjectId organisation,
                      CivilDate day) const;

 private:
  void hear_relay(const Heard& heard);
  void pass_to(Holder holder);
  bool holds(const Agreement& agreement, CivilDate day) const;
};

// Which of them are answered by another entry, never taken back.
bool is_binding_kind(std::string_view kind);
// Her entries told in their order, all but the taken back.
Thread thread_of(const std::vector<Heard>& heard, std::size_t count);

}  // namespace filrouge::sim
