// The small words that a tenant file is written in, each one text: "4..14" a span, "woman 40 man
// 52" weights, "mon-fri" weekdays, "17:30" an hour, "47.3895 0.6935" a point. They keep the files
// short and readable; anything else is refused with the field that holds it.
//
//   Span::parse("4..14")->highest == 14      Weekdays::parse("tue thu")->has(CivilDate)
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/result.h"
#include "core/base/time.h"

namespace filrouge {

// "4..14", or "5" for 5..5.
struct Span {
  std::int64_t lowest = 0;
  std::int64_t highest = 0;
  static Result<Span> parse(std::string_view text);
  std::string text() const;
};

struct Weight {
  std::string word;
  std::int64_t weight = 0;
};
// "woman 40 man 52 unknown 8": at least one weight above zero.
struct Weights {
  std::vector<Weight> list;
  static Result<Weights> parse(std::string_view text);
  std::string text() const;
};

// "mon wed", "mon-fri", "every day".
struct Weekdays {
  std::uint8_t days = 0;  // bit 0 is Monday
  static Result<Weekdays> parse(std::string_view text);
  std::string text() const;
  bool has(CivilDate date) const;
};

// "17:30" as minutes since midnight.
struct Hour {
  std::int32_t minute = 0;
  static Result<Hour> parse(std::string_view text);
  std::string text() const;
};

// "47.3895 0.6935": latitude and longitude.
struct MapPoint {
  std::int64_t latitude_e7 = 0;
  std::int64_t longitude_e7 = 0;
  static Result<MapPoint> parse(std::string_view text);
  std::string text() const;
};

// 0 is Monday.
int weekday_of(CivilDate date);

}  // namespace filrouge
