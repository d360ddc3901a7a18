#include "server/jobs/jobs.h"

#include <chrono>

#include <gtest/gtest.h>

#include "server/app/node_testing.h"

namespace filrouge {
namespace {

TEST(Job, RunsWhenDueAndWaitsLongerAfterEachFailure) {
  int runs = 0;
  bool fails = true;
  Job job{"test",
          [&]() -> Status {
            ++runs;
            if (fails) return Error{Code::unavailable, "", "disk", ""};
            return Done{};
          },
          1'000, Instant{500}};
  EXPECT_TRUE(run_when_due(job, {499}).ok());
  EXPECT_EQ(runs, 0);
  EXPECT_FALSE(run_when_due(job, {500}).ok());
  const std::int64_t first = job.due.ms - 500;
  EXPECT_TRUE(run_when_due(job, {job.due.ms - 1}).ok());
  EXPECT_EQ(runs, 1);
  const Instant again = job.due;
  EXPECT_FALSE(run_when_due(job, again).ok());
  EXPECT_EQ(job.due.ms - again.ms, 2 * first);
  for (int i = 0; i < 40; ++i) EXPECT_FALSE(run_when_due(job, job.due).ok());
  fails = false;
  const Instant well = job.due;
  EXPECT_TRUE(run_when_due(job, well).ok());
  EXPECT_EQ(job.due.ms, well.ms + 1'000);
}

TEST(Job, OnceIsOnce) {
  int runs = 0;
  Job job{"test", [&]() -> Status { return ++runs, Done{}; }, 0, Instant{0}};
  run_when_due(job, {1}).ok();
  run_when_due(job, {INT64_MAX - 1}).ok();
  EXPECT_EQ(runs, 1);
}

struct AtNight : testing::Test {
  TestNode node;
  SubjectId organisation = node.organisation("Prévention");
  SubjectId team = node.team(organisation);
  SubjectId worker = node.worker(team);
  Caller phone = node.phone(worker);

  // Until it happens, or ten seconds.
  template <class Condition>
  bool happens(Condition&& condition) {
    for (int i = 0; i < 1'000; ++i) {
      if (condition()) return true;
      std::this_thread::sleep_for(std::chrono::milliseconds(10));
    }
    return false;
  }
};

TEST_F(AtNight, AnInterruptedErasureIsFinishedAtStart) {
  const auto person = node.random->id<SubjectId>();
  PersonCreated body;
  body.alias = "Casquette";
  body.team = team;
  ASSERT_EQ(node.send(phone, node.draft("person_created", person, worker, body)).receipt,
            Receipt::accepted);
  value(node.keys->destroy(person));
  node.restart();
  const Jobs jobs(node.app(), {.look_ms = 10});
  EXPECT_TRUE(happens([&] { return !value(node.store->state(person)).has_value(); }));
}

TEST_F(AtNight, ACorrectedPlaceMovesTheFiguresOfItsEntries) {
  const SubjectId place = node.place(organisation, "Gare", "37261");
  Encounter body;
  body.team = team;
  body.place = place;
  ASSERT_EQ(node.send(phone, node.draft("encounter", team, worker, body)).receipt,
            Receipt::accepted);
  ASSERT_EQ(node.facts(FactKind::encounter).at(0).commune, "37261");
  const Jobs jobs(node.app(), {.look_ms = 10});
  PlaceSet set;
  set.name = "Gare";
  set.commune = "37122";
  node.clock.add_minutes(1);
  ASSERT_EQ(node.send(phone, node.draft("place_set", place, worker, set)).receipt,
            Receipt::accepted);
  EXPECT_TRUE(happens([&] {
    node.clock.add_minutes(1);
    return node.facts(FactKind::encounter).at(0).commune == "37122";
  }));
  EXPECT_TRUE(node.verify().findings.empty());
}

TEST_F(AtNight, APlaceThatArrivesAfterItsEntriesLocatesThem) {
  const auto place = node.random->id<SubjectId>();
  Encounter body;
  body.team = team;
  body.place = place;
  node.send(phone, node.draft("encounter", team, worker, body));
  EXPECT_FALSE(node.facts(FactKind::encounter).at(0).commune.has_value());
  PlaceSet set;
  set.name = "Gare";
  set.commune = "37261";
  node.send(phone, node.draft("place_set", place, worker, set));
  EXPECT_TRUE(node.app().facts_stale->load());
  EXPECT_EQ(value(refresh_facts(node.app())), 1);
  EXPECT_EQ(node.facts(FactKind::encounter).at(0).commune, "37261");
  EXPECT_EQ(value(refresh_facts(node.app())), 0);
}

TEST_F(AtNight, WhatIsStaleIsKnownAfterARestart) {
  const auto place = node.random->id<SubjectId>();
  Encounter body;
  body.team = team;
  body.place = place;
  node.send(phone, node.draft("encounter", team, worker, body));
  EXPECT_EQ(value(refresh_facts(node.app())), 0);  // nobody has set the place yet
  node.restart();
  PlaceSet set;
  set.name = "Gare";
  set.commune = "37261";
  node.send(phone, node.draft("place_set", place, worker, set));
  node.restart();
  EXPECT_TRUE(node.app().facts_stale->load());
  EXPECT_EQ(value(refresh_facts(node.app())), 1);
  EXPECT_EQ(node.facts(FactKind::encounter).at(0).commune, "37261");
  set.commune = "37122";
  node.clock.add_minutes(1);
  node.send(phone, node.draft("place_set", place, worker, set));
  node.restart();
  EXPECT_EQ(value(refresh_facts(node.app())), 1);
  EXPECT_EQ(node.facts(FactKind::encounter).at(0).commune, "37122");
  EXPECT_TRUE(node.verify().findings.empty());
  EXPECT_EQ(value(refresh_facts(node.app())), 0);
}

TEST_F(AtNight, OldEncountersLetTheirDetailGo) {
  Encounter body;
  body.team = team;
  const Draft draft = node.draft("encounter", team, worker, body);
  node.send(phone, draft);
  node.clock.add_days(32);
  const Jobs jobs(node.app(), {.look_ms = 10, .first_retention_ms = 0});
  EXPECT_TRUE(happens([&] { return value(node.store->entries({draft.id})).empty(); }));
  EXPECT_TRUE(happens([&] { return node.facts(FactKind::encounter).size() == 1U; }));
}

TEST_F(AtNight, AComparisonEndsAfterItsLastDay) {
  const Caller boss = node.caller(node.account(Role::coordinator, organisation, {team}));
  const CivilDate today = utc_day(node.clock.now_const());
  const auto opened = value(open_comparison(
      node.app(), boss, {ComparisonPurpose::school_exits_meeting, std::nullopt, today}));
  Jobs jobs(node.app(), {.look_ms = 10, .comparisons_ms = 10});
  std::this_thread::sleep_for(std::chrono::milliseconds(100));
  EXPECT_TRUE(value(node.store->state(opened.id)).has_value()) << "its last day counts";
  node.clock.add_days(1);
  EXPECT_TRUE(happens([&] { return !value(node.store->state(opened.id)).has_value(); }));
}

TEST_F(AtNight, StoppingDoesNotWaitForTheNextTurn) {
  const auto start = std::chrono::steady_clock::now();
  {
    const Jobs jobs(node.app(), {.look_ms = 60'000});
  }
  EXPECT_LT(std::chrono::steady_clock::now() - start, std::chrono::seconds(10));
}

}  // namespace
}  // namespace filrouge
