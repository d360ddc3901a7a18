// What happens to whom on which day (paths.h); nothing is written here.
#include <algorithm>
#include <tuple>

#include "server/cli/tenant/calendar.h"
#include "server/cli/tenant/paths.h"

namespace filrouge {

namespace {

constexpr std::string_view kNone = "none";
constexpr std::array kChecks{30, 91, 182};
constexpr std::int32_t kTrustAgain = 65;  // days

const TenantTeam& team_named(const Tenant& tenant, const std::string& key) {
  return *std::find_if(tenant.teams.begin(), tenant.teams.end(),
                       [&](const TenantTeam& team) { return team.key == key; });
}

std::int64_t drawn(const std::optional<Span>& span, Chance& chance) {
  return span ? chance.between(*span) : 0;
}

std::int32_t days(std::int64_t number) { return static_cast<std::int32_t>(number); }

}  // namespace

Paths::Deck::Deck(const Weights& weights, std::int64_t total, Chance chance) {
  std::vector<std::int64_t> parts;
  for (const Weight& one : weights.list) parts.push_back(one.weight);
  parts = share_out(total, parts);
  for (std::size_t i = 0; i < parts.size(); ++i)
    words_.insert(words_.end(), static_cast<std::size_t>(parts[i]), weights.list[i].word);
  for (std::size_t i = words_.size(); i > 1; --i)
    std::swap(words_[i - 1],
              words_[static_cast<std::size_t>(chance.below(static_cast<std::int64_t>(i)))]);
}

const std::string& Paths::Deck::of(std::size_t number) const {
  static const std::string none(kNone);
  return number < words_.size() ? words_[number] : none;
}

Paths::Paths(const Tenant& tenant, const Cast& cast, Diary& diary, const DayRange& range)
    : tenant_(tenant),
      cast_(cast),
      diary_(diary),
      last_(range.ends_today ? range.to.plus_days(-1) : range.to),
      first_(range.from),
      goes_on_(range.ends_today),
      closed_(closed_days(tenant.closed)) {
  for (const PathRule& rule : tenant_.paths) plan_rule(rule);
  std::sort(turns_.begin(), turns_.end(), [](const Turn& a, const Turn& b) {
    return std::tie(a.date, a.minute, a.person) < std::tie(b.date, b.minute, b.person);
  });
}

CivilDate Paths::open_day(const PathRule& rule, CivilDate day) const {
  for (int tries = 0; tries < 14; ++tries, day = day.plus_days(1))
    if (rule.days.has(day) && !is_closed(closed_, day)) break;
  return day;
}

void Paths::turn(std::size_t person, CivilDate day, Act act, std::int64_t number,
                 std::string word) {
  Person& who = persons_[person];
  day = open_day(*who.rule, day);
  if (day > last_) return;
  const std::int32_t minute = who.rule->start.minute + who.slot++;
  turns_.push_back({day, minute, person, act, number, std::move(word)});
}

void Paths::plan_rule(const PathRule& rule) {
  const auto chance = [&](std::string_view what) {
    return Chance{tenant_.seed, "deck", rule.key, what};
  };
  Decks& decks = decks_[&rule];
  if (rule.signals) decks.signals = Deck(*rule.signals, rule.total, chance("signals"));
  if (rule.exits) decks.exits = Deck(*rule.exits, rule.total, chance("exits"));
  if (rule.relays) decks.relays = Deck(rule.relays->outcomes, rule.total, chance("relays"));
  for (const SurveyRule& survey : rule.surveys) {
    auto& items = decks.surveys.emplace_back();
    for (const SurveyAnswers& one : survey.items)
      items.emplace_back(one.answers, rule.total, chance(survey.moment + one.item));
  }
  const CivilDate from = rule.from.value_or(first_);
  const CivilDate to = std::max(from, rule.to.value_or(last_.plus_days(-1)));
  const std::int64_t window = to.days - from.days + 1;
  for (std::int64_t i = 0; i < rule.total; ++i)
    plan_person(rule, decks, static_cast<std::size_t>(i),
                open_day(rule, from.plus_days(days(i * window / rule.total))));
}

void Paths::plan_person(const PathRule& rule, const Decks& decks, std::size_t number,
                        CivilDate day) {
  Chance chance{tenant_.seed, "path", rule.key, std::to_string(number)};
  const std::size_t person = persons_.size();
  Person& who = persons_.emplace_back();
  who.rule = &rule;
  who.number = number;
  who.id = diary_.new_subject();
  who.author = cast_.accounts.at(rule.authors[number % rule.authors.size()]);
  who.organisation = cast_.organisations.at(team_named(tenant_, rule.team).organisation);
  who.slot = static_cast<std::int32_t>(number % 24) * 8;
  const std::string& prescriber = decks.signals.of(number);
  const CivilDate told = day.plus_days(days(-2 - chance.below(8)));
  if (prescriber != kNone && told >= first_) turn(person, told, Act::signal, 0, prescriber);
  turn(person, day, Act::meet);
  const std::string& outcome = decks.relays.of(number);
  if (rule.without_pathway.value_or(false)) {
    if (outcome != kNone) plan_relay(person, outcome, day, chance);
    return;
  }
  const CivilDate second = open_day(rule, day.plus_days(days(2 + chance.below(7))));
  turn(person, second, Act::see);
  turn(person, second, Act::open);
  plan_surveys(person, "entry", second);
  if (rule.trust && Chance{tenant_.seed, "asked", rule.key, std::to_string(number)}.percent(
                        rule.trust->asked_percent)) {
    turn(person, second, Act::trust, 0, "entry");
    turn(person, second.plus_days(kTrustAgain), Act::trust, 0, "later");
  }
  const CivilDate settled = plan_following(person, second, chance);
  if (outcome != kNone) plan_relay(person, outcome, settled, chance);
  const CivilDate out = plan_exit(person, decks, second, chance);
  if (chance.percent(rule.silent_percent.value_or(0))) return;
  for (CivilDate next = second.plus_days(days(18 + chance.below(14))); next < out;
       next = next.plus_days(days(20 + chance.below(16))))
    turn(person, next, Act::see);
}

// Faire le point, the plan, what is done about it; gives the day when that is under way.
CivilDate Paths::plan_following(std::size_t person, CivilDate second, Chance& chance) {
  const PathRule& rule = *persons_[person].rule;
  if (rule.barriers) {
    const std::int64_t count = 1 + chance.below(3);
    for (std::int64_t i = 0; i < count; ++i) {
      const auto one = json::enum_value<Barrier>(chance.pick(*rule.barriers));
      auto& list = persons_[person].barriers;
      if (one && std::find(list.begin(), list.end(), *one) == list.end()) list.push_back(*one);
    }
    turn(person, second, Act::point);
    for (std::size_t i = 0; i < persons_[person].barriers.size(); ++i) {
      const auto which = static_cast<std::int64_t>(i);
      if (!chance.percent(80)) continue;
      turn(person, second.plus_days(days(6 + chance.below(10))), Act::work, which);
      if (chance.percent(rule.lifted_percent.value_or(0)))
        turn(person, second.plus_days(days(30 + chance.below(50))), Act::lift, which);
    }
  }
  for (std::int64_t i = drawn(rule.steps, chance); i > 0; --i)
    turn(person, second.plus_days(days(1 + chance.below(20))), Act::step, i);
  CivilDate met = second;
  for (std::int64_t i = drawn(rule.appointments, chance); i > 0; --i) {
    met = met.plus_days(days(6 + chance.below(9)));
    turn(person, met, Act::appointment, i);
  }
  for (std::int64_t i = drawn(rule.deliveries, chance); i > 0; --i)
    turn(person, second.plus_days(days(3 + chance.below(50))), Act::delivery, i);
  if (goes_on_ && person % 5 == 0 && second.plus_days(120) > last_)
    turn(person, last_.plus_days(-1), Act::upcoming, 2 + chance.below(9));
  return second.plus_days(days(8 + chance.below(20)));
}

// The exit and the checks after it; gives the day on which contacts stop.
CivilDate Paths::plan_exit(std::size_t person, const Decks& decks, CivilDate second,
                           Chance& chance) {
  const PathRule& rule = *persons_[person].rule;
  const std::string& type = decks.exits.of(persons_[person].number);
  const CivilDate day = open_day(
      rule, second.plus_days(days(rule.exit_after ? chance.between(*rule.exit_after) : 90)));
  const bool ends = rule.ends.value_or(false);
  if (type == kNone && !ends) return last_;
  if (type != kNone) turn(person, day, Act::exit, 0, type);
  plan_surveys(person, "exit", day);
  const bool holds = chance.percent(rule.held_percent.value_or(70));
  const std::size_t until = holds ? kChecks.size() : static_cast<std::size_t>(chance.below(3));
  for (std::size_t i = 0; type != kNone && i < kChecks.size() && i <= until; ++i)
    turn(person, day.plus_days(kChecks[i] + 1), Act::check, 0, i == until ? "ended" : "holds");
  if (ends)
    turn(person, day.plus_days(7), Act::end, 0, type == kNone ? "other" : "situation_found");
  return ends ? day : last_;
}

void Paths::plan_surveys(std::size_t person, std::string_view moment, CivilDate day) {
  const PathRule& rule = *persons_[person].rule;
  for (std::size_t i = 0; i < rule.surveys.size(); ++i)
    if (rule.surveys[i].moment == moment)
      turn(person, day, Act::survey, static_cast<std::int64_t>(i));
}

// Each act a few days after the one before, up to the outcome.
void Paths::plan_relay(std::size_t person, const std::string& outcome, CivilDate day,
                       Chance& chance) {
  struct Stop {
    std::string_view act;
    std::int32_t after;
  };
  static const std::map<std::string_view, std::vector<Stop>> ways{
      {"proposed", {}},
      {"acknowledged", {{"acknowledged", 1}}},
      {"accepted", {{"acknowledged", 1}, {"accepted", 2}}},
      {"declined", {{"acknowledged", 1}, {"declined", 2}}},
      {"cancelled", {{"cancelled", 4}}},
      {"withdrawn", {{"accepted", 2}, {"withdrawn", 2}}},
      {"meeting_set", {{"accepted", 2}, {"meeting_set", 1}}},
      {"no_show", {{"accepted", 2}, {"meeting_set", 1}, {"no_show", 7}}},
      {"taken_over", {{"accepted", 2}, {"meeting_set", 1}, {"meeting_held", 7}, {"taken_over", 0}}},
      {"kept",
       {{"accepted", 2}, {"meeting_set", 1}, {"meeting_held", 7}, {"taken_over", 0}, {"kept", 31}}},
      {"broken",
       {{"accepted", 2},
        {"meeting_set", 1},
        {"meeting_held", 7},
        {"taken_over", 0},
        {"broken", 20}}},
      {"returned", {{"accepted", 2}, {"meeting_set", 1}, {"returned", 5}}},
  };
  const RelayRule& rule = *persons_[person].rule->relays;
  // Only somebody on the platform can take over.
  const bool inside = outcome == "taken_over" || outcome == "kept" || outcome == "broken";
  const std::size_t places = rule.to.size() + (inside ? 0 : rule.outside.size());
  persons_[person].relay_to =
      static_cast<std::size_t>(chance.below(static_cast<std::int64_t>(places)));
  turn(person, day, Act::share);
  turn(person, day, Act::relay, 0, "proposed");
  for (const Stop& stop : ways.at(outcome)) {
    // Somebody outside takes nobody over: it stays with its referent.
    if (stop.act == "taken_over" && persons_[person].relay_to >= rule.to.size()) break;
    day = open_day(*persons_[person].rule, day.plus_days(stop.after));
    turn(person, day, Act::relay, 0, std::string(stop.act));
    // Whoever accepts takes a step of the plan: from here on it is built by two (I26).
    const bool joins = stop.act == "accepted" && persons_[person].relay_to < rule.to.size();
    if (joins && persons_[person].rule->steps) turn(person, day, Act::step, 1, "partner");
  }
}

}  // namespace filrouge
