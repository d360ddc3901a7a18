// The planted bugs that live between the rooms. The linker sends every call of these functions from
// another source to the one below (--wrap); the real one is reached by the name beside it.
#include <algorithm>
#include <utility>

#include "core/access/access.h"
#include "core/journal/fold.h"
#include "core/pathway/referent.h"
#include "core/people/consent.h"
#include "core/people/visible.h"
#include "core/relay/relay.h"
#include "core/sync/sync.h"
#include "sim/planted.h"

namespace filrouge::sim {

#define FILROUGE_LINKED(symbol) __asm__(symbol)

Verdict real_permit(const Actor&, std::string_view, const Target&) FILROUGE_LINKED(
    "__real__ZN8filrouge6permitERKNS_5ActorESt17basic_string_viewIcSt11char_traitsIcEERKNS_"
    "6TargetE");
Verdict wrapped_permit(const Actor&, std::string_view, const Target&) FILROUGE_LINKED(
    "__wrap__ZN8filrouge6permitERKNS_5ActorESt17basic_string_viewIcSt11char_traitsIcEERKNS_"
    "6TargetE");

Hlc real_clamped(Hlc, Instant) FILROUGE_LINKED("__real__ZN8filrouge7clampedENS_3HlcENS_7InstantE");
Hlc wrapped_clamped(Hlc, Instant)
    FILROUGE_LINKED("__wrap__ZN8filrouge7clampedENS_3HlcENS_7InstantE");

void real_fold(State&, const Draft&) FILROUGE_LINKED(
    "__real__ZN8filrouge4foldERSt7variantIJSt9monostateNS_17OrganisationStateENS_9Tea"
    "mStateENS_12ProjectStateENS_10PlaceStateENS_12AccountStateENS_11DeviceStateENS_1"
    "0RoundStateENS_11PersonStateENS_13FactsRetainedENS_15ComparisonStateEEERKNS_5DraftE");
void wrapped_fold(State&, const Draft&) FILROUGE_LINKED(
    "__wrap__ZN8filrouge4foldERSt7variantIJSt9monostateNS_17OrganisationStateENS_9Tea"
    "mStateENS_12ProjectStateENS_10PlaceStateENS_12AccountStateENS_11DeviceStateENS_1"
    "0RoundStateENS_11PersonStateENS_13FactsRetainedENS_15ComparisonStateEEERKNS_5DraftE");

void real_hear_answers(PersonState&, const Draft&, const ConsentRecorded&) FILROUGE_LINKED(
    "__real__ZN8filrouge12hear_answersERNS_11PersonStateERKNS_5DraftERKNS_15ConsentRecordedE");
void wrapped_hear_answers(PersonState&, const Draft&, const ConsentRecorded&) FILROUGE_LINKED(
    "__wrap__ZN8filrouge12hear_answersERNS_11PersonStateERKNS_5DraftERKNS_15ConsentRecordedE");

SyncStep real_sync_step(SyncState, const SyncEvent&)
    FILROUGE_LINKED("__real__ZN8filrouge9sync_stepENS_9SyncStateERKNS_9SyncEventE");
SyncStep wrapped_sync_step(SyncState, const SyncEvent&)
    FILROUGE_LINKED("__wrap__ZN8filrouge9sync_stepENS_9SyncStateERKNS_9SyncEventE");

Status real_decide_opened(const Draft&, const PersonState&)
    FILROUGE_LINKED("__real__ZN8filrouge13decide_openedERKNS_5DraftERKNS_11PersonStateE");
Status wrapped_decide_opened(const Draft&, const PersonState&)
    FILROUGE_LINKED("__wrap__ZN8filrouge13decide_openedERKNS_5DraftERKNS_11PersonStateE");

Status real_decide_relay(const PersonState&, const Draft&)
    FILROUGE_LINKED("__real__ZN8filrouge12decide_relayERKNS_11PersonStateERKNS_5DraftE");
Status wrapped_decide_relay(const PersonState&, const Draft&)
    FILROUGE_LINKED("__wrap__ZN8filrouge12decide_relayERKNS_11PersonStateERKNS_5DraftE");

PersonState real_visible_to(const PersonState&, const Reader&, CivilDate, const OrganisationOf&)
    FILROUGE_LINKED(
        "__real__ZN8filrouge10visible_toERKNS_11PersonStateERKNS_6ReaderENS_9CivilDateERKSt"
        "8functionIFNS_2IdINS_10SubjectTagEEESA_EE");
PersonState wrapped_visible_to(const PersonState&, const Reader&, CivilDate, const OrganisationOf&)
    FILROUGE_LINKED(
        "__wrap__ZN8filrouge10visible_toERKNS_11PersonStateERKNS_6ReaderENS_9CivilDateERKSt"
        "8functionIFNS_2IdINS_10SubjectTagEEESA_EE");

Verdict wrapped_permit(const Actor& actor, std::string_view rule, const Target& target) {
  if (is_planted(Bug::revoked_still_accepted) && actor.state.status == AccountStatus::revoked) {
    Actor believed = actor;
    believed.state.status = AccountStatus::active;
    return real_permit(believed, rule, target);
  }
  const bool reads_persons = rule == "person.read" || rule == "person.list";
  if (is_planted(Bug::another_teams_person) && reads_persons &&
      target.organisation == actor.state.organisation && !actor.state.teams.empty()) {
    Target believed = target;
    believed.teams = actor.state.teams;
    return real_permit(actor, rule, believed);
  }
  return real_permit(actor, rule, target);
}

Hlc wrapped_clamped(Hlc hlc, Instant received) {
  return is_planted(Bug::future_clock_drags) ? hlc : real_clamped(hlc, received);
}

// Only an undo whose entry is not there yet is folded by itself: the others fold the subject again.
void wrapped_fold(State& state, const Draft& draft) {
  if (is_planted(Bug::undo_lost_when_first) && draft.kind == "undone") return;
  real_fold(state, draft);
}

void wrapped_hear_answers(PersonState& state, const Draft& draft, const ConsentRecorded& body) {
  real_hear_answers(state, draft, body);
  if (!is_planted(Bug::consent_last_writer_wins)) return;
  for (const HeardAnswer& answer : state.heard)
    for (ConsentState& consent : state.consents)
      if (consent.purpose == answer.purpose && consent.hlc < answer.hlc) {
        consent.agreed = answer.agreed;
        consent.entry = answer.entry;
        consent.hlc = answer.hlc;
      }
}

SyncStep wrapped_sync_step(SyncState state, const SyncEvent& event) {
  SyncStep step = real_sync_step(std::move(state), event);
  if (!is_planted(Bug::outbox_deletes_before_ack)) return step;
  for (const SyncAction& action : std::vector(step.actions))
    if (action.kind == SyncActionKind::send)
      step.actions.push_back({.kind = SyncActionKind::forget, .ids = action.ids});
  return step;
}

Status wrapped_decide_opened(const Draft& draft, const PersonState& person) {
  Status decided = real_decide_opened(draft, person);
  if (is_planted(Bug::second_referent_accepted) && !decided.ok() &&
      decided.error().rule == "already_open")
    return Done{};
  return decided;
}

Status wrapped_decide_relay(const PersonState& person, const Draft& draft) {
  Status decided = real_decide_relay(person, draft);
  if (!is_planted(Bug::relay_takeover_without_meeting) || decided.ok()) return decided;
  const json::Value* act = draft.body.find("act");
  const bool takes_over = act != nullptr && act->text() == "taken_over";
  const std::string rule = decided.error().rule;
  return takes_over && (rule == "not_met" || rule == "relay_order") ? Status(Done{}) : decided;
}

PersonState wrapped_visible_to(const PersonState& person, const Reader& reader, CivilDate today,
                               const OrganisationOf& organisation_of) {
  if (!is_planted(Bug::withdrawal_ignored_by_card))
    return real_visible_to(person, reader, today, organisation_of);
  PersonState agreed = person;
  agreed.sharing.withdrawals.clear();
  return real_visible_to(agreed, reader, today, organisation_of);
}

}  // namespace filrouge::sim
