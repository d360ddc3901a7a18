// How a refusal looks from outside: RFC 9457 application/problem+json. One table says which HTTP
// status and which French title each Code of core/base/result.h has; the web app finds its own
// sentence by `code` and `rule`. Nothing is leaked (safety.md T14): the detail of our own faults
// stays in the log, found again by `reference`, and a problem never passes 4 KiB.
//
//   {"type":"urn:filrouge:problem:invalid","title":"...","status":400,"code":"invalid",
//    "field":"body.count","rule":"range","detail":"between 1 and 500"}
#pragma once

#include <optional>
#include <string>

#include <boost/describe/class.hpp>

#include "core/base/result.h"
#include "server/http/message.h"

namespace filrouge::http {

struct Problem {
  std::string type;
  std::string title;
  std::int32_t status = 500;
  Code code = Code::internal;
  std::optional<std::string> field;
  std::optional<std::string> rule;
  std::optional<std::string> detail;
  std::optional<std::string> reference;  // to read out to the help desk; also in the log
};
BOOST_DESCRIBE_STRUCT(Problem, (), (type, title, status, code, field, rule, detail, reference))

int status_of(Code code);
std::string_view title_of(Code code);
// Our own fault or our own disk: logged under a reference, told without detail.
bool is_our_fault(Code code);

// `reference` empty: none. Throttled and unavailable answers carry Retry-After.
Response problem_response(const Error& error, const std::string& reference = {});

}  // namespace filrouge::http
