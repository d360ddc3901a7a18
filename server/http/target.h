// The target of a request taken apart: "/api/v1/people?team=ab&query=L%C3%A9a" is a path of
// decoded segments and a query of decoded pairs. Refused: a target that is no path, broken
// escapes, bad UTF-8, NUL, a key given twice, too many parts.
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "core/base/result.h"

namespace filrouge::http {

using Parameters = std::vector<std::pair<std::string, std::string>>;

struct Target {
  std::vector<std::string> segments;  // of "/api/v1/node": api, v1, node; of "/": one empty
  Parameters query;
};

Result<Target> parse_target(std::string_view target);
// "%C3%A9" -> "é"; with `plus` a "+" is a blank, as forms write it.
Result<std::string> percent_decode(std::string_view text, bool plus);

}  // namespace filrouge::http
