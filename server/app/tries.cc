#include "server/app/tries.h"

#include "core/base/limits.h"
#include "server/app/search_tokens.h"

namespace filrouge {

namespace {
constexpr std::int64_t address_factor = 3;
}

Tries tries_of(App& app, const Caller& caller, std::string_view login, SubjectId account) {
  constexpr std::int64_t tries = limits::password_tries_an_hour_max;
  Tries made;
  const bool own_phone = caller.device && caller.device_account == account && !account.is_nil();
  if (own_phone) {
    made.own.push_back({"phone " + caller.device->hex(), tries});
  } else {
    made.own.push_back({"login " + login_token(app, login).token, tries});
  }
  made.all = made.own;
  // Whoever guesses from the same address must not lock the phone out either.
  if (!caller.address.empty() && !own_phone)
    made.all.push_back({"address " + caller.address, tries * address_factor});
  return made;
}

Result<SubjectId> account_of_login(App& app, std::string_view login) {
  FILROUGE_TRY(found, app.store.find_tokens(login_token(app, login)));
  return found.empty() ? SubjectId{} : found.front();
}

}  // namespace filrouge
