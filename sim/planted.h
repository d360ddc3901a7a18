// Faults put in on purpose, to see that the checkers bite (safety.md T10). Each is one switch of
// this program alone: some live in the simulator's own adapters (the disk, the store around the
// real one, the phone), the others are put between the rooms by the linker (--wrap, see
// cmake/Sim.cmake), so that no source of the product knows of them. `filrouge` links none of this;
// test/sim looks.
//
//   plant(*bug_named("skip-fsync"));
#pragma once

#include <optional>
#include <string_view>
#include <vector>

namespace filrouge::sim {

enum class Bug {
  none,
  skip_fsync,
  ack_before_durable,
  duplicate_not_recognised,
  cursor_skips_one,
  erasure_leaves_tokens,
  revoked_still_accepted,
  undo_lost_when_first,
  future_clock_drags,
  outbox_deletes_before_ack,
  quarantine_drops,
  version_not_compared,
  consent_last_writer_wins,
  another_teams_person,
  relay_takeover_without_meeting,
  withdrawal_ignored_by_card,
  revoked_keeps_referent,
  second_referent_accepted,
};

struct PlantedBug {
  Bug bug = Bug::none;
  std::string_view name;
  std::string_view what;
};
const std::vector<PlantedBug>& planted_bugs();
std::optional<Bug> bug_named(std::string_view name);

// For the worlds from here on.
void plant(Bug bug);
bool is_planted(Bug bug);

}  // namespace filrouge::sim
