// Signing in and out. A wrong name and a wrong password cannot be told apart, by word or by time.
#include <algorithm>
#include <set>

#include "server/app/checkpoint.h"
#include "server/app/passwords.h"
#include "server/app/search_tokens.h"
#include "server/app/sessions.h"
#include "server/app/states.h"
#include "server/app/throttle.h"
#include "server/app/tries.h"
#include "server/app/use_cases.h"

namespace filrouge {

namespace {

Error signed_out() { return {Code::unauthenticated, "", "signed_out", "sign in again"}; }

// Derives the key of the day's list on a phone: the same at each sign-in of the account, so that
// what was left unfinished opens again.
std::string day_salt(App& app, SubjectId account) {
  const Bytes32 salt = hashed_token(app, "day salt", account.hex());
  return to_hex(salt.data(), 16);
}

std::vector<std::string> open_rules(const AccountState& account) {
  std::set<std::string> rules;
  for (const PolicyLine& line : policy()) {
    const bool open =
        line.anyone || line.signed_in ||
        std::find(line.roles.begin(), line.roles.end(), account.role) != line.roles.end();
    if (open) rules.insert(line.rule);
  }
  return {rules.begin(), rules.end()};
}

Result<api::SessionInfo> info_of(App& app, const Actor& actor, const Session& session) {
  api::SessionInfo info;
  info.account = actor.account;
  info.login = actor.state.login;
  info.display_name = actor.state.display_name;
  info.role = actor.state.role;
  info.organisation.id = actor.state.organisation;
  FILROUGE_TRY(organisation, find_state<OrganisationState>(app, actor.state.organisation));
  if (organisation != nullptr) {
    info.organisation.name = organisation->set.name;
    info.person_word = organisation->set.person_word;
    info.crip = organisation->set.crip;
    info.stop_contact = organisation->set.stop_contact;
  }
  for (const SubjectId& team : actor.state.teams) {
    FILROUGE_TRY(name, name_of(app, team));
    info.teams.push_back({team, std::move(name)});
  }
  info.csrf = session.csrf;
  info.day_salt = day_salt(app, actor.account);
  info.expires = session_end(session);
  info.rules = open_rules(actor.state);
  FILROUGE_TRY(epoch, log_epoch(app));
  info.epoch = std::move(epoch);
  return info;
}

Result<std::string> password_of(App& app, SubjectId account) {
  if (account.is_nil()) return std::string();
  FILROUGE_TRY(state, find_state<AccountState>(app, account));
  if (state == nullptr || state->status != AccountStatus::active) return std::string();
  FILROUGE_TRY(credential, app.keys.credential(account));
  return credential ? credential->password : std::string();
}

}  // namespace

Result<api::NodeInfo> node_info(App& app, const Caller&, const api::Empty&) {
  const Bytes32& key = app.keys.secrets().box.public_key;
  return api::NodeInfo{to_hex(key.data(), key.size()), app.version, app.demo};
}

Result<OpenedSession> sign_in(App& app, const Caller& caller, const api::SignIn& request) {
  FILROUGE_TRY(account, account_of_login(app, request.login));
  const Tries tries = tries_of(app, caller, request.login, account);
  FILROUGE_TRY(attempt, app.throttle->admit(tries.all, app.clock.now()));
  (void)attempt;  // counts as long as it lives
  FILROUGE_TRY(hashed, password_of(app, account));
  FILROUGE_TRY(right, check_secret(app, hashed, request.password));
  if (!right) {
    app.throttle->failed(tries.all, app.clock.now());
    return Error{Code::unauthenticated, "", "wrong_sign_in", "name or password is wrong"};
  }
  app.throttle->succeeded(tries.own);
  FILROUGE_TRY(actor, load_actor(app, account));
  if (!actor.convention_valid)
    return Error{Code::forbidden, "", "convention_over", "the organisation's convention is over"};
  NewSession made = app.sessions->open(app, account);
  FILROUGE_TRY(info, info_of(app, actor, made.session));
  return OpenedSession{std::move(info), std::move(made.token)};
}

Result<api::SessionInfo> session_info(App& app, const Caller& caller, const api::Empty&) {
  if (!caller.actor || !caller.session) return signed_out();
  FILROUGE_CHECK(require(app, caller, "session.own", {.account = caller.actor->account}));
  const auto session = app.sessions->by_id(*caller.session);
  if (!session) return signed_out();
  return info_of(app, *caller.actor, *session);
}

Result<api::Empty> sign_out(App& app, const Caller& caller, const api::Empty&) {
  if (caller.session) app.sessions->close(*caller.session);
  return api::Empty{};
}

Result<Caller> caller_of_session(App& app, const std::string& token, const std::string& address) {
  const auto session = app.sessions->find(app, token);
  if (!session) return signed_out();
  auto actor = load_actor(app, session->account);
  if (!actor.ok()) {
    if (actor.error().code == Code::unauthenticated) app.sessions->close(session->id);
    return std::move(actor.error());
  }
  Caller caller;
  caller.actor = std::move(*actor);
  caller.session = session->id;
  caller.address = address;
  return caller;
}

bool csrf_matches(App& app, const Caller& caller, const std::string& csrf) {
  if (!caller.session) return false;
  const auto session = app.sessions->by_id(*caller.session);
  if (!session || session->csrf.size() != csrf.size()) return false;
  unsigned different = 0;  // in constant time
  for (std::size_t i = 0; i < csrf.size(); ++i)
    different |= static_cast<unsigned char>(csrf[i] ^ session->csrf[i]);
  return different == 0;
}

}  // namespace filrouge
