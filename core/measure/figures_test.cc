#include "core/measure/figures.h"

#include <algorithm>
#include <functional>

#include <boost/describe/enumerators.hpp>
#include <boost/mp11/algorithm.hpp>
#include <gtest/gtest.h>

namespace filrouge {
namespace {

std::vector<Cell> table_of(const std::vector<std::int64_t>& numbers) {
  std::vector<Cell> cells;
  for (const std::int64_t n : numbers) cells.push_back({std::to_string(cells.size()), "", n, 0});
  return cells;
}

// Every way to split `rest` over `holes` counts of 0 or more.
void for_each_split(std::int64_t rest, std::size_t holes, std::vector<std::int64_t>& split,
                    const std::function<void(const std::vector<std::int64_t>&)>& visit) {
  if (holes == 1) {
    split.push_back(rest);
    visit(split);
    split.pop_back();
    return;
  }
  for (std::int64_t n = 0; n <= rest; ++n) {
    split.push_back(n);
    for_each_split(rest - n, holes - 1, split, visit);
    split.pop_back();
  }
}

// An attacker who knows the total, the lines shown and that at least one hidden count is small.
// True when some hidden count can only have one value.
bool can_be_read(const PublishedTable& table, std::int64_t up_to) {
  if (!table.total) return false;
  std::int64_t rest = *table.total;
  std::size_t holes = 0;
  for (const PublishedCell& row : table.rows) {
    if (row.masked) ++holes;
    rest -= row.number.value_or(0);
  }
  if (holes == 0) return false;
  std::vector<std::vector<std::int64_t>> possible(holes);
  std::vector<std::int64_t> split;
  for_each_split(rest, holes, split, [&](const std::vector<std::int64_t>& counts) {
    if (std::none_of(counts.begin(), counts.end(),
                     [&](std::int64_t n) { return n >= 1 && n <= up_to; }))
      return;
    for (std::size_t i = 0; i < holes; ++i) possible[i].push_back(counts[i]);
  });
  for (std::vector<std::int64_t>& values : possible) {
    std::sort(values.begin(), values.end());
    values.erase(std::unique(values.begin(), values.end()), values.end());
    if (values.size() < 2) return true;
  }
  return false;
}

TEST(Disclosure, NoHiddenCountCanBeReadOffAnySmallTable) {
  std::int64_t tables = 0;
  std::int64_t hidden = 0;
  for (std::int64_t a = 0; a <= 12; ++a)
    for (std::int64_t b = 0; b <= 12; ++b)
      for (std::int64_t c = 0; c <= 12; ++c)
        for (std::int64_t d = 0; d <= 12; d += 3) {
          const PublishedTable table = publish(table_of({a, b, c, d}), Perimeter::consortium);
          ++tables;
          hidden += table.masked > 0 ? 1 : 0;
          ASSERT_FALSE(can_be_read(table, 4)) << a << ' ' << b << ' ' << c << ' ' << d;
        }
  EXPECT_EQ(tables, 13 * 13 * 13 * 5);
  EXPECT_GT(hidden, 1'000);
}

TEST(Disclosure, SmallCountsAreNeverShown) {
  for (const Perimeter perimeter : {Perimeter::consortium, Perimeter::public_}) {
    const std::int64_t up_to = masked_up_to(perimeter);
    const PublishedTable table = publish(table_of({up_to, up_to + 1, 90, 0, 1}), perimeter);
    for (const PublishedCell& row : table.rows) {
      if (!row.number) continue;
      EXPECT_TRUE(*row.number == 0 || *row.number > up_to) << row.key;
    }
    EXPECT_EQ(table.total, 2 * up_to + 92);
  }
}

TEST(Disclosure, ALoneHoleIsCoveredByTheSmallestOther) {
  const PublishedTable table = publish(table_of({3, 50, 20, 0}), Perimeter::consortium);
  EXPECT_TRUE(table.rows[0].masked);
  EXPECT_FALSE(table.rows[1].masked);
  EXPECT_TRUE(table.rows[2].masked);
  EXPECT_FALSE(table.rows[3].masked);
  EXPECT_EQ(table.masked, 2);
  EXPECT_EQ(table.total, 73);
}

TEST(Disclosure, AHoleThatNothingCoversHidesTheWholeTable) {
  const PublishedTable table = publish(table_of({3}), Perimeter::consortium);
  EXPECT_FALSE(table.total.has_value());
  EXPECT_TRUE(table.rows[0].masked);
}

TEST(Disclosure, ASmallTotalShowsNothingNotEvenZeros) {
  const PublishedTable table = publish(table_of({2, 0, 1}), Perimeter::consortium);
  EXPECT_FALSE(table.total.has_value());
  for (const PublishedCell& row : table.rows) EXPECT_TRUE(row.masked);
  EXPECT_EQ(table.masked, 4);
}

TEST(Disclosure, TheOwnTeamSeesEverything) {
  const PublishedTable table = publish(table_of({1, 2, 0}), Perimeter::team);
  EXPECT_EQ(table.masked, 0);
  EXPECT_EQ(table.total, 3);
  EXPECT_EQ(table.rows[0].percent, 33);
}

TEST(Disclosure, ARateHidesSmallComplementsToo) {
  const std::vector<Cell> cells{{"a", "", 48, 50}, {"b", "", 30, 60}, {"c", "", 20, 40}};
  const PublishedTable table = publish(cells, Perimeter::consortium, true);
  EXPECT_TRUE(table.rows[0].masked);
  EXPECT_FALSE(table.rows[1].masked);
  EXPECT_TRUE(table.rows[2].masked);
  EXPECT_EQ(table.total, 98);
  EXPECT_EQ(table.denominator, 150);
  EXPECT_EQ(table.percent, 65);
  EXPECT_EQ(table.rows[1].percent, 50);
}

TEST(Disclosure, PercentagesNeedADenominator) {
  EXPECT_EQ(publish({{"a", "", 0, 4}}, Perimeter::team, true).percent, 0);
  EXPECT_EQ(publish({{"a", "", 0, 0}}, Perimeter::team, true).percent, std::nullopt);
  EXPECT_EQ(whole_percent(1, 3), 33);
  EXPECT_EQ(whole_percent(2, 3), 67);
  EXPECT_EQ(whole_percent(1, 2), 50);
  EXPECT_EQ(whole_percent(1, 0), std::nullopt);
}

TEST(Periods, AreMonthsQuartersAndYears) {
  const auto span = [](std::string_view text) {
    const Period period = *parse_period(text);
    return period.from.text() + " " + period.to.text();
  };
  EXPECT_EQ(span("2026"), "2026-01-01 2026-12-31");
  EXPECT_EQ(span("2026-Q1"), "2026-01-01 2026-03-31");
  EXPECT_EQ(span("2026-Q4"), "2026-10-01 2026-12-31");
  EXPECT_EQ(span("2024-02"), "2024-02-01 2024-02-29");
  EXPECT_EQ(span("2026-12"), "2026-12-01 2026-12-31");
  for (const char* bad :
       {"", "26", "2026-13", "2026-00", "2026-Q5", "2026-Q0", "2026-11-21", "abcd"})
    EXPECT_EQ(parse_period(bad).error().field, "period") << bad;
}

TEST(Definitions, EachHasItsSentenceInBothLanguages) {
  std::vector<Indicator> all;
  boost::mp11::mp_for_each<boost::describe::describe_enumerators<Indicator>>(
      [&](auto d) { all.push_back(d.value); });
  EXPECT_EQ(all.size(), 21u);
  for (const Indicator i : all) {
    const Definition& d = definition_of(i);
    EXPECT_EQ(d.indicator, i);
    EXPECT_EQ(d.version, 1);
    EXPECT_FALSE(d.label_fr.empty() || d.label_en.empty());
    EXPECT_FALSE(d.text_fr.empty() || d.text_en.empty());
  }
  EXPECT_TRUE(definition_of(Indicator::I16).is_rate);
}

TEST(Definitions, YoungMeansSixteenToTwentyNine) {
  EXPECT_FALSE(counts_as_young(AgeBand::under_16));
  EXPECT_TRUE(counts_as_young(AgeBand::from_16_to_17));
  EXPECT_TRUE(counts_as_young(AgeBand::from_26_to_29));
  EXPECT_FALSE(counts_as_young(AgeBand::from_30));
}

}  // namespace
}  // namespace filrouge
