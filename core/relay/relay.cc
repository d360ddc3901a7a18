#include "core/relay/relay.h"

#include <algorithm>
#include <array>
#include <tuple>

#include <boost/describe/enumerators.hpp>
#include <boost/mp11/algorithm.hpp>

#include "core/base/limits.h"
#include "core/journal/body.h"
#include "core/pathway/referent.h"

namespace filrouge {

namespace {

using A = RelayAct;

enum class Side { sender, receiver, either };

struct Way {
  RelayAct from;
  RelayAct to;
  Side side;
};

// Who may do what next. `withdrawn` is not here: the person may at any time.
constexpr std::array kWays{
    Way{A::prepared, A::proposed, Side::sender},
    Way{A::prepared, A::cancelled, Side::sender},
    Way{A::proposed, A::acknowledged, Side::receiver},
    Way{A::proposed, A::accepted, Side::receiver},
    Way{A::proposed, A::declined, Side::receiver},
    Way{A::proposed, A::cancelled, Side::sender},
    Way{A::acknowledged, A::accepted, Side::receiver},
    Way{A::acknowledged, A::declined, Side::receiver},
    Way{A::acknowledged, A::cancelled, Side::sender},
    Way{A::accepted, A::meeting_set, Side::either},
    Way{A::accepted, A::cancelled, Side::sender},
    Way{A::accepted, A::returned, Side::receiver},
    Way{A::meeting_set, A::meeting_set, Side::either},
    Way{A::meeting_set, A::meeting_held, Side::either},
    Way{A::meeting_set, A::no_show, Side::either},
    Way{A::meeting_set, A::cancelled, Side::sender},
    Way{A::meeting_set, A::returned, Side::receiver},
    Way{A::no_show, A::meeting_set, Side::either},
    Way{A::no_show, A::meeting_held, Side::either},
    Way{A::no_show, A::no_show, Side::either},
    Way{A::no_show, A::cancelled, Side::sender},
    Way{A::no_show, A::returned, Side::receiver},
    Way{A::meeting_held, A::meeting_held, Side::either},
    Way{A::meeting_held, A::no_show, Side::either},
    Way{A::meeting_held, A::taken_over, Side::receiver},
    Way{A::meeting_held, A::cancelled, Side::sender},
    Way{A::meeting_held, A::returned, Side::receiver},
    Way{A::taken_over, A::kept, Side::receiver},
    Way{A::taken_over, A::broken, Side::either},
    Way{A::taken_over, A::returned, Side::receiver},
    Way{A::kept, A::broken, Side::either},
    Way{A::broken, A::returned, Side::receiver},
};

constexpr std::int32_t kMeetingTriesMax = 3;  // one meeting, and two again after nobody came

bool speaks_of_meeting(RelayAct act) { return act == A::meeting_held || act == A::no_show; }

bool is_before(const ActDone& a, const ActDone& b) {
  return std::tie(a.hlc, a.entry) < std::tie(b.hlc, b.entry);
}

// The acts that answer this one, the earliest first; the person's word is none of the chain.
std::vector<const ActDone*> answers_to(const RelayState& relay, const EntryId& head) {
  std::vector<const ActDone*> found;
  for (const ActDone& act : relay.acts)
    if (act.body.after == head && act.body.act != A::withdrawn) found.push_back(&act);
  std::sort(found.begin(), found.end(),
            [](const ActDone* a, const ActDone* b) { return is_before(*a, *b); });
  return found;
}

// Who withdraws has often not seen the last word: what was done before it stays done.
const ActDone* her_word(const RelayState& relay) {
  const auto at = std::find_if(relay.acts.begin(), relay.acts.end(),
                               [](const ActDone& act) { return act.body.act == A::withdrawn; });
  return at == relay.acts.end() ? nullptr : &*at;
}

void take(RelayStanding& now, const ActDone& done) {
  const Relay& body = done.body;
  now.act = body.act;
  now.head = done.entry;
  now.since = done.occurred;
  if (body.act == A::proposed) {
    if (!now.proposed) now.proposed = done.occurred;
    now.sender = done.author;
  }
  if (body.act == A::meeting_set) {
    now.meeting = body.meeting;
    now.meeting_by_sender.reset();
    now.meeting_by_receiver.reset();
  }
  if (body.act == A::no_show) ++now.no_shows;
  if (body.act == A::taken_over) now.taken_over = done.occurred;
  if (speaks_of_meeting(body.act))
    (body.organisation == now.from ? now.meeting_by_sender : now.meeting_by_receiver) = body.act;
}

Error refused(std::string_view field, std::string_view rule, std::string_view detail) {
  return {Code::refused, field, rule, detail};
}

bool is_for(Side side, bool sends) {
  return side == Side::either || (side == Side::sender) == sends;
}

// A live agreement that lets the receiver see what was ticked, or meet her at least.
bool is_agreed(const PersonState& person, const std::optional<SubjectId>& to, CivilDate day) {
  return live_grant(person.sharing, to.value_or(SubjectId{}), day) != nullptr;
}

bool needs_agreement(RelayAct act) {
  return act == A::proposed || act == A::acknowledged || act == A::accepted ||
         act == A::meeting_set || act == A::meeting_held || act == A::taken_over;
}

// A second relay for the same step, or to the same place, while one is open.
Status decide_first(const PersonState& person, const Relay& body) {
  if (body.act != A::prepared && body.act != A::proposed)
    return refused("body.act", "relay_order", "a relay begins by being prepared or proposed");
  // Without it the relay would have no beginning, and nobody would find it again.
  if (body.after) return refused("body.after", "stale", "the act that it answers is not here");
  if (body.to && *body.to == body.organisation)
    return refused("body.to", "relay_to_oneself", "a relay goes to another organisation");
  if (person.relays.size() >= kRelaysMax)
    return refused("body.relay", "too_many", "this person has too many relays");
  for (const RelayState& other : person.relays) {
    const RelayStanding standing = standing_of(other);
    if (!is_open(standing) || standing.act == A::taken_over) continue;
    const ActDone* first = beginning_of(other);
    const bool same_step = body.step && first != nullptr && first->body.step == body.step;
    const bool same_place = body.to && standing.to == body.to;
    if (same_step || same_place)
      return refused("body.relay", "relay_open", "a relay for this is open already");
  }
  return Done{};
}

Status decide_next(const RelayState& relay, const RelayStanding& now, const Relay& body) {
  if (relay.acts.size() >= kRelayActsMax)
    return refused("body.relay", "too_many", "this relay has too many acts");
  const bool sends = body.organisation == now.from;
  const bool outside = !now.to;
  const bool receives = outside ? sends : body.organisation == *now.to;
  if (!sends && !receives) return refused("body.organisation", "not_your_turn", "neither side");
  if (body.act == A::withdrawn) {
    if (!is_final(now.act)) return Done{};
    return refused("body.act", "relay_order", "this relay is over");
  }
  const Way* way = nullptr;
  for (const Way& one : kWays)
    if (one.from == now.act && one.to == body.act) way = &one;
  if (body.after != now.head)
    return refused("body.after", "stale", "somebody else has answered in between");
  if (way == nullptr) return refused("body.act", "relay_order", "this may not follow");
  if (!is_for(way->side, sends) && !(outside && sends))
    return refused("body.act", "not_your_turn", "the other organisation does this");
  if (body.act == A::meeting_set && now.no_shows >= kMeetingTriesMax)
    return refused("body.act", "too_many_meetings", "nobody came three times");
  if (body.act == A::returned && body.referent && body.to != now.from)
    return refused("body.to", "relay_order", "it returns to who sent her");
  if (body.act != A::taken_over) return Done{};
  if (outside) return refused("body.act", "relay_outside", "it stays with its referent");
  if (now.meeting_by_receiver != A::meeting_held)
    return refused("body.act", "not_met", "who takes over has met her");
  if (now.meeting_by_sender == A::no_show)
    return refused("body.act", "meeting_disputed", "one side says that nobody came");
  return Done{};
}

// Acts that name the next referent (law 4): by who holds her, to whom; and later than the entry
// that named the last one, and than the last ending, for the order of the clock decides.
Status decide_claim(const PersonState& person, const Draft& draft, const RelayStanding& now,
                    const Relay& body) {
  const bool returns = body.act == A::returned && body.referent && body.team;
  if (body.act != A::taken_over && !returns) return Done{};
  if (returns && now.act != A::taken_over && now.act != A::broken)
    return refused("body.referent", "relay_order", "she was not taken over");
  const ReferentClaim* current = current_claim(person);
  if (returns && current == nullptr) return refused("", "no_pathway", "no pathway is open");
  const SubjectId holder = returns ? body.organisation : now.from;
  if (current != nullptr && current->organisation != holder)
    return refused("", "stale", "another organisation follows her now");
  const auto& claims = person.pathway.claims;
  if (!claims.empty() &&
      std::tie(draft.hlc, draft.id) <= std::tie(claims.back().by.hlc, claims.back().by.entry))
    return refused("", "stale", "another referent was named later");
  for (const Written& ended : person.pathway.endings)
    if (std::tie(draft.hlc, draft.id) <= std::tie(ended.hlc, ended.entry))
      return refused("", "stale", "the following ended later");
  return Done{};
}

}  // namespace

const RelayState* find_relay(const PersonState& person, EntryId relay) {
  for (const RelayState& one : person.relays)
    if (one.relay == relay) return &one;
  return nullptr;
}

const ActDone* beginning_of(const RelayState& relay) {
  const auto at = std::find_if(relay.acts.begin(), relay.acts.end(), [](const ActDone& act) {
    return !act.body.after && act.body.act != A::withdrawn;
  });
  return at == relay.acts.end() ? nullptr : &*at;
}

RelayStanding standing_of(const RelayState& relay) {
  RelayStanding now;
  const ActDone* root = beginning_of(relay);
  if (root == nullptr) return now;
  now.from = root->body.organisation;
  now.to = root->body.to;  // what a later act names moves it to nobody else (law 5)
  now.sender = root->author;
  const ActDone* word = her_word(relay);
  take(now, *root);
  for (std::size_t steps = 0; steps < relay.acts.size(); ++steps) {
    const auto next = answers_to(relay, now.head);
    if (next.empty()) break;
    const bool hers = word != nullptr && word->body.after == now.head;
    if (next.size() > 1 || hers) now.crossed = true;
    take(now, *next.front());
  }
  if (word != nullptr) take(now, *word);  // it ends it from wherever it stands
  return now;
}

bool is_final(RelayAct act) {
  return act == A::declined || act == A::returned || act == A::cancelled || act == A::withdrawn;
}

bool is_open(const RelayStanding& standing) {
  return !standing.head.is_nil() && !is_final(standing.act) && standing.act != A::kept &&
         standing.act != A::broken;
}

CivilDate plus_open_days(CivilDate day, std::int32_t days) {
  while (days > 0) {
    day = day.plus_days(1);
    // Day 0, 1970-01-01, was a Thursday.
    const std::int32_t weekday = ((day.days % 7) + 7 + 3) % 7;
    if (weekday < 5) --days;
  }
  return day;
}

std::optional<CivilDate> due_day(const RelayStanding& now) {
  if (!now.since) return std::nullopt;
  const CivilDate since = now.since->date;
  switch (now.act) {
    case A::proposed:
      return plus_open_days(since, limits::relay_acknowledged_open_days);
    case A::acknowledged:
      return plus_open_days(now.proposed ? now.proposed->date : since,
                            limits::relay_answered_open_days);
    case A::accepted:
    case A::no_show:
      return plus_open_days(since, limits::relay_met_open_days);
    case A::meeting_set:
      return plus_open_days(now.meeting ? now.meeting->on : since, limits::relay_said_open_days);
    case A::meeting_held:
      return plus_open_days(since, limits::relay_said_open_days);
    case A::taken_over:
      return plus_open_days(since.plus_days(limits::relay_kept_days), limits::relay_said_open_days);
    default:
      return std::nullopt;
  }
}

std::vector<RelayAct> next_acts(const RelayStanding& now, SubjectId organisation) {
  std::vector<RelayAct> acts;
  boost::mp11::mp_for_each<boost::describe::describe_enumerators<RelayAct>>([&](auto described) {
    Relay body;
    body.act = described.value;
    body.after = now.head;
    body.organisation = organisation;
    body.to = now.from;
    if (decide_next(RelayState{}, now, body).ok()) acts.push_back(body.act);
  });
  return acts;
}

SubjectId awaited_of(const RelayStanding& now) {
  const SubjectId receiver = now.to.value_or(now.from);
  switch (now.act) {
    case A::proposed:
    case A::acknowledged:
    case A::accepted:
    case A::taken_over:
      return receiver;
    case A::prepared:
    case A::no_show:
      return now.from;
    case A::meeting_set:
      return receiver;
    case A::meeting_held:
      return now.meeting_by_receiver ? receiver : now.to.value_or(now.from);
    default:
      return {};
  }
}

Status check_relay(const Draft& draft) {
  Relay body;
  FILROUGE_CHECK(read_into(draft, body));
  if (body.relay.is_nil()) return invalid_field("body.relay", "missing", "the relay's own id");
  FILROUGE_CHECK(text_optional(body.need, limits::note_characters_max, "body.need"));
  FILROUGE_CHECK(text_optional(body.to_outside, limits::label_characters_max, "body.to_outside"));
  FILROUGE_CHECK(text_optional(body.suggestion, limits::note_characters_max, "body.suggestion"));
  const bool begins = body.act == A::prepared || body.act == A::proposed;
  if (begins && !body.after && body.to.has_value() == body.to_outside.has_value())
    return invalid_field("body.to", "missing", "one organisation, here or outside");
  if (!begins && !body.after && body.act != A::withdrawn)
    return invalid_field("body.after", "missing", "the act that it answers");
  if ((body.act == A::declined || body.act == A::returned) && !body.because)
    return invalid_field("body.because", "missing", "a reason, in one tap");
  if (body.act == A::meeting_set) {
    if (!body.meeting) return invalid_field("body.meeting", "missing", "a day and an hour");
    FILROUGE_CHECK(number_between(body.meeting->minute, 0, 24 * 60 - 1, "body.meeting.minute"));
    if (body.meeting->on < draft.occurred.date)
      return invalid_field("body.meeting.on", "past_day", "a day to come");
    FILROUGE_CHECK(
        text_optional(body.meeting->where, limits::label_characters_max, "body.meeting.where"));
  }
  if (body.act == A::taken_over && (!body.referent || !body.team))
    return invalid_field("body.referent", "missing", "who takes over, and in which team");
  return Done{};
}

Status decide_relay(const PersonState& person, const Draft& draft) {
  Relay body;
  FILROUGE_CHECK(read_into(draft, body));
  const RelayState* relay = find_relay(person, body.relay);
  std::optional<SubjectId> to = body.to;
  RelayStanding now;
  if (relay == nullptr) {
    FILROUGE_CHECK(decide_first(person, body));
  } else {
    now = standing_of(*relay);
    to = now.to;
    FILROUGE_CHECK(decide_next(*relay, now, body));
  }
  if (needs_agreement(body.act) && !is_agreed(person, to, draft.occurred.date))
    return refused("body.consent", "no_consent", "she has not agreed, or no longer does");
  return decide_claim(person, draft, now, body);
}

void fold_relay(PersonState& person, const Draft& draft) {
  ActDone done{draft.id, draft.hlc, draft.occurred, draft.author, {}};
  if (!reads_into(draft, done.body)) return;
  auto relay =
      std::lower_bound(person.relays.begin(), person.relays.end(), done.body.relay,
                       [](const RelayState& one, const EntryId& id) { return one.relay < id; });
  if (relay == person.relays.end() || relay->relay != done.body.relay)
    relay = person.relays.insert(relay, RelayState{done.body.relay, {}});
  const auto same = [&](const ActDone& one) { return one.entry == done.entry; };
  if (std::any_of(relay->acts.begin(), relay->acts.end(), same)) return;
  const bool names = done.body.referent && done.body.team &&
                     (done.body.act == A::taken_over || done.body.act == A::returned);
  if (names)
    add_claim(person.pathway, ReferentClaim{{done.entry, done.hlc, done.occurred, done.author},
                                            std::nullopt,
                                            done.body.act == A::returned
                                                ? done.body.to.value_or(done.body.organisation)
                                                : done.body.organisation,
                                            *done.body.team,
                                            *done.body.referent,
                                            false,
                                            done.body.relay});
  relay->acts.insert(std::upper_bound(relay->acts.begin(), relay->acts.end(), done, is_before),
                     std::move(done));
}

}  // namespace filrouge
