#include "server/cli/tenant/calendar.h"

#include <algorithm>

#include "server/cli/tenant/tenant_words.h"

namespace filrouge {

namespace {

constexpr std::int64_t kDayMs = 86'400'000;
constexpr std::int64_t kMinuteMs = 60'000;

CivilDate last_sunday(int year, int month) {
  const CivilDate last = *CivilDate::of(year, month, 31);
  return last.plus_days(-((weekday_of(last) + 1) % 7));
}

std::int32_t paris_offset(CivilDate date, std::int32_t minute) {
  const CivilDate spring = last_sunday(date.year(), 3);
  const CivilDate autumn = last_sunday(date.year(), 10);
  const bool after_spring = date > spring || (date == spring && minute >= 2 * 60);
  const bool before_autumn = date < autumn || (date == autumn && minute < 3 * 60);
  return after_spring && before_autumn ? 120 : 60;
}

}  // namespace

bool is_known_zone(std::string_view zone) {
  return zone == "Europe/Paris" || zone == "Indian/Reunion";
}

std::int32_t offset_of(std::string_view zone, CivilDate date, std::int32_t minute) {
  return zone == "Indian/Reunion" ? 240 : paris_offset(date, minute);
}

LocalStamp stamp_at(std::string_view zone, CivilDate date, std::int32_t minute) {
  const CivilDate day = date.plus_days(minute / 1440);
  const std::int32_t rest = minute % 1440;
  const std::int32_t offset = offset_of(zone, day, rest);
  return LocalStamp{{day.days * kDayMs + (rest - offset) * kMinuteMs}, day, rest, offset};
}

LocalStamp wall_of(std::string_view zone, Instant instant) {
  for (const std::int32_t offset : {60, 120}) {
    const LocalStamp wall = LocalStamp::at(instant, offset);
    if (offset_of(zone, wall.date, wall.minute) == offset) return wall;
  }
  return LocalStamp::at(instant, offset_of(zone, LocalStamp::at(instant, 0).date, 0));
}

std::vector<std::string> closed_days(std::string_view text) {
  std::vector<std::string> days;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find(' '), text.size());
    if (end > 0) days.emplace_back(text.substr(0, end));
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return days;
}

bool is_closed(const std::vector<std::string>& closed, CivilDate date) {
  const std::string day = date.text().substr(5);
  return std::find(closed.begin(), closed.end(), day) != closed.end();
}

}  // namespace filrouge
