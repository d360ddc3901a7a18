// Time without a clock. Core never reads or converts time: the host gives the instant in UTC and
// the civil date, minute and offset that were on the wall (architecture 3, "Time"). Instants are
// milliseconds since 1970-01-01T00:00Z. A CivilDate is written "2026-11-21".
//
// A field day runs from 05:00 to 05:00: what is noted at 02:30 on the 21st belongs to the 20th.
//
//   LocalStamp s{{1'795'312'800'000}, *CivilDate::parse("2026-11-21"), 150, 60};
//   s.field_day().text() == "2026-11-20"
#pragma once

#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include <boost/describe/class.hpp>

#include "core/base/result.h"

namespace filrouge {

struct Instant {
  std::int64_t ms = 0;
  friend auto operator<=>(Instant, Instant) = default;
};

// A day of the proleptic Gregorian calendar as days since 1970-01-01; years 1900 to 2199.
struct CivilDate {
  std::int32_t days = 0;

  static Result<CivilDate> parse(std::string_view text);  // "2026-11-21" only; 31/02 refused
  static Result<CivilDate> of(int year, int month, int day);
  std::string text() const;
  int year() const;
  int month() const;
  int day() const;
  CivilDate plus_days(std::int32_t n) const { return {days + n}; }
  friend auto operator<=>(CivilDate, CivilDate) = default;
};

// The moment as the host's wall showed it. `minute` is minutes since local midnight (0 to 1439);
// `offset` is local minus UTC in minutes (La Réunion 240, Paris 60 or 120).
struct LocalStamp {
  Instant instant;
  CivilDate date;
  std::int32_t minute = 0;
  std::int32_t offset = 0;

  CivilDate field_day() const;
  // The three must agree: instant + offset = date and minute, to the minute.
  bool is_consistent() const;
  // What a wall `offset` minutes from UTC shows at `instant`.
  static LocalStamp at(Instant instant, std::int32_t offset);
  friend auto operator<=>(const LocalStamp&, const LocalStamp&) = default;
};
BOOST_DESCRIBE_STRUCT(LocalStamp, (), (instant, date, minute, offset))

// A date known to the year, half-year, month or day, as the source documents write them
// ("2020", "2021-S2", "2019-10", "2016-09-01"); domain.md section 1.
struct PartialDate {
  std::int32_t year = 0;
  std::optional<std::int32_t> half;
  std::optional<std::int32_t> month;
  std::optional<std::int32_t> day;

  static Result<PartialDate> parse(std::string_view text);
  std::string text() const;
  CivilDate first_day() const;
  CivilDate last_day() const;
  friend auto operator<=>(const PartialDate&, const PartialDate&) = default;
};

}  // namespace filrouge
