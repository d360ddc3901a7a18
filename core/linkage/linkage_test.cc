#include <algorithm>
#include <functional>
#include <map>
#include <set>

#include <gtest/gtest.h>

#include "core/linkage/cluster.h"
#include "core/linkage/decide.h"
#include "core/linkage/estimate.h"
#include "core/linkage/evaluate.h"
#include "core/linkage/generate.h"
#include "core/linkage/link.h"
#include "core/linkage/score.h"
#include "core/linkage/unseen.h"

namespace filrouge::linkage {
namespace {

// Rows as text with the slices into it, as a reader of files gives them.
struct TextList {
  std::string text;
  std::vector<std::vector<Slice>> cells;
  std::vector<Field> fields;
  std::size_t rows = 0;

  explicit TextList(std::vector<Field> given) : cells(given.size()), fields(std::move(given)) {}
  void add(const std::vector<std::string>& row) {
    for (std::size_t i = 0; i < row.size(); ++i) {
      cells[i].push_back(
          {static_cast<std::uint32_t>(text.size()), static_cast<std::uint32_t>(row[i].size())});
      text += row[i];
    }
    ++rows;
  }
  InputList input() const {
    InputList list{text, rows, {}};
    for (std::size_t i = 0; i < fields.size(); ++i) list.columns.push_back({fields[i], cells[i]});
    return list;
  }
};

const std::vector<Field> kGenerated = {Field::given_name, Field::surname,  Field::date_of_birth,
                                       Field::sex,        Field::postcode, Field::place,
                                       Field::phone,      Field::email};

struct Made {
  std::vector<TextList> lists;
  std::vector<std::uint32_t> person;
  std::vector<InputList> inputs() const {
    std::vector<InputList> out;
    for (const TextList& list : lists) out.push_back(list.input());
    return out;
  }
};

Made make(const GenerateOptions& options) {
  Made out;
  for (const auto& rows : generate_lists(options).rows) {
    out.lists.emplace_back(kGenerated);
    for (const GeneratedRow& row : rows) {
      out.lists.back().add({row.cell.begin(), row.cell.end()});
      out.person.push_back(row.person);
    }
  }
  return out;
}

// Tasks from the last to the first: what depends on their order shows.
ParallelFor backwards() {
  return [](std::size_t count, const std::function<void(std::size_t)>& task) {
    for (std::size_t i = count; i-- > 0;) task(i);
  };
}

TEST(Linkage, TheGeneratorIsTheSameEveryTimeAndDoesWhatItSays) {
  const Generated one = generate_lists({.rows = 500, .seed = 3});
  const Generated two = generate_lists({.rows = 500, .seed = 3});
  ASSERT_EQ(one.rows.size(), 2U);
  for (std::size_t l = 0; l < 2; ++l) {
    ASSERT_EQ(one.rows[l].size(), 500U);
    for (std::size_t i = 0; i < 500; ++i) EXPECT_EQ(one.rows[l][i].cell, two.rows[l][i].cell);
  }
  EXPECT_NE(one.rows[0][0].cell, generate_lists({.rows = 500, .seed = 4}).rows[0][0].cell);
}

TEST(Linkage, ComparingIsSymmetric) {
  const Made made = make({.rows = 400, .noise = 3});
  const auto records = prepare(made.inputs(), sequential());
  ASSERT_TRUE(records.ok());
  const Comparer comparer(*records);
  Memos memos;
  std::uint64_t state = 1;
  for (int i = 0; i < 50'000; ++i) {
    state = state * 6364136223846793005ULL + 1442695040888963407ULL;
    const std::uint32_t a = static_cast<std::uint32_t>((state >> 33) % 800);
    const std::uint32_t b = static_cast<std::uint32_t>((state >> 13) % 800);
    ASSERT_EQ(comparer.compare(a, b, memos), comparer.compare(b, a, memos)) << a << ' ' << b;
  }
}

TEST(Linkage, EqualValuesShareANumberAndKeepTheirLetters) {
  constexpr std::uint32_t kRows = 600;
  const std::vector<Field> fields = {Field::surname, Field::given_name, Field::date_of_birth};
  TextList loud(fields), quiet(fields);
  std::vector<std::string> names;
  for (std::uint32_t i = 0; i < kRows; ++i) {
    const std::string end = {static_cast<char>('a' + i / 26), static_cast<char>('a' + i % 26)};
    const bool is_long = i % 3 == 0;  // longer than what a Value holds inside
    names.push_back((is_long ? "rochefoucauldmontmorency" : "petit") + end);
    std::string shout = is_long ? "ROCHEFOUCAULD-MONTMORENCY" : "PETIT";
    for (const char c : end) shout += static_cast<char>(c - 'a' + 'A');
    const std::string year = std::to_string(1990 + i % 20);
    loud.add({shout, "LÉA", "31/01/" + year});
    quiet.add({is_long ? "rochefoucauld montmorency" + end : "petit" + end, "léa",
               i == 7 ? "12/45/1990" : year + "0131"});
  }
  const auto records = prepare({loud.input(), quiet.input()}, backwards());
  ASSERT_TRUE(records.ok());
  std::set<std::uint32_t> ids;
  for (std::uint32_t i = 0; i < kRows; ++i) {
    const Record &a = records->rows[i], &b = records->rows[kRows + i];
    EXPECT_EQ(a.surname, b.surname) << names[i];
    EXPECT_EQ(records->names.text(a.surname), names[i]);
    EXPECT_EQ(records->names.text(b.given), "lea");
    ids.insert(a.surname);
    const std::uint32_t digits = i % 20 < 10 ? 0x1990 + i % 20 : 0x2000 + i % 20 - 10;
    EXPECT_EQ(records->dates[a.date], digits << 16 | 0x0131);
    EXPECT_EQ(a.date == b.date, i != 7);
    EXPECT_EQ(b.list, 1);
  }
  EXPECT_EQ(ids.size(), kRows);
}

TEST(Linkage, TheOrderOfTasksChangesNothing) {
  const Made made = make({.rows = 3000});
  const auto forth = link(made.inputs(), {}, sequential());
  const auto back = link(made.inputs(), {}, backwards());
  ASSERT_TRUE(forth.ok() && back.ok());
  ASSERT_EQ(forth->links.size(), back->links.size());
  for (std::size_t i = 0; i < forth->links.size(); ++i) {
    EXPECT_EQ(forth->links[i].pair.a, back->links[i].pair.a);
    EXPECT_EQ(forth->links[i].pair.b, back->links[i].pair.b);
    EXPECT_EQ(forth->links[i].probability, back->links[i].probability);
  }
  EXPECT_EQ(write_model(forth->model), write_model(back->model));
}

// Every candidate is given once, and those that share a key are all given.
TEST(Linkage, CandidatesComeOnceAndAll) {
  const Made made = make({.rows = 300, .noise = 2});
  const auto records = prepare(made.inputs(), sequential());
  ASSERT_TRUE(records.ok());
  const Blocking blocking = make_blocks(*records, {}, sequential());
  std::map<std::pair<std::uint32_t, std::uint32_t>, int> given;
  for (const Piece& piece : blocking.pieces)
    each_candidate(*records, blocking, piece,
                   [&](std::uint32_t a, std::uint32_t b) { ++given[{a, b}]; });
  const RowKeys mask = first_keys(blocking.keys.size());
  std::size_t expected = 0;
  for (std::uint32_t a = 0; a < 300; ++a)
    for (std::uint32_t b = 300; b < 600; ++b)
      expected += shares_key(blocking.row_keys[a], blocking.row_keys[b], mask);
  EXPECT_EQ(given.size(), expected);
  for (const auto& [pair, times] : given) {
    EXPECT_EQ(times, 1);
    EXPECT_LT(pair.first, 300U);
    EXPECT_GE(pair.second, 300U);
  }
}

TEST(Linkage, AMassOfIdenticalRowsIsSplitOrCountedNeverSilent) {
  TextList list({Field::surname, Field::given_name});
  for (int i = 0; i < 3000; ++i) list.add({"MARTIN", "Jean"});
  const auto linked = link({list.input()}, {}, sequential());
  ASSERT_TRUE(linked.ok());
  std::uint64_t left_out = 0;
  for (const Key& key : linked->keys) left_out += key.left_out_pairs;
  EXPECT_GT(left_out, 0U);
  EXPECT_LT(linked->pairs_compared, 3000U * 2999 / 2);
}

TEST(Linkage, AColumnOfOneValueCostsNoMoreThanOthers) {
  GenerateOptions options{.rows = 4000};
  Generated generated = generate_lists(options);
  std::vector<TextList> lists;
  for (auto& rows : generated.rows) {
    lists.emplace_back(kGenerated);
    for (GeneratedRow& row : rows) {
      row.cell[1] = "MARTIN";
      row.cell[4] = "35000";
      row.cell[5] = "Rennes";
      lists.back().add({row.cell.begin(), row.cell.end()});
    }
  }
  LinkOptions few;
  few.blocking = {.pairs_per_row = 8, .pairs_free = 0};
  const auto linked = link({lists[0].input(), lists[1].input()}, few, sequential());
  ASSERT_TRUE(linked.ok());
  EXPECT_LT(linked->pairs_compared, 24U * 8000);
  EXPECT_GT(linked->estimates.match_pairs, 500U);
}

// m of generated lists, counted with the truth, against what came out without it.
TEST(Linkage, TheModelIsFoundWithoutTheTruth) {
  const Made made = make({.rows = 8000, .seed = 5});
  const auto linked = link(made.inputs(), {}, sequential());
  ASSERT_TRUE(linked.ok());
  const Comparer comparer(linked->records);
  Memos memos;
  std::map<std::uint32_t, std::vector<std::uint32_t>> rows;
  for (std::uint32_t row = 0; row < made.person.size(); ++row)
    rows[made.person[row]].push_back(row);
  LevelCounts counted{};
  double pairs = 0;
  for (const auto& [person, of] : rows)
    for (const std::uint32_t a : of)
      for (const std::uint32_t b : of) {
        if (a >= 8000 || b < 8000) continue;
        const Pattern pattern = comparer.compare(a, b, memos);
        for (std::size_t d = 0; d < dimensions_max; ++d) counted[d][level_of(pattern, d)] += 1;
        pairs += 1;
      }
  EXPECT_NEAR(linked->estimates.matches / pairs, 1, 0.05);
  const double messy = linked->model.messy_share;
  for (const Dimension dimension : {Dimension::surname, Dimension::date, Dimension::place}) {
    const std::size_t d = static_cast<std::size_t>(dimension);
    const auto hasty = linked->model.messy_m(d);
    double known = 0;
    for (std::size_t i = 1; i < level_count(d); ++i) known += counted[d][i];
    for (std::size_t i = 1; i < level_count(d); ++i)
      EXPECT_NEAR((1 - messy) * linked->model.m[d][i] + messy * hasty[i], counted[d][i] / known,
                  0.03)
          << dimension_name(d) << ' ' << level_name(d, i);
  }
}

TEST(Linkage, GoodPairsAndHonestEstimatesOnNewLists) {
  for (const std::uint64_t seed : {11U, 12U}) {
    const Made made = make({.rows = 6000, .seed = seed});
    const auto linked = link(made.inputs(), {}, sequential());
    ASSERT_TRUE(linked.ok());
    const std::vector<Unseen> unseen = unseen_rows(*linked);
    const Evaluation found = evaluate({*linked, made.person, nullptr, nullptr, &unseen});
    EXPECT_GT(f1_of(found.precision, found.recall), 0.975);
    EXPECT_GT(found.compared.value(), 0.99);
    EXPECT_NEAR(linked->estimates.precision(), found.precision.value(), 0.01);
    EXPECT_GT(found.unseen_precision.value(), 0.97);
    EXPECT_GT(found.unseen_recall.value(), 0.985);
  }
}

// As many missed as the program says, by chance more or fewer: at once and at twice the usual
// noise.
TEST(Linkage, WhatWasMissedLiesBetweenTheTwoNumbers) {
  for (const double noise : {1.0, 2.0}) {
    const Made made = make({.rows = 10'000, .seed = 21, .noise = noise});
    const auto linked = link(made.inputs(), {}, sequential());
    ASSERT_TRUE(linked.ok());
    const Evaluation found = evaluate({*linked, made.person, nullptr, nullptr, nullptr});
    const double missed = found.recall.of - found.recall.right;
    EXPECT_GE(missed, linked->estimates.missed_low()) << noise;
    EXPECT_LE(missed, linked->estimates.missed_high()) << noise;
    EXPECT_NEAR(linked->estimates.missed() / missed, 1, 0.5) << noise;
    EXPECT_LT(linked->estimates.lost_low, linked->estimates.lost_in_blocking);
    EXPECT_GT(linked->estimates.lost_high, linked->estimates.lost_in_blocking);
  }
}

TEST(Linkage, OneMessyListMakesNoFalseCrowd) {
  const Made made = make({.rows = 4000, .lists = 1, .noise = 2});
  auto linked = link(made.inputs(), {}, sequential());
  ASSERT_TRUE(linked.ok());
  const Clusters clusters = make_clusters(*linked);
  apply_clusters(*linked, clusters);
  const Evaluation found = evaluate({*linked, made.person, nullptr, &clusters, nullptr});
  EXPECT_LE(found.largest_mixed, 40U);
  EXPECT_GT(found.cluster_precision.value(), 0.99);
  EXPECT_GT(f1_of(found.precision, found.recall), 0.96);
  // The bands say the same as the clusters.
  for (const Link& one : linked->links)
    EXPECT_EQ(one.band == Band::match, clusters.person[one.pair.a] == clusters.person[one.pair.b]);
}

TEST(Linkage, AModelIsReadBackAsItWasWritten) {
  const Made made = make({.rows = 1000});
  const auto linked = link(made.inputs(), {}, sequential());
  ASSERT_TRUE(linked.ok());
  const auto read = read_model(write_model(linked->model));
  ASSERT_TRUE(read.ok());
  EXPECT_EQ(write_model(*read), write_model(linked->model));
  LinkOptions options;
  options.model = *read;
  const auto again = link(made.inputs(), options, sequential());
  ASSERT_TRUE(again.ok());
  ASSERT_EQ(again->links.size(), linked->links.size());
  for (std::size_t i = 0; i < again->links.size(); ++i)
    EXPECT_EQ(again->links[i].weight, linked->links[i].weight);
  for (const char* bad : {"", "filrouge-linkage-model 2\n", "filrouge-linkage-model 1\n",
                          "filrouge-linkage-model 1\nmatch_rate 2\n",
                          "filrouge-linkage-model 1\nmatch_rate 1e-5\nsurname purple 1 1\n"})
    EXPECT_FALSE(read_model(bad).ok()) << bad;
}

TEST(Linkage, TwinsAreNotOnePersonByThemselves) {
  Made made = make({.rows = 2000, .noise = 0.3});
  made.lists[0].add({"Paul", "Zverkov", "20030405", "M", "37000", "Tours", "", ""});
  made.lists[1].add({"Agathe", "Zverkov", "20030405", "F", "37000", "Tours", "", ""});
  const auto linked = link(made.inputs(), {}, sequential());
  ASSERT_TRUE(linked.ok());
  for (const Link& one : linked->links)
    if (one.pair.a == 2000 && one.pair.b == 4001) {
      EXPECT_NE(one.band, Band::match);
    }
}

TEST(Linkage, NothingToCompareIsRefused) {
  EXPECT_EQ(link({}, {}, sequential()).error().rule, "missing");
  TextList empty({Field::surname});
  EXPECT_EQ(link({empty.input()}, {}, sequential()).error().rule, "empty");
  TextList names({Field::surname});
  names.add({"MARTIN"});
  TextList dates({Field::date_of_birth});
  dates.add({"20050131"});
  EXPECT_EQ(link({names.input(), dates.input()}, {}, sequential()).error().rule, "no_column");
  // One row, nothing but missing values: no pair, no fault.
  TextList unknown({Field::surname, Field::given_name});
  for (int i = 0; i < 50; ++i) unknown.add({"INCONNU", "SNC"});
  const auto linked = link({unknown.input()}, {}, sequential());
  ASSERT_TRUE(linked.ok());
  EXPECT_TRUE(linked->links.empty());
}

TEST(Linkage, ARowIsKnownByACertainPartnerAndUncertainByAnother) {
  Unseen row;
  double unseen = 1;
  take_partner(row, unseen, 0.25F, false);
  EXPECT_EQ(row.band, Known::uncertain);
  EXPECT_EQ(unseen, 0.75);
  take_partner(row, unseen, 1, true);
  EXPECT_EQ(row.band, Known::known);
  EXPECT_EQ(unseen, 0);
  take_partner(row, unseen, 0.5F, false);
  EXPECT_EQ(row.band, Known::known) << "a doubtful one takes nothing back";
  EXPECT_EQ(row.best, 1);
}

TEST(Linkage, UnseenCountsHoldTheTruthWithinTheirInterval) {
  const Made made = make({.rows = 5000, .seed = 8});
  LinkOptions options;
  options.first_against_rest = true;
  const auto linked = link(made.inputs(), options, sequential());
  ASSERT_TRUE(linked.ok());
  const auto rows = unseen_rows(*linked);
  ASSERT_EQ(rows.size(), 5000U);
  const auto counts = count_unseen(*linked, rows, std::vector<std::uint32_t>(5000), {"all"});
  ASSERT_EQ(counts.size(), 2U);
  EXPECT_EQ(counts[1].rows, 5000);
  EXPECT_EQ(counts[1].known + counts[1].uncertain + counts[1].unseen, 5000);
  std::vector<std::uint32_t> others(made.person.begin() + 5000, made.person.end());
  std::sort(others.begin(), others.end());
  double truly = 0;
  for (std::size_t i = 0; i < 5000; ++i)
    truly += !std::binary_search(others.begin(), others.end(), made.person[i]);
  EXPECT_NEAR(counts[1].likely / truly, 1, 0.03);
}

}  // namespace
}  // namespace filrouge::linkage
