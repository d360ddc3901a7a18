// The inbox of relays of an organisation: what waits for its answer, what is late, what it received
// and what it sent. Read through the index of open relays and of those that ended this month or the
// last, never from all persons.
#include <algorithm>
#include <set>

#include "core/base/limits.h"
#include "core/relay/relay.h"
#include "server/app/relay_view.h"
#include "server/app/search_tokens.h"
#include "server/app/sought.h"
#include "server/app/stamps.h"
#include "server/app/use_cases.h"

namespace filrouge {

namespace {

constexpr std::int32_t kEndedDays = 30;  // so long an ended relay stays in the box

Result<std::set<SubjectId>> persons_of(App& app, SubjectId organisation, CivilDate today) {
  std::set<SubjectId> persons;
  for (const SearchToken& token :
       {relay_token(app, organisation), ended_relay_token(app, organisation, today),
        ended_relay_token(app, organisation, today.plus_days(-kEndedDays))}) {
    FILROUGE_TRY(found, app.store.find_tokens(token));
    persons.insert(found.begin(), found.end());
  }
  return persons;
}

bool is_listed(const RelayStanding& now, CivilDate today) {
  return is_open(now) || (now.since && today.plus_days(-kEndedDays) <= now.since->date);
}

void place(api::RelayBox& box, api::RelayView view) {
  const bool open = is_open(view.standing);
  const bool must_answer = view.awaited && view.incoming && open;
  auto& rows = must_answer          ? box.to_answer
               : view.days_late > 0 ? box.late
               : view.incoming      ? box.received
                                    : box.sent;
  rows.push_back(std::move(view));
}

// The latest first; what waits for an answer: the one that waits longest first.
void sort(std::vector<api::RelayView>& rows, bool oldest_first) {
  const auto since = [](const api::RelayView& view) {
    return view.standing.since ? view.standing.since->instant.ms : 0;
  };
  std::sort(rows.begin(), rows.end(), [&](const api::RelayView& a, const api::RelayView& b) {
    const auto x = since(a), y = since(b);
    return x != y ? (x < y) == oldest_first : a.relay.relay < b.relay.relay;
  });
  if (rows.size() > limits::list_items_max) rows.resize(limits::list_items_max);
}

}  // namespace

Result<api::RelayBox> relay_box(App& app, const Caller& caller, const api::Empty&) {
  if (!caller.actor) return Error{Code::unauthenticated, "", "signed_out", "sign in first"};
  const Actor& reader = *caller.actor;
  Target own;
  own.organisation = reader.state.organisation;
  FILROUGE_CHECK(require(app, caller, "relay.read", own));
  const CivilDate today = utc_day(app.clock.now());
  FILROUGE_TRY(persons, persons_of(app, own.organisation, today));
  Names names(app);
  api::RelayBox box;
  for (const SubjectId& id : persons) {
    auto known = find_known(app, id);
    if (!known.ok() && known.error().code == Code::not_found) continue;  // erased meanwhile
    if (!known.ok()) return std::move(known.error());
    const auto whole = state_in<PersonState>(*known);
    if (whole == nullptr || whole->erased) continue;
    FILROUGE_TRY(target, person_target(app, reader, **known));
    if (permit(reader, "pathway.read", target) != Verdict::permitted) continue;
    FILROUGE_TRY(seen, seen_by(app, reader, **known));
    for (const RelayState& relay : seen.relays) {
      if (!is_listed(standing_of(relay), today)) continue;
      FILROUGE_TRY(view, relay_view(names, reader, id, seen, *whole, relay, today));
      place(box, std::move(view));
    }
  }
  sort(box.to_answer, true);
  sort(box.late, true);
  sort(box.received, false);
  sort(box.sent, false);
  FILROUGE_TRY(sought, sought_persons(app, reader));
  box.sought = std::move(sought);
  if (!box.sought.empty()) {
    std::set<SubjectId> told;
    for (const api::SoughtRow& row : box.sought) told.insert(row.person);
    FILROUGE_CHECK(
        disclose(app, caller, "sought.read", "partner_calls", {told.begin(), told.end()}));
  }
  std::set<SubjectId> named;
  for (const auto* rows : {&box.to_answer, &box.late, &box.received, &box.sent})
    for (const api::RelayView& view : *rows) named.insert(view.person);
  if (!named.empty())
    FILROUGE_CHECK(disclose(app, caller, "relay.read", "list", {named.begin(), named.end()}));
  return box;
}

}  // namespace filrouge
