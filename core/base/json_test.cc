#include "core/base/json.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

namespace filrouge {
namespace {

enum class Colour { red, new_ };
BOOST_DESCRIBE_ENUM(Colour, red, new_)

struct Stop {
  std::string place;
  std::optional<std::int32_t> minutes;
};
BOOST_DESCRIBE_STRUCT(Stop, (), (place, minutes))

struct Walk {
  std::int8_t tiny = 0;
  std::uint16_t shoes = 0;
  std::int64_t steps = 0;
  bool wet = false;
  Colour colour = Colour::red;
  std::vector<Stop> stops;
  std::optional<std::vector<std::string>> names;
  SubjectId id;
  std::optional<CivilDate> day;
  Instant at;
  json::Value rest;
};
BOOST_DESCRIBE_STRUCT(Walk, (), (tiny, shoes, steps, wet, colour, stops, names, id, day, at, rest))

constexpr std::string_view kWalk =
    R"({"tiny":-128,"shoes":65535,"steps":-9223372036854775808,"wet":true,"colour":"new",)"
    R"("stops":[{"place":"Gare"},{"place":"Hall","minutes":5}],"names":["é"],)"
    R"("id":"00112233445566778899aabbccddeeff","day":"2026-11-21","at":1795262400000,)"
    R"("rest":{"a":[1,null,true,"x"]}})";

std::string with(std::string_view from, std::string_view to) {
  std::string text(kWalk);
  const auto at = text.find(from);
  verify(at != std::string::npos);
  return text.replace(at, from.size(), to);
}

Error error_of(std::string_view text) {
  const auto walk = json::decode<Walk>(text);
  return walk.ok() ? Error{} : walk.error();
}

TEST(Json, AStructSurvivesItsTextByteForByte) {
  const auto walk = json::decode<Walk>(kWalk);
  ASSERT_TRUE(walk.ok()) << walk.error().field << " " << walk.error().detail;
  EXPECT_EQ(walk->tiny, -128);
  EXPECT_EQ(walk->shoes, 65'535);
  EXPECT_EQ(walk->steps, INT64_MIN);
  EXPECT_EQ(walk->colour, Colour::new_);
  EXPECT_EQ(walk->stops.at(1).minutes, 5);
  EXPECT_FALSE(walk->stops.at(0).minutes.has_value());
  EXPECT_EQ(walk->day->text(), "2026-11-21");
  EXPECT_EQ(json::encode(*walk), kWalk);
}

TEST(Json, ErrorsNameTheFieldByItsPath) {
  EXPECT_EQ(error_of(with("\"minutes\":5", "\"minutes\":\"5\"")).field, "stops[1].minutes");
  EXPECT_EQ(error_of(with("\"minutes\":5", "\"minutes\":\"5\"")).rule, "type");
  EXPECT_EQ(error_of(with("\"place\":\"Gare\"", "\"spot\":\"Gare\"")).field, "stops[0].place");
  EXPECT_EQ(error_of(with("\"place\":\"Gare\"", "\"spot\":\"Gare\"")).rule, "missing");
  EXPECT_EQ(error_of(with("\"minutes\":5", "\"spot\":5")).rule, "unknown_field");
  EXPECT_EQ(error_of(with("\"minutes\":5", "\"spot\":5")).field, "stops[1].spot");
  EXPECT_EQ(error_of(with("-128", "-129")).field, "tiny");
  EXPECT_EQ(error_of(with("-128", "-129")).rule, "range");
  EXPECT_EQ(error_of(with("65535", "65536")).field, "shoes");
  EXPECT_EQ(error_of(with("65535", "-1")).rule, "range");
  EXPECT_EQ(error_of(with("\"new\"", "\"new_\"")).detail, "one of red new");
  EXPECT_EQ(error_of(with("00112233", "0011223G")).field, "id");
  EXPECT_EQ(error_of(with("2026-11-21", "2026-02-30")).field, "day");
  EXPECT_EQ(error_of(with("1795262400000", "-1")).field, "at");
  EXPECT_EQ(error_of(with("true", "1")).detail, "true or false expected");
  EXPECT_EQ(error_of("[]").detail, "an object expected");
}

TEST(Json, UnknownFieldsAreKeptWhenAskedAndRefusedElse) {
  const std::string more = with("\"tiny\"", "\"later\":{\"x\":1},\"tiny\"");
  EXPECT_EQ(error_of(more).field, "later");
  EXPECT_TRUE(json::decode<Walk>(more, json::Unknown::keep).ok());
}

TEST(Json, OptionalAndListsMayBeAbsentOrNull) {
  EXPECT_TRUE(json::decode<Stop>(R"({"place":"x","minutes":null})").ok());
  EXPECT_TRUE(json::decode<Walk>(with(R"("names":["é"],)", "")).ok());
  EXPECT_EQ(json::encode(Stop{"x", {}}), R"({"place":"x"})");
}

std::string rule_of(std::string_view text, const json::ParseLimits& limits = {}) {
  const auto value = json::parse(text, limits);
  return value.ok() ? "ok" : value.error().rule;
}

TEST(Json, WhatIsNotJsonIsMalformed) {
  for (const std::string_view text :
       {"",         " ",          "{",         "}",           "{\"a\":1",
        "[1,]",     "{\"a\" 1}",  "{a:1}",     "'a'",         "nul",
        "1 2",      "{} {}",      "\"\\x\"",   "\"\\ud800\"", "\"\\udc00\\ud800\"",
        "01",       "+1",         ".5",        "1.",          "-",
        "\"a\nb\"", "/* no */ 1", "[1] // no", "\xEF\xBB\xBF"}) {
    EXPECT_EQ(rule_of(text), "syntax") << text;
    EXPECT_EQ(json::parse(text).error().code, Code::malformed) << text;
  }
}

TEST(Json, BadUtf8IsRefusedEverywhere) {
  for (const std::string_view text :
       {"\"\x80\"", "\"\xC3\"", "\"\xC0\xAF\"", "\"\xE0\x80\xAF\"", "\"\xED\xA0\x80\"",
        "\"\xF4\x90\x80\x80\"", "\"\xFF\"", "{\"\xC3(\":1}"})
    EXPECT_EQ(rule_of(text), "utf8");
}

TEST(Json, DuplicateKeysAreRefusedAtAnyDepth) {
  EXPECT_EQ(rule_of(R"({"a":1,"a":2})"), "duplicate_key");
  EXPECT_EQ(rule_of(R"({"b":[{"a":1,"\u0061":2}]})"), "duplicate_key");
  EXPECT_EQ(json::parse(R"({"a":1,"a":2})").error().field, "a");
  EXPECT_EQ(rule_of(R"([{"a":1},{"a":2}])"), "ok");
}

TEST(Json, LimitsStopBeforeTheMemoryDoes) {
  json::ParseLimits limits;
  limits.bytes = 10;
  EXPECT_EQ(rule_of("[1,2,3,4,5]", limits), "too_large");
  EXPECT_EQ(json::parse("[1,2,3,4,5]", limits).error().code, Code::too_large);
  limits = {};
  limits.values = 3;
  EXPECT_EQ(rule_of("[1,2,3]", limits), "too_many");
  EXPECT_EQ(rule_of("[1,2]", limits), "ok");
  const auto nested = [](std::size_t depth) {
    return std::string(depth, '[') + std::string(depth, ']');
  };
  EXPECT_EQ(rule_of(nested(limits::json_depth_max)), "ok");
  EXPECT_EQ(rule_of(nested(limits::json_depth_max + 1)), "too_deep");
  EXPECT_EQ(rule_of(std::string(900'000, '[')), "too_deep");
  const std::string longest(limits::json_string_bytes_max, 'a');
  EXPECT_EQ(rule_of('"' + longest + '"'), "ok");
  EXPECT_EQ(rule_of('"' + longest + "a\""), "too_long");
}

TEST(Json, NumbersAreWholeUnlessDecimalsAreAllowed) {
  EXPECT_EQ(rule_of("1.5"), "number");
  EXPECT_EQ(rule_of("1e3"), "number");
  EXPECT_EQ(rule_of("9223372036854775807"), "ok");
  EXPECT_EQ(rule_of("9223372036854775808"), "number");
  EXPECT_EQ(rule_of("-9223372036854775808"), "ok");
  EXPECT_EQ(rule_of("-9223372036854775809"), "number");
  EXPECT_EQ(rule_of("1e999"), "number");
  json::ParseLimits limits;
  limits.decimals = true;
  const auto value = json::parse("[0.6848000,-12,1e-7]", limits);
  ASSERT_TRUE(value.ok());
  EXPECT_EQ(json::write(*value), "[0.6848000,-12,1e-7]");
}

TEST(Json, WritesOneTextForOneValue) {
  const auto value = json::parse(" { \"b\" : [ 1 , \"\\u00e9\\/\\n\\u0001\" ] , \"a\" : { } } ");
  ASSERT_TRUE(value.ok());
  EXPECT_EQ(json::write(*value), "{\"b\":[1,\"é/\\n\\u0001\"],\"a\":{}}");
}

// Whatever bytes come, the parser answers; what it takes, it writes and takes again.
RC_GTEST_PROP(JsonProperty, AnyBytesAreTakenOrRefused, (const std::string& bytes)) {
  const auto value = json::parse(bytes);
  if (!value.ok()) return;
  const std::string text = json::write(*value);
  const auto again = json::parse(text);
  RC_ASSERT(again.ok());
  RC_ASSERT(json::write(*again) == text);
}

RC_GTEST_PROP(JsonProperty, AnyTextSurvivesAsAString, (const std::vector<std::uint16_t>& units)) {
  std::string text;
  for (const std::uint16_t unit : units) {  // code points of the basic plane, as UTF-8
    if (unit >= 0xD800 && unit < 0xE000) continue;
    if (unit < 0x80) {
      text += static_cast<char>(unit);
    } else if (unit < 0x800) {
      text += static_cast<char>(0xC0 | unit >> 6);
      text += static_cast<char>(0x80 | (unit & 63));
    } else {
      text += static_cast<char>(0xE0 | unit >> 12);
      text += static_cast<char>(0x80 | (unit >> 6 & 63));
      text += static_cast<char>(0x80 | (unit & 63));
    }
  }
  const auto again = json::decode<std::string>(json::encode(text));
  RC_ASSERT(again.ok());
  RC_ASSERT(*again == text);
}

}  // namespace
}  // namespace filrouge
