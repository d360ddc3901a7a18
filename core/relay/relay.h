// The rules of a relay (domain.md 6.2): which act may follow which, by whom, and how long a state
// may last. The sender is released only by `taken_over`, which also names the new referent (law 4).
//
//   const RelayStanding now = standing_of(relay);
//   FILROUGE_CHECK(decide_relay(person, draft));          // refusals name their rule
//   const auto late = days_late(now, today);              // > 0: reminder, then the board
//
// Refused, each with its own rule: "relay_to_oneself", "relay_open" (a second one for the same
// step, or to the same organisation), "no_consent", "stale" (the act it answers is not the last one
// any more), "relay_order" (may not follow), "not_your_turn" (the other side's act), "past_day".
#pragma once

#include <optional>

#include "core/people/state.h"
#include "core/relay/state.h"

namespace filrouge {

RelayStanding standing_of(const RelayState& relay);
// The act that every other one follows; null where it has not arrived.
const ActDone* beginning_of(const RelayState& relay);
const RelayState* find_relay(const PersonState& person, EntryId relay);
bool is_open(const RelayStanding& standing);  // something is still awaited from somebody
bool is_final(RelayAct act);

// Open days (Monday to Friday) that a state may last: proposed 2, acknowledged 5, accepted 10, a
// meeting 5 after its day, held 5, taken over 30 days plus 5. Absent: no limit.
std::optional<CivilDate> due_day(const RelayStanding& standing);
CivilDate plus_open_days(CivilDate day, std::int32_t days);

Status check_relay(const Draft& draft);
Status decide_relay(const PersonState& person, const Draft& draft);
void fold_relay(PersonState& person, const Draft& draft);

// What an organisation may note next: what its screen offers.
std::vector<RelayAct> next_acts(const RelayStanding& standing, SubjectId organisation);
// Who is awaited: the organisation that must act next; nil for nobody.
SubjectId awaited_of(const RelayStanding& standing);

}  // namespace filrouge
