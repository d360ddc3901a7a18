#include "sim/planted.h"

namespace filrouge::sim {

namespace {

Bug planted = Bug::none;

}  // namespace

const std::vector<PlantedBug>& planted_bugs() {
  static const std::vector<PlantedBug> bugs{
      {Bug::skip_fsync, "skip-fsync", "the disk says that it flushed, and did not"},
      {Bug::ack_before_durable, "ack-before-durable",
       "an append is answered before it is in the journal"},
      {Bug::duplicate_not_recognised, "duplicate-not-recognised",
       "an entry that is sent twice is written twice"},
      {Bug::cursor_skips_one, "cursor-skips-one",
       "a reader by position misses the first row of its next page"},
      {Bug::erasure_leaves_tokens, "erasure-leaves-tokens",
       "the search tokens of an erased person stay"},
      {Bug::revoked_still_accepted, "revoked-still-accepted",
       "what a revoked account notes is accepted"},
      {Bug::undo_lost_when_first, "undo-lost-when-first",
       "an undo that arrives before what it takes back is forgotten"},
      {Bug::future_clock_drags, "future-clock-drags",
       "a phone's clock far ahead is believed in the journal"},
      {Bug::outbox_deletes_before_ack, "outbox-deletes-before-ack",
       "a phone lets a note go when it sends it"},
      {Bug::quarantine_drops, "quarantine-drops", "what cannot be accepted is dropped in silence"},
      {Bug::version_not_compared, "version-not-compared",
       "two servers write one subject, the second over the first"},
      {Bug::consent_last_writer_wins, "consent-last-writer-wins",
       "the newest answer wins, whatever the other was"},
      {Bug::another_teams_person, "another-teams-person",
       "a person is shown to every team of the organisation"},
      {Bug::relay_takeover_without_meeting, "relay-takeover-without-meeting",
       "who takes over need not have met her"},
      {Bug::withdrawal_ignored_by_card, "withdrawal-ignored-by-card",
       "what she does not share any more is still shown"},
      {Bug::revoked_keeps_referent, "revoked-keeps-referent",
       "a revoked account stays the referent"},
      {Bug::second_referent_accepted, "second-referent-accepted",
       "a pathway is opened beside the one that is open"},
  };
  return bugs;
}

std::optional<Bug> bug_named(std::string_view name) {
  for (const PlantedBug& bug : planted_bugs())
    if (bug.name == name) return bug.bug;
  return std::nullopt;
}

void plant(Bug bug) { planted = bug; }
bool is_planted(Bug bug) { return planted == bug; }

}  // namespace filrouge::sim
