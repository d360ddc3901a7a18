// Where a person stands on a given day (domain.md 6.1): the stage follows from what happened, and
// from the last stage that people marked; going back is normal. The side states stand beside it.
//
//   const StageStanding now = stage_of(person, today);
//   now.stage == Stage::co_built; now.side == SideState::paused
#pragma once

#include <optional>
#include <vector>

#include "core/people/state.h"

namespace filrouge {

struct StageStanding {
  Stage stage = Stage::spotted;
  std::optional<CivilDate> since;
  bool provisional = false;  // trust said by the professional alone
  SideState side = SideState::none;
  std::optional<CivilDate> until;
};
StageStanding stage_of(const PersonState& person, CivilDate today);

// Attempts to reach her since the last contact.
std::size_t attempts_since_contact(const PersonState& person);
// 45 days without a contact and three attempts (limits::lost_days, lost_attempts).
bool may_declare_lost(const PersonState& person, CivilDate today);

// ---- situations (exits) and I13
bool is_durable(ExitType type);    // counts for stabilisation: a durable job, a qualifying training
bool is_situation(ExitType type);  // job, training, civic service, right: S7 while it holds
// First day on which it is known to have ended.
std::optional<CivilDate> end_of(const ExitState& exit);
// The next check-in that is missing: 1, 3 or 6 months after the start.
std::optional<CivilDate> next_check(const ExitState& exit);
// Six months of durable situations with gaps of at most 15 days, seen at a check-in (I13).
bool is_stable(const PersonState& person, CivilDate today);

// ---- ruptures (R19); agreed pauses are none
enum class RuptureKind { no_contact, relay_unanswered, interim_over, meeting_disputed };
struct RuptureFound {
  RuptureKind kind = RuptureKind::no_contact;
  CivilDate since;  // first day it was one
};
std::vector<RuptureFound> ruptures_of(const PersonState& person, CivilDate today);

}  // namespace filrouge
