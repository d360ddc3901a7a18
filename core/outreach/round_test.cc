#include "core/outreach/round.h"

#include <algorithm>

#include <gtest/gtest.h>

#include "core/base/limits.h"
#include "core/outreach/round_kinds.h"
#include "core/testing.h"

namespace filrouge {
namespace {

using testing::draft_of;
using testing::id_of;

const SubjectId kRound = id_of(1);
const SubjectId kTeam = id_of(50);

Draft start_at(std::int64_t minutes, std::uint64_t id = 1) {
  return draft_of(id, kRound, "round_started",
                  RoundStarted{"walk", kTeam, id_of(60), {id_of(900)}, 2, {id_of(80), id_of(81)}},
                  minutes);
}

Draft end_at(std::int64_t minutes, std::uint64_t id = 2) {
  return draft_of(id, kRound, "round_ended", RoundEnded{3, Ambience::calm, 4, "Peu de monde."},
                  minutes);
}

Draft encounter_at(std::int64_t minutes, std::uint64_t id, std::int32_t count = 1) {
  Encounter body;
  body.count = count;
  body.team = kTeam;
  body.round = kRound;
  return draft_of(id, kRound, "encounter", body, minutes);
}

RoundState fold_all(const std::vector<Draft>& drafts) {
  State state = refold(Collection::round, drafts);
  return std::get<RoundState>(state);
}

Surroundings around() {
  Surroundings s;
  s.organisation = id_of(40);
  s.located = {"37261", "QN03701"};
  return s;
}

TEST(Round, IsOpenUntilItsEndArrivesAndCountsOnce) {
  State state = empty_state(Collection::round);
  fold(state, start_at(0));
  EXPECT_TRUE(facts_of(start_at(0), state, around()).put.empty());
  fold(state, end_at(150));
  const FactChange change = facts_of(end_at(150), state, around());
  ASSERT_EQ(change.put.size(), 1u);
  const Fact& fact = change.put[0];
  EXPECT_EQ(fact.entry, id_of<EntryId>(1));
  EXPECT_EQ(fact.kind, FactKind::round);
  EXPECT_EQ(fact.day.text(), "2026-11-21");
  EXPECT_EQ(fact.minutes, 150);
  EXPECT_EQ(fact.refusals, 3);
  EXPECT_EQ(fact.detail, "walk");
  EXPECT_TRUE(fact.counts);
  EXPECT_EQ(fact.commune, "37261");
  EXPECT_EQ(fact.team, kTeam);
  EXPECT_EQ(fact.project, id_of(60));
}

TEST(Round, WhoseEndArrivesBeforeItsStartCountsWhenBothAreThere) {
  State state = empty_state(Collection::round);
  EXPECT_TRUE(decide(end_at(150), state).ok());
  fold(state, end_at(150));
  EXPECT_TRUE(facts_of(end_at(150), state, around()).put.empty());
  EXPECT_TRUE(decide(start_at(0), state).ok());
  fold(state, start_at(0));
  EXPECT_EQ(facts_of(start_at(0), state, around()).put.size(), 1u);
}

TEST(Round, OverMidnightAndNewYearBelongsToTheDayItStarts) {
  Draft start = start_at(0);
  start.occurred = LocalStamp::at(Instant{1'798'754'400'000}, 60);  // 31 December 2026, 23:00
  Draft end = end_at(0);
  end.occurred = LocalStamp::at(Instant{1'798'765'200'000}, 60);  // 1 January 2027, 02:00
  ASSERT_EQ(start.occurred.date.text(), "2026-12-31");
  ASSERT_EQ(end.occurred.date.text(), "2027-01-01");
  State state = refold(Collection::round, {start, end});
  const FactChange change = facts_of(end, state, around());
  ASSERT_EQ(change.put.size(), 1u);
  EXPECT_EQ(change.put[0].day.text(), "2026-12-31");
  EXPECT_EQ(change.put[0].minutes, 180);
}

TEST(Round, OfAPhoneWithAWrongClockHasNoNegativeAndNoEndlessMinutes) {
  const auto minutes = [](std::int64_t start, std::int64_t end) {
    State state = refold(Collection::round, {start_at(start), end_at(end)});
    return facts_of(end_at(end), state, around()).put.at(0).minutes;
  };
  EXPECT_EQ(minutes(0, -60), 0);
  EXPECT_EQ(minutes(0, 10 * 365 * 1440), limits::round_minutes_max);
}

TEST(Round, EndedTwiceKeepsTheEarliestEnd) {
  const RoundState state = fold_all({start_at(0), end_at(200, 3), end_at(90, 2)});
  EXPECT_EQ(state.ended_entry, id_of<EntryId>(2));
}

TEST(Round, StartedTwiceIsRefused) {
  State state = refold(Collection::round, {start_at(0)});
  EXPECT_EQ(decide(start_at(5, 9), state).error().rule, "already_started");
  EXPECT_TRUE(decide(start_at(0), state).ok());
}

TEST(Round, WalksItsStopsAndAddsNewOnes) {
  const RoundState state =
      fold_all({start_at(0), draft_of(3, kRound, "round_moved", RoundMoved{id_of(83)}, 40),
                draft_of(4, kRound, "round_moved", RoundMoved{id_of(81)}, 20)});
  EXPECT_EQ(state.stops, (std::vector<SubjectId>{id_of(80), id_of(81), id_of(83)}));
  EXPECT_EQ(state.at, id_of(83));
}

TEST(Round, EncounterWithoutAPlaceCountsWhereTheRoundStood) {
  State state =
      refold(Collection::round,
             {start_at(0), draft_of(3, kRound, "round_moved", RoundMoved{id_of(83)}, 40)});
  EXPECT_EQ(place_of(encounter_at(10, 7), state), id_of(80));
  EXPECT_EQ(place_of(encounter_at(45, 7), state), id_of(83));
  EXPECT_EQ(place_of(start_at(0), state), id_of(80));
  Draft own = encounter_at(45, 7);
  own.body.set("place", json::Value(id_of(99).hex()));
  EXPECT_EQ(place_of(own, state), id_of(99));
}

TEST(Round, UndoneEncounterLeavesTheCountAndTheFacts) {
  const Draft taken = encounter_at(10, 7, 4);
  const Draft undone = draft_of(8, kRound, "undone", Undone{taken.id, "round"}, 11);
  const std::vector<Draft> drafts{start_at(0), taken, encounter_at(12, 9, 2), undone};
  ASSERT_TRUE(check(undone).ok());
  EXPECT_TRUE(refold_needed("undone", Collection::round));
  State state = refold(Collection::round, drafts);
  EXPECT_EQ(std::get<RoundState>(state).encounter_count, 2);
  EXPECT_EQ(facts_of(undone, state, around()).remove.at(0), taken.id);
  EXPECT_TRUE(facts_of(taken, state, around()).put.empty()) << "it arrived after its undoing";
}

TEST(Round, UndoneEndTakesTheRoundOutOfTheFigures) {
  const Draft undone = draft_of(8, kRound, "undone", Undone{id_of<EntryId>(2), "round"}, 160);
  State state = refold(Collection::round, {start_at(0), end_at(150), undone});
  const FactChange change = facts_of(undone, state, around());
  EXPECT_TRUE(change.put.empty());
  EXPECT_NE(std::find(change.remove.begin(), change.remove.end(), id_of<EntryId>(1)),
            change.remove.end());
}

TEST(RoundKinds, SayWhatCountsInI01) {
  EXPECT_EQ(round_kinds().size(), 10u);
  for (const RoundKind& kind : round_kinds()) {
    EXPECT_EQ(kind.counts_in_i01, kind.group != RoundGroup::other) << kind.code;
    EXPECT_FALSE(kind.fr.empty());
    EXPECT_FALSE(kind.en.empty());
  }
  ASSERT_NE(find_round_kind("maraude"), nullptr);
  EXPECT_EQ(find_round_kind("watch"), nullptr) << "a watch session is no round";
}

TEST(Round, OfAKindThatDoesNotCountIsAFactThatDoesNotCount) {
  Draft start = start_at(0);
  start.body.set("round_kind", json::Value("family_meeting"));
  State state = refold(Collection::round, {start, end_at(30)});
  EXPECT_FALSE(facts_of(end_at(30), state, around()).put.at(0).counts);
}

}  // namespace
}  // namespace filrouge
