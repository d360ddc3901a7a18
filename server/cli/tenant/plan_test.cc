#include "server/cli/tenant/plan.h"

#include <algorithm>

#include <gtest/gtest.h>

#include "server/cli/tenant/calendar.h"

namespace filrouge {
namespace {

const CivilDate kToday = *CivilDate::parse("2026-11-20");

std::vector<std::int32_t> minutes_of_today(const Tenant& tenant, std::int32_t now) {
  const std::vector<Happening> plan = plan_of(tenant, range_of(tenant, kToday));
  const LastDay last = last_day_of(tenant, plan, stamp_at(tenant.zone, kToday, now));
  std::vector<std::int32_t> minutes;
  for (std::int32_t planned = last.planned_end; planned >= 0; planned -= 7)
    minutes.push_back(last.minute(kToday, planned));
  EXPECT_EQ(last.minute(kToday.plus_days(-1), 23 * 60), 23 * 60) << "other days stay";
  return minutes;
}

TEST(LastDay, MadeAtDawnNothingOfItLiesAheadOfTheClock) {
  const Tenant tours = find_tenant("tours")->tenant;
  for (const std::int32_t now : {5 * 60, 5 * 60 + 1, 6 * 60 + 20, 7 * 60 + 29}) {
    const auto minutes = minutes_of_today(tours, now);
    EXPECT_EQ(minutes.front(), now);
    EXPECT_TRUE(std::is_sorted(minutes.rbegin(), minutes.rend())) << "their order stays";
  }
}

TEST(LastDay, LaterTheMorningIsAsPlanned) {
  const Tenant tours = find_tenant("tours")->tenant;
  for (const std::int32_t now : {8 * 60, 23 * 60, 24 * 60 + 180}) {
    const auto minutes = minutes_of_today(tours, now);
    EXPECT_EQ(minutes.front(), 7 * 60 + 30);
    EXPECT_EQ(minutes.at(1), 7 * 60 + 23);
  }
}

TEST(Calendar, TheWallOfAnInstant) {
  const auto shown = [](std::string_view zone, CivilDate date, std::int32_t minute) {
    const LocalStamp at = stamp_at(zone, date, minute);
    return wall_of(zone, at.instant) == at;
  };
  for (const char* day :
       {"2026-01-15", "2026-03-28", "2026-03-30", "2026-07-14", "2026-10-24", "2026-10-26"})
    for (const std::int32_t minute : {0, 5 * 60, 23 * 60 + 59}) {
      EXPECT_TRUE(shown("Europe/Paris", *CivilDate::parse(day), minute)) << day;
      EXPECT_TRUE(shown("Indian/Reunion", *CivilDate::parse(day), minute)) << day;
    }
}

}  // namespace
}  // namespace filrouge
