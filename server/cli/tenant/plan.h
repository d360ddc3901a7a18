// What happens on which day, drawn from the rules of a tenant before anything is written: rounds,
// desk days, watch sessions, words for the day's report, in the order of time. A rule with a
// `total` has it shared out here, exactly.
//
//   for (const Happening& one : plan_of(tenant, range_of(tenant, today))) play(one);
#pragma once

#include <vector>

#include "server/cli/tenant/tenant_file.h"

namespace filrouge {

enum class HappeningKind { round, desk, watch, report };

// Minutes of a desk's last day: who came in its first hour.
constexpr std::int32_t kDeskToday = 60;

struct Happening {
  HappeningKind kind = HappeningKind::round;
  std::size_t rule = 0;  // index in the tenant's list of that kind
  CivilDate date;
  std::int32_t minute = 0;  // since midnight of `date`
  std::int64_t number = 0;  // persons counted (round), visits (desk)
  bool last_day = false;    // of a demonstration that goes up to today: the morning only
};

std::vector<Happening> plan_of(const Tenant& tenant, const DayRange& range);

// The last day of a demonstration that is made before its planned morning is over: what was planned
// is drawn together between 05:00 and now, in its order, so that nothing lies ahead of the clock.
struct LastDay {
  CivilDate date;
  std::int32_t planned_end = 0;  // minute by which all that was planned has happened
  std::int32_t now = 0;          // minute of that day, may be past midnight

  std::int32_t minute(CivilDate on, std::int32_t planned) const;
};
// `now`: what the wall shows.
LastDay last_day_of(const Tenant& tenant, const std::vector<Happening>& plan,
                    const LocalStamp& now);

}  // namespace filrouge
