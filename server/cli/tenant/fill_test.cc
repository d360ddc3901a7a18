#include "server/cli/tenant/fill.h"

#include <gtest/gtest.h>

#include "server/app/use_cases.h"
#include "server/cli/folder_testing.h"
#include "server/cli/node.h"
#include "server/cli/report/claim_report.h"
#include "server/ports/embedded.h"

namespace filrouge {
namespace {

CivilDate day(std::string_view text) { return *CivilDate::parse(text); }

std::string replaced(std::string text, const std::string& from, const std::string& to) {
  const std::size_t at = text.find(from);
  EXPECT_NE(at, std::string::npos) << from;
  return text.replace(at, from.size(), to);
}

// Six weeks of the sipa tenant with totals of its size, so that a test takes seconds.
Tenant short_sipa(const std::string& desk_total = "190") {
  std::string text(server_file("server/cli/tenants/sipa.json"));
  text = replaced(text, R"("to": "2019-08-31")", R"("to": "2016-10-15")");
  text = replaced(text, R"("total": 3128)", R"("total": 90)");
  text = replaced(text, R"("total": 694)", R"("total": 31)");
  text = replaced(text, R"("total": 315)", R"("total": 12)");
  text = replaced(text, R"("total": 7600)", R"("total": )" + desk_total);
  text = replaced(text, R"("total": 5500)", R"("total": 140)");
  text = replaced(text, R"("total": 3900)", R"("total": 95)");
  text = replaced(text, R"("total": 537, "from": "2016-09-05", "to": "2019-04-30")",
                  R"("total": 36, "from": "2016-09-05", "to": "2016-09-06")");
  text = replaced(text, R"("total": 2124, "from": "2016-09-05", "to": "2019-08-20")",
                  R"("total": 20, "from": "2016-09-05", "to": "2016-10-01")");
  text = replaced(text, R"("exit_after": "60..95")", R"("exit_after": "16..18")");
  auto tenant = read_tenant(text);
  EXPECT_TRUE(tenant.ok());
  return std::move(*tenant);
}

Bytes32 master() {
  Bytes32 key{};
  key[0] = 1;
  return key;
}

struct Made {
  std::unique_ptr<TempFolder> folder = std::make_unique<TempFolder>();
  Node node;
};

Made filled(const Tenant& tenant) {
  Made made;
  const std::string data = made.folder->path() + "/data";
  const auto done = fill_demo(data, tenant, master(), day("2026-11-21"));
  EXPECT_TRUE(done.ok()) << done.error().rule << " " << done.error().field << " "
                         << done.error().detail;
  made.node = std::move(*open_node({.data = data, .master = master()}));
  return made;
}

ClaimReport report_of(Made& made, const Tenant& tenant) {
  return *claim_report(*made.node.app, tenant, range_of(tenant, day("2026-11-21")));
}

const ClaimReportRow& row(const ClaimReport& report, const std::string& id) {
  for (const ClaimReportRow& one : report.rows)
    if (one.id == id) return one;
  ADD_FAILURE() << id;
  return report.rows.front();
}

TEST(Fill, GivesTheTotalsOfTheFileAndVerifiesClean) {
  const Tenant tenant = short_sipa();
  Made made = filled(tenant);
  const ClaimReport report = report_of(made, tenant);
  EXPECT_EQ(row(report, "captured_outside").computed, 90 + 31 + 12);
  EXPECT_EQ(row(report, "captured_outside").published, 4000);
  EXPECT_TRUE(*row(report, "captured_outside").at_least);
  EXPECT_EQ(row(report, "welcomed_on_sites").computed, 190 + 140 + 95);
  EXPECT_EQ(row(report, "sites").computed, 3);
  EXPECT_EQ(row(report, "months").computed, 2);
  EXPECT_EQ(row(report, "growth_since_2015").computed, -97);  // 425 against 13 710
  EXPECT_EQ(row(report, "referred").computed, 20);
  EXPECT_EQ(row(report, "supported").computed, 36);
  EXPECT_EQ(row(report, "job_centre_before").basis,
            "calculé : 27 sur 36 réponses ; sans réponse : 0");
  EXPECT_EQ(row(report, "referred_rate").computed, 708);
  EXPECT_EQ(row(report, "budget").published_text, "1 366 568,14 €");
  EXPECT_EQ(row(report, "cost_per_supported").computed_text, "2 544,82 €");
  EXPECT_EQ(row(report, "cost_per_referred").computed_text, "643,39 €");
  EXPECT_EQ(row(report, "site_events_rate").computed_text, "7,9");
  EXPECT_EQ(row(report, "positive_exits_rate").computed_text, "46,4 %");
  EXPECT_EQ(row(report, "targets_together").computed, 709);
  const auto verified = verify_folder(*made.node.app);
  ASSERT_TRUE(verified.ok());
  EXPECT_EQ(verified->findings, std::vector<std::string>{});
  EXPECT_GT(verified->facts, 300);
}

TEST(Fill, TheSameFileGivesTheSameFiguresAndAnotherFileOthers) {
  const Tenant tenant = short_sipa();
  Made one = filled(tenant);
  Made two = filled(tenant);
  EXPECT_EQ(json::encode(report_of(one, tenant)), json::encode(report_of(two, tenant)));
  const FactFilter filter{.from = day("2016-09-01"), .to = day("2016-10-15")};
  for (const Dimension by : {Dimension::age_band, Dimension::sex, Dimension::district}) {
    const auto a = one.node.store->count_facts(filter, by);
    const auto b = two.node.store->count_facts(filter, by);
    ASSERT_EQ(a->size(), b->size());
    ASSERT_GT(a->size(), 1u);
    for (std::size_t i = 0; i < a->size(); ++i) {
      EXPECT_EQ((*a)[i].key, (*b)[i].key);
      EXPECT_EQ((*a)[i].number, (*b)[i].number);
    }
  }
  const Tenant other = short_sipa("290");
  Made three = filled(other);
  EXPECT_EQ(row(report_of(three, other), "welcomed_on_sites").computed, 290 + 140 + 95);
}

TEST(Fill, EveryAccountCanSignIn) {
  const Tenant tenant = short_sipa();
  Made made = filled(tenant);
  for (const TenantAccount& account : tenant.accounts) {
    const auto opened = sign_in(*made.node.app, {}, {account.login, account.password});
    ASSERT_TRUE(opened.ok()) << account.login << " " << opened.error().rule;
    EXPECT_EQ(opened->info.role, account.role);
    EXPECT_EQ(opened->info.teams.size(), account.teams.size());
  }
}

TEST(ClaimReport, NumbersAreWrittenAsPeopleReadThem) {
  EXPECT_EQ(number_text(136656814, "centimes"), "1 366 568,14 €");
  EXPECT_EQ(number_text(5, "centimes"), "0,05 €");
  EXPECT_EQ(number_text(-250, "centimes"), "-2,50 €");
  EXPECT_EQ(number_text(708, "‰"), "70,8 %");
  EXPECT_EQ(number_text(79, "dixièmes"), "7,9");
  EXPECT_EQ(number_text(17000, "personnes"), "17 000");
  EXPECT_EQ(number_text(24, "%"), "24 %");
}

}  // namespace
}  // namespace filrouge
