// A link to an organisation outside: five tries, five open days, one opening, one answer.
#include "core/relay/outside.h"

#include <algorithm>

#include <gtest/gtest.h>

#include "core/relay/relay.h"
#include "core/testing.h"

namespace filrouge {
namespace {

using testing::draft_of;
using testing::id_of;

std::string hash(char digit) { return std::string(64, digit); }
CivilDate today() { return testing::stamp().date; }
std::string rule(const Status& status) { return status.ok() ? "" : status.error().rule; }

Draft made(std::uint64_t id, char digit, std::int64_t minutes = 0, std::uint64_t relay = 7) {
  return draft_of(
      id, id_of(1), "outside_link",
      OutsideMade{id_of<EntryId>(relay), hash(digit), hash('0'), plus_open_days(today(), 5)},
      minutes);
}
Draft failed(std::uint64_t id, std::uint64_t link) {
  return draft_of(id, id_of(1), "outside_failed", OutsideFailed{id_of<EntryId>(link)});
}
Draft opened(std::uint64_t id, std::uint64_t link, std::int64_t minutes = 1) {
  return draft_of(id, id_of(1), "outside_opened", OutsideOpened{id_of<EntryId>(link), hash('c')},
                  minutes);
}
Draft answered(std::uint64_t id, std::uint64_t link) {
  return draft_of(id, id_of(1), "outside_answered", OutsideAnswered{id_of<EntryId>(link), true, {}},
                  2);
}

TEST(Outside, OpensOnceAndIsAnsweredOnce) {
  std::vector<OutsideState> links;
  fold_outside(links, made(1, 'a'));
  ASSERT_NE(live_outside(links, hash('a'), today()), nullptr);
  EXPECT_EQ(live_outside(links, hash('b'), today()), nullptr);
  EXPECT_EQ(open_answer(links, hash('c'), today()), nullptr) << "not opened yet";
  EXPECT_EQ(rule(decide_outside(links, answered(3, 1))), "link_over");
  ASSERT_TRUE(decide_outside(links, opened(2, 1)).ok());
  fold_outside(links, opened(2, 1));
  EXPECT_EQ(live_outside(links, hash('a'), today()), nullptr);
  EXPECT_EQ(rule(decide_outside(links, opened(4, 1))), "link_over");
  ASSERT_NE(open_answer(links, hash('c'), today()), nullptr);
  ASSERT_TRUE(decide_outside(links, answered(3, 1)).ok());
  fold_outside(links, answered(3, 1));
  EXPECT_EQ(open_answer(links, hash('c'), today()), nullptr);
  EXPECT_EQ(rule(decide_outside(links, answered(5, 1))), "link_over");
  EXPECT_TRUE(outside_tokens(links).empty());
  EXPECT_TRUE(outside_answers(links).empty());
}

TEST(Outside, EndsAfterFiveTriesFiveOpenDaysOrANewerLink) {
  std::vector<OutsideState> links;
  fold_outside(links, made(1, 'a'));
  const CivilDate last = plus_open_days(today(), kOutsideOpenDays);
  EXPECT_EQ(last, today().plus_days(6)) << "a Saturday: five open days end on the next Friday";
  EXPECT_NE(live_outside(links, hash('a'), last), nullptr);
  EXPECT_EQ(live_outside(links, hash('a'), last.plus_days(1)), nullptr);
  for (std::uint64_t i = 0; i < 4; ++i) fold_outside(links, failed(10 + i, 1));
  EXPECT_NE(live_outside(links, hash('a'), today()), nullptr);
  fold_outside(links, failed(14, 1));
  EXPECT_EQ(live_outside(links, hash('a'), today()), nullptr);
  EXPECT_EQ(rule(decide_outside(links, failed(15, 1))), "link_over");
  fold_outside(links, made(2, 'b', 5));
  EXPECT_NE(live_outside(links, hash('b'), today()), nullptr);
  fold_outside(links, made(3, 'd', 9));
  EXPECT_EQ(live_outside(links, hash('b'), today()), nullptr) << "another link took its place";
  fold_outside(links, made(4, 'e', 10, 8));
  EXPECT_NE(live_outside(links, hash('d'), today()), nullptr) << "that one is of another relay";
}

TEST(Outside, AnyOrderOfArrivalRepeatedGivesTheSame) {
  std::vector<Draft> drafts{made(1, 'a'), made(2, 'b', 5), failed(3, 1),  failed(4, 2),
                            opened(5, 2), opened(6, 2, 3), answered(7, 2)};
  std::vector<OutsideState> expected;
  for (const Draft& draft : drafts) fold_outside(expected, draft);
  testing::Numbers numbers(11);
  for (int round = 0; round < 200; ++round) {
    for (std::size_t i = drafts.size(); i > 1; --i)
      std::swap(drafts[i - 1], drafts[numbers.below(i)]);
    std::vector<OutsideState> links;
    for (const Draft& draft : drafts) fold_outside(links, draft);
    fold_outside(links, drafts[numbers.below(drafts.size())]);
    ASSERT_EQ(json::encode(links), json::encode(expected));
  }
}

TEST(Outside, NoHashIsShownToAWorker) {
  std::vector<OutsideState> links;
  fold_outside(links, made(1, 'a'));
  fold_outside(links, opened(2, 1));
  const std::string text = json::encode(without_hashes(links));
  for (const char digit : {'a', '0', 'c'})
    EXPECT_EQ(text.find(hash(digit)), std::string::npos) << digit;
}

TEST(Outside, SaysWhatIsMissing) {
  OutsideMade body{id_of<EntryId>(7), hash('a'), "short", today()};
  EXPECT_EQ(rule(check_outside(draft_of(1, id_of(1), "outside_link", body))), "hash");
  body.code = hash('0');
  EXPECT_TRUE(check_outside(draft_of(1, id_of(1), "outside_link", body)).ok());
  body.until = today().plus_days(-1);
  EXPECT_EQ(rule(check_outside(draft_of(1, id_of(1), "outside_link", body))), "past_day");
}

}  // namespace
}  // namespace filrouge
