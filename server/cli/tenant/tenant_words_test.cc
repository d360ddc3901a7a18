#include "server/cli/tenant/tenant_words.h"

#include <gtest/gtest.h>

#include "server/cli/tenant/calendar.h"
#include "server/cli/tenant/chance.h"

namespace filrouge {
namespace {

CivilDate day(std::string_view text) { return *CivilDate::parse(text); }

TEST(TenantWords, AreReadAndWrittenBack) {
  EXPECT_EQ(Span::parse("4..14")->highest, 14);
  EXPECT_EQ(Span::parse("5")->lowest, 5);
  EXPECT_EQ(Weights::parse("woman 40 man 60")->list[1].weight, 60);
  EXPECT_EQ(Weekdays::parse("mon-wed fri")->text(), "mon tue wed fri");
  EXPECT_EQ(Hour::parse("17:30")->minute, 1050);
  EXPECT_EQ(Hour::parse("07:05")->text(), "07:05");
  EXPECT_EQ(MapPoint::parse("47.3895 -0.6935")->text(), "47.3895000 -0.6935000");
  for (const char* bad : {"", "4..", "14..4", "x", "-1", "4...5"})
    EXPECT_FALSE(Span::parse(bad).ok()) << bad;
  for (const char* bad : {"", "woman", "woman 0", "woman x", "woman 4 man"})
    EXPECT_FALSE(Weights::parse(bad).ok()) << bad;
  for (const char* bad : {"", "monday", "fri-mon", "mon-"}) EXPECT_FALSE(Weekdays::parse(bad).ok());
  for (const char* bad : {"24:00", "7:05", "17:60"}) EXPECT_FALSE(Hour::parse(bad).ok());
}

TEST(TenantWords, WeekdaysFollowTheCalendar) {
  EXPECT_EQ(weekday_of(day("2026-11-21")), 5);
  EXPECT_EQ(weekday_of(day("1969-12-31")), 2);
  EXPECT_TRUE(Weekdays::parse("sat")->has(day("2026-11-21")));
  EXPECT_FALSE(Weekdays::parse("mon-fri")->has(day("2026-11-21")));
}

TEST(Calendar, ParisChangesItsClockTwiceAYear) {
  EXPECT_EQ(offset_of("Europe/Paris", day("2026-03-29"), 119), 60);
  EXPECT_EQ(offset_of("Europe/Paris", day("2026-03-29"), 180), 120);
  EXPECT_EQ(offset_of("Europe/Paris", day("2026-07-14"), 0), 120);
  EXPECT_EQ(offset_of("Europe/Paris", day("2026-10-25"), 179), 120);
  EXPECT_EQ(offset_of("Europe/Paris", day("2026-10-25"), 180), 60);
  EXPECT_EQ(offset_of("Indian/Reunion", day("2026-07-14"), 0), 240);
  const LocalStamp night = stamp_at("Europe/Paris", day("2026-12-31"), 22 * 60 + 180);
  EXPECT_EQ(night.date.text(), "2027-01-01");
  EXPECT_EQ(night.minute, 60);
  EXPECT_EQ(night.field_day().text(), "2026-12-31");
  for (std::int32_t minute = 0; minute < 3'000; minute += 17)
    EXPECT_TRUE(stamp_at("Europe/Paris", day("2026-11-01"), minute).is_consistent());
  EXPECT_TRUE(is_closed(closed_days("01-01 12-25"), day("2026-12-25")));
  EXPECT_FALSE(is_closed(closed_days("01-01 12-25"), day("2026-12-24")));
}

// The generator is part of what a tenant file means: these numbers may never change.
TEST(Chance, DrawsTheSameNumbersForEver) {
  Chance chance{"tours-1", "round", "sanitas", "2026-11-20"};
  std::vector<std::int64_t> drawn;
  for (int i = 0; i < 8; ++i) drawn.push_back(chance.between({3, 9}));
  Chance again{"tours-1", "round", "sanitas", "2026-11-20"};
  for (const std::int64_t one : drawn) {
    EXPECT_EQ(again.between({3, 9}), one);
    EXPECT_GE(one, 3);
    EXPECT_LE(one, 9);
  }
  EXPECT_EQ(Chance({"a"}).next(), 302854569685846435ULL);
  EXPECT_NE(Chance({"ab", "c"}).next(), Chance({"a", "bc"}).next());
}

TEST(Chance, WeightsAreKeptInTheLongRun) {
  Chance chance{"weights"};
  const Weights weights = *Weights::parse("a 70 b 30");
  int a = 0;
  for (int i = 0; i < 10'000; ++i) a += chance.pick(weights) == "a" ? 1 : 0;
  EXPECT_NEAR(a, 7'000, 200);
  EXPECT_EQ(Chance({"p"}).positions(5, 9).size(), 5u);
}

TEST(Chance, ATotalIsSharedOutExactly) {
  for (const std::int64_t total : {0, 1, 7, 17'000}) {
    const auto parts = share_out(total, {3, 0, 5, 11, 1});
    std::int64_t sum = 0;
    for (const std::int64_t part : parts) sum += part;
    EXPECT_EQ(sum, total);
    EXPECT_EQ(parts[1], 0);
  }
}

}  // namespace
}  // namespace filrouge
