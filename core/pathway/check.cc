#include "core/pathway/check.h"

#include <algorithm>

#include "core/base/limits.h"
#include "core/journal/body.h"
#include "core/pathway/entries.h"

namespace filrouge {

namespace {

constexpr std::int64_t kMinutesADay = 24 * 60;
constexpr std::int32_t kExitAheadDays = 366;  // a contract signed for later

// Reads and that is all: every field is an enumerator, an id or a date.
template <class Body>
Status reads(const Draft& draft) {
  Body body;
  return read_into(draft, body);
}

Status day_to_come(CivilDate day, const Draft& draft, std::string_view field) {
  if (day >= draft.occurred.date) return Done{};
  return invalid_field(field, "past_day", "a day to come");
}

template <class Value>
bool is_repeated(const std::vector<Value>& values, std::size_t at) {
  const auto here = values.begin() + static_cast<std::ptrdiff_t>(at);
  return std::find(values.begin(), here, values[at]) != here;
}

}  // namespace

Status check_signal_received(const Draft& draft) {
  SignalReceived body;
  FILROUGE_CHECK(read_into(draft, body));
  FILROUGE_CHECK(text_present(body.who, limits::alias_characters_max, "body.who"));
  FILROUGE_CHECK(text_optional(body.where, limits::label_characters_max, "body.where"));
  FILROUGE_CHECK(text_optional(body.need, limits::note_characters_max, "body.need"));
  return text_optional(body.prescriber_label, limits::label_characters_max,
                       "body.prescriber_label");
}

Status check_signal_closed(const Draft& draft) { return reads<SignalEnded>(draft); }
Status check_pathway_opened(const Draft& draft) { return reads<PathwayOpened>(draft); }
Status check_referent_named(const Draft& draft) { return reads<ReferentNamed>(draft); }
Status check_stage_marked(const Draft& draft) { return reads<StageMarked>(draft); }

Status check_pause_agreed(const Draft& draft) {
  PauseAgreed body;
  FILROUGE_CHECK(read_into(draft, body));
  return body.until ? day_to_come(*body.until, draft, "body.until") : Status(Done{});
}

Status check_attempt_made(const Draft& draft) { return reads<AttemptMade>(draft); }
Status check_contact_lost(const Draft& draft) { return reads<ContactLost>(draft); }
Status check_following_ended(const Draft& draft) { return reads<FollowingEnded>(draft); }
Status check_following_resumed(const Draft& draft) { return reads<FollowingResumed>(draft); }

Status check_diagnosis(const Draft& draft) {
  Diagnosis body;
  FILROUGE_CHECK(read_into(draft, body));
  FILROUGE_CHECK(list_bounded(body.lines.size(), "body.lines"));
  for (std::size_t i = 0; i < body.lines.size(); ++i)
    for (std::size_t k = 0; k < i; ++k)
      if (body.lines[k].barrier == body.lines[i].barrier &&
          body.lines[k].said_by == body.lines[i].said_by)
        return invalid_field("body.lines[" + std::to_string(i) + "]", "repeated",
                             "one answer each for the person and the professional");
  if (body.first.size() > limits::first_barriers_max)
    return invalid_field("body.first", "too_many", "at most three to begin with");
  for (std::size_t i = 0; i < body.first.size(); ++i)
    if (is_repeated(body.first, i))
      return invalid_field("body.first[" + std::to_string(i) + "]", "repeated", "each one once");
  if (body.goals.size() > limits::goals_max)
    return invalid_field("body.goals", "too_many", "at most five");
  for (std::size_t i = 0; i < body.goals.size(); ++i)
    FILROUGE_CHECK(text_present(body.goals[i], limits::note_characters_max,
                                "body.goals[" + std::to_string(i) + "]"));
  return Done{};
}

Status check_barrier_changed(const Draft& draft) {
  BarrierChanged body;
  FILROUGE_CHECK(read_into(draft, body));
  if (body.status == BarrierStatus::not_lifted && !body.because)
    return invalid_field("body.because", "missing", "why it was not lifted");
  return Done{};
}

Status check_step_set(const Draft& draft) {
  StepSet body;
  FILROUGE_CHECK(read_into(draft, body));
  if (body.step.is_nil()) return invalid_field("body.step", "missing", "the step's own id");
  FILROUGE_CHECK(text_present(body.what, limits::note_characters_max, "body.what"));
  const bool begins = body.status == StepStatus::proposed || body.status == StepStatus::accepted;
  if (body.due && begins) FILROUGE_CHECK(day_to_come(*body.due, draft, "body.due"));
  return text_optional(body.result, limits::note_characters_max, "body.result");
}

Status check_appointment_set(const Draft& draft) {
  AppointmentSet body;
  FILROUGE_CHECK(read_into(draft, body));
  if (body.appointment.is_nil())
    return invalid_field("body.appointment", "missing", "the appointment's own id");
  FILROUGE_CHECK(number_between(body.minute, 0, kMinutesADay - 1, "body.minute"));
  FILROUGE_CHECK(text_optional(body.where, limits::label_characters_max, "body.where"));
  FILROUGE_CHECK(text_optional(body.about, limits::note_characters_max, "body.about"));
  if (body.status == AppointmentStatus::planned) return day_to_come(body.on, draft, "body.on");
  const bool happened = body.status != AppointmentStatus::cancelled;
  if (happened && body.on > draft.occurred.date)
    return invalid_field("body.status", "future_day", "kept or missed once its day has come");
  return Done{};
}

Status check_delivery(const Draft& draft) {
  Delivery body;
  FILROUGE_CHECK(read_into(draft, body));
  FILROUGE_CHECK(text_present(body.service, limits::label_characters_max, "body.service"));
  FILROUGE_CHECK(number_between(body.minutes.value_or(0), 0, kMinutesADay, "body.minutes"));
  return number_between(body.cost_cents.value_or(0), 0, 100'000'00, "body.cost_cents");
}

Status check_exit(const Draft& draft) {
  ExitDeclared body;
  FILROUGE_CHECK(read_into(draft, body));
  if (body.from > draft.occurred.date.plus_days(kExitAheadDays))
    return invalid_field("body.from", "future_day", "at most a year ahead");
  return text_optional(body.place, limits::label_characters_max, "body.place");
}

Status check_check_in(const Draft& draft) {
  CheckIn body;
  FILROUGE_CHECK(read_into(draft, body));
  if (body.on > draft.occurred.date)
    return invalid_field("body.on", "future_day", "what is known today");
  return text_optional(body.alert, limits::note_characters_max, "body.alert");
}

}  // namespace filrouge
