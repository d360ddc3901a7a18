// The pathway's indicators counted by hand on small tables of facts, and the sets of exits.
#include "core/measure/path_count.h"

#include <algorithm>
#include <map>

#include <gtest/gtest.h>

#include "core/testing.h"

namespace filrouge {
namespace {

using testing::id_of;

CivilDate day(std::string_view text) { return *CivilDate::parse(text); }

class Table {
 public:
  Fact& add(FactKind kind, std::uint64_t person, std::string_view on, std::string detail = {}) {
    Fact& fact = rows.facts.emplace_back();
    fact.entry = id_of<EntryId>(++entries_);
    fact.kind = kind;
    fact.day = day(on);
    fact.organisation = id_of(500);
    fact.team = id_of(600);
    if (!detail.empty()) fact.detail = std::move(detail);
    fact.person = id_of<Pseudonym>(person);
    return fact;
  }
  Fact& relay(std::uint64_t person, std::string_view on, std::string act, std::int64_t days) {
    Fact& fact = add(FactKind::relay, person, on, std::move(act));
    fact.counts = days >= 0;
    fact.number = std::max<std::int64_t>(days, 0);
    fact.outside = false;
    return fact;
  }

  PathCount count(Indicator indicator, std::string_view set = "tmvl",
                  std::string_view today = "2026-12-31") const {
    return count_path(
        {indicator, day("2026-01-01"), day("2026-12-31"), day(today), find_exit_set(set)}, rows);
  }

  PathRows rows;

 private:
  std::uint64_t entries_ = 0;
};

std::pair<std::int64_t, std::int64_t> sum(const PathCount& count) {
  std::pair<std::int64_t, std::int64_t> total{0, 0};
  for (const Unit& unit : count.units) {
    total.first += unit.number;
    total.second += unit.denominator;
  }
  return total;
}

std::optional<std::int64_t> beside(const PathCount& count, std::string_view key) {
  for (const Beside& one : count.beside)
    if (one.key == key) return one.number;
  return std::nullopt;
}

using Total = std::pair<std::int64_t, std::int64_t>;

TEST(PathCount, FollowedMeansTwoDaysOfContactOrAnOpenPathway) {
  Table table;
  table.add(FactKind::contact, 1, "2026-03-01");
  table.add(FactKind::contact, 1, "2026-03-01");  // the same day is one meeting
  table.add(FactKind::contact, 2, "2026-03-01");
  table.add(FactKind::contact, 2, "2026-03-02");
  table.add(FactKind::enrolment, 3, "2025-05-01");  // open since last year
  table.add(FactKind::enrolment, 4, "2025-05-01");  // and closed before this one
  table.add(FactKind::side, 4, "2025-11-01", "ended/moved");
  const PathCount count = table.count(Indicator::I03b);
  ASSERT_EQ(count.units.size(), 2u);
  EXPECT_EQ(count.units[0].person, id_of<Pseudonym>(2));
  EXPECT_EQ(count.units[1].person, id_of<Pseudonym>(3));
}

TEST(PathCount, TwoLinkedRecordsCountAsOnePerson) {
  Table table;
  table.add(FactKind::contact, 1, "2026-03-01");
  table.add(FactKind::contact, 2, "2026-04-01");
  EXPECT_TRUE(table.count(Indicator::I03b).units.empty());
  table.rows.counts_as[id_of<Pseudonym>(2)] = id_of<Pseudonym>(1);
  EXPECT_EQ(table.count(Indicator::I03b).units.size(), 1u);
}

TEST(PathCount, EnrolmentsArePersonsWithTheEntriesBeside) {
  Table table;
  table.add(FactKind::enrolment, 1, "2026-02-01");
  table.add(FactKind::side, 1, "2026-03-01", "ended/refused");
  table.add(FactKind::enrolment, 1, "2026-06-01");
  table.add(FactKind::enrolment, 2, "2026-06-01");
  const PathCount count = table.count(Indicator::I03c);
  EXPECT_EQ(count.units.size(), 2u);
  EXPECT_EQ(beside(count, "entries"), 3);
}

TEST(PathCount, TheSameExitsGiveAnotherNumberUnderAnotherSet) {
  Table table;
  const std::vector<std::string> types = {"cdi/holds",       "right_opened/unchecked",
                                          "cej/unchecked",   "mainstream_support/unchecked",
                                          "moved/unchecked", "lost_contact/unchecked"};
  for (std::size_t i = 0; i < types.size(); ++i)
    table.add(FactKind::exit, i + 1, "2026-05-01", types[i]);
  EXPECT_EQ(sum(table.count(Indicator::I03d, "sipa-2019")), Total(4, 6));
  EXPECT_EQ(sum(table.count(Indicator::I03d, "iae")), Total(1, 5));  // who moved is left out
  EXPECT_EQ(sum(table.count(Indicator::I03d, "fse")), Total(3, 6));
  EXPECT_EQ(sum(table.count(Indicator::I03d, "tmvl")), Total(1, 6));  // CEJ: not confirmed yet
  table.rows.facts[2].number = 30;
  EXPECT_EQ(sum(table.count(Indicator::I03d, "tmvl")), Total(2, 6));
  EXPECT_EQ(beside(table.count(Indicator::I03d, "tmvl"), "persons_positive"), 2);
}

TEST(PathCount, AContractCountsForTheCohortOnceItHeldSixMonths) {
  Table table;
  table.add(FactKind::exit, 1, "2026-01-05", "cdi/holds").number = 183;
  table.add(FactKind::exit, 2, "2026-01-05", "cdd_6_months/holds").number = 92;
  EXPECT_EQ(sum(table.count(Indicator::I03d, "cme")), Total(1, 2));
}

TEST(PathCount, TrustNeedsSixOutOfTenAndSaysWhoDidNotAnswer) {
  Table table;
  table.add(FactKind::trust, 1, "2026-02-01", "confiance-1").number = 60;
  table.add(FactKind::trust, 2, "2026-02-01", "confiance-1").number = 59;
  Fact& refused = table.add(FactKind::trust, 3, "2026-02-01", "confiance-1");
  refused.counts = false;
  refused.refusals = 1;
  const PathCount count = table.count(Indicator::I08);
  EXPECT_EQ(sum(count), Total(1, 2));
  EXPECT_EQ(count.unknown, 1);
  EXPECT_FALSE(beside(count, "paired_change_tenths"));  // fewer than eleven pairs
}

TEST(PathCount, TheChangeOfTrustIsSaidFromElevenPairsOn) {
  Table table;
  for (std::uint64_t i = 1; i <= 11; ++i) {
    table.add(FactKind::trust, i, "2026-02-01", "confiance-1").number = 40;
    table.add(FactKind::trust, i, "2026-04-15", "confiance-1").number = 55;
  }
  EXPECT_EQ(beside(table.count(Indicator::I08), "paired_change_tenths"), 15);
  for (std::size_t i = 1; i < table.rows.facts.size(); i += 2)
    table.rows.facts[i].day = day("2026-03-15");  // six weeks are no pair
  EXPECT_FALSE(beside(table.count(Indicator::I08), "paired_change_tenths"));
}

TEST(PathCount, ABarrierThatComesBackTakesNothingFromWhatWasLifted) {
  Table table;
  table.add(FactKind::barrier, 1, "2026-02-01", "mobility/in_progress").counts = false;
  table.add(FactKind::barrier, 1, "2026-03-01", "mobility/lifted");
  table.add(FactKind::barrier, 1, "2026-05-01", "mobility/open").counts = false;
  table.add(FactKind::barrier, 1, "2026-02-01", "housing/in_progress").counts = false;
  table.add(FactKind::barrier, 2, "2026-02-01", "housing/open").counts = false;  // not worked on
  const PathCount count = table.count(Indicator::I12);
  EXPECT_EQ(sum(count), Total(1, 2));
  EXPECT_EQ(beside(count, "persons_lifted"), 1);
  EXPECT_EQ(beside(count, "persons_with_barrier"), 2);
}

TEST(PathCount, StableMeansSixMonthsSeenWithShortGapsAndNotEnded) {
  Table table;
  table.add(FactKind::exit, 1, "2026-01-10", "cdi/holds").number = 182;
  table.add(FactKind::exit, 2, "2026-01-10", "cdi/holds").number = 100;  // nobody asked since
  table.add(FactKind::exit, 3, "2026-01-10", "cdi/ended").number = 190;
  table.add(FactKind::exit, 4, "2026-01-10", "cdd_6_months/ended").number = 90;
  table.add(FactKind::exit, 4, "2026-04-24", "cdi/holds").number = 100;  // 14 days later
  table.add(FactKind::exit, 5, "2026-01-10", "cdd_shorter/holds").number = 200;
  const PathCount count = table.count(Indicator::I13);
  EXPECT_EQ(sum(count), Total(2, 5));
  EXPECT_EQ(count.unknown, 1);
  EXPECT_TRUE(table.count(Indicator::I13, "tmvl", "2026-05-01").units.empty());  // too early
}

TEST(PathCount, RelaysOfThePlatformAndHowTheyWent) {
  Table table;
  table.relay(1, "2026-02-02", "kept", 10);
  table.relay(2, "2026-02-02", "taken_over", 20);
  table.relay(3, "2026-02-02", "declined", -1);
  table.relay(4, "2026-12-20", "taken_over", 5);  // not due yet
  table.relay(5, "2026-02-02", "accepted", -1).outside = true;
  const PathCount taken = table.count(Indicator::I19);
  EXPECT_EQ(sum(taken), Total(3, 4));
  EXPECT_EQ(beside(taken, "outside_platform"), 1);
  EXPECT_EQ(beside(taken, "median_days_to_taken_over"), 10);
  const PathCount kept = table.count(Indicator::I19b);
  EXPECT_EQ(sum(kept), Total(1, 2));
  EXPECT_EQ(kept.unknown, 1);
  EXPECT_EQ(table.count(Indicator::I21).units.size(), 5u);
}

TEST(PathCount, AnAgreedPauseIsNoRupture) {
  Table table;
  for (std::uint64_t person = 1; person <= 4; ++person)
    table.add(FactKind::enrolment, person, "2026-06-01");
  table.add(FactKind::contact, 1, "2026-12-01");
  table.add(FactKind::side, 2, "2026-07-01", "paused").number = 200;
  table.add(FactKind::contact, 4, "2026-12-01");
  table.relay(4, "2026-12-02", "proposed", -1);
  std::map<std::string, std::int64_t> causes;
  for (const Unit& unit : table.count(Indicator::I20).units) ++causes[unit.detail];
  EXPECT_EQ(causes["no_rupture"], 2);
  EXPECT_EQ(causes["no_contact"], 1);  // the third
  EXPECT_EQ(causes["relay_unanswered"], 1);
}

TEST(PathCount, APathwayOpenedAgainOnTheDayItEndedIsOpen) {
  Table table;
  table.add(FactKind::enrolment, 1, "2026-06-01");
  table.add(FactKind::side, 1, "2026-08-01", "ended/other");
  EXPECT_TRUE(table.count(Indicator::I20).units.empty());
  table.add(FactKind::enrolment, 1, "2026-08-01");
  EXPECT_EQ(table.count(Indicator::I20).units.size(), 1u);
}

TEST(PathCount, AppointmentsSinceTheEnrolmentAndTheDelays) {
  Table table;
  table.add(FactKind::contact, 1, "2026-01-10");
  table.add(FactKind::enrolment, 1, "2026-01-20");
  for (const auto on : {"2026-01-15", "2026-01-25", "2026-02-01", "2026-02-10"})
    table.add(FactKind::appointment, 1, on, "kept");
  table.add(FactKind::appointment, 1, "2026-02-20", "missed").counts = false;
  table.add(FactKind::exit, 1, "2026-04-10", "cdi/unchecked");
  const PathCount count = table.count(Indicator::I18);
  EXPECT_EQ(sum(count), Total(1, 1));
  EXPECT_EQ(count.units[0].detail, "3");
  EXPECT_EQ(beside(count, "mean_tenths"), 30);
  const PathCount delays = table.count(Indicator::I24);
  EXPECT_EQ(beside(delays, "median_days_to_appointment"), 5);
  EXPECT_EQ(beside(delays, "median_days_to_solution"), 90);
}

TEST(PathCount, WhoToldOfThemAndWhomNobodyTold) {
  Table table;
  table.add(FactKind::signal, 1, "2026-02-01", "school");
  table.add(FactKind::contact, 1, "2026-02-05");
  table.add(FactKind::contact, 2, "2026-02-05");
  std::map<std::string, std::int64_t> tellers;
  for (const Unit& unit : table.count(Indicator::I25).units) ++tellers[unit.detail];
  EXPECT_EQ(tellers, (std::map<std::string, std::int64_t>{{"outreach", 1}, {"school", 1}}));
}

TEST(PathCount, BuiltTogetherMeansStepsOfTwoOrganisations) {
  Table table;
  table.add(FactKind::enrolment, 1, "2026-02-01");
  table.add(FactKind::step, 1, "2026-02-02", "accepted");
  table.add(FactKind::step, 1, "2026-02-03", "accepted").organisation = id_of(501);
  table.add(FactKind::enrolment, 2, "2026-02-01");
  table.add(FactKind::step, 2, "2026-02-02", "accepted");
  EXPECT_EQ(sum(table.count(Indicator::I26)), Total(1, 2));
}

TEST(PathCount, SatisfactionCountsAnswersAndSaysWhoGaveNone) {
  Table table;
  table.add(FactKind::survey, 1, "2026-02-01", "sipa-1/exit job_centre=yes satisfied=very");
  table.add(FactKind::survey, 2, "2026-02-01", "sipa-1/exit satisfied=not");
  table.add(FactKind::survey, 3, "2026-02-01", "sipa-1/exit job_centre=no");
  const PathCount count = table.count(Indicator::I22);
  EXPECT_EQ(sum(count), Total(1, 2));
  EXPECT_EQ(count.unknown, 1);
}

TEST(PathCount, RanksAreValuesThatWereSeen) {
  EXPECT_EQ(rank_of({1, 2, 3, 10}, 50), 2);
  EXPECT_EQ(rank_of({1, 2, 3, 10}, 90), 10);
  EXPECT_FALSE(rank_of({}, 50));
}

TEST(ExitSets, EveryTypeBelongsToAtMostOneClassOfASetAndNamesAreUnique) {
  std::map<std::string, int> names;
  for (const ExitSet& set : exit_sets()) {
    EXPECT_EQ(++names[set.name], 1) << set.name;
    EXPECT_GE(set.version, 1);
    std::map<ExitType, int> seen;
    for (const ExitClass& one : set.classes)
      for (const ExitType type : one.types) EXPECT_EQ(++seen[type], 1) << set.name << one.key;
  }
  for (const auto name : {"sipa-2019", "iae", "fse", "tmvl", "cme"})
    EXPECT_NE(find_exit_set(name), nullptr) << name;
  EXPECT_TRUE(class_of(*find_exit_set("iae"), "other", 0)->neutral);  // a prison
}

}  // namespace
}  // namespace filrouge
