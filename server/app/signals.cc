// People of whom somebody spoke and whom nobody has met yet (R48): the list of the team that looks
// for them, and no other. Meeting her ("person_created" on the same subject) or closing the signal
// takes her out of it.
#include <algorithm>

#include "core/people/circle.h"
#include "server/app/rounds.h"
#include "server/app/search_tokens.h"
#include "server/app/states.h"
#include "server/app/use_cases.h"

namespace filrouge {

Result<api::SignalList> list_signals(App& app, const Caller& caller,
                                     const api::SignalQuery& query) {
  FILROUGE_TRY(target, team_target(app, query.team));
  FILROUGE_CHECK(require(app, caller, "signal.read", target));
  FILROUGE_TRY(found, app.store.find_tokens(signal_token(app, target.organisation, query.team)));
  api::SignalList list;
  for (const SubjectId& id : found) {
    auto known = find_known(app, id);
    if (!known.ok() && known.error().code == Code::not_found) continue;  // erased meanwhile
    if (!known.ok()) return std::move(known.error());
    const auto person = state_in<PersonState>(*known);
    if (person == nullptr || !awaits_meeting(*person)) continue;
    const SignalState& signal = *person->pathway.signal;
    FILROUGE_TRY(by, name_of(app, signal.by.author));
    list.rows.push_back({id, signal.said, signal.by.occurred.date, std::move(by)});
  }
  std::sort(list.rows.begin(), list.rows.end(), [](const auto& a, const auto& b) {
    return std::tie(a.on, a.person) < std::tie(b.on, b.person);
  });
  std::vector<SubjectId> named;
  for (const api::SignalRow& row : list.rows) named.push_back(row.person);
  FILROUGE_CHECK(disclose(app, caller, "signal.read", "list", std::move(named)));
  return list;
}

}  // namespace filrouge
