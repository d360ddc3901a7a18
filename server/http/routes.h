// The table of every address of the API (server/http/routes.cc): method, path, rule of the
// policy, credential, use case. Found by match(): an unknown path is `not_found`, a known path
// with another method `unsupported` with the methods it has.
//
//   Match found = match(Method::get, target.segments);
//   if (found.route != nullptr) ...
#pragma once

#include <span>
#include <string>

#include "server/http/route.h"

namespace filrouge::http {

std::span<const Route> all_routes();

struct Match {
  const Route* route = nullptr;
  Parameters path;      // {names} of the pattern
  std::string allowed;  // "GET, HEAD, POST" when only the method is wrong
};
Match match(Method method, const std::vector<std::string>& segments);

// Every row's rules stand in the policy; the error names the row.
Status check_routes();

// Each of "a|b" in turn.
std::vector<std::string_view> rules_of(const Route& route);

}  // namespace filrouge::http
