#include "core/base/time.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

namespace filrouge {
namespace {

constexpr std::int64_t kHour = 3'600'000;

CivilDate day(std::string_view text) { return *CivilDate::parse(text); }

// Midnight UTC of a day.
Instant midnight(std::string_view text) {
  return {static_cast<std::int64_t>(day(text).days) * 24 * kHour};
}

TEST(Dates, AreOfTheGregorianCalendar) {
  EXPECT_EQ(day("1970-01-01").days, 0);
  EXPECT_EQ(day("2000-02-29").days, 11'016);
  EXPECT_EQ(day("2026-11-21").plus_days(10).text(), "2026-12-01");
  EXPECT_EQ(day("2026-12-31").plus_days(1).text(), "2027-01-01");
  EXPECT_EQ(day("2024-02-29").plus_days(1).text(), "2024-03-01");
  for (const std::string_view bad :
       {"2026-02-29", "2100-02-29", "2026-04-31", "2026-13-01", "2026-00-10", "2026-1-01",
        "26-11-21", "2026-11-21T", "2026/11/21", "1899-12-31", "2200-01-01", "", "-026-11-21"})
    EXPECT_FALSE(CivilDate::parse(bad).ok()) << bad;
}

TEST(Dates, EveryDayOfThreeCenturiesSurvivesItsText) {
  for (CivilDate d = day("1900-01-01"); d <= day("2199-12-31"); d = d.plus_days(1))
    ASSERT_EQ(*CivilDate::parse(d.text()), d) << d.text();
}

TEST(Stamps, AgreeWithTheWallOfLaReunion) {
  // 22:30 UTC on the 21st is 02:30 on the 22nd at +4: still the field day of the 21st.
  const LocalStamp stamp =
      LocalStamp::at({midnight("2026-11-21").ms + 22 * kHour + kHour / 2}, 240);
  EXPECT_EQ(stamp.date.text(), "2026-11-22");
  EXPECT_EQ(stamp.minute, 150);
  EXPECT_EQ(stamp.field_day().text(), "2026-11-21");
  EXPECT_TRUE(stamp.is_consistent());
}

TEST(Stamps, TheHourThatHappensTwiceIsToldApartByItsOffset) {
  // 25 October 2026, Paris: 03:00 CEST becomes 02:00 CET at 01:00 UTC.
  const Instant first{midnight("2026-10-25").ms + kHour / 2};
  const LocalStamp summer = LocalStamp::at(first, 120);
  const LocalStamp winter = LocalStamp::at({first.ms + kHour}, 60);
  EXPECT_EQ(summer.minute, 150);
  EXPECT_EQ(winter.minute, 150);
  EXPECT_EQ(summer.date, winter.date);
  EXPECT_LT(summer, winter);
  EXPECT_TRUE(summer.is_consistent());
  EXPECT_TRUE(winter.is_consistent());
  LocalStamp wrong = winter;
  wrong.offset = 120;
  EXPECT_FALSE(wrong.is_consistent());
}

TEST(Stamps, TheHourThatDoesNotExistIsNeverMade) {
  // 29 March 2026, Paris: 02:00 CET becomes 03:00 CEST at 01:00 UTC.
  const std::int64_t change = midnight("2026-03-29").ms + kHour;
  const LocalStamp before = LocalStamp::at({change - 60'000}, 60);
  const LocalStamp after = LocalStamp::at({change}, 120);
  EXPECT_EQ(before.minute, 119);
  EXPECT_EQ(after.minute, 180);
  EXPECT_EQ(after.instant.ms - before.instant.ms, 60'000);
}

TEST(Stamps, TheFieldDayTurnsAtFive) {
  const auto field_day = [](std::int64_t minutes) {
    return LocalStamp::at({midnight("2027-01-01").ms + minutes * 60'000}, 0).field_day().text();
  };
  EXPECT_EQ(field_day(0), "2026-12-31");
  EXPECT_EQ(field_day(4 * 60 + 59), "2026-12-31");
  EXPECT_EQ(field_day(5 * 60), "2027-01-01");
  EXPECT_EQ(field_day(24 * 60 + 299), "2027-01-01");
}

TEST(Stamps, BeforeTheEpochAndAtTheEdgesOfOffsets) {
  EXPECT_EQ(LocalStamp::at({0}, -60).date.text(), "1969-12-31");
  EXPECT_EQ(LocalStamp::at({0}, -60).minute, 23 * 60);
  EXPECT_TRUE(LocalStamp::at({0}, 14 * 60).is_consistent());
  EXPECT_FALSE(LocalStamp::at({0}, 14 * 60 + 1).is_consistent());
}

RC_GTEST_PROP(StampsProperty, WhatAHostMakesIsConsistent, (std::uint32_t seconds)) {
  const int offset = *rc::gen::inRange(-14 * 60, 14 * 60 + 1);
  const LocalStamp stamp = LocalStamp::at({static_cast<std::int64_t>(seconds) * 1'000}, offset);
  RC_ASSERT(stamp.is_consistent());
  RC_ASSERT(stamp.minute >= 0);
  RC_ASSERT(stamp.minute < 1'440);
  LocalStamp moved = stamp;
  moved.date = moved.date.plus_days(1);
  RC_ASSERT(!moved.is_consistent());
}

TEST(PartialDates, KeepThePrecisionThatWasGiven) {
  const auto span = [](std::string_view text) {
    const PartialDate date = *PartialDate::parse(text);
    EXPECT_EQ(date.text(), text);
    return date.first_day().text() + " " + date.last_day().text();
  };
  EXPECT_EQ(span("2020"), "2020-01-01 2020-12-31");
  EXPECT_EQ(span("2021-S2"), "2021-07-01 2021-12-31");
  EXPECT_EQ(span("2021-S1"), "2021-01-01 2021-06-30");
  EXPECT_EQ(span("2020-02"), "2020-02-01 2020-02-29");
  EXPECT_EQ(span("2016-09-01"), "2016-09-01 2016-09-01");
  for (const std::string_view bad :
       {"", "202", "2021-S3", "2021-13", "2021-02-30", "2021-", "20211"})
    EXPECT_FALSE(PartialDate::parse(bad).ok()) << bad;
}

}  // namespace
}  // namespace filrouge
