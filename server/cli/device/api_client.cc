#include "server/cli/device/api_client.h"

namespace filrouge {

namespace {

// The fields of problem+json that a program reads.
struct Problem {
  std::optional<std::string> code;
  std::optional<std::string> field;
  std::optional<std::string> rule;
  std::optional<std::string> detail;
};
BOOST_DESCRIBE_STRUCT(Problem, (), (code, field, rule, detail))

}  // namespace

Error refusal_in(const HttpAnswer& answer) {
  Error error{Code::unavailable, "", "http", "status " + std::to_string(answer.status)};
  const auto problem = json::decode<Problem>(answer.body, json::Unknown::keep);
  if (!problem.ok()) return error;
  error.code = json::enum_value<Code>(problem->code.value_or("")).value_or(error.code);
  error.field = problem->field.value_or("");
  error.rule = problem->rule.value_or(error.rule);
  error.detail = problem->detail.value_or(error.detail);
  return error;
}

Status ApiClient::sign_in(const std::string& login, const std::string& password) {
  const std::string body = json::encode(api::SignIn{login, password});
  FILROUGE_TRY(answer, http_.exchange({.method = "POST", .path = "/api/v1/session", .body = body}));
  if (answer.status != 200) return refusal_in(answer);
  FILROUGE_TRY(session, json::decode<api::SessionInfo>(answer.body, json::Unknown::keep));
  session_ = std::move(session);
  cookie_ = std::move(answer.cookie);
  return Done{};
}

void ApiClient::sign_out() {
  const auto ended = call("DELETE", "/api/v1/session", {});
  if (ended.ok()) cookie_.clear();
}

Result<std::string> ApiClient::call(std::string_view method, std::string_view path,
                                    const std::string& body) {
  FILROUGE_TRY(answer, http_.exchange({.method = method,
                                       .path = path,
                                       .body = body,
                                       .cookie = cookie_,
                                       .csrf = method == "GET" ? "" : session_.csrf}));
  if (answer.status != 200) return refusal_in(answer);
  return std::move(answer.body);
}

}  // namespace filrouge
