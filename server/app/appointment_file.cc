// An appointment as a file for a calendar (RFC 5545). Its title is neutral, and so is the rest: no
// organisation, no place and no name but initials, because a calendar is read over shoulders and
// kept by others. The hour is that of the wall where it takes place (no zone).
#include <cstdio>

#include "core/base/text.h"
#include "server/app/person_view.h"
#include "server/app/rows.h"
#include "server/app/use_cases.h"

namespace filrouge {

namespace {

constexpr std::int64_t second_ms = 1'000;
constexpr std::int32_t day_seconds = 24 * 3'600;

Error no_appointment() {
  return {Code::not_found, "appointment", "not_found", "nothing here for this account"};
}

std::string day_digits(CivilDate day) {
  std::string text = day.text();
  std::erase(text, '-');
  return text;
}

std::string clock_digits(std::int32_t seconds) {
  char text[16];
  std::snprintf(text, sizeof text, "%02d%02d%02d", seconds / 3600, seconds / 60 % 60, seconds % 60);
  return text;
}

std::string utc_digits(Instant at) {
  const CivilDate day = LocalStamp::at(at, 0).date;
  const auto seconds = static_cast<std::int32_t>(at.ms / second_ms % day_seconds);
  return day_digits(day) + "T" + clock_digits(seconds) + "Z";
}

std::string_view status_word(AppointmentStatus status) {
  return status == AppointmentStatus::cancelled ? "CANCELLED" : "CONFIRMED";
}

// "L." or nothing: letters alone, so that nothing needs to be escaped.
std::string initial_of(const PersonState& person) {
  const std::string first(first_characters(shown_name(person), 1));
  if (first.empty() || std::string_view(",;\\:\"").find(first[0]) != std::string_view::npos)
    return {};
  return " " + first + ".";
}

std::string calendar_of(App& app, const PersonState& person, const AppointmentSet& set) {
  const std::string start = day_digits(set.on) + "T" + clock_digits(set.minute * 60);
  std::string text;
  const auto line = [&](std::string_view name, std::string_view value) {
    text += name;
    text += value;
    text += "\r\n";
  };
  line("BEGIN:", "VCALENDAR");
  line("VERSION:", "2.0");
  line("PRODID:", "-//rdv//FR");
  line("METHOD:", "PUBLISH");
  line("BEGIN:", "VEVENT");
  line("UID:", set.appointment.hex());
  line("DTSTAMP:", utc_digits(app.clock.now()));
  line("DTSTART:", start);
  line("DURATION:", "PT1H");
  line("SUMMARY:", "Rendez-vous" + initial_of(person));
  line("STATUS:", status_word(set.status));
  line("CLASS:", "PRIVATE");
  line("BEGIN:", "VALARM");
  line("ACTION:", "DISPLAY");
  line("DESCRIPTION:", "Rendez-vous");
  line("TRIGGER:", "-P1D");
  line("END:", "VALARM");
  line("END:", "VEVENT");
  line("END:", "VCALENDAR");
  return text;
}

}  // namespace

Result<api::Download> appointment_file(App& app, const Caller& caller,
                                       const api::AppointmentQuery& query) {
  FILROUGE_TRY(person, open_person(app, caller, query.person, "pathway.read"));
  for (const AppointmentState& one : person.seen.pathway.appointments) {
    if (one.set.appointment != query.appointment) continue;
    FILROUGE_CHECK(note_opened(app, caller, *person.known, "pathway.read", "appointment"));
    return api::Download{"text/calendar; charset=utf-8", "rendez-vous.ics",
                         calendar_of(app, person.seen, one.set)};
  }
  return no_appointment();
}

}  // namespace filrouge
