// Accounts, made by two people (architecture 5): one administrator proposes, another confirms and
// hands over the one-time code. A forgotten password means a new account: a code for a live one
// would let a single administrator sign in as somebody who reads files (safety.md P2).
#include "server/app/accounts.h"

#include <algorithm>

#include "server/app/passwords.h"
#include "server/app/search_tokens.h"
#include "server/app/sessions.h"
#include "server/app/stamps.h"
#include "server/app/tries.h"
#include "server/app/write.h"

namespace filrouge {

namespace {

constexpr std::int64_t hour_ms = 3'600'000;

Result<api::Named> named(App& app, SubjectId id) {
  FILROUGE_TRY(name, name_of(app, id));
  return api::Named{id, std::move(name)};
}

Result<api::AccountRow> row_of(App& app, SubjectId id, const AccountState& state,
                               const Caller& caller) {
  api::AccountRow row;
  row.id = id;
  row.login = state.login;
  row.display_name = state.display_name;
  row.role = state.role;
  row.status = state.status;
  FILROUGE_TRY(organisation, named(app, state.organisation));
  row.organisation = std::move(organisation);
  for (const SubjectId& team : state.teams) {
    FILROUGE_TRY(one, named(app, team));
    row.teams.push_back(std::move(one));
  }
  FILROUGE_TRY(proposer, name_of(app, state.proposed_by));
  row.proposed_by = std::move(proposer);
  FILROUGE_TRY(followed, app.store.find_tokens(referent_token(app, state.organisation, id)));
  row.referent_of = static_cast<std::int64_t>(followed.size());
  row.may_confirm = state.status == AccountStatus::proposed && caller.actor &&
                    caller.actor->account != state.proposed_by;
  return row;
}

Result<std::shared_ptr<const AccountState>> find_account(App& app, SubjectId id) {
  FILROUGE_TRY(state, find_state<AccountState>(app, id));
  if (!state) return Error{Code::not_found, "account", "unknown", "no such account"};
  return state;
}

// Teams of the account's own organisation only: a team opens its people.
Status check_teams(App& app, SubjectId organisation, const std::vector<SubjectId>& teams,
                   std::string_view field) {
  for (const SubjectId& id : teams) {
    FILROUGE_TRY(team, find_state<TeamState>(app, id));
    if (!team || team->set.organisation != organisation)
      return Error{Code::invalid, std::string(field), "unknown",
                   "a team of the account's organisation expected"};
  }
  return Done{};
}

// With the change go, in one append, the pathways that she may not follow any more (law 4): each
// is one entry more.
Result<api::PassedOn> change_account(App& app, const Caller& caller, SubjectId account,
                                     const AccountChanged& change) {
  const SubjectId me = caller.actor->account;
  FILROUGE_TRY(written, write_drafts(app, *caller.actor,
                                     {desk_draft(app, "account_changed", account, me, change)}));
  return api::PassedOn{static_cast<std::int64_t>(written.size()) - 1};
}

}  // namespace

Result<api::ActivationCode> give_code(App& app, SubjectId account, const std::string& login) {
  api::ActivationCode code;
  code.login = login;
  code.code = new_activation_code(app);
  code.valid_until = {app.clock.now().ms + limits::activation_hours * hour_ms};
  FILROUGE_TRY(hashed, hash_secret(app, folded_code(code.code)));
  FILROUGE_CHECK(app.keys.put_credential({account, {}, std::move(hashed), code.valid_until}));
  return code;
}

Result<api::AccountList> accounts(App& app, const Caller& caller, const api::Empty&) {
  FILROUGE_CHECK(require(app, caller, "account.list", Target{}));
  StateFilter filter;
  filter.collection = Collection::account;
  FILROUGE_TRY(known, all_known(app, filter));
  api::AccountList list;
  for (const KnownPtr& one : known) {
    const auto state = state_in<AccountState>(one);
    if (!state) continue;
    FILROUGE_TRY(row, row_of(app, one->row.subject, *state, caller));
    list.rows.push_back(std::move(row));
  }
  std::sort(list.rows.begin(), list.rows.end(),
            [](const api::AccountRow& a, const api::AccountRow& b) {
              return std::tuple(a.status, a.login) < std::tuple(b.status, b.login);
            });
  return list;
}

Result<api::Made> propose_account(App& app, const Caller& caller,
                                  const api::ProposeAccount& request) {
  FILROUGE_CHECK(require(app, caller, "account.propose", Target{}));
  const AccountProposed& account = request.account;
  FILROUGE_TRY(organisation, find_state<OrganisationState>(app, account.organisation));
  if (!organisation)
    return Error{Code::invalid, "account.organisation", "unknown", "no such organisation"};
  FILROUGE_CHECK(check_teams(app, account.organisation, account.teams, "account.teams"));
  const auto id = app.random.id<SubjectId>();
  FILROUGE_CHECK(write_draft(
      app, *caller.actor, desk_draft(app, "account_proposed", id, caller.actor->account, account)));
  return api::Made{id};
}

Result<api::ActivationCode> confirm_account(App& app, const Caller& caller,
                                            const api::AccountQuery& request) {
  FILROUGE_CHECK(require(app, caller, "account.confirm", Target{}));
  FILROUGE_TRY(state, find_account(app, request.account));
  const SubjectId me = caller.actor->account;
  FILROUGE_CHECK(
      write_draft(app, *caller.actor,
                  desk_draft(app, "account_confirmed", request.account, me, AccountConfirmed{me})));
  return give_code(app, request.account, state->login);
}

Result<api::ActivationCode> new_activation_code(App& app, const Caller& caller,
                                                const api::AccountQuery& request) {
  FILROUGE_CHECK(require(app, caller, "account.confirm", Target{}));
  FILROUGE_TRY(state, find_account(app, request.account));
  if (state->proposed_by == caller.actor->account)
    return Error{Code::refused, "account", "same_administrator", "another administrator must"};
  if (state->status != AccountStatus::confirmed)
    return Error{Code::refused, "account", "not_waiting",
                 "a code is for an account that was confirmed and never used"};
  return give_code(app, request.account, state->login);
}

Result<api::PassedOn> revoke_account(App& app, const Caller& caller,
                                     const api::AccountQuery& request) {
  FILROUGE_CHECK(require(app, caller, "account.revoke", Target{}));
  FILROUGE_CHECK(find_account(app, request.account));
  FILROUGE_TRY(passed, change_account(app, caller, request.account, {AccountChange::revoked, {}}));
  app.sessions->close_account(request.account);
  return passed;
}

Result<api::PassedOn> set_account_teams(App& app, const Caller& caller,
                                        const api::SetAccountTeams& request) {
  FILROUGE_CHECK(require(app, caller, "account.propose", Target{}));
  FILROUGE_TRY(state, find_account(app, request.account));
  FILROUGE_CHECK(check_teams(app, state->organisation, request.teams, "teams"));
  return change_account(app, caller, request.account, {AccountChange::teams, request.teams});
}

}  // namespace filrouge
