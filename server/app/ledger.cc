// Who read what (law 8): of one person for her own team, of the whole organisation for its DPO.
// The name of a reader of another organisation is not shown, only that organisation's.
#include "server/app/person_view.h"
#include "server/app/use_cases.h"

namespace filrouge {

namespace {

constexpr std::size_t kRowsMax = 500;

Result<api::LedgerList> items_of(App& app, const Actor& reader,
                                 const std::vector<LedgerRow>& rows) {
  api::LedgerList list;
  for (const LedgerRow& row : rows) {
    api::LedgerItem item;
    item.at = row.at;
    FILROUGE_TRY(organisation, name_of(app, row.organisation));
    item.organisation_name = std::move(organisation);
    if (row.organisation == reader.state.organisation) {
      FILROUGE_TRY(account, name_of(app, row.account));
      item.account_name = std::move(account);
    }
    item.action = row.action;
    item.purpose = row.purpose;
    item.subjects = static_cast<std::int64_t>(row.subjects.size());
    list.rows.push_back(std::move(item));
  }
  return list;
}

}  // namespace

Result<api::LedgerList> person_ledger(App& app, const Caller& caller,
                                      const api::PersonQuery& query) {
  FILROUGE_TRY(person, find_known(app, query.person));
  Target target;
  if (person && person->row.collection == Collection::person && caller.actor) {
    FILROUGE_TRY(found, person_target(app, *caller.actor, *person));
    target = found;
  }
  if (!require(app, caller, "ledger.read", target).ok())
    FILROUGE_CHECK(require(app, caller, "person.read", target));
  FILROUGE_TRY(rows, app.store.ledger(query.person, std::nullopt, kRowsMax));
  FILROUGE_CHECK(disclose(app, caller, "person.read", "ledger", {query.person}));
  return items_of(app, *caller.actor, rows);
}

Result<api::LedgerList> organisation_ledger(App& app, const Caller& caller, const api::Empty&) {
  if (!caller.actor) return Error{Code::unauthenticated, "", "sign_in", "sign in first"};
  Target own;
  own.organisation = caller.actor->state.organisation;
  FILROUGE_CHECK(require(app, caller, "ledger.read", own));
  FILROUGE_TRY(rows, app.store.ledger(std::nullopt, own.organisation, kRowsMax));
  return items_of(app, *caller.actor, rows);
}

}  // namespace filrouge
