// One's own account: the first password with a one-time code, and a new password.
#include "server/app/passwords.h"
#include "server/app/sessions.h"
#include "server/app/stamps.h"
#include "server/app/states.h"
#include "server/app/tries.h"
#include "server/app/use_cases.h"
#include "server/app/write.h"

namespace filrouge {

namespace {

Error wrong_code() {
  return {Code::unauthenticated, "", "wrong_code", "name or code is wrong, or the code is over"};
}

// The hash a code is compared with, empty when none is open.
std::string open_code(const AccountState* state, const std::optional<Credential>& credential,
                      Instant now) {
  const bool may = state != nullptr && (state->status == AccountStatus::confirmed ||
                                        state->status == AccountStatus::active);
  if (!may || !credential || now >= credential->activation_until) return {};
  return credential->activation;
}

}  // namespace

Result<api::Empty> activate(App& app, const Caller& caller, const api::Activate& request) {
  FILROUGE_CHECK(check_new_password(request.password, request.login));
  FILROUGE_TRY(account, account_of_login(app, request.login));
  const Tries tries = tries_of(app, caller, request.login, account);
  FILROUGE_TRY(attempt, app.throttle->admit(tries.all, app.clock.now()));
  (void)attempt;  // counts as long as it lives
  FILROUGE_TRY(state, find_state<AccountState>(app, account));
  std::optional<Credential> credential;
  if (state != nullptr) {
    FILROUGE_TRY(found, app.keys.credential(account));
    credential = std::move(found);
  }
  const std::string hashed = open_code(state.get(), credential, app.clock.now());
  FILROUGE_TRY(right, check_secret(app, hashed, folded_code(request.code)));
  if (!right || state == nullptr || !credential) {
    app.throttle->failed(tries.all, app.clock.now());
    return wrong_code();
  }
  FILROUGE_TRY(password, hash_secret(app, request.password));
  // Active first: should the machine stop in between, the code is still good.
  if (state->status != AccountStatus::active) {
    const Draft draft = desk_draft(app, "account_changed", account, account,
                                   AccountChanged{AccountChange::activated, {}});
    const Actor self{account, *state};
    FILROUGE_CHECK(write_judged(app, self, {draft}));
  }
  credential->password = std::move(password);
  credential->activation.clear();
  credential->activation_until = {};
  FILROUGE_CHECK(app.keys.put_credential(*credential));
  app.sessions->close_account(account);
  app.throttle->succeeded(tries.own);
  return api::Empty{};
}

Result<api::Empty> change_password(App& app, const Caller& caller,
                                   const api::ChangePassword& request) {
  const SubjectId account = caller.actor ? caller.actor->account : SubjectId{};
  FILROUGE_CHECK(require(app, caller, "account.password", {.account = account}));
  const std::string& login = caller.actor->state.login;
  FILROUGE_CHECK(check_new_password(request.password, login));
  const Tries tries = tries_of(app, caller, login, account);
  FILROUGE_TRY(attempt, app.throttle->admit(tries.all, app.clock.now()));
  (void)attempt;  // counts as long as it lives
  FILROUGE_TRY(credential, app.keys.credential(account));
  const std::string hashed = credential ? credential->password : std::string();
  FILROUGE_TRY(right, check_secret(app, hashed, request.current));
  if (!right || !credential) {
    app.throttle->failed(tries.all, app.clock.now());
    return Error{Code::invalid, "current", "wrong_password", "not the password of now"};
  }
  FILROUGE_TRY(made, hash_secret(app, request.password));
  credential->password = std::move(made);
  FILROUGE_CHECK(app.keys.put_credential(*credential));
  app.throttle->succeeded(tries.own);
  app.sessions->close_account(account, caller.session.value_or(SubjectId{}));
  return api::Empty{};
}

}  // namespace filrouge
