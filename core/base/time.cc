#include "core/base/time.h"

#include <array>
#include <charconv>

#include "core/base/limits.h"

namespace filrouge {

namespace {

constexpr int kYearMin = 1900;
constexpr int kYearMax = 2199;
constexpr std::int64_t kMinuteMs = 60'000;
constexpr std::int64_t kDayMinutes = 1'440;

struct Civil {
  int year;
  int month;
  int day;
};

// Days and civil dates after Howard Hinnant's published algorithms (public domain).
std::int32_t days_from_civil(int y, int m, int d) {
  y -= m <= 2 ? 1 : 0;
  const int era = (y >= 0 ? y : y - 399) / 400;
  const int yoe = y - era * 400;
  const int doy = (153 * (m > 2 ? m - 3 : m + 9) + 2) / 5 + d - 1;
  const int doe = yoe * 365 + yoe / 4 - yoe / 100 + doy;
  return era * 146'097 + doe - 719'468;
}

Civil civil_from_days(std::int32_t days) {
  const int z = days + 719'468;
  const int era = (z >= 0 ? z : z - 146'096) / 146'097;
  const int doe = z - era * 146'097;
  const int yoe = (doe - doe / 1'460 + doe / 36'524 - doe / 146'096) / 365;
  const int doy = doe - (365 * yoe + yoe / 4 - yoe / 100);
  const int mp = (5 * doy + 2) / 153;
  const int month = mp < 10 ? mp + 3 : mp - 9;
  return {yoe + era * 400 + (month <= 2 ? 1 : 0), month, doy - (153 * mp + 2) / 5 + 1};
}

bool is_leap(int y) { return (y % 4 == 0 && y % 100 != 0) || y % 400 == 0; }

int days_in_month(int year, int month) {
  constexpr std::array<int, 12> kDays{31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
  if (month == 2 && is_leap(year)) return 29;
  return kDays[static_cast<std::size_t>(month - 1)];
}

bool read_number(std::string_view text, int& number) {
  if (text.empty() || text[0] == '-' || text[0] == '+') return false;
  const auto [end, code] = std::from_chars(text.data(), text.data() + text.size(), number);
  return code == std::errc{} && end == text.data() + text.size();
}

void append_padded(std::string& out, int number, std::size_t width) {
  const std::string digits = std::to_string(number);
  out.append(width > digits.size() ? width - digits.size() : 0, '0');
  out += digits;
}

Error date_error() { return {Code::invalid, "", "date", "a day as 2026-11-21 expected"}; }

std::int64_t floor_divide(std::int64_t a, std::int64_t b) {
  return a / b - (a % b != 0 && (a < 0) != (b < 0) ? 1 : 0);
}

}  // namespace

Result<CivilDate> CivilDate::of(int year, int month, int day) {
  if (year < kYearMin || year > kYearMax || month < 1 || month > 12) return date_error();
  if (day < 1 || day > days_in_month(year, month)) return date_error();
  return CivilDate{days_from_civil(year, month, day)};
}

Result<CivilDate> CivilDate::parse(std::string_view text) {
  int year = 0;
  int month = 0;
  int day = 0;
  if (text.size() != 10 || text[4] != '-' || text[7] != '-') return date_error();
  if (!read_number(text.substr(0, 4), year) || !read_number(text.substr(5, 2), month) ||
      !read_number(text.substr(8, 2), day))
    return date_error();
  return of(year, month, day);
}

std::string CivilDate::text() const {
  const Civil c = civil_from_days(days);
  std::string out;
  append_padded(out, c.year, 4);
  out += '-';
  append_padded(out, c.month, 2);
  out += '-';
  append_padded(out, c.day, 2);
  return out;
}

int CivilDate::year() const { return civil_from_days(days).year; }
int CivilDate::month() const { return civil_from_days(days).month; }
int CivilDate::day() const { return civil_from_days(days).day; }

CivilDate LocalStamp::field_day() const {
  return minute < limits::day_starts_at_minutes ? date.plus_days(-1) : date;
}

LocalStamp LocalStamp::at(Instant instant, std::int32_t offset) {
  const std::int64_t minutes = floor_divide(instant.ms, kMinuteMs) + offset;
  const std::int64_t days = floor_divide(minutes, kDayMinutes);
  return {instant, CivilDate{static_cast<std::int32_t>(days)},
          static_cast<std::int32_t>(minutes - days * kDayMinutes), offset};
}

bool LocalStamp::is_consistent() const {
  if (offset < -14 * 60 || offset > 14 * 60) return false;
  const LocalStamp wall = at(instant, offset);
  return wall.date == date && wall.minute == minute;
}

Result<PartialDate> PartialDate::parse(std::string_view text) {
  PartialDate date;
  int part = 0;
  if (text.size() < 4 || !read_number(text.substr(0, 4), date.year)) return date_error();
  if (date.year < kYearMin || date.year > kYearMax) return date_error();
  if (text.size() == 4) return date;
  if (text[4] != '-') return date_error();
  if (text.size() == 7 && text[5] == 'S') {
    if (text[6] != '1' && text[6] != '2') return date_error();
    date.half = text[6] - '0';
    return date;
  }
  if (text.size() == 10) {
    FILROUGE_TRY(whole, CivilDate::parse(text));
    date.month = whole.month();
    date.day = whole.day();
    return date;
  }
  if (text.size() != 7 || !read_number(text.substr(5, 2), part) || part < 1 || part > 12)
    return date_error();
  date.month = part;
  return date;
}

std::string PartialDate::text() const {
  std::string out;
  append_padded(out, year, 4);
  if (half) return out + "-S" + std::to_string(*half);
  if (!month) return out;
  out += '-';
  append_padded(out, *month, 2);
  if (!day) return out;
  out += '-';
  append_padded(out, *day, 2);
  return out;
}

CivilDate PartialDate::first_day() const {
  const int first_month = half ? (*half == 1 ? 1 : 7) : month.value_or(1);
  return {days_from_civil(year, first_month, day.value_or(1))};
}

CivilDate PartialDate::last_day() const {
  const int last_month = half ? (*half == 1 ? 6 : 12) : month.value_or(12);
  return {days_from_civil(year, last_month, day.value_or(days_in_month(year, last_month)))};
}

}  // namespace filrouge
