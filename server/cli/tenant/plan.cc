#include "server/cli/tenant/plan.h"

#include <algorithm>
#include <set>
#include <string>
#include <tuple>

#include "core/base/limits.h"
#include "server/cli/tenant/calendar.h"
#include "server/cli/tenant/chance.h"

namespace filrouge {

namespace {

constexpr auto kDayStart = static_cast<std::int32_t>(limits::day_starts_at_minutes);

class Planner {
 public:
  Planner(const Tenant& tenant, const DayRange& range)
      : tenant_(tenant), range_(range), closed_(closed_days(tenant.closed)) {}

  std::vector<Happening> run() {
    for (std::size_t i = 0; i < tenant_.rounds.size(); ++i) plan_rounds(i);
    for (std::size_t i = 0; i < tenant_.desks.size(); ++i) plan_desk(i);
    for (std::size_t i = 0; i < tenant_.watches.size(); ++i) plan_watches(i);
    for (std::size_t i = 0; i < tenant_.reports.size(); ++i) plan_reports(i);
    const auto order = [](const Happening& one) {
      return std::tuple(one.date, one.minute, one.kind, one.rule);
    };
    std::sort(all_.begin(), all_.end(),
              [&](const Happening& a, const Happening& b) { return order(a) < order(b); });
    return std::move(all_);
  }

 private:
  bool is_last_day(CivilDate date) const { return range_.ends_today && date == range_.to; }

  template <class Rule>
  bool happens(const Rule& rule, CivilDate date) const {
    if (is_last_day(date)) return rule.today.value_or(false);
    return rule.days.has(date) && !is_closed(closed_, date);
  }

  // Every day of a rule, with `number` drawn from its span.
  template <class Rule>
  std::vector<Happening> days_of(const Rule& rule, HappeningKind kind, std::size_t index,
                                 std::int32_t minute, const Span& span) const {
    std::vector<Happening> days;
    for (CivilDate date = range_.from; date <= range_.to; date = date.plus_days(1)) {
      if (!happens(rule, date)) continue;
      Chance chance{tenant_.seed, "plan", rule.key, date.text()};
      days.push_back({kind, index, date, minute, chance.between(span), is_last_day(date)});
    }
    return days;
  }

  static void share(std::optional<std::int64_t> total, std::vector<Happening>& days) {
    if (!total) return;
    std::vector<std::int64_t> weights;
    for (const Happening& one : days) weights.push_back(one.number);
    const auto parts = share_out(*total, weights);
    for (std::size_t i = 0; i < days.size(); ++i) days[i].number = parts[i];
  }

  void add(const std::vector<Happening>& days) {
    all_.insert(all_.end(), days.begin(), days.end());
  }

  void plan_rounds(std::size_t i) {
    const RoundRule& rule = tenant_.rounds[i];
    auto days = days_of(rule, HappeningKind::round, i, rule.start.minute, rule.encounters);
    share(rule.total, days);
    for (const Happening& one : days) with_round_.insert({rule.team, one.date});
    add(days);
  }

  void plan_desk(std::size_t i) {
    const DeskRule& rule = tenant_.desks[i];
    auto days = days_of(rule, HappeningKind::desk, i, rule.open.minute, rule.visits);
    share(rule.total, days);
    // The morning of today: who came until now.
    for (Happening& one : days)
      if (one.last_day) one.number = (one.number + 3) / 4;
    add(days);
  }

  void plan_watches(std::size_t i) {
    const WatchRule& rule = tenant_.watches[i];
    add(days_of(rule, HappeningKind::watch, i, rule.start.minute, rule.minutes));
  }

  // The evening of some of the days that had a round, never today.
  void plan_reports(std::size_t i) {
    const ReportRule& rule = tenant_.reports[i];
    for (const auto& [team, date] : with_round_) {
      if (team != rule.team || is_last_day(date)) continue;
      Chance chance{tenant_.seed, "report", rule.team, date.text()};
      if (chance.percent(rule.percent))
        all_.push_back({HappeningKind::report, i, date, 23 * 60 + 30, 0, false});
    }
  }

  const Tenant& tenant_;
  DayRange range_;
  std::vector<std::string> closed_;
  std::set<std::pair<std::string, CivilDate>> with_round_;
  std::vector<Happening> all_;
};

}  // namespace

std::vector<Happening> plan_of(const Tenant& tenant, const DayRange& range) {
  return Planner(tenant, range).run();
}

std::int32_t LastDay::minute(CivilDate on, std::int32_t planned) const {
  if (on != date || now >= planned_end || planned <= kDayStart) return planned;
  const std::int32_t since = std::max(now - kDayStart, 0);
  return kDayStart + (planned - kDayStart) * since / (planned_end - kDayStart);
}

LastDay last_day_of(const Tenant& tenant, const std::vector<Happening>& plan,
                    const LocalStamp& now) {
  LastDay last;
  for (const Happening& one : plan) {
    if (!one.last_day) continue;
    const std::int64_t lasts = one.kind == HappeningKind::round
                                   ? tenant.rounds[one.rule].minutes.highest
                               : one.kind == HappeningKind::desk ? kDeskToday
                                                                 : one.number;
    last.date = one.date;
    last.planned_end = std::max(last.planned_end, one.minute + static_cast<std::int32_t>(lasts));
  }
  last.now = (now.date.days - last.date.days) * 24 * 60 + now.minute;
  return last;
}

}  // namespace filrouge
