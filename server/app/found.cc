// An empty consortium: one organisation and its first administrators, written by the program itself
// since nobody is there yet. Refused as soon as there is any account.
#include "server/app/accounts.h"
#include "server/app/checkpoint.h"
#include "server/app/stamps.h"
#include "server/app/states.h"
#include "server/app/write.h"

namespace filrouge {

namespace {

constexpr int first_convention_days = 3 * 365;

Result<bool> is_empty(App& app) {
  StateFilter filter;
  filter.collection = Collection::account;
  FILROUGE_TRY(known, all_known(app, filter));
  return known.empty();
}

template <class Body>
Draft by_program(App& app, std::string_view kind, SubjectId subject, const Body& body) {
  return desk_draft(app, kind, subject, SubjectId{}, body);
}

}  // namespace

Result<std::vector<FirstAccount>> found_consortium(App& app, const std::string& organisation_name,
                                                   const std::vector<std::string>& logins) {
  FILROUGE_TRY(empty, is_empty(app));
  if (!empty) return Error{Code::conflict, "", "not_empty", "this folder has accounts already"};
  const auto organisation = app.random.id<SubjectId>();
  const CivilDate today = utc_day(app.clock.now());
  OrganisationSet set;
  set.name = organisation_name;
  set.kind = "chef de file";
  set.convention_from = today.plus_days(-1);
  set.convention_to = today.plus_days(first_convention_days);
  set.zone = "Europe/Paris";
  std::vector<Draft> drafts{by_program(app, "organisation_set", organisation, set)};
  std::vector<FirstAccount> made;
  for (const std::string& login : logins) {
    const auto account = app.random.id<SubjectId>();
    drafts.push_back(
        by_program(app, "account_proposed", account,
                   AccountProposed{login, login, Role::administrator, organisation, {}}));
    drafts.push_back(by_program(app, "account_confirmed", account, AccountConfirmed{account}));
    made.push_back({account, login, {}});
  }
  FILROUGE_CHECK(write_as_program(app, drafts));
  FILROUGE_CHECK(log_epoch(app));  // before any server: two that share a database have one epoch
  for (FirstAccount& first : made) {
    FILROUGE_TRY(code, give_code(app, first.account, first.login));
    first.code = std::move(code.code);
  }
  return made;
}

}  // namespace filrouge
