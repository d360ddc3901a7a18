// The pathway: stages that go back without shame, barriers that come back, situations that hold.
#include "core/pathway/pathway.h"

#include <gtest/gtest.h>

#include "core/base/limits.h"
#include "core/journal/fold.h"
#include "core/pathway/referent.h"
#include "core/pathway/stage.h"
#include "core/testing.h"

namespace filrouge {
namespace {

using testing::draft_of;
using testing::id_of;

constexpr std::int64_t kDay = 24 * 60;
const SubjectId kPerson = id_of(1);
const SubjectId kStreet = id_of(40);
const SubjectId kMission = id_of(41);
const CivilDate kToday = testing::stamp().date;

class Story {
 public:
  explicit Story(bool created = true) {
    if (created) note("person_created", PersonCreated{"Momo", id_of(50), {}, {}, {}, {}}, -300);
  }
  // `day` counts from today.
  template <class Body>
  std::string note(std::string_view kind, const Body& body, std::int64_t day = 0) {
    ++count_;
    const Draft draft =
        draft_of(count_, kPerson, kind, body, day * kDay + static_cast<std::int64_t>(count_));
    for (const Status& status : {check(draft), decide(draft, state_)})
      if (!status.ok()) return status.error().rule;
    fold(state_, draft);
    return "ok";
  }
  EntryId last() const { return id_of<EntryId>(count_); }
  std::string meet(std::int64_t day) {
    Contact body;
    body.team = id_of(50);
    return note("contact", body, day);
  }
  std::string open(std::int64_t day) {
    return note("pathway_opened", PathwayOpened{kStreet, id_of(50), id_of(900), {}}, day);
  }
  const PersonState& person() const { return std::get<PersonState>(state_); }
  Stage stage(std::int64_t day = 0) const {
    return stage_of(person(), kToday.plus_days(static_cast<std::int32_t>(day))).stage;
  }
  SideState side(std::int64_t day = 0) const {
    return stage_of(person(), kToday.plus_days(static_cast<std::int32_t>(day))).side;
  }

 private:
  State state_ = empty_state(Collection::person);
  std::uint64_t count_ = 0;
};

StepSet step(StepStatus status, SubjectId owner = kStreet) {
  StepSet set;
  set.step = id_of<EntryId>(2'000);
  set.organisation = owner;
  set.what = "Refaire la carte de transport";
  set.status = status;
  set.person_agrees = status != StepStatus::proposed;
  return set;
}

ExitDeclared situation(ExitType type, std::int32_t days_ago) {
  ExitDeclared exit;
  exit.organisation = kStreet;
  exit.team = id_of(50);
  exit.type = type;
  exit.from = kToday.plus_days(-days_ago);
  return exit;
}

TEST(Stage, FollowsFromWhatHappens) {
  Story story;
  EXPECT_EQ(story.stage(), Stage::spotted);
  story.meet(-290);
  EXPECT_EQ(story.stage(), Stage::spotted);
  story.meet(-280);
  EXPECT_EQ(story.stage(), Stage::hooked);
  story.note("stage_marked", StageMarked{Stage::trusted, SaidBy::professional}, -200);
  EXPECT_EQ(story.stage(), Stage::trusted);
  EXPECT_TRUE(stage_of(story.person(), kToday).provisional);
  story.note("stage_marked", StageMarked{Stage::trusted, SaidBy::person}, -199);
  EXPECT_FALSE(stage_of(story.person(), kToday).provisional);
  Diagnosis point;
  point.lines = {{Barrier::mobility, BarrierLevel::blocking, SaidBy::person}};
  story.note("diagnosis", point, -150);
  EXPECT_EQ(story.stage(), Stage::trusted) << "she has not validated it";
  point.validated = true;
  story.note("diagnosis", point, -149);
  EXPECT_EQ(story.stage(), Stage::diagnosed);
  story.note("step_set", step(StepStatus::accepted), -100);
  EXPECT_EQ(story.stage(), Stage::co_built);
  story.note("step_set", step(StepStatus::running), -90);
  EXPECT_EQ(story.stage(), Stage::remobilising);
  story.note("exit", situation(ExitType::cdi, 30), -30);
  EXPECT_EQ(story.stage(), Stage::in_solution);
  story.note("stage_marked", StageMarked{Stage::hooked, SaidBy::professional}, -5);
  EXPECT_EQ(story.stage(), Stage::hooked) << "going back is normal";
}

TEST(Stage, APauseAndALostContactStandBeside) {
  Story story;
  story.meet(-100);
  story.note("pause_agreed", PauseAgreed{kToday.plus_days(10)});
  EXPECT_EQ(story.side(), SideState::paused);
  EXPECT_EQ(story.side(11), SideState::none) << "the day she comes back";
  EXPECT_EQ(story.note("contact_lost", ContactLost{kStreet}), "lost_rule");
  for (int i = 0; i < 3; ++i) story.note("attempt_made", AttemptMade{ContactMode::phone}, -10);
  EXPECT_EQ(story.note("contact_lost", ContactLost{kStreet}), "ok");
  EXPECT_EQ(story.side(), SideState::lost_contact);
  story.meet(2);
  EXPECT_EQ(story.side(3), SideState::none) << "she came back by herself";
  story.note("following_ended", FollowingEnded{EndedBecause::refused}, 3);
  EXPECT_EQ(story.side(3), SideState::refused);
}

TEST(Pathway, OpensOnceAndNamesItsReferent) {
  Story unmet(false);
  EXPECT_EQ(unmet.open(-1), "not_met");
  Story story;
  EXPECT_EQ(current_claim(story.person()), nullptr) << "before: a team, not a referent";
  EXPECT_EQ(story.open(-50), "ok");
  EXPECT_EQ(story.open(-49), "already_open");
  const EntryId claim = current_claim(story.person())->by.entry;
  ReferentNamed named{claim, kMission, id_of(51), id_of(901), false};
  EXPECT_EQ(story.note("referent_named", named), "not_your_turn") << "by a relay only";
  named.organisation = kStreet;
  EXPECT_EQ(story.note("referent_named", named), "ok");
  EXPECT_EQ(story.note("referent_named", named), "stale");
  EXPECT_EQ(current_claim(story.person())->referent, id_of(901));
  EXPECT_EQ(story.note("following_ended", FollowingEnded{EndedBecause::moved}, -60), "stale");
  EXPECT_EQ(story.note("following_ended", FollowingEnded{EndedBecause::moved}), "ok");
  EXPECT_EQ(current_claim(story.person()), nullptr);
  EXPECT_EQ(story.open(1), "ok");
}

TEST(Pathway, EachOrganisationChangesItsOwnSteps) {
  Story story;
  EXPECT_EQ(story.note("step_set", step(StepStatus::proposed)), "ok");
  EXPECT_EQ(story.note("step_set", step(StepStatus::done, kMission)), "not_owner");
  StepSet late = step(StepStatus::proposed);
  late.step = id_of<EntryId>(2'001);
  late.due = kToday.plus_days(-1);
  EXPECT_EQ(story.note("step_set", late), "past_day");
}

TEST(Pathway, AtMostThreeThingsFirstAndEachSaidOnce) {
  Story story;
  Diagnosis point;
  point.first = {Barrier::mobility, Barrier::housing, Barrier::language, Barrier::money};
  EXPECT_EQ(story.note("diagnosis", point), "too_many");
  point.first.pop_back();
  point.lines = {{Barrier::health, BarrierLevel::light, SaidBy::person},
                 {Barrier::health, BarrierLevel::none, SaidBy::person}};
  EXPECT_EQ(story.note("diagnosis", point), "repeated");
  point.lines[1].said_by = SaidBy::professional;
  EXPECT_EQ(story.note("diagnosis", point), "ok");
  ASSERT_EQ(story.person().pathway.barriers.size(), 1u);
  EXPECT_EQ(story.person().pathway.barriers[0].history.size(), 2u);
  BarrierChanged lifted{kStreet, Barrier::health, BarrierStatus::not_lifted, {}};
  EXPECT_EQ(story.note("barrier_changed", lifted), "missing");
}

TEST(Situation, HoldsOnlyAfterSixMonthsSeen) {
  Story story;
  EXPECT_EQ(story.note("exit", situation(ExitType::cdi, 400), -200), "before_entry");
  EXPECT_EQ(story.note("exit", situation(ExitType::cdi, 200), -200), "ok");
  const EntryId exit = story.last();
  EXPECT_FALSE(is_stable(story.person(), kToday)) << "nobody has looked";
  EXPECT_EQ(next_check(story.person().pathway.exits[0]), kToday.plus_days(-170));
  EXPECT_EQ(story.note("check_in", CheckIn{exit, Situation::holds, kToday.plus_days(-210), {}}),
            "before_start");
  EXPECT_EQ(story.note("check_in", CheckIn{exit, Situation::holds, kToday.plus_days(-10), {}}),
            "ok");
  EXPECT_TRUE(is_stable(story.person(), kToday));
  EXPECT_EQ(story.stage(), Stage::stabilised);
  EXPECT_EQ(story.note("check_in", CheckIn{exit, Situation::ended, kToday, {}}), "ok");
  EXPECT_FALSE(is_stable(story.person(), kToday)) << "undone when the spell ends";
  EXPECT_EQ(story.stage(), Stage::spotted);
  EXPECT_EQ(story.note("check_in", CheckIn{id_of<EntryId>(77), Situation::ended, kToday, {}}),
            "unknown_exit");
}

TEST(Situation, TwoSpellsWithAShortGapAreOne) {
  Story story;
  story.note("exit", situation(ExitType::cdd_6_months, 250), -250);
  const EntryId first = story.last();
  story.note("check_in", CheckIn{first, Situation::ended, kToday.plus_days(-130), {}});
  ExitDeclared second = situation(ExitType::cdi, 120);
  story.note("exit", second, -120);
  const EntryId next = story.last();
  EXPECT_FALSE(is_stable(story.person(), kToday));
  story.note("check_in", CheckIn{next, Situation::holds, kToday, {}});
  EXPECT_TRUE(is_stable(story.person(), kToday)) << "ten days between";
  EXPECT_FALSE(is_durable(ExitType::cdd_shorter));
}

TEST(Rupture, IsWhatIsLateAndNothingElse) {
  Story story;
  story.meet(-60);
  story.open(-59);
  ASSERT_EQ(ruptures_of(story.person(), kToday).size(), 1u);
  EXPECT_EQ(ruptures_of(story.person(), kToday)[0].kind, RuptureKind::no_contact);
  EXPECT_EQ(ruptures_of(story.person(), kToday)[0].since, kToday.plus_days(-59 + 46));
  EXPECT_TRUE(ruptures_of(story.person(), kToday.plus_days(-20)).empty());
  story.note("pause_agreed", PauseAgreed{kToday.plus_days(5)}, -1);
  EXPECT_TRUE(ruptures_of(story.person(), kToday).empty()) << "an agreed pause is none";
  const EntryId claim = current_claim(story.person())->by.entry;
  story.note("referent_named", ReferentNamed{claim, kStreet, id_of(50), id_of(902), true}, -20);
  ASSERT_EQ(ruptures_of(story.person(), kToday).size(), 1u);
  EXPECT_EQ(ruptures_of(story.person(), kToday)[0].kind, RuptureKind::interim_over);
}

TEST(Pathway, WhatHoldsTheThreadIsAnsweredNeverUndone) {
  Story story;
  story.open(-10);
  const EntryId opened = story.last();
  EXPECT_EQ(story.note("undone", Undone{opened, "person"}), "binding");
  story.meet(-9);
  EXPECT_EQ(story.note("undone", Undone{story.last(), "person"}), "ok");
}

TEST(Signal, IsNoCaseUntilSheIsMet) {
  Story story(false);
  SignalReceived signal;
  signal.team = id_of(50);
  signal.prescriber = Prescriber::landlord;
  signal.who = "le jeune du 3e";
  EXPECT_EQ(story.note("signal_received", signal, -3), "ok");
  EXPECT_FALSE(story.person().created_entry);
  EXPECT_EQ(story.note("person_created", PersonCreated{"Momo", id_of(50), {}, {}, {}, {}}), "ok");
  EXPECT_EQ(story.note("signal_received", signal), "already_met");
}

TEST(Street, NoNoteTouchesARestrictedBarrier) {
  Story story;
  Contact body;
  body.team = id_of(50);
  body.barriers = {Barrier::mobility, Barrier::legal};
  EXPECT_EQ(story.note("contact", body), "restricted");
}

}  // namespace
}  // namespace filrouge
