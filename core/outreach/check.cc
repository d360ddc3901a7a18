#include "core/outreach/check.h"

#include "core/base/limits.h"
#include "core/journal/body.h"
#include "core/journal/kinds.h"
#include "core/outreach/entries.h"
#include "core/outreach/round_kinds.h"

namespace filrouge {

namespace {

// Health, mental health, disability and legal matters are for Faire le point alone.
Status barriers_of_street(const std::vector<Barrier>& barriers) {
  FILROUGE_CHECK(list_bounded(barriers.size(), "body.barriers"));
  for (std::size_t i = 0; i < barriers.size(); ++i)
    if (is_restricted(barriers[i]))
      return invalid_field("body.barriers[" + std::to_string(i) + "]", "restricted",
                           "said in Faire le point, never in a note of the street");
  return Done{};
}

}  // namespace

Status check_round_started(const Draft& draft) {
  RoundStarted body;
  FILROUGE_CHECK(read_into(draft, body));
  if (find_round_kind(body.round_kind) == nullptr)
    return invalid_field("body.round_kind", "choice", "a code of round_kinds.json");
  FILROUGE_CHECK(list_bounded(body.members.size(), "body.members"));
  FILROUGE_CHECK(list_bounded(body.stops.size(), "body.stops"));
  return number_between(body.volunteers, 0, limits::list_items_max, "body.volunteers");
}

Status check_round_moved(const Draft& draft) {
  RoundMoved body;
  return read_into(draft, body);
}

Status check_round_ended(const Draft& draft) {
  RoundEnded body;
  FILROUGE_CHECK(read_into(draft, body));
  FILROUGE_CHECK(number_between(body.refusals, 0, limits::encounter_count_max, "body.refusals"));
  FILROUGE_CHECK(
      number_between(body.kilometres.value_or(0), 0, limits::kilometres_max, "body.kilometres"));
  return text_optional(body.observation, limits::observation_characters_max, "body.observation");
}

Status check_encounter(const Draft& draft) {
  Encounter body;
  FILROUGE_CHECK(read_into(draft, body));
  FILROUGE_CHECK(number_between(body.count, 1, limits::encounter_count_max, "body.count"));
  FILROUGE_CHECK(list_bounded(body.services.size(), "body.services"));
  FILROUGE_CHECK(barriers_of_street(body.barriers));
  return body.round ? subject_is(draft, *body.round, "body.round")
                    : subject_is(draft, body.team, "body.team");
}

Status check_encounters_expired(const Draft& draft) {
  EncountersExpired body;
  FILROUGE_CHECK(read_into(draft, body));
  if (body.count < 1) return invalid_field("body.count", "range", "1 or more");
  return Done{};
}

Status check_watch_session(const Draft& draft) {
  WatchSession body;
  FILROUGE_CHECK(read_into(draft, body));
  FILROUGE_CHECK(number_between(body.minutes, 0, limits::watch_minutes_max, "body.minutes"));
  FILROUGE_CHECK(number_between(body.replies, 0, limits::small_number_max, "body.replies"));
  FILROUGE_CHECK(
      number_between(body.conversations, 0, limits::small_number_max, "body.conversations"));
  return subject_is(draft, body.team, "body.team");
}

Status check_contact(const Draft& draft) {
  Contact body;
  FILROUGE_CHECK(read_into(draft, body));
  FILROUGE_CHECK(list_bounded(body.services.size(), "body.services"));
  FILROUGE_CHECK(barriers_of_street(body.barriers));
  return text_optional(body.note, limits::note_characters_max, "body.note");
}

Status check_visit(const Draft& draft) {
  Visit body;
  FILROUGE_CHECK(read_into(draft, body));
  FILROUGE_CHECK(number_between(body.count, 1, limits::encounter_count_max, "body.count"));
  if (!body.named) return subject_is(draft, body.place, "body.place");
  return number_between(body.count, 1, 1, "body.count");
}

Status check_undone(const Draft& draft) {
  Undone body;
  FILROUGE_CHECK(read_into(draft, body));
  FILROUGE_CHECK(collection_of(draft));
  if (body.entry == draft.id) return invalid_field("body.entry", "mismatch", "another entry");
  return Done{};
}

Status check_confirmed(const Draft& draft) {
  Confirmed body;
  FILROUGE_CHECK(read_into(draft, body));
  FILROUGE_CHECK(collection_of(draft));
  if (body.entry == draft.id) return invalid_field("body.entry", "mismatch", "another entry");
  return Done{};
}

Status check_day_report(const Draft& draft) {
  DayReport body;
  FILROUGE_CHECK(read_into(draft, body));
  FILROUGE_CHECK(text_allowed(body.text, limits::text_characters_max, "body.text"));
  return subject_is(draft, body.team, "body.team");
}

}  // namespace filrouge
