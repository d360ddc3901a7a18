#include "sim/thread.h"

#include <algorithm>
#include <utility>

#include "core/outreach/entries.h"

namespace filrouge::sim {

namespace {

using A = RelayAct;

constexpr std::int64_t kTwelveHoursMs = 12 * 3'600'000;

template <class Body>
std::optional<Body> body_of(const Draft& draft, std::string_view kind) {
  if (draft.kind != kind) return std::nullopt;
  auto body = json::read<Body>(draft.body, json::Unknown::keep);
  if (!body.ok()) return std::nullopt;
  return std::move(*body);
}

}  // namespace

bool is_binding_kind(std::string_view kind) {
  return kind == "pathway_opened" || kind == "referent_named" || kind == "following_ended" ||
         kind == "relay" || kind == "sharing_agreed" || kind == "sharing_withdrawn";
}

bool RelayTold::is_over() const {
  return act == A::declined || act == A::returned || act == A::cancelled || act == A::withdrawn;
}

bool RelayTold::awaits() const {
  return !is_over() && act != A::taken_over && act != A::kept && act != A::broken;
}

bool RelayTold::is_agreed() const {
  return act == A::accepted || act == A::meeting_set || act == A::meeting_held ||
         act == A::no_show || act == A::taken_over;
}

void Thread::pass_to(Holder next) {
  claim_teams.insert(next.team);
  last_claim = std::max(last_claim, next.at);
  holder = std::move(next);
}

void Thread::hear(const Heard& heard) {
  const Draft& draft = *heard.draft;
  if (is_binding_kind(draft.kind)) binding.insert(draft.id);
  if (draft.kind == "person_created") met = true;
  if (draft.kind == "relay") return hear_relay(heard);
  if (const auto opened = body_of<PathwayOpened>(draft, "pathway_opened"))
    return pass_to(
        {draft.id, opened->organisation, opened->team, opened->referent, false, heard.at});
  if (const auto named = body_of<ReferentNamed>(draft, "referent_named"))
    return pass_to(
        {draft.id, named->organisation, named->team, named->referent, named->interim, heard.at});
  if (draft.kind == "following_ended") {
    holder.reset();
    last_ending = std::max(last_ending, heard.at);
  } else if (auto agreed = body_of<SharingAgreed>(draft, "sharing_agreed")) {
    agreements.push_back({heard.at, draft.author, std::move(*agreed)});
  } else if (const auto stopped = body_of<SharingWithdrawn>(draft, "sharing_withdrawn")) {
    withdrawn.push_back({heard.at, draft.author, stopped->organisation});
  } else if (const auto set = body_of<StepSet>(draft, "step_set")) {
    StepTold& step = steps[set->step];
    if (!step.owner.is_nil() && heard.at < step.at) return;
    step = {set->organisation, heard.at, set->status == StepStatus::dropped};
  }
}

void Thread::hear_relay(const Heard& heard) {
  const Draft& draft = *heard.draft;
  const auto body = body_of<Relay>(draft, "relay");
  if (!body) return;
  const bool first = !relays.contains(body->relay);
  RelayTold& relay = relays[body->relay];
  if (first) {
    relay.from = body->organisation;
    relay.to = body->to;
    relay.step = body->step;
  }
  relay.act = body->act;
  relay.head = draft.id;
  relay.since = draft.occurred.date;
  if (body->act == A::proposed && !std::exchange(relay.was_proposed, true))
    relay.proposed = relay.since;
  if (body->act == A::meeting_set) {
    relay.sender_said.reset();
    relay.receiver_said.reset();
    if (body->meeting) relay.meets = body->meeting->on;
  }
  if (body->act == A::no_show) ++relay.nobody_came;
  if (body->act == A::no_show || body->act == A::meeting_held)
    (body->organisation == relay.from ? relay.sender_said : relay.receiver_said) = body->act;
  const bool passes = body->act == A::taken_over || body->act == A::returned;
  if (!passes || !body->referent || !body->team) return;
  const SubjectId to = body->act == A::returned ? relay.from : body->organisation;
  pass_to({draft.id, to, *body->team, *body->referent, false, heard.at});
}

// A withdrawal gives way only to an agreement that came later and knew of it: from the same author,
// or naming it, or more than twelve hours after.
bool Thread::holds(const Agreement& agreement, CivilDate day) const {
  if (agreement.said.until && *agreement.said.until < day) return false;
  return std::all_of(withdrawn.begin(), withdrawn.end(), [&](const Withdrawing& one) {
    if (one.organisation && *one.organisation != agreement.said.organisation) return true;
    if (agreement.at < one.at) return false;
    const auto& named = agreement.said.replaces;
    return agreement.author == one.author ||
           std::find(named.begin(), named.end(), one.at.second) != named.end() ||
           agreement.at.first.first - one.at.first.first > kTwelveHoursMs;
  });
}

bool Thread::agrees(SubjectId organisation, CivilDate day) const {
  return std::any_of(agreements.begin(), agreements.end(), [&](const Agreement& one) {
    return one.said.organisation == organisation && holds(one, day);
  });
}

bool Thread::shares(SubjectId organisation, SharedField field, CivilDate day) const {
  return std::any_of(agreements.begin(), agreements.end(), [&](const Agreement& one) {
    const auto& ticked = one.said.fields;
    return one.said.organisation == organisation && holds(one, day) &&
           std::find(ticked.begin(), ticked.end(), field) != ticked.end();
  });
}

bool Thread::is_followed_by(const std::set<SubjectId>& teams, SubjectId organisation,
                            CivilDate day) const {
  for (const SubjectId& team : teams)
    if (claim_teams.contains(team)) return true;
  for (const auto& [id, step] : steps)
    if (step.owner == organisation && !step.dropped) return true;
  for (const auto& [id, relay] : relays) {
    if (relay.to != organisation) continue;
    const bool asked = relay.act == A::proposed || relay.act == A::acknowledged;
    if (relay.is_agreed() || (asked && agrees(organisation, day))) return true;
  }
  return std::any_of(agreements.begin(), agreements.end(), [&](const Agreement& one) {
    return one.said.purpose != SharingPurpose::relay && one.said.organisation == organisation &&
           holds(one, day);
  });
}

Thread thread_of(const std::vector<Heard>& heard, std::size_t count) {
  Thread thread;
  for (std::size_t i = 0; i < count; ++i)
    if (const auto undone = body_of<Undone>(*heard[i].draft, "undone"))
      thread.taken_back.insert(undone->entry);
  for (std::size_t i = 0; i < count; ++i)
    if (is_binding_kind(heard[i].draft->kind) || !thread.taken_back.contains(heard[i].draft->id))
      thread.hear(heard[i]);
  return thread;
}

}  // namespace filrouge::sim
