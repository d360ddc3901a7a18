// The rules of the pathway, the relay and sharing, written a second time (domain.md 6.2, 6.5, law 4
// and law 5; the refusals that issue and design name): what may follow what, and who may read what.
#include <algorithm>

#include "sim/truth.h"

namespace filrouge::sim {

namespace {

using A = RelayAct;

const Opinion kFine{};
const Opinion kOpen{.why = "", .sure = false};

template <class Body>
std::optional<Body> body_of(const Note& note, std::string_view kind) {
  if (note.draft.kind != kind) return std::nullopt;
  auto body = json::read<Body>(note.draft.body, json::Unknown::keep);
  if (!body.ok()) return std::nullopt;
  return std::move(*body);
}

bool is_one_of(RelayAct act, std::initializer_list<RelayAct> acts) {
  return std::find(acts.begin(), acts.end(), act) != acts.end();
}

// After what may it be done?
bool may_follow(RelayAct act, RelayAct before) {
  switch (act) {
    case A::proposed:
      return before == A::prepared;
    case A::acknowledged:
      return before == A::proposed;
    case A::accepted:
    case A::declined:
      return is_one_of(before, {A::proposed, A::acknowledged});
    case A::meeting_set:
      return is_one_of(before, {A::accepted, A::meeting_set, A::no_show});
    case A::meeting_held:
    case A::no_show:
      return is_one_of(before, {A::meeting_set, A::meeting_held, A::no_show});
    case A::taken_over:
      return before == A::meeting_held;
    case A::kept:
      return before == A::taken_over;
    case A::broken:
      return is_one_of(before, {A::taken_over, A::kept});
    case A::returned:
      return is_one_of(before, {A::accepted, A::meeting_set, A::meeting_held, A::no_show,
                                A::taken_over, A::broken});
    case A::cancelled:
      return is_one_of(before, {A::prepared, A::proposed, A::acknowledged, A::accepted,
                                A::meeting_set, A::meeting_held, A::no_show});
    default:
      return false;
  }
}

bool is_of_sender(RelayAct act) { return act == A::proposed || act == A::cancelled; }
bool is_of_receiver(RelayAct act) {
  return is_one_of(
      act, {A::acknowledged, A::accepted, A::declined, A::taken_over, A::kept, A::returned});
}

// Invariant of 6.2: nothing beyond the proposal, nor the proposal itself, without her agreement.
// Refusing, giving back and saying that nobody came need none.
bool rests_on_agreement(RelayAct act) {
  return is_one_of(act, {A::proposed, A::acknowledged, A::accepted, A::meeting_set, A::meeting_held,
                         A::taken_over});
}

CivilDate day_of(Instant now) { return {static_cast<std::int32_t>(now.ms / 86'400'000)}; }

}  // namespace

// Law 4: whoever names a referent speaks after all who named one, and after the last ending.
bool Truth::is_later(const Note& note, Instant now, const Thread& thread) const {
  const Stamp at = believed(note, now);
  return thread.last_claim < at && thread.last_ending < at;
}

Opinion Truth::of_referent(SubjectId referent, SubjectId team, SubjectId organisation) const {
  const auto number = account_of(referent);
  if (!number || organisations[accounts[*number].organisation].id != organisation)
    return {"no such account in the organisation"};
  const Account& named = accounts[*number];
  const auto of_team =
      std::find_if(teams.begin(), teams.end(), [&](const Team& one) { return one.id == team; });
  if (of_team == teams.end() || organisations[of_team->organisation].id != organisation)
    return {"no such team in the organisation"};
  const bool may = is_worker(named.role) || named.role == Role::coordinator;
  if (!may) return {"its referent has no role that follows persons"};
  if (unsure.contains(*number)) return kOpen;
  if (named.revoked) return {"its referent's account was revoked"};
  const auto index = static_cast<std::size_t>(of_team - teams.begin());
  if (named.role != Role::coordinator && !named.teams.contains(index))
    return {"its referent is not of that team"};
  return kFine;
}

Opinion Truth::of_thread(const Note& note, Instant now, const Thread& thread) const {
  const EntryId& id = note.draft.id;
  if (note.draft.kind == "undone" && note.target) {
    const EntryId& target = notes[*note.target].draft.id;
    if (thread.binding.contains(target)) return {"what it takes back is answered, never undone"};
    return kFine;
  }
  // Its author said so before it came; a withdrawal counts all the same.
  if (is_binding_kind(note.draft.kind) && thread.taken_back.contains(id))
    return note.draft.kind == "sharing_withdrawn" ? kFine : Opinion{"its author has taken it back"};
  if (const auto opened = body_of<PathwayOpened>(note, "pathway_opened")) {
    if (opened->organisation != own(note)) return {"it speaks for another organisation"};
    if (!thread.met) return {"she was not met"};
    if (thread.holder) return {"a pathway is open, and has its referent"};
    if (!is_later(note, now, thread)) return {"a referent was named, or it ended, later"};
    return of_referent(opened->referent, opened->team, own(note));
  }
  if (const auto named = body_of<ReferentNamed>(note, "referent_named")) {
    if (named->organisation != own(note)) return {"it speaks for another organisation"};
    if (!thread.holder) return {"no pathway is open"};
    if (thread.holder->entry != named->after) return {"another referent was named in between"};
    if (thread.holder->organisation != own(note)) return {"the role is another organisation's"};
    if (!is_later(note, now, thread)) return {"a referent was named later"};
    return of_referent(named->referent, named->team, own(note));
  }
  if (note.draft.kind == "following_ended") {
    if (!thread.holder) return kOpen;
    return believed(note, now) < thread.holder->at ? Opinion{"a referent was named later"} : kFine;
  }
  if (const auto set = body_of<StepSet>(note, "step_set")) {
    if (set->organisation != own(note)) return {"it speaks for another organisation"};
    const auto step = thread.steps.find(set->step);
    if (step != thread.steps.end() && step->second.owner != own(note))
      return {"another organisation owns the step"};
    if (accounts[note.account].role == Role::coordinator && !set->by_meeting)
      return {"a coordinator writes what a meeting decided"};
    return kFine;
  }
  if (const auto body = body_of<Relay>(note, "relay")) return of_relay(note, *body, now, thread);
  return kFine;
}

Opinion Truth::of_relay(const Note& note, const Relay& body, Instant now,
                        const Thread& thread) const {
  if (body.organisation != own(note)) return {"it speaks for another organisation"};
  const auto at = thread.relays.find(body.relay);
  const bool first = at == thread.relays.end();
  const Opinion order = first ? of_first_act(body, thread) : of_next_act(body, at->second);
  if (!order.why.empty() || body.act == A::withdrawn) return order;
  const SubjectId to = (first ? body.to : at->second.to).value_or(SubjectId{});
  bool sure = order.sure;
  if (rests_on_agreement(body.act)) {
    const bool then = thread.agrees(to, note.draft.occurred.date);
    const bool today = thread.agrees(to, day_of(now));
    if (!then && !today) return {"she has not agreed, or does not any more"};
    sure = sure && then && today;
  }
  if (first) return {.why = "", .sure = sure};
  Opinion passing = of_passing(note, body, now, thread, at->second);
  passing.sure = passing.sure && sure;
  return passing;
}

Opinion Truth::of_first_act(const Relay& body, const Thread& thread) const {
  if (body.act != A::prepared && body.act != A::proposed) return {"nobody began this relay"};
  if (body.after) return {"it answers what nobody said"};
  if (body.to == body.organisation) return {"it goes to oneself"};
  if (body.to && !organisation_of(*body.to)) return {"it goes to nobody"};
  for (const auto& [id, other] : thread.relays) {
    if (!other.awaits()) continue;
    if ((body.step && other.step == body.step) || (body.to && other.to == body.to))
      return {"a relay for the same is open"};
  }
  return kFine;
}

Opinion Truth::of_next_act(const Relay& body, const RelayTold& relay) const {
  const bool sends = body.organisation == relay.from;
  const bool receives = relay.to ? body.organisation == *relay.to : sends;
  if (!sends && !receives) return {"neither side speaks"};
  if (relay.is_over()) return {"the relay is over"};
  if (body.act == A::withdrawn) return kFine;
  if (body.after != relay.head) return {"somebody has answered in between"};
  if (!may_follow(body.act, relay.act)) return {"it may not follow"};
  if (is_of_sender(body.act) && !sends) return {"the sender does that"};
  if (is_of_receiver(body.act) && !receives) return {"the receiver does that"};
  if (body.act == A::meeting_set && relay.nobody_came >= 3) return {"nobody came three times"};
  if (body.act != A::taken_over) return kFine;
  if (!relay.to) return {"nobody outside takes over"};
  if (relay.receiver_said != A::meeting_held) return {"they have not met"};
  if (relay.sender_said == A::no_show) return {"one side says that nobody came"};
  return kFine;
}

// Whoever gets the role gets it from the organisation that holds it.
Opinion Truth::of_passing(const Note& note, const Relay& body, Instant now, const Thread& thread,
                          const RelayTold& relay) const {
  if (body.act == A::taken_over && body.referent && body.team) {
    if (thread.holder && thread.holder->organisation != relay.from)
      return {"the sender does not hold her"};
    if (!is_later(note, now, thread)) return {"a referent was named, or it ended, later"};
    return of_referent(*body.referent, *body.team, body.organisation);
  }
  if (body.act != A::returned || !body.referent) return kFine;
  if (!is_one_of(relay.act, {A::taken_over, A::broken})) return {"she was not taken over"};
  if (!thread.holder || thread.holder->organisation != body.organisation)
    return {"the receiver does not hold her any more"};
  if (body.to != relay.from) return {"it returns to who sent her"};
  if (!is_later(note, now, thread)) return {"a referent was named, or it ended, later"};
  const Opinion named = of_referent(*body.referent, body.team.value_or(SubjectId{}), relay.from);
  // An account that is gone: a coordinator takes her in (par intérim).
  if (named.why == "its referent's account was revoked" ||
      named.why == "its referent is not of that team")
    return kFine;
  return named;
}

bool Truth::may_read(const Account& reader, const Note& note, const Word& word,
                     const Thread& thread, CivilDate today) const {
  if (accounts[note.account].organisation == reader.organisation) return true;
  const SubjectId org = organisations[reader.organisation].id;
  const auto relay = thread.relays.find(word.relay);
  const bool to_us = relay != thread.relays.end() && relay->second.to == org;
  const bool from_us = relay != thread.relays.end() && relay->second.from == org;
  switch (word.of) {
    case Word::Of::alias:
      return thread.shares(org, SharedField::alias, today);
    case Word::Of::goal:
      return thread.shares(org, SharedField::goals, today);
    case Word::Of::step:
      return thread.shares(org, SharedField::steps, today);
    case Word::Of::need:
    case Word::Of::meeting_place:
      return from_us || (to_us && relay->second.was_proposed && thread.agrees(org, today));
    case Word::Of::suggestion:
      return from_us || to_us;
    case Word::Of::contact:
      break;
  }
  return false;  // a note never crosses
}

bool Truth::may_read(const Account& reader, SubjectId author, Barrier barrier, const Thread& thread,
                     CivilDate today) const {
  const SubjectId org = organisations[reader.organisation].id;
  const auto said_by = account_of(author);
  if (author == reader.id) return true;
  switch (barrier) {
    case Barrier::health:
    case Barrier::mental_health:
    case Barrier::disability:
    case Barrier::legal:
      break;
    default:
      return (said_by && accounts[*said_by].organisation == reader.organisation) ||
             thread.shares(org, SharedField::barriers, today);
  }
  if (thread.holder && thread.holder->referent == reader.id) return true;
  const SharedField field = barrier == Barrier::health          ? SharedField::health
                            : barrier == Barrier::mental_health ? SharedField::mental_health
                            : barrier == Barrier::disability    ? SharedField::disability
                                                                : SharedField::legal;
  return thread.shares(org, field, today);
}

}  // namespace filrouge::sim
