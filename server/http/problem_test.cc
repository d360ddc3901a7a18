#include "server/http/problem.h"

#include <set>

#include <gtest/gtest.h>

#include "core/base/json.h"

namespace filrouge::http {
namespace {

template <class Visit>
void each_code(Visit visit) {
  boost::mp11::mp_for_each<boost::describe::describe_enumerators<Code>>(
      [&](auto d) { visit(d.value); });
}

TEST(Problem, EveryCodeHasItsStatusAndItsTitle) {
  std::set<std::string_view> titles;
  int codes = 0;
  each_code([&](Code code) {
    ++codes;
    const int status = status_of(code);
    EXPECT_TRUE(status == 202 || (status >= 400 && status < 600)) << json::enum_text(code);
    EXPECT_EQ(is_our_fault(code), status >= 500) << json::enum_text(code);
    titles.insert(title_of(code));
  });
  EXPECT_EQ(codes, 15);
  EXPECT_EQ(titles.size(), 15u);
}

TEST(Problem, TheBodyIsReadBackAsItself) {
  const Response response =
      problem_response({Code::invalid, "body.count", "range", "between 1 and 500"});
  EXPECT_EQ(response.status, 400);
  EXPECT_EQ(response.content_type, "application/problem+json; charset=utf-8");
  const auto problem = json::decode<Problem>(response.body);
  ASSERT_TRUE(problem.ok());
  EXPECT_EQ(problem->code, Code::invalid);
  EXPECT_EQ(problem->status, 400);
  EXPECT_EQ(problem->field, "body.count");
  EXPECT_EQ(problem->rule, "range");
  EXPECT_EQ(problem->detail, "between 1 and 500");
  EXPECT_FALSE(problem->reference.has_value());
}

TEST(Problem, OurOwnFaultsTellNothingButTheirReference) {
  each_code([&](Code code) {
    if (!is_our_fault(code)) return;
    const Response response = problem_response({code, "secret_field", "disk", "secret/path"}, "R1");
    EXPECT_EQ(response.body.find("secret"), std::string::npos) << response.body;
    EXPECT_NE(response.body.find("R1"), std::string::npos);
  });
}

TEST(Problem, NeverPassesFourKibibytesNorCutsACharacter) {
  std::string accents;
  for (int i = 0; i < 100'000; ++i) accents += "é";
  for (const std::string& long_text : {std::string(1 << 20, 'a'), accents, "a" + accents}) {
    const Response response = problem_response({Code::invalid, long_text, long_text, long_text});
    EXPECT_LE(response.body.size(), 4096u);
    EXPECT_TRUE(json::parse(response.body).ok()) << response.body.substr(0, 100);
  }
}

TEST(Problem, WhoMustWaitIsToldHowLong) {
  EXPECT_EQ(problem_response({Code::throttled, "", "", ""}).header("Retry-After"), "60");
  EXPECT_EQ(problem_response({Code::unavailable, "", "", ""}).header("Retry-After"), "5");
  EXPECT_EQ(problem_response({Code::refused, "", "", ""}).header("Retry-After"), "");
}

}  // namespace
}  // namespace filrouge::http
