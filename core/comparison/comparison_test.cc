// What people's words about a pair come to, whatever their order, and the bounds of what is
// written.
#include "core/comparison/comparison.h"

#include <algorithm>

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "core/base/limits.h"
#include "core/comparison/published_counts.h"
#include "core/journal/fold.h"
#include "core/linkage/field.h"
#include "core/testing.h"

namespace filrouge {
namespace {

using testing::draft_of;
using testing::id_of;
using testing::Numbers;

template <class Body>
Draft entry(std::uint64_t number, std::string_view kind, const Body& body) {
  return draft_of(number, id_of(1), kind, testing::object(json::encode(body)));
}

Draft word(std::uint64_t number, std::uint64_t author, PairVerdict verdict, bool hard = false,
           bool decides = false) {
  Draft draft =
      entry(number, "comparison_judged", ComparisonJudged{"1.12-2.5", verdict, hard, decides});
  draft.author = id_of(author);
  return draft;
}

PairStanding after(std::vector<Draft> drafts) {
  ComparisonState state;
  for (const Draft& draft : drafts) fold_comparison(state, draft);
  return standing_of(words_about(state, "1.12-2.5"));
}

using enum PairVerdict;

TEST(Comparison, OneWordSettlesAnEasyPairAndTwoAHardOne) {
  EXPECT_EQ(after({}), PairStanding::open);
  EXPECT_EQ(after({word(1, 900, same)}), PairStanding::same);
  EXPECT_EQ(after({word(1, 900, different)}), PairStanding::different);
  EXPECT_EQ(after({word(1, 900, same, true)}), PairStanding::second_opinion);
  EXPECT_EQ(after({word(1, 900, same, true), word(2, 901, same, true)}), PairStanding::same);
}

TEST(Comparison, WhoeverIsUnsureWaitsForAnother) {
  EXPECT_EQ(after({word(1, 900, unsure)}), PairStanding::second_opinion);
  EXPECT_EQ(after({word(1, 900, unsure), word(2, 901, different)}), PairStanding::different);
  EXPECT_EQ(after({word(1, 900, unsure), word(2, 900, same)}), PairStanding::same);
}

TEST(Comparison, ACoordinatorDecidesWhereTwoDisagree) {
  const std::vector<Draft> two{word(1, 900, same), word(2, 901, different)};
  EXPECT_EQ(after(two), PairStanding::second_opinion);
  ComparisonState state;
  for (const Draft& draft : two) fold_comparison(state, draft);
  EXPECT_TRUE(disagree(words_about(state, "1.12-2.5")));
  fold_comparison(state, word(3, 902, different, false, true));
  EXPECT_EQ(standing_of(words_about(state, "1.12-2.5")), PairStanding::different);
  EXPECT_FALSE(disagree(words_about(state, "1.12-2.5")));
  fold_comparison(state, word(4, 902, undo));
  EXPECT_EQ(standing_of(words_about(state, "1.12-2.5")), PairStanding::second_opinion);
}

TEST(Comparison, UndoTakesBackOnesOwnWordAndNoOther) {
  EXPECT_EQ(after({word(1, 900, same), word(2, 900, undo)}), PairStanding::open);
  EXPECT_EQ(after({word(1, 900, same), word(2, 901, undo)}), PairStanding::same);
}

RC_GTEST_PROP(Comparison, AnyOrderOfTheSameVerdictsGivesTheSameState, (std::uint64_t seed)) {
  Numbers n(seed);
  std::vector<Draft> drafts;
  for (std::uint64_t i = 1; i <= 12; ++i) {
    Draft draft =
        word(i, 900 + n.below(3), static_cast<PairVerdict>(n.below(4)), n.chance(2), n.chance(4));
    draft.hlc = {1'000 + static_cast<std::int64_t>(n.below(4)), 0};  // ties are settled by the id
    drafts.push_back(std::move(draft));
  }
  const auto text = [](const std::vector<Draft>& all) {
    ComparisonState state;
    for (const Draft& draft : all) fold_comparison(state, draft);
    return json::encode(state);
  };
  const std::string once = text(drafts);
  drafts.insert(drafts.end(), drafts.begin(), drafts.begin() + 5);
  for (std::size_t i = drafts.size() - 1; i > 0; --i) std::swap(drafts[i], drafts[n.below(i + 1)]);
  RC_ASSERT(text(drafts) == once);
}

TEST(Comparison, AListThatWasRemovedStaysRemoved) {
  ComparisonState state;
  const Draft added = entry(1, "comparison_list_added",
                            ComparisonListAdded{2, "École", ListRole::watched, 10, {}, {}, 0, {}});
  fold_comparison(state, entry(2, "comparison_list_removed", ComparisonListRemoved{2}));
  fold_comparison(state, added);
  EXPECT_TRUE(state.lists.empty());
  state.opened = ComparisonOpened{};
  EXPECT_EQ(decide_comparison(added, state).error().rule, "removed");
}

TEST(Comparison, AFullStateStaysReadable) {
  ComparisonState state;
  ComparisonListAdded list{1, std::string(120, 'n'), ListRole::watched, 10, 5, 0, 1, {}};
  for (std::size_t i = 0; i < limits::comparison_columns_max; ++i)
    list.columns.push_back({std::string(limits::label_characters_max, 'c'), ComparedField::text});
  for (std::int32_t number = 1; number <= 6; ++number) {
    list.number = number;
    fold_comparison(state,
                    entry(static_cast<std::uint64_t>(number), "comparison_list_added", list));
  }
  for (std::size_t i = 0; i < limits::comparison_verdicts_max; ++i)
    fold_comparison(state, entry(100 + i, "comparison_judged",
                                 ComparisonJudged{"1.99999-2." + std::to_string(10'000 + i),
                                                  PairVerdict::different, false, false}));
  const std::string text = encode_state(State(state));
  const auto again = decode_state(Collection::comparison, text);
  ASSERT_TRUE(again.ok()) << again.error().rule << " " << text.size();
  EXPECT_EQ(std::get<ComparisonState>(*again).words.size(), limits::comparison_verdicts_max);
}

TEST(Comparison, WhatItIsForAndUntilWhenMustBeSaid) {
  const auto opened = [](ComparisonOpened body) {
    return check(entry(1, "comparison_opened", body));
  };
  const CivilDate today = entry(1, "comparison_opened", ComparisonOpened{}).occurred.date;
  EXPECT_TRUE(opened({ComparisonPurpose::school_exits_meeting, {}, today.plus_days(90)}).ok());
  EXPECT_EQ(
      opened({ComparisonPurpose::school_exits_meeting, {}, today.plus_days(91)}).error().field,
      "body.until");
  EXPECT_EQ(
      opened({ComparisonPurpose::school_exits_meeting, {}, today.plus_days(-1)}).error().field,
      "body.until");
  EXPECT_EQ(opened({ComparisonPurpose::other, {}, today}).error().field, "body.words");
  EXPECT_EQ(opened({ComparisonPurpose::other, std::string(201, 'a'), today}).error().field,
            "body.words");
  EXPECT_TRUE(opened({ComparisonPurpose::other, "commission du 3", today}).ok());
}

TEST(Comparison, PairsAndRowsReadAsTheyAreWritten) {
  EXPECT_EQ(row_pair("1.12-2.5")->text(), "1.12-2.5");
  for (const char* wrong : {"", "1.12", "1.12-", "1.0-2.5", "01.2-2.5", "1.12-2.5x", "1.2-1.2",
                            "a.1-2.3", "1-2", "1.99999999999-2.1"})
    EXPECT_FALSE(row_pair(wrong)) << wrong;
}

TEST(PublishedCounts, MaskSmallOnesWithTheirInterval) {
  const auto counted = [](std::string place, std::int64_t unseen) {
    linkage::UnseenCount count;
    count.group = std::move(place);
    count.unseen = unseen;
    count.low = static_cast<double>(unseen) - 0.5;
    count.high = static_cast<double>(unseen) + 0.5;
    return count;
  };
  const auto published =
      published_counts({counted("Tours", 40), counted("", 30), counted("Joué", 2),
                        counted("Saint-Avertin", 20), counted("", 92)});
  ASSERT_EQ(published.size(), 5U);
  EXPECT_EQ(published[0].unseen, 40);
  EXPECT_EQ(published[0].at_least, 39);
  EXPECT_EQ(published[0].at_most, 41);
  EXPECT_FALSE(published[2].unseen);
  EXPECT_FALSE(published[2].at_most);
  // Another one is masked, or the whole is: nobody subtracts his way to two.
  const auto masked = std::count_if(published.begin(), published.end(),
                                    [](const PublishedCount& one) { return !one.unseen; });
  EXPECT_GE(masked, 2);
}

TEST(Comparison, FieldsAreThoseOfTheLinkage) {
  for (std::size_t i = 0; i < linkage::field_kinds; ++i)
    EXPECT_EQ(json::enum_text(static_cast<ComparedField>(i)),
              linkage::field_name(static_cast<linkage::Field>(i)));
}

}  // namespace
}  // namespace filrouge
