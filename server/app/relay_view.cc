#include "server/app/relay_view.h"

#include <algorithm>

#include "core/base/json.h"
#include "core/base/limits.h"
#include "core/pathway/referent.h"
#include "core/relay/relay.h"
#include "server/app/rows.h"

namespace filrouge {

namespace {

// The last word that was given of one field of the acts.
template <class Field>
Field last_of(const RelayState& relay, Field Relay::* field) {
  Field found;
  for (const ActDone& act : relay.acts)
    if (act.body.*field) found = act.body.*field;
  return found;
}

}  // namespace

std::int32_t days_late(const RelayStanding& standing, CivilDate today) {
  const auto due = is_open(standing) ? due_day(standing) : std::nullopt;
  return due && *due < today ? today.days - due->days : 0;
}

Result<api::RelayView> relay_view(Names& names, const Actor& reader, SubjectId person,
                                  const PersonState& seen, const PersonState& whole,
                                  const RelayState& relay, CivilDate today) {
  const SubjectId own = reader.state.organisation;
  api::RelayView view;
  view.person = person;
  view.shown = shown_name(seen);
  view.relay = relay;
  view.standing = standing_of(relay);
  const RelayStanding& now = view.standing;
  FILROUGE_TRY(from, names.of(now.from));
  view.from = std::move(from);
  FILROUGE_TRY(sender, names.of(now.sender));
  view.from_who = std::move(sender);
  FILROUGE_TRY(to, names.of(now.to.value_or(SubjectId{})));
  view.to = now.to ? std::move(to) : last_of(relay, &Relay::to_outside).value_or("");
  view.need = last_of(relay, &Relay::need);
  view.due = is_open(now) ? due_day(now) : std::nullopt;
  view.days_late = days_late(now, today);
  view.incoming = now.to == own;
  // Whether it held is asked at day thirty, not the day after.
  const bool asked_already =
      now.act != RelayAct::taken_over ||
      (now.since && now.since->date.plus_days(limits::relay_kept_days) <= today);
  view.awaited = awaited_of(now) == own && asked_already;
  if (now.to) view.shared = shared_with(whole.sharing, *now.to, today);
  if (const Grant* grant = live_grant(whole.sharing, now.to.value_or(SubjectId{}), today))
    view.agreed_on = grant->on;
  if (const ReferentClaim* before = claim_before(whole, relay.relay))
    if (view.incoming && before->organisation == now.from)
      view.returns_to = {before->referent, before->team};
  for (const RelayAct act : next_acts(now, own)) view.can.emplace_back(json::enum_text(act));
  return view;
}

}  // namespace filrouge
