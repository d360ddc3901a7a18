// The young person's own page as a state: cards, tries, questions and words, in any order.
#include "core/people/own_page.h"

#include <algorithm>

#include <gtest/gtest.h>

#include "core/testing.h"

namespace filrouge {
namespace {

using testing::draft_of;
using testing::id_of;

std::string hash(char digit) { return std::string(64, digit); }

Draft card(std::uint64_t id, char digit, std::int64_t minutes) {
  return draft_of(id, id_of(1), "card_issued", CardIssued{hash(digit), hash('0')}, minutes);
}
Draft failed(std::uint64_t id, std::uint64_t of_card, std::int64_t minutes = 0) {
  return draft_of(id, id_of(1), "card_failed", CardFailed{id_of<EntryId>(of_card)}, minutes);
}
Draft answered(std::uint64_t id, std::int64_t minutes) {
  return draft_of(id, id_of(1), "trust_answered",
                  TrustAnswered{"confiance-1", {{"mission_locale", 7}}, false}, minutes);
}
std::string rule(const Status& status) { return status.ok() ? "" : status.error().rule; }

TEST(OwnPage, FiveWrongCodesCloseACardAndANewOneOpensAgain) {
  OwnPage page;
  fold_own_page(page, card(1, 'a', 0));
  for (std::uint64_t i = 0; i < 5; ++i) {
    ASSERT_NE(open_card_of(page), nullptr) << i;
    EXPECT_TRUE(decide_own_page(page, failed(10 + i, 1)).ok());
    fold_own_page(page, failed(10 + i, 1));
  }
  EXPECT_EQ(open_card_of(page), nullptr);
  EXPECT_EQ(rule(decide_own_page(page, failed(20, 1))), "card_closed");
  fold_own_page(page, card(2, 'b', 5));
  ASSERT_NE(open_card_of(page), nullptr);
  EXPECT_EQ(open_card_of(page)->token, hash('b'));
  EXPECT_EQ(card_tries(page), 0U);
  EXPECT_EQ(rule(decide_own_page(page, failed(21, 1))), "stale") << "of a card that is over";
}

TEST(OwnPage, AnyOrderOfArrivalRepeatedGivesTheSamePage) {
  std::vector<Draft> drafts{card(1, 'a', 0),          failed(3, 1, 1), failed(4, 2, 8),
                            card(2, 'b', 6),          failed(5, 2, 9), answered(6, 30),
                            answered(7, 90 * 24 * 60)};
  drafts.push_back(draft_of(8, id_of(1), "odd_said", OddSaid{"quelqu'un de  ma famille"}, 12));
  drafts.push_back(draft_of(9, id_of(1), "odd_said", OddSaid{}, 11));
  OwnPage expected;
  for (const Draft& draft : drafts) fold_own_page(expected, draft);
  const std::string text = json::encode(expected);
  EXPECT_EQ(expected.odd.size(), 2U);
  EXPECT_EQ(card_tries(expected), 2U);
  testing::Numbers numbers(7);
  for (int round = 0; round < 200; ++round) {
    for (std::size_t i = drafts.size(); i > 1; --i)
      std::swap(drafts[i - 1], drafts[numbers.below(i)]);
    OwnPage page;
    for (const Draft& draft : drafts) fold_own_page(page, draft);
    fold_own_page(page, drafts[numbers.below(drafts.size())]);
    ASSERT_EQ(json::encode(page), text);
  }
}

TEST(OwnPage, ACodeIsSixDigitsThatNobodyTriesFirst) {
  const auto born = CivilDate::of(2008, 3, 14).value();
  EXPECT_TRUE(check_card_code("280467", born).ok());
  for (const char* code : {"", "12345", "1234567", "12345a", "١٢٣٤٥٦"})
    EXPECT_EQ(rule(check_card_code(code, born)), "code") << code;
  for (const char* code :
       {"000000", "123456", "654321", "481481", "474747", "140308", "032008", "200803", "080314"})
    EXPECT_EQ(rule(check_card_code(code, born)), "common") << code;
  EXPECT_TRUE(check_card_code("140308", std::nullopt).ok());
}

TEST(OwnPage, TheQuestionsComeAtEntryTwoAndSixMonthsAndAfterAnExitAndAreNeverChased) {
  const auto entry = CivilDate::of(2026, 1, 10).value();
  OwnPage page;
  const auto due = [&](std::int32_t days, std::vector<CivilDate> exits = {}) {
    return trust_due(page, entry, exits, entry.plus_days(days));
  };
  EXPECT_FALSE(trust_due(page, std::nullopt, {}, entry));
  EXPECT_TRUE(due(0));
  page.trust_days = {{entry, id_of<EntryId>(1)}};  // answered, or refused: the same
  EXPECT_FALSE(due(60));
  EXPECT_TRUE(due(61));
  page.trust_days.push_back({entry.plus_days(70), id_of<EntryId>(2)});
  EXPECT_FALSE(due(182));
  EXPECT_TRUE(due(183));
  EXPECT_TRUE(due(100, {entry.plus_days(90)})) << "an exit since";
  page.trust_days.push_back({entry.plus_days(190), id_of<EntryId>(3)});
  EXPECT_FALSE(due(2'000));
}

TEST(OwnPage, AnAnswerIsOneOfTheInstrumentOrAWordThatSheWouldRatherNot) {
  const auto check = [](TrustAnswered body) {
    return rule(check_trust_answered(draft_of(1, id_of(1), "trust_answered", body)));
  };
  EXPECT_EQ(check({"confiance-1", {{"mission_locale", 0}, {"know_where", 10}}, false}), "");
  EXPECT_EQ(check({"confiance-1", {}, true}), "");
  EXPECT_EQ(check({"confiance-2", {}, true}), "choice");
  EXPECT_EQ(check({"confiance-1", {}, false}), "missing");
  EXPECT_EQ(check({"confiance-1", {{"mission_locale", 3}}, true}), "mismatch");
  EXPECT_EQ(check({"confiance-1", {{"mission_locale", 11}}, false}), "range");
  EXPECT_EQ(check({"confiance-1", {{"weather", 3}}, false}), "choice");
  EXPECT_EQ(check({"confiance-1", {{"school", 3}, {"school", 4}}, false}), "repeated");
}

TEST(OwnPage, AWorkerSeesThatThereIsACardAndNothingThatOpensIt) {
  OwnPage page;
  fold_own_page(page, card(1, 'a', 0));
  fold_own_page(page, failed(2, 1));
  fold_own_page(page, draft_of(3, id_of(1), "odd_said", OddSaid{"bizarre"}));
  fold_own_page(page, answered(4, 0));
  const OwnPage shown = without_her_words(page);
  ASSERT_TRUE(shown.card);
  EXPECT_EQ(card_tries(shown), 1U);
  const std::string text = json::encode(shown);
  for (const char* secret : {"aaaa", "0000000000000000000000000000000000000000", "bizarre"})
    EXPECT_EQ(text.find(secret), std::string::npos) << secret;
  EXPECT_TRUE(shown.trust_days.empty());
}

}  // namespace
}  // namespace filrouge
