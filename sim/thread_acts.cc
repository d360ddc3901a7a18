// What is noted of pathways, relays and what is shared: on the phones and at the desks of all
// organisations, mostly what comes next, sometimes what may not, by those who have seen the last
// word and by those who have not, and from both sides at once.
#include <algorithm>

#include "sim/world.h"

namespace filrouge::sim {

namespace {

using A = RelayAct;

constexpr std::int64_t kDayMs = 86'400'000;
constexpr std::size_t kFavourites = 5;  // few persons, so that their threads grow long

struct Weighted {
  RelayAct act;
  std::int64_t weight;
};

// What people do next, and how often.
const std::vector<Weighted>& next_acts(RelayAct now) {
  static const std::map<RelayAct, std::vector<Weighted>> next{
      {A::prepared, {{A::proposed, 9}, {A::cancelled, 1}}},
      {A::proposed,
       {{A::acknowledged, 4},
        {A::accepted, 4},
        {A::declined, 1},
        {A::cancelled, 1},
        {A::withdrawn, 1}}},
      {A::acknowledged, {{A::accepted, 7}, {A::declined, 1}, {A::cancelled, 1}, {A::withdrawn, 1}}},
      {A::accepted, {{A::meeting_set, 12}, {A::cancelled, 1}, {A::returned, 1}, {A::withdrawn, 1}}},
      {A::meeting_set,
       {{A::meeting_held, 12},
        {A::no_show, 4},
        {A::meeting_set, 1},
        {A::cancelled, 1},
        {A::returned, 1},
        {A::withdrawn, 1}}},
      {A::no_show, {{A::meeting_set, 6}, {A::meeting_held, 2}, {A::no_show, 1}, {A::returned, 1}}},
      {A::meeting_held,
       {{A::taken_over, 10},
        {A::meeting_held, 3},
        {A::no_show, 1},
        {A::cancelled, 1},
        {A::returned, 1}}},
      {A::taken_over, {{A::kept, 3}, {A::broken, 2}, {A::returned, 3}}},
      {A::kept, {{A::broken, 1}}},
      {A::broken, {{A::returned, 1}}},
  };
  static const std::vector<Weighted> none;
  const auto at = next.find(now);
  return at == next.end() ? none : at->second;
}

RelayAct pick_act(Chance& chance, const std::vector<Weighted>& acts) {
  std::int64_t all = 0;
  for (const Weighted& one : acts) all += one.weight;
  std::int64_t at = chance.below(all);
  for (const Weighted& one : acts) {
    at -= one.weight;
    if (at < 0) return one.act;
  }
  return acts.back().act;
}

bool is_of_receiver(RelayAct act) {
  return act == A::acknowledged || act == A::accepted || act == A::declined ||
         act == A::taken_over || act == A::kept || act == A::returned;
}

Barrier some_barrier(Chance& chance) {
  if (chance.percent(50)) return static_cast<Barrier>(17 + chance.below(4));  // restricted
  return static_cast<Barrier>(chance.below(17));
}

}  // namespace

CivilDate World::today() const {
  return {static_cast<std::int32_t>(const_cast<WorldClock&>(clock_).now().ms / kDayMs)};
}

void World::schedule_threads() {
  const std::int64_t start = clock_.now().ms;
  const std::int64_t end = weather_.days * kDayMs;
  for (std::int64_t i = 0; i < weather_.thread_acts; ++i)
    at({start + of_threads_.below(end)}, [this] { act_in_thread(); });
}

void World::act_in_thread() {
  std::vector<std::size_t> there;
  for (std::size_t i = 0; i < truth_.persons.size(); ++i)
    if (!truth_.persons[i].erased || of_threads_.percent(3)) there.push_back(i);
  if (there.empty()) return act();
  if (there.size() > kFavourites && of_threads_.percent(85)) there.resize(kFavourites);
  const std::size_t person = of_threads_.pick(there);
  const auto thread = thread_now(person);
  if (!thread) return;  // nobody sees anything: the node is down
  if (of_threads_.percent(8)) {
    const auto phone =
        static_cast<std::size_t>(of_threads_.below(static_cast<std::int64_t>(phones_.size())));
    return say_anything({phones_[phone].account, phone}, person, *thread);
  }
  go_on(person, *thread);
}

// An account that follows her, on one of its phones or at a desk; sometimes one that does not.
std::optional<World::Actor> World::somebody(std::size_t organisation, std::size_t person,
                                            const Thread& thread) {
  std::vector<std::size_t> able;
  const bool any = of_threads_.percent(5);
  for (std::size_t i = 0; i < truth_.accounts.size(); ++i) {
    const Account& one = truth_.accounts[i];
    if (one.organisation != organisation || !is_worker(one.role)) continue;
    if (one.revoked && !of_threads_.percent(10)) continue;
    if (any || truth_.follows(one, truth_.persons[person], thread, today())) able.push_back(i);
  }
  if (able.empty()) return std::nullopt;
  Actor actor{of_threads_.pick(able), std::nullopt};
  if (of_threads_.percent(weather_.at_desk_percent)) return actor;
  std::vector<std::size_t> phones;
  for (std::size_t i = 0; i < phones_.size(); ++i)
    if (phones_[i].account == actor.account && !phones_[i].off) phones.push_back(i);
  if (!phones.empty()) actor.phone = of_threads_.pick(phones);
  return actor;
}

// Whom one names: mostly who may be a referent.
std::optional<std::size_t> World::colleague(std::size_t organisation, std::size_t person) {
  std::vector<std::size_t> able;
  for (std::size_t i = 0; i < truth_.accounts.size(); ++i) {
    const Account& one = truth_.accounts[i];
    if (one.organisation != organisation) continue;
    const bool good = is_worker(one.role) && !one.revoked;
    if (good || of_threads_.percent(8)) able.push_back(i);
  }
  static_cast<void>(person);
  if (able.empty()) return std::nullopt;
  return of_threads_.pick(able);
}

std::size_t World::some_team_of(std::size_t account, std::size_t person) {
  const Account& who = truth_.accounts[account];
  if (who.teams.contains(truth_.persons[person].team)) return truth_.persons[person].team;
  return who.teams.empty() ? truth_.persons[person].team : *who.teams.begin();
}

// What the node has, less the last ones for who has not looked; and what waits on the own phone.
Thread World::seen_by(const Actor& actor, std::size_t person) {
  auto heard = heard_of(person);
  if (!heard) heard = last_told_[person];
  if (of_threads_.percent(weather_.outdated_percent) && heard->size() > 2)
    heard->resize(heard->size() - static_cast<std::size_t>(of_threads_.between(1, 2)));
  std::set<EntryId> there;
  for (const Heard& one : *heard) there.insert(one.draft->id);
  for (const Note& note : truth_.notes)
    if (actor.phone && note.phone == *actor.phone && note.person == person && !note.answered &&
        !note.lost && !there.contains(note.draft.id))
      heard->push_back({&note.draft, truth_.believed(note, clock_.now()), 0, false});
  return thread_of(*heard, heard->size());
}

Note World::about_person(const Actor& actor, std::size_t person) {
  Note about;
  about.person = person;
  about.team = some_team_of(actor.account, person);
  return about;
}

std::string World::word(Note& about, Word::Of of, EntryId relay) {
  static constexpr std::string_view kLetters = "ANGSWMU";
  std::string text = truth_.persons[*about.person].canary;
  text += kLetters[static_cast<std::size_t>(of)];
  text += std::to_string(truth_.notes.size()) + ".";
  about.words.push_back({of, text, relay});
  return text;
}

// What comes next in her thread, by somebody whose turn it is.
void World::go_on(std::size_t person, const Thread& now) {
  const std::size_t home = truth_.teams[truth_.persons[person].team].organisation;
  const auto holder = now.holder ? truth_.organisation_of(now.holder->organisation) : std::nullopt;
  const auto actor = somebody(holder.value_or(home), person, now);
  if (!actor) return;
  const Thread seen = seen_by(*actor, person);
  const std::int64_t what = of_threads_.below(100);
  if (!seen.holder && what < 60) return open_pathway(*actor, person);
  if (what < 52) return go_on_with_relay(person, now);
  if (what < 60) {
    const auto other = static_cast<std::size_t>(1 + of_threads_.below(3));
    return agree(*actor, person, seen, truth_.organisations[other].id);
  }
  if (what < 66) return withdraw(*actor, person);
  if (what < 74) return name_referent(*actor, person, seen);
  if (what < 80) return diagnose(*actor, person);
  if (what < 86) return set_step(*actor, person, seen);
  if (what < 89) return change_barrier(*actor, person);
  if (what < 91) return end_or_resume(*actor, person, true);
  if (what < 92) return end_or_resume(*actor, person, false);
  if (what < 95 && actor->phone) return take_back(*actor->phone);
  if (what < 98 && now.holder) {
    const auto referent = truth_.account_of(now.holder->referent);
    if (referent && is_worker(truth_.accounts[*referent].role) && may_lose(*referent))
      return revoke(*referent);
  }
  say_anything(*actor, person, seen);
}

// Whatever this account might think of, allowed or not.
void World::say_anything(const Actor& actor, std::size_t person, const Thread& seen) {
  const auto other = static_cast<std::size_t>(1 + of_threads_.below(3));
  switch (of_threads_.below(10)) {
    case 0:
      return open_pathway(actor, person);
    case 1:
      return name_referent(actor, person, seen);
    case 2:
      return agree(actor, person, seen, truth_.organisations[other].id);
    case 3:
      return withdraw(actor, person);
    case 4:
      return diagnose(actor, person);
    case 5:
      return set_step(actor, person, seen);
    case 6:
      return begin_relay(actor, person, seen);
    case 7: {
      if (!truth_.accounts[actor.account].teams.empty() && actor.phone && seen.met)
        return note_contact(*actor.phone, person);
      return diagnose(actor, person);
    }
    default: {
      if (seen.relays.empty()) return begin_relay(actor, person, seen);
      const auto skip = of_threads_.below(static_cast<std::int64_t>(seen.relays.size()));
      const auto relay = std::next(seen.relays.begin(), skip);
      const auto act = static_cast<RelayAct>(of_threads_.below(14));
      return answer_relay(actor, person, seen, relay->first, act);
    }
  }
}

void World::open_pathway(const Actor& actor, std::size_t person) {
  PathwayOpened body;
  body.organisation = own_organisation(actor);
  const bool self = of_threads_.percent(60);
  const auto named = colleague(truth_.accounts[actor.account].organisation, person);
  const std::size_t referent = self ? actor.account : named.value_or(actor.account);
  body.referent = truth_.accounts[referent].id;
  body.team = truth_.teams[some_team_of(referent, person)].id;
  say(actor, "pathway_opened", body, about_person(actor, person));
}

// By a colleague; a référent par intérim is followed up by the coordinator, at a desk.
void World::name_referent(const Actor& actor, std::size_t person, const Thread& seen) {
  if (!seen.holder) return open_pathway(actor, person);
  Actor by = actor;
  const std::size_t own = truth_.accounts[actor.account].organisation;
  if (seen.holder->interim || of_threads_.percent(15))
    for (std::size_t i = 0; i < truth_.accounts.size(); ++i)
      if (truth_.accounts[i].role == Role::coordinator && truth_.accounts[i].organisation == own)
        by = {i, std::nullopt};
  const auto named = colleague(own, person);
  if (!named) return;
  ReferentNamed body;
  body.after = seen.holder->entry;
  body.organisation = own_organisation(by);
  body.referent = truth_.accounts[*named].id;
  body.team = truth_.teams[some_team_of(*named, person)].id;
  say(by, "referent_named", body, about_person(by, person));
}

void World::agree(const Actor& actor, std::size_t person, const Thread& seen, SubjectId with) {
  SharingAgreed body;
  const std::int64_t purpose = of_threads_.below(100);
  if (purpose < 25) body.purpose = SharingPurpose::follow_together;
  if (purpose > 95) body.purpose = SharingPurpose::case_meeting;
  body.organisation = with;
  for (int field = 0; field < 15; ++field)
    if (of_threads_.percent(35)) body.fields.push_back(static_cast<SharedField>(field));
  Note about = about_person(actor, person);
  const CivilDate noted = LocalStamp::at(clock_.now(), 60).date;
  if (of_threads_.percent(25)) {
    const bool past = of_threads_.percent(10) && !actor.phone;
    body.until = noted.plus_days(static_cast<std::int32_t>(past ? -2 : of_threads_.below(6)));
    if (past) about.malformed = "it ends before it begins";
    // A wrong wall dates the note itself: the end would lie before it, or far behind.
    if (actor.phone && phones_[*actor.phone].clock_off_ms != 0) body.until.reset();
  }
  body.wording = "partage-1";
  body.receipt_number = std::to_string(truth_.notes.size());
  for (const Withdrawing& one : seen.withdrawn)
    if (of_threads_.percent(40)) body.replaces.push_back(one.at.second);
  say(actor, "sharing_agreed", body, std::move(about));
}

void World::withdraw(const Actor& actor, std::size_t person) {
  SharingWithdrawn body;
  if (of_threads_.percent(70))
    body.organisation = truth_.organisations[static_cast<std::size_t>(1 + of_threads_.below(3))].id;
  say(actor, "sharing_withdrawn", body, about_person(actor, person));
}

void World::diagnose(const Actor& actor, std::size_t person) {
  Note about = about_person(actor, person);
  Diagnosis body;
  std::set<Barrier> said;
  for (std::int64_t lines = of_threads_.between(1, 4); lines > 0; --lines) {
    const Barrier barrier = some_barrier(of_threads_);
    if (!said.insert(barrier).second) continue;
    body.lines.push_back({barrier, static_cast<BarrierLevel>(of_threads_.below(4)),
                          static_cast<SaidBy>(of_threads_.below(2))});
    if (body.first.size() < 3) body.first.push_back(barrier);
  }
  body.goals.push_back("travailler " + word(about, Word::Of::goal));
  body.validated = of_threads_.percent(60);
  say(actor, "diagnosis", body, std::move(about));
}

void World::change_barrier(const Actor& actor, std::size_t person) {
  BarrierChanged body;
  body.organisation = own_organisation(actor);
  body.barrier = some_barrier(of_threads_);
  body.status = static_cast<BarrierStatus>(of_threads_.below(4));
  say(actor, "barrier_changed", body, about_person(actor, person));
}

void World::set_step(const Actor& actor, std::size_t person, const Thread& seen) {
  Note about = about_person(actor, person);
  StepSet body;
  body.step = random_.id<EntryId>();
  if (!seen.steps.empty() && of_threads_.percent(50)) {
    const auto skip = of_threads_.below(static_cast<std::int64_t>(seen.steps.size()));
    body.step = std::next(seen.steps.begin(), skip)->first;
  }
  body.organisation = own_organisation(actor);
  body.what = "faire " + word(about, Word::Of::step);
  body.status = static_cast<StepStatus>(of_threads_.below(5));
  body.person_agrees = body.status != StepStatus::proposed;
  body.by_meeting = of_threads_.percent(25);
  say(actor, "step_set", body, std::move(about));
}

void World::end_or_resume(const Actor& actor, std::size_t person, bool ends) {
  if (ends) {
    const FollowingEnded body{static_cast<EndedBecause>(of_threads_.below(8))};
    return say(actor, "following_ended", body, about_person(actor, person));
  }
  say(actor, "following_resumed", FollowingResumed{own_organisation(actor)},
      about_person(actor, person));
}

// ---- the relay

void World::begin_relay(const Actor& actor, std::size_t person, const Thread& seen) {
  Relay body;
  body.relay = random_.id<EntryId>();
  body.act = of_threads_.percent(50) ? A::prepared : A::proposed;
  body.organisation = own_organisation(actor);
  Note about = about_person(actor, person);
  const auto to = static_cast<std::size_t>(1 + of_threads_.below(3));
  const bool outside = of_threads_.percent(6);
  if (outside)
    body.to_outside = "la maison des jeunes";
  else if (truth_.organisations[to].id == body.organisation && !of_threads_.percent(10))
    body.to = truth_.organisations[to == 3 ? 1 : to + 1].id;
  else
    body.to = truth_.organisations[to].id;
  if (!seen.steps.empty() && of_threads_.percent(30)) body.step = seen.steps.begin()->first;
  const SubjectId receiver = body.to.value_or(SubjectId{});
  if (!seen.agrees(receiver, today()) && of_threads_.percent(80))
    agree(actor, person, seen, receiver);
  body.need = "aider " + word(about, Word::Of::need, body.relay);
  say(actor, "relay", body, std::move(about));
}

void World::go_on_with_relay(std::size_t person, const Thread& now) {
  std::vector<EntryId> open;
  for (const auto& [id, relay] : now.relays)
    if (!next_acts(relay.act).empty() && (relay.awaits() || of_threads_.percent(40)))
      open.push_back(id);
  if (open.empty() || of_threads_.percent(15)) {
    const std::size_t home = truth_.teams[truth_.persons[person].team].organisation;
    const auto holder =
        now.holder ? truth_.organisation_of(now.holder->organisation) : std::nullopt;
    if (const auto actor = somebody(holder.value_or(home), person, now))
      begin_relay(*actor, person, seen_by(*actor, person));
    return;
  }
  const EntryId id = of_threads_.pick(open);
  const RelayTold& relay = now.relays.at(id);
  const auto speaker = [&](RelayAct act) {
    const bool receiver = is_of_receiver(act) ||
                          (act != A::proposed && act != A::cancelled && of_threads_.percent(60));
    const auto side = truth_.organisation_of(receiver ? relay.to.value_or(relay.from) : relay.from);
    return somebody(side.value_or(1), person, now);
  };
  const RelayAct act = pick_act(of_threads_, next_acts(relay.act));
  const auto actor = speaker(act);
  const bool crosses = of_threads_.percent(weather_.crossing_percent);
  const RelayAct other = pick_act(of_threads_, next_acts(relay.act));
  const auto second = crosses ? speaker(other) : std::nullopt;
  // Both have seen the same.
  if (actor) answer_relay(*actor, person, seen_by(*actor, person), id, act);
  if (second) answer_relay(*second, person, now, id, other);
}

void World::answer_relay(const Actor& actor, std::size_t person, const Thread& seen, EntryId id,
                         RelayAct act) {
  const auto known = seen.relays.find(id);
  if (known == seen.relays.end()) return;
  const RelayTold& relay = known->second;
  Note about = about_person(actor, person);
  Relay body;
  body.relay = id;
  body.act = act;
  body.after = relay.head;
  body.organisation = own_organisation(actor);
  // A broken client, or one who tries: it must move to nobody.
  if (of_threads_.percent(4))
    body.to = truth_.organisations[static_cast<std::size_t>(1 + of_threads_.below(3))].id;
  if (act == A::declined || act == A::returned) {
    body.because = DeclinedBecause::full;
    body.suggestion = "voir " + word(about, Word::Of::suggestion, id);
  }
  if (act == A::meeting_set) {
    const CivilDate day =
        LocalStamp::at(actor.phone ? wall(phones_[*actor.phone]) : clock_.now(), 60).date;
    const bool past = of_threads_.percent(4);
    body.meeting = MeetingPlan{
        day.plus_days(static_cast<std::int32_t>(past ? -1 : of_threads_.below(8))), 600, {}};
    body.meeting->where = "place " + word(about, Word::Of::meeting_place, id);
    if (past) about.malformed = "they meet on a day that is over";
  }
  const bool back = act == A::returned && of_threads_.percent(80);
  if (act == A::taken_over || back) {
    const auto side = truth_.organisation_of(back ? relay.from : body.organisation);
    const auto named = colleague(side.value_or(1), person);
    const std::size_t referent =
        !back && of_threads_.percent(50) ? actor.account : named.value_or(actor.account);
    body.referent = truth_.accounts[referent].id;
    body.team = truth_.teams[some_team_of(referent, person)].id;
    if (back) body.to = relay.from;
  }
  say(actor, "relay", body, std::move(about));
}

}  // namespace filrouge::sim
