#include "server/http/routes.h"

#include <set>

#include <gtest/gtest.h>

#include "core/access/access.h"

namespace filrouge::http {
namespace {

std::vector<std::string> segments_of(std::string_view path) {
  std::string filled;
  for (std::size_t i = 0; i < path.size(); ++i) {
    if (path[i] == '{') {
      filled += std::string(32, 'a');
      i = path.find('}', i);
    } else {
      filled += path[i];
    }
  }
  return parse_target(filled)->segments;
}

// The body must outlive the input: a view.
Input input_of(std::string_view body) { return {{}, {}, body, true}; }

TEST(Routes, EveryRowHasRulesThatThePolicyKnows) {
  EXPECT_TRUE(check_routes().ok());
  for (const Route& route : all_routes()) {
    ASSERT_FALSE(rules_of(route).empty()) << route.path;
    for (const std::string_view rule : rules_of(route))
      EXPECT_TRUE(policy_has(rule)) << route.path << " " << rule;
  }
}

TEST(Routes, WhatNeedsNoAccountIsOpenToAnyoneInThePolicyAndNothingElseIs) {
  for (const Route& route : all_routes()) {
    for (const std::string_view rule : rules_of(route)) {
      bool anyone = false;
      for (const PolicyLine& line : policy()) anyone = anyone || (line.rule == rule && line.anyone);
      const bool herself = route.credential == Credential::mine;  // a young person has no account
      EXPECT_EQ(anyone, route.credential == Credential::none || herself) << route.path;
      EXPECT_EQ(route.rule == "mine.use", herself) << route.path;
    }
  }
}

TEST(Routes, EveryRowIsFoundByItsAddressAndOperationsAreDistinct) {
  std::set<std::string_view> operations;
  for (const Route& route : all_routes()) {
    const Match found = match(route.method, segments_of(route.path));
    ASSERT_NE(found.route, nullptr) << route.path;
    EXPECT_EQ(found.route->path, route.path);
    EXPECT_EQ(found.route->method, route.method);
    EXPECT_TRUE(operations.insert(route.operation).second) << route.operation;
  }
  EXPECT_TRUE(operations.contains("person_card"));
}

TEST(Routes, NamesOfAPatternTakeTheirSegment) {
  const Match found = match(Method::get, {"api", "v1", "people", "x/y", "history"});
  ASSERT_NE(found.route, nullptr);
  EXPECT_EQ(found.route->operation, "person_history");
  EXPECT_EQ(found.path, (Parameters{{"person", "x/y"}}));
}

TEST(Routes, UnknownAddressesAndMethodsAreToldApart) {
  EXPECT_EQ(match(Method::get, {"api", "v1"}).allowed, "");
  EXPECT_EQ(match(Method::get, {"api", "v1", "people", ""}).route, nullptr);
  EXPECT_EQ(match(Method::get, {"api", "v1", "node", "x"}).route, nullptr);
  EXPECT_EQ(match(Method::get, {"api", "v1", "node", ""}).route, nullptr);
  const Match wrong = match(Method::other, {"api", "v1", "session"});
  EXPECT_EQ(wrong.route, nullptr);
  EXPECT_EQ(wrong.allowed, "POST, GET, HEAD, DELETE");
  EXPECT_NE(match(Method::head, {"api", "v1", "session"}).route, nullptr);
}

struct Sample {
  SubjectId team;
  std::optional<std::int32_t> page;
  std::optional<bool> all;
};
BOOST_DESCRIBE_STRUCT(Sample, (), (team, page, all))

const std::string kId(32, 'a');

TEST(Input, PathAndQueryBecomeTypedFields) {
  const auto sample =
      decode_request<Sample>({{{"team", kId}}, {{"page", "2"}, {"all", "true"}}, {}, false});
  ASSERT_TRUE(sample.ok()) << sample.error().detail;
  EXPECT_EQ(sample->team.hex(), kId);
  EXPECT_EQ(sample->page, 2);
  EXPECT_EQ(sample->all, true);
}

TEST(Input, WrongTextsNameTheirField) {
  const auto error_of = [](const Input& input) {
    const auto sample = decode_request<Sample>(input);
    return sample.ok() ? Error{} : sample.error();
  };
  EXPECT_EQ(error_of({{}, {{"team", "zz"}}, {}, false}).field, "team");
  EXPECT_EQ(error_of({{}, {{"team", kId}, {"page", "2x"}}, {}, false}).rule, "type");
  EXPECT_EQ(error_of({{}, {{"team", kId}, {"page", ""}}, {}, false}).field, "page");
  EXPECT_EQ(error_of({{}, {{"team", kId}, {"page", "99999999999"}}, {}, false}).rule, "range");
  EXPECT_EQ(error_of({{}, {{"team", kId}, {"all", "oui"}}, {}, false}).rule, "type");
  EXPECT_EQ(error_of({{}, {{"team", kId}, {"nobody", "1"}}, {}, false}).rule, "unknown_field");
  EXPECT_EQ(error_of({{}, {}, {}, false}).rule, "missing");
  EXPECT_EQ(error_of({{{"team", kId}}, {{"team", kId}}, {}, false}).rule, "duplicate_key");
}

TEST(Input, ABodyIsOneObjectAndTheAddressHasTheLastWord) {
  const auto rule_of = [](const Input& input) {
    const auto sample = decode_request<Sample>(input);
    return sample.ok() ? std::string() : sample.error().rule;
  };
  const std::string body = R"({"team":")" + kId + R"("})";
  EXPECT_EQ(rule_of(input_of(body)), "");
  EXPECT_EQ(rule_of(input_of("[]")), "type");
  EXPECT_EQ(rule_of(input_of("")), "missing");
  EXPECT_EQ(rule_of(input_of("{")), "syntax");
  Input both = input_of(body);
  both.path = {{"team", kId}};
  EXPECT_EQ(rule_of(both), "");
  both.path = {{"team", std::string(32, 'b')}};
  EXPECT_EQ(rule_of(both), "mismatch");
  Input asked = input_of("{}");
  asked.query = {{"page", "1"}};
  EXPECT_EQ(rule_of(asked), "unknown_field");
}

}  // namespace
}  // namespace filrouge::http
