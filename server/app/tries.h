// What a try of a password or code counts for (throttle.h): the login, or the account's own phone
// when it sends its token along, and the address.
#pragma once

#include <string_view>
#include <vector>

#include "server/app/app.h"
#include "server/app/throttle.h"

namespace filrouge {

struct Tries {
  std::vector<ThrottleKey> own;  // taken back by a right password
  std::vector<ThrottleKey> all;  // with the address
};

Tries tries_of(App& app, const Caller& caller, std::string_view login, SubjectId account);

// Nil when nobody has this login.
Result<SubjectId> account_of_login(App& app, std::string_view login);

}  // namespace filrouge
