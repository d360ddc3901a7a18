#include "server/cli/tenant/tenant_words.h"

#include <array>
#include <charconv>

#include "server/interop/degrees.h"

namespace filrouge {

namespace {

constexpr std::array<std::string_view, 7> kDays = {"mon", "tue", "wed", "thu", "fri", "sat", "sun"};

Error bad(std::string_view expected) {
  return {Code::invalid, "", "form", std::string(expected) + " expected"};
}

bool whole_number(std::string_view text, std::int64_t& n) {
  const auto read = std::from_chars(text.data(), text.data() + text.size(), n);
  return !text.empty() && read.ec == std::errc{} && read.ptr == text.data() + text.size() &&
         n >= 0 && n <= 100'000'000;
}

std::vector<std::string_view> words_of(std::string_view text) {
  std::vector<std::string_view> words;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find(' '), text.size());
    if (end > 0) words.push_back(text.substr(0, end));
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return words;
}

int day_named(std::string_view name) {
  for (std::size_t i = 0; i < kDays.size(); ++i)
    if (kDays[i] == name) return static_cast<int>(i);
  return -1;
}

std::string decimal_degrees(std::int64_t e7) {
  std::string digits = std::to_string(e7 < 0 ? -e7 : e7);
  if (digits.size() < 8) digits.insert(0, 8 - digits.size(), '0');
  digits.insert(digits.size() - 7, ".");
  return (e7 < 0 ? "-" : "") + digits;
}

}  // namespace

Result<Span> Span::parse(std::string_view text) {
  Span span;
  const std::size_t dots = text.find("..");
  const bool read = dots == std::string_view::npos
                        ? whole_number(text, span.lowest) && whole_number(text, span.highest)
                        : whole_number(text.substr(0, dots), span.lowest) &&
                              whole_number(text.substr(dots + 2), span.highest);
  if (!read || span.highest < span.lowest) return bad("a span as 4..14");
  return span;
}

std::string Span::text() const { return std::to_string(lowest) + ".." + std::to_string(highest); }

Result<Weights> Weights::parse(std::string_view text) {
  Weights weights;
  std::int64_t total = 0;
  const auto words = words_of(text);
  for (std::size_t i = 0; i + 1 < words.size(); i += 2) {
    Weight one{std::string(words[i]), 0};
    if (!whole_number(words[i + 1], one.weight)) return bad("weights as woman 40 man 60");
    total += one.weight;
    weights.list.push_back(std::move(one));
  }
  if (words.size() % 2 != 0 || total == 0) return bad("weights as woman 40 man 60");
  return weights;
}

std::string Weights::text() const {
  std::string out;
  for (const Weight& one : list)
    out += (out.empty() ? "" : " ") + one.word + " " + std::to_string(one.weight);
  return out;
}

Result<Weekdays> Weekdays::parse(std::string_view text) {
  Weekdays weekdays;
  if (text == "every day") return Weekdays{0x7F};
  for (const std::string_view word : words_of(text)) {
    const std::size_t dash = word.find('-');
    const int first = day_named(word.substr(0, dash));
    const int last = dash == std::string_view::npos ? first : day_named(word.substr(dash + 1));
    if (first < 0 || last < first) return bad("weekdays as mon-fri or tue thu");
    for (int day = first; day <= last; ++day)
      weekdays.days = static_cast<std::uint8_t>(weekdays.days | (1U << day));
  }
  if (weekdays.days == 0) return bad("weekdays as mon-fri or tue thu");
  return weekdays;
}

std::string Weekdays::text() const {
  std::string out;
  for (std::size_t i = 0; i < kDays.size(); ++i)
    if ((days >> i & 1U) != 0) out += (out.empty() ? "" : " ") + std::string(kDays[i]);
  return out;
}

bool Weekdays::has(CivilDate date) const { return (days >> weekday_of(date) & 1) != 0; }

Result<Hour> Hour::parse(std::string_view text) {
  std::int64_t hours = 0;
  std::int64_t minutes = 0;
  if (text.size() != 5 || text[2] != ':' || !whole_number(text.substr(0, 2), hours) ||
      !whole_number(text.substr(3), minutes) || hours > 23 || minutes > 59)
    return bad("an hour as 17:30");
  return Hour{static_cast<std::int32_t>(hours * 60 + minutes)};
}

std::string Hour::text() const {
  const auto two = [](std::int32_t n) { return (n < 10 ? "0" : "") + std::to_string(n); };
  return two(minute / 60) + ":" + two(minute % 60);
}

Result<MapPoint> MapPoint::parse(std::string_view text) {
  const auto words = words_of(text);
  if (words.size() != 2) return bad("a point as 47.3895 0.6935");
  FILROUGE_TRY(latitude, degrees_e7(words[0]));
  FILROUGE_TRY(longitude, degrees_e7(words[1]));
  return MapPoint{latitude, longitude};
}

std::string MapPoint::text() const {
  return decimal_degrees(latitude_e7) + " " + decimal_degrees(longitude_e7);
}

// 1970-01-01 was a Thursday.
int weekday_of(CivilDate date) {
  const std::int32_t n = (date.days + 3) % 7;
  return n < 0 ? n + 7 : n;
}

}  // namespace filrouge
