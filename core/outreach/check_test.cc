#include "core/outreach/check.h"

#include <gtest/gtest.h>

#include "core/base/limits.h"
#include "core/testing.h"

namespace filrouge {
namespace {

using testing::draft_of;
using testing::id_of;

const SubjectId kRound = id_of(1);
const SubjectId kTeam = id_of(50);

// "ok", or the field and the rule that refused it.
template <class Body>
std::string verdict(const SubjectId& subject, std::string_view kind, const Body& body) {
  const Status status = check(draft_of(1, subject, kind, body));
  return status.ok() ? "ok" : status.error().field + " " + status.error().rule;
}

Encounter encounter(std::int32_t count) {
  Encounter body;
  body.count = count;
  body.team = kTeam;
  return body;
}

TEST(CheckOutreach, AnEncounterIsANumberBetween1And500) {
  EXPECT_EQ(verdict(kTeam, "encounter", encounter(1)), "ok");
  EXPECT_EQ(verdict(kTeam, "encounter", encounter(500)), "ok");
  EXPECT_EQ(verdict(kTeam, "encounter", encounter(0)), "body.count range");
  EXPECT_EQ(verdict(kTeam, "encounter", encounter(501)), "body.count range");
  EXPECT_EQ(verdict(kTeam, "encounter", encounter(-3)), "body.count range");
}

TEST(CheckOutreach, AnEncounterIsAboutItsRoundOrItsTeam) {
  EXPECT_EQ(verdict(kRound, "encounter", encounter(1)), "body.team mismatch");
  Encounter body = encounter(1);
  body.round = kRound;
  EXPECT_EQ(verdict(kRound, "encounter", body), "ok");
  EXPECT_EQ(verdict(kTeam, "encounter", body), "body.round mismatch");
}

TEST(CheckOutreach, NothingButTheBoldFieldsIsMandatory) {
  Draft draft = draft_of(1, kTeam, "encounter", encounter(2));
  draft.body = testing::object(R"({"count":2,"team":")" + kTeam.hex() + R"("})");
  EXPECT_TRUE(check(draft).ok());
  draft = draft_of(1, id_of(9), "contact", Contact{});
  draft.body = testing::object(R"({"team":")" + kTeam.hex() + R"(","mode":"street"})");
  EXPECT_TRUE(check(draft).ok());
}

TEST(CheckOutreach, WatchSessionsLastAtMostHalfADay) {
  const auto minutes = [](std::int32_t n) {
    return verdict(kTeam, "watch_session",
                   WatchSession{kTeam, {}, SocialNetwork::snapchat, n, 0, 0});
  };
  EXPECT_EQ(minutes(0), "ok");
  EXPECT_EQ(minutes(720), "ok");
  EXPECT_EQ(minutes(721), "body.minutes range");
  EXPECT_EQ(minutes(-1), "body.minutes range");
  EXPECT_EQ(
      verdict(kTeam, "watch_session", WatchSession{kTeam, {}, SocialNetwork::snapchat, 5, -1, 0}),
      "body.replies range");
  EXPECT_EQ(verdict(id_of(51), "watch_session",
                    WatchSession{kTeam, {}, SocialNetwork::snapchat, 5, 0, 0}),
            "body.team mismatch");
}

TEST(CheckOutreach, ANoteHasAtMost140Characters) {
  Contact body;
  body.team = kTeam;
  const auto note = [&](std::string text) {
    body.note = std::move(text);
    return verdict(id_of(9), "contact", body);
  };
  std::string accents;
  for (int i = 0; i < 140; ++i) accents += "é";
  EXPECT_EQ(note(accents), "ok");
  EXPECT_EQ(note(accents + "é"), "body.note too_long");
  EXPECT_EQ(note("a\u202Eb"), "body.note control");
  EXPECT_EQ(note(""), "ok");
}

TEST(CheckOutreach, ARoundHasAKindOfTheDataFile) {
  RoundStarted body{"walk", kTeam, {}, {}, 0, {}};
  EXPECT_EQ(verdict(kRound, "round_started", body), "ok");
  body.round_kind = "parade";
  EXPECT_EQ(verdict(kRound, "round_started", body), "body.round_kind choice");
  body.round_kind = "walk";
  body.volunteers = -1;
  EXPECT_EQ(verdict(kRound, "round_started", body), "body.volunteers range");
  body.volunteers = 0;
  body.stops.resize(limits::list_items_max + 1);
  EXPECT_EQ(verdict(kRound, "round_started", body), "body.stops too_many");
}

TEST(CheckOutreach, TheEndOfARoundIsBounded) {
  EXPECT_EQ(verdict(kRound, "round_ended", RoundEnded{0, {}, {}, {}}), "ok");
  EXPECT_EQ(verdict(kRound, "round_ended", RoundEnded{-1, {}, {}, {}}), "body.refusals range");
  EXPECT_EQ(verdict(kRound, "round_ended", RoundEnded{0, {}, 1'001, {}}), "body.kilometres range");
  EXPECT_EQ(verdict(kRound, "round_ended", RoundEnded{0, {}, {}, std::string(501, 'a')}),
            "body.observation too_long");
}

TEST(CheckOutreach, AVisitIsOfThePlaceOrOfOnePerson) {
  Visit body{id_of(80), kTeam, {}, VisitReason::rest, 3, false};
  EXPECT_EQ(verdict(id_of(80), "visit", body), "ok");
  EXPECT_EQ(verdict(id_of(9), "visit", body), "body.place mismatch");
  body.named = true;
  EXPECT_EQ(verdict(id_of(9), "visit", body), "body.count range");
  body.count = 1;
  EXPECT_EQ(verdict(id_of(9), "visit", body), "ok");
}

TEST(CheckOutreach, UndoneAndConfirmedNameAnotherEntryOfAKnownCollection) {
  EXPECT_EQ(verdict(kRound, "undone", Undone{id_of<EntryId>(2), "round"}), "ok");
  EXPECT_EQ(verdict(kRound, "undone", Undone{id_of<EntryId>(1), "round"}), "body.entry mismatch");
  EXPECT_EQ(verdict(kRound, "undone", Undone{id_of<EntryId>(2), "device"}),
            "body.collection choice");
  EXPECT_EQ(verdict(kRound, "confirmed", Confirmed{id_of<EntryId>(1), "person"}),
            "body.entry mismatch");
}

TEST(CheckOutreach, ADayReportIsBounded) {
  EXPECT_EQ(verdict(kTeam, "day_report", DayReport{kTeam, {20'778}, "Deux rondes.\nCalme."}), "ok");
  EXPECT_EQ(verdict(kTeam, "day_report", DayReport{kTeam, {20'778}, std::string(4'001, 'a')}),
            "body.text too_long");
}

TEST(CheckOutreach, NoEntryOfTheStreetCanHoldAHandle) {
  // R22: whatever a watch session is given beyond its fields is not read by anybody.
  Draft draft = draft_of(1, kTeam, "watch_session",
                         WatchSession{kTeam, {}, SocialNetwork::instagram, 30, 2, 1});
  for (const auto& key : draft.body.keys())
    for (const std::string_view banned : {"handle", "profile", "name", "pseudo", "account"})
      EXPECT_EQ(key.find(banned), std::string::npos) << key;
}

TEST(DecideOutreach, ATeamThatDoesNotExistCountsNothing) {
  const Draft draft = draft_of(1, kTeam, "encounter", encounter(1));
  State team = empty_state(Collection::team);
  EXPECT_EQ(decide(draft, team).error().rule, "unknown_team");
  fold(team, draft_of(2, kTeam, "team_set", TeamSet{id_of(40), "Équipe", {}, true}));
  EXPECT_TRUE(decide(draft, team).ok());
}

Surroundings around() {
  Surroundings s;
  s.organisation = id_of(40);
  s.located = {"37261", std::string(kOutsideDistricts)};
  s.person = id_of<Pseudonym>(7);
  return s;
}

TEST(FactsOutreach, AnEncounterIsOneRowWithItsNumber) {
  Encounter body = encounter(4);
  body.sex = Sex::woman;
  body.age_band = AgeBand::from_18_to_20;
  body.project = id_of(60);
  const FactChange change = facts_of(draft_of(1, kTeam, "encounter", body), TeamState{}, around());
  ASSERT_EQ(change.put.size(), 1u);
  const Fact& fact = change.put[0];
  EXPECT_EQ(fact.kind, FactKind::encounter);
  EXPECT_EQ(fact.number, 4);
  EXPECT_EQ(fact.sex, Sex::woman);
  EXPECT_EQ(fact.age_band, AgeBand::from_18_to_20);
  EXPECT_EQ(fact.project, id_of(60));
  EXPECT_EQ(fact.district, kOutsideDistricts);
  EXPECT_FALSE(fact.person.has_value()) << "a tally never names anybody";
  EXPECT_TRUE(change.persons.empty());
}

TEST(FactsOutreach, AWatchCountsFromTenMinutes) {
  const auto counts = [](std::int32_t minutes) {
    const Draft draft = draft_of(1, kTeam, "watch_session",
                                 WatchSession{kTeam, {}, SocialNetwork::tiktok, minutes, 3, 2});
    const Fact fact = facts_of(draft, TeamState{}, around()).put.at(0);
    EXPECT_EQ(fact.minutes, minutes);
    EXPECT_EQ(fact.replies, 3);
    EXPECT_EQ(fact.conversations, 2);
    EXPECT_EQ(fact.detail, "tiktok");
    return fact.counts;
  };
  EXPECT_FALSE(counts(9));
  EXPECT_TRUE(counts(10));
}

TEST(FactsOutreach, AVisitSaysInsideOrOutside) {
  Surroundings site = around();
  site.own_site = true;
  const Draft draft =
      draft_of(1, id_of(80), "visit", Visit{id_of(80), kTeam, {}, VisitReason::rest, 3, false});
  const Fact inside = facts_of(draft, PlaceState{}, site).put.at(0);
  EXPECT_FALSE(inside.outside);
  EXPECT_EQ(inside.number, 3);
  EXPECT_EQ(inside.detail, "rest");
  EXPECT_FALSE(inside.person.has_value());
  EXPECT_TRUE(facts_of(draft, PlaceState{}, around()).put.at(0).outside);
  EXPECT_EQ(place_of(draft, PlaceState{}), id_of(80));
}

TEST(FactsOutreach, ANightNoteBelongsToTheDayBefore) {
  Draft draft = draft_of(1, kTeam, "encounter", encounter(1));
  draft.occurred = LocalStamp::at({testing::kNoon + 14 * 3'600'000}, 60);  // 03:00 on the 22nd
  EXPECT_EQ(draft.occurred.date.text(), "2026-11-22");
  EXPECT_EQ(facts_of(draft, TeamState{}, around()).put.at(0).day.text(), "2026-11-21");
}

TEST(FactsOutreach, RetainedFactsComeBackAsTheyAre) {
  Fact fact;
  fact.entry = id_of<EntryId>(5);
  fact.number = 9;
  PersonFact person;
  person.person = id_of<Pseudonym>(8);
  person.erased = true;
  const Draft draft = draft_of(1, id_of(99), "facts_retained",
                               FactsRetained{RetainedBecause::erased, {fact}, {person}});
  ASSERT_TRUE(check(draft).ok());
  const FactChange change = facts_of(draft, FactsRetained{}, around());
  EXPECT_EQ(json::encode(change.put), json::encode(std::vector<Fact>{fact}));
  EXPECT_EQ(json::encode(change.persons), json::encode(std::vector<PersonFact>{person}));
}

}  // namespace
}  // namespace filrouge
