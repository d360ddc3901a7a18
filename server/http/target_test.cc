#include "server/http/target.h"

#include <gtest/gtest.h>

namespace filrouge::http {
namespace {

using Segments = std::vector<std::string>;

std::string rule_of(std::string_view target) {
  const auto parsed = parse_target(target);
  return parsed.ok() ? "" : parsed.error().rule;
}

TEST(Target, IsTakenApartAndDecoded) {
  const auto parsed = parse_target("/api/v1/people?team=ab&query=L%C3%A9a+B&page=");
  ASSERT_TRUE(parsed.ok());
  EXPECT_EQ(parsed->segments, (Segments{"api", "v1", "people"}));
  EXPECT_EQ(parsed->query, (Parameters{{"team", "ab"}, {"query", "Léa B"}, {"page", ""}}));
}

TEST(Target, TheRootIsOneEmptySegment) {
  EXPECT_EQ(parse_target("/")->segments, Segments{""});
  EXPECT_EQ(parse_target("/a/")->segments, (Segments{"a", ""}));
  EXPECT_EQ(parse_target("//a")->segments, (Segments{"", "a"}));
}

TEST(Target, AnEscapedSlashStaysInItsSegment) {
  EXPECT_EQ(parse_target("/a%2Fb/..%2f")->segments, (Segments{"a/b", "../"}));
}

TEST(Target, APlusIsABlankInAQueryOnly) {
  const auto parsed = parse_target("/a+b?c=d+e");
  ASSERT_TRUE(parsed.ok());
  EXPECT_EQ(parsed->segments, Segments{"a+b"});
  EXPECT_EQ(parsed->query, (Parameters{{"c", "d e"}}));
}

TEST(Target, WhatIsNoPathOrNoTextIsRefused) {
  EXPECT_EQ(rule_of(""), "target");
  EXPECT_EQ(rule_of("*"), "target");
  EXPECT_EQ(rule_of("http://example.org/"), "target");
  EXPECT_EQ(rule_of("/%4"), "escape");
  EXPECT_EQ(rule_of("/%"), "escape");
  EXPECT_EQ(rule_of("/%zz"), "escape");
  EXPECT_EQ(rule_of("/%00"), "control");
  EXPECT_EQ(rule_of("/%ff"), "utf8");
  EXPECT_EQ(rule_of("/?a=%C3"), "utf8");
  EXPECT_EQ(rule_of("/?a=1&a=2"), "duplicate_key");
}

TEST(Target, HasABoundedNumberOfParts) {
  std::string deep;
  std::string wide = "/?";
  for (int i = 0; i < 40; ++i) {
    deep += "/a";
    wide += "k" + std::to_string(i) + "=1&";
  }
  EXPECT_EQ(rule_of(deep), "too_many");
  EXPECT_EQ(rule_of(wide), "too_many");
}

}  // namespace
}  // namespace filrouge::http
