#include "server/cli/tenant/tenant_file.h"

#include <map>

#include <gtest/gtest.h>

#include "server/cli/tenant/calendar.h"
#include "server/cli/tenant/plan.h"
#include "server/ports/embedded.h"

namespace filrouge {
namespace {

std::string text_of(const std::string& name) {
  return std::string(server_file("server/cli/tenants/" + name + ".json"));
}

std::string replaced(std::string text, const std::string& from, const std::string& to) {
  const std::size_t at = text.find(from);
  EXPECT_NE(at, std::string::npos) << from;
  return text.replace(at, from.size(), to);
}

CivilDate day(std::string_view text) { return *CivilDate::parse(text); }

TEST(TenantFile, EveryBuiltInTenantHoldsTogether) {
  for (const std::string& name : tenant_names()) {
    const auto found = find_tenant(name);
    ASSERT_TRUE(found.ok()) << found.error().detail;
    EXPECT_EQ(found->tenant.name, name);
    EXPECT_EQ(found->text, text_of(name));
    for (const TenantOutline& outline : found->tenant.outlines)
      if (outline.kind == OutlineKind::district) EXPECT_TRUE(outline.code.starts_with("FICTIF-"));
  }
  EXPECT_FALSE(find_tenant("nowhere").ok());
  EXPECT_FALSE(find_tenant("./absent.json").ok());
}

TEST(TenantFile, AMistakeIsNamedByItsField) {
  const std::string tours = text_of("tours");
  const auto fault = [&](const std::string& from, const std::string& to) {
    const auto read = read_tenant(replaced(tours, from, to));
    return read.ok() ? std::string() : read.error().field;
  };
  EXPECT_EQ(fault(R"("team": "sanitas", "authors")", R"("team": "sanitaz", "authors")"),
            "rounds[0].team");
  EXPECT_EQ(fault(R"("authors": ["samira", "yann"])", R"("authors": ["claire"])"),
            "rounds[0].authors");
  EXPECT_EQ(fault(R"("kind": "walk")", R"("kind": "flight")"), "rounds[0].kind");
  EXPECT_EQ(fault(R"("encounters": "5..14")", R"("encounters": "14..5")"), "rounds[0].encounters");
  EXPECT_EQ(fault(R"("role": "outreach_worker")", R"("role": "volunteer")"), "accounts[0].role");
  EXPECT_EQ(fault(R"("password": "carnet-du-sanitas")", R"("password": "court")"),
            "accounts[0].password");
  EXPECT_EQ(fault("woman 36", "femme 36"), "met.sex");
  EXPECT_EQ(fault(R"("zone": "Europe/Paris")", R"("zone": "Mars/Olympus")"), "zone");
  EXPECT_EQ(fault(R"("closed": "01-01)", R"("closed": "13-01)"), "closed");
  EXPECT_EQ(fault(R"("convention_to": "2030-12-31")", R"("convention_to": "2023-12-31")"),
            "convention_to");
  EXPECT_EQ(fault(R"("name": "tours",)", R"("name": "tours", "nom": "x",)"), "nom");
}

TEST(TenantFile, ThePeriodEndsTodayOrWhenTheFileSays) {
  const Tenant tours = find_tenant("tours")->tenant;
  const DayRange living = range_of(tours, day("2026-11-21"));
  EXPECT_EQ(living.from.text(), "2025-11-21");
  EXPECT_EQ(living.to.text(), "2026-11-21");
  EXPECT_TRUE(living.ends_today);
  EXPECT_EQ(range_of(tours, day("2028-02-29")).from.text(), "2027-02-28");
  const DayRange past = range_of(find_tenant("sipa")->tenant, day("2026-11-21"));
  EXPECT_EQ(past.from.text(), "2016-09-01");
  EXPECT_EQ(past.to.text(), "2019-08-31");
  EXPECT_FALSE(past.ends_today);
}

TEST(Plan, TotalsOfTheFileAreSharedOutExactly) {
  const Tenant sipa = find_tenant("sipa")->tenant;
  std::map<HappeningKind, std::int64_t> sums;
  for (const Happening& one : plan_of(sipa, range_of(sipa, day("2026-11-21"))))
    sums[one.kind] += one.number;
  EXPECT_EQ(sums[HappeningKind::round], 3128 + 694 + 315);
  EXPECT_EQ(sums[HappeningKind::desk], 7600 + 5500 + 3900);
}

TEST(Plan, IsTheSameEachTimeAndInOrder) {
  const Tenant tours = find_tenant("tours")->tenant;
  const DayRange range = range_of(tours, day("2026-11-21"));
  const auto plan = plan_of(tours, range);
  const auto again = plan_of(tours, range);
  ASSERT_EQ(plan.size(), again.size());
  ASSERT_GT(plan.size(), 500u);
  for (std::size_t i = 0; i < plan.size(); ++i) {
    EXPECT_EQ(plan[i].number, again[i].number);
    if (i > 0) EXPECT_LE(plan[i - 1].date, plan[i].date);
    EXPECT_FALSE(is_closed(closed_days(tours.closed), plan[i].date));
    EXPECT_EQ(plan[i].last_day, plan[i].date == range.to);
  }
  // A day more changes nothing that was drawn before.
  const auto longer = plan_of(tours, {range.from, range.to.plus_days(1), true});
  for (const Happening& one : plan) {
    if (one.last_day) continue;
    const bool kept = std::any_of(longer.begin(), longer.end(), [&](const Happening& other) {
      return other.kind == one.kind && other.rule == one.rule && other.date == one.date &&
             other.number == one.number;
    });
    EXPECT_TRUE(kept) << one.date.text();
  }
}

}  // namespace
}  // namespace filrouge
