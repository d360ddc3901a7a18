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

struct Happening {
  HappeningKind kind = HappeningKind::round;
  std::size_t rule = 0;  // index in the tenant's list of that kind
  CivilDate date;
  std::int32_t minute = 0;  // since midnight of `date`
  std::int64_t number = 0;  // persons counted (round), visits (desk)
  bool last_day = false;    // of a demonstration that goes up to today: the morning only
};

std::vector<Happening> plan_of(const Tenant& tenant, const DayRange& range);

}  // namespace filrouge
