#include "core/base/text.h"
#include "core/outreach/round_kinds.h"
#include "server/app/intake.h"
#include "server/app/node_testing.h"
#include "server/app/sealing.h"
#include "server/app/write.h"

namespace filrouge {
namespace {

std::string round_kind() { return round_kinds().front().code; }

struct Street : testing::Test {
  TestNode node;
  SubjectId organisation = node.organisation("Prévention Tours");
  SubjectId team = node.team(organisation);
  SubjectId worker = node.worker(team);
  Caller phone = node.phone(worker);

  Encounter encounter(std::int32_t count = 1) const {
    Encounter body;
    body.count = count;
    body.team = team;
    return body;
  }
  Draft new_person(const std::string& alias) {
    PersonCreated body;
    body.alias = alias;
    body.team = team;
    return node.draft("person_created", node.random->id<SubjectId>(), worker, body);
  }
  Contact contact() const {
    Contact body;
    body.team = team;
    return body;
  }
  Draft undo(const Draft& target, std::string_view collection, SubjectId author) {
    return node.draft("undone", target.subject, author, Undone{target.id, std::string(collection)});
  }
  QuarantineRow waiting(EntryId id) {
    auto row = value(node.store->quarantined(id));
    EXPECT_TRUE(row.has_value());
    return row.value_or(QuarantineRow{});
  }
  void expect_waits(const SyncResult& result, std::string_view why) {
    EXPECT_EQ(result.receipt, Receipt::quarantined);
    EXPECT_EQ(result.reason.value_or(""), why);
    EXPECT_EQ(waiting(result.id).reason, why);
  }
};

TEST_F(Street, AnEncounterIsCountedAndTheFolderStaysClean) {
  const auto result = node.send(phone, node.draft("encounter", team, worker, encounter(3)));
  EXPECT_EQ(result.receipt, Receipt::accepted);
  EXPECT_GT(result.recv_seq, 0);
  const auto facts = node.facts(FactKind::encounter);
  ASSERT_EQ(facts.size(), 1U);
  EXPECT_EQ(facts[0].number, 3);
  EXPECT_EQ(facts[0].organisation, organisation);
  EXPECT_TRUE(node.verify().findings.empty());
}

TEST_F(Street, TheSameEntryTwiceCountsOnceInOneBatchOrTwo) {
  const Draft draft = node.draft("encounter", team, worker, encounter());
  const auto both = node.send_all(phone, {draft, draft});
  EXPECT_EQ(both[0].receipt, Receipt::accepted);
  EXPECT_EQ(both[1].receipt, Receipt::duplicate);
  EXPECT_EQ(both[1].recv_seq, both[0].recv_seq);
  const auto again = node.send(phone, draft);
  EXPECT_EQ(again.receipt, Receipt::duplicate);
  EXPECT_EQ(again.recv_seq, both[0].recv_seq);
  EXPECT_EQ(node.facts().size(), 1U);
}

TEST_F(Street, UnknownFieldsOfANewerPhoneAreKept) {
  Draft draft = node.draft("encounter", team, worker, encounter());
  draft.body.set("weather", json::Value("rain"));
  EXPECT_EQ(node.send(phone, draft).receipt, Receipt::accepted);
  const auto stored = value(node.store->entries({draft.id}));
  ASSERT_EQ(stored.size(), 1U);
  const Draft opened = value(open_entry(node.app(), stored[0].entry));
  ASSERT_NE(opened.body.find("weather"), nullptr);
  EXPECT_EQ(opened.body.find("weather")->text(), "rain");
}

TEST_F(Street, ARoundOverMidnightAndNewYearBelongsToTheDayItStarts) {
  const auto start = *CivilDate::parse("2026-12-31");
  const Instant at_23_00{(std::int64_t{start.days} * 24 + 22) * 3'600'000};
  node.clock.set(at_23_00);
  const auto round = node.random->id<SubjectId>();
  RoundStarted body;
  body.round_kind = round_kind();
  body.team = team;
  const Draft started = node.draft("round_started", round, worker, body);
  node.clock.add_minutes(150);
  const Draft ended = node.draft("round_ended", round, worker, RoundEnded{4, {}, {}, {}});
  EXPECT_EQ(ended.occurred.date, *CivilDate::parse("2027-01-01"));
  for (const auto& result : node.send_all(phone, {started, ended}))
    EXPECT_EQ(result.receipt, Receipt::accepted);
  const auto rounds = node.facts(FactKind::round);
  ASSERT_EQ(rounds.size(), 1U);
  EXPECT_EQ(rounds[0].day, start);
  EXPECT_EQ(rounds[0].minutes, 150);
  EXPECT_EQ(rounds[0].refusals, 4);
}

TEST_F(Street, OnReunionTheDayIsThatOfItsOwnWall) {
  // 23:30 UTC on the 20th is 03:30 on the 21st there, and still the evening of the 20th at work.
  const CivilDate day = *CivilDate::parse("2026-11-20");
  node.clock.set({(std::int64_t{day.days} * 24 * 60 + 23 * 60 + 30) * 60'000});
  Draft draft = node.draft("encounter", team, worker, encounter());
  draft.occurred = LocalStamp::at(node.clock.now(), 240);
  EXPECT_EQ(draft.occurred.date, day.plus_days(1));
  EXPECT_EQ(node.send(phone, draft).receipt, Receipt::accepted);
  node.clock.add_minutes(120);
  draft = node.draft("encounter", team, worker, encounter());
  draft.occurred = LocalStamp::at(node.clock.now(), 240);
  EXPECT_EQ(node.send(phone, draft).receipt, Receipt::accepted);
  std::vector<std::string> days;
  for (const Fact& fact : node.facts(FactKind::encounter)) days.push_back(fact.day.text());
  std::sort(days.begin(), days.end());
  EXPECT_EQ(days, (std::vector<std::string>{"2026-11-20", "2026-11-21"}));
}

TEST_F(Street, TheHourThatComesTwiceKeepsBothNotes) {
  // 25 October 2026, 02:30 in Paris, before and after the clocks go back.
  const CivilDate day = *CivilDate::parse("2026-10-25");
  const Instant first{(std::int64_t{day.days} * 24 * 60 + 30) * 60'000};
  node.clock.set({first.ms + 3'600'000});
  std::vector<Draft> drafts;
  for (const std::int32_t offset : {120, 60}) {
    drafts.push_back(node.draft("encounter", team, worker, encounter()));
    drafts.back().occurred = LocalStamp::at({first.ms + (120 - offset) * 60'000LL}, offset);
    EXPECT_EQ(drafts.back().occurred.minute, 150);
  }
  for (const auto& result : node.send_all(phone, drafts))
    EXPECT_EQ(result.receipt, Receipt::accepted);
  ASSERT_EQ(node.facts().size(), 2U);
  EXPECT_EQ(node.facts()[0].day, day.plus_days(-1));
  EXPECT_EQ(node.facts()[1].day, day.plus_days(-1));
}

TEST_F(Street, AnEntryUndoneBeforeItArrivesIsNeverCounted) {
  const Draft person = new_person("Casquette");
  const Draft met = node.draft("contact", person.subject, worker, contact());
  const Draft street = node.draft("encounter", team, worker, encounter());
  EXPECT_EQ(node.send(phone, person).receipt, Receipt::accepted);
  EXPECT_EQ(node.send(phone, undo(met, "person", worker)).receipt, Receipt::accepted);
  EXPECT_EQ(node.send(phone, undo(street, "team", worker)).receipt, Receipt::accepted);
  EXPECT_EQ(node.send(phone, met).receipt, Receipt::accepted);
  EXPECT_EQ(node.send(phone, street).receipt, Receipt::accepted);
  EXPECT_TRUE(node.facts().empty());
  EXPECT_TRUE(node.verify().findings.empty());
}

TEST_F(Street, UndoTakesTheEntryOutOfStateAndFacts) {
  const Draft person = new_person("Rouge");
  const Draft met = node.draft("contact", person.subject, worker, contact());
  node.send_all(phone, {person, met});
  ASSERT_EQ(node.facts(FactKind::contact).size(), 1U);
  EXPECT_EQ(node.send(phone, undo(met, "person", worker)).receipt, Receipt::accepted);
  EXPECT_TRUE(node.facts(FactKind::contact).empty());
  const auto state = value(find_state<PersonState>(node.app(), person.subject));
  EXPECT_EQ(state->contact_count, 0);
  EXPECT_TRUE(node.verify().findings.empty());
}

TEST_F(Street, OnlyItsAuthorUndoesAnEntry) {
  const Draft draft = node.draft("encounter", team, worker, encounter());
  node.send(phone, draft);
  const SubjectId other = node.worker(team);
  expect_waits(node.send(node.phone(other), undo(draft, "team", other)), reason::not_allowed);
  EXPECT_EQ(node.facts().size(), 1U);
}

TEST_F(Street, NotedOnALockedPhoneIsConfirmedByItsAuthorAlone) {
  const Draft person = new_person("Vélo");
  Draft met = node.draft("contact", person.subject, worker, contact());
  met.locked = true;
  node.send_all(phone, {person, met});
  const Confirmed body{met.id, "person"};
  const SubjectId other = node.worker(team);
  expect_waits(node.send(phone, node.draft("confirmed", person.subject, other, body)),
               reason::not_allowed);
  auto state = value(find_state<PersonState>(node.app(), person.subject));
  EXPECT_TRUE(state->recent.at(0).locked);
  EXPECT_EQ(node.send(phone, node.draft("confirmed", person.subject, worker, body)).receipt,
            Receipt::accepted);
  state = value(find_state<PersonState>(node.app(), person.subject));
  EXPECT_FALSE(state->recent.at(0).locked);
}

TEST_F(Street, MovingTheRoundMovesTheEncountersNotedThere) {
  const SubjectId here = node.place(organisation, "Gare", "37261");
  const SubjectId there = node.place(organisation, "Place", "37122");
  const auto round = node.random->id<SubjectId>();
  RoundStarted body;
  body.round_kind = round_kind();
  body.team = team;
  body.stops = {here};
  const Draft started = node.draft("round_started", round, worker, body);
  node.clock.add_minutes(20);
  const Draft moved = node.draft("round_moved", round, worker, RoundMoved{there});
  node.clock.add_minutes(20);
  Encounter met = encounter();
  met.round = round;
  const Draft noted = node.draft("encounter", round, worker, met);
  node.send(phone, started);
  node.send(phone, noted);
  EXPECT_EQ(node.facts(FactKind::encounter).at(0).commune, "37261");
  node.send(phone, moved);  // late: it was noted before the encounter
  EXPECT_EQ(node.facts(FactKind::encounter).at(0).commune, "37122");
  node.send(phone, undo(moved, "round", worker));
  EXPECT_EQ(node.facts(FactKind::encounter).at(0).commune, "37261");
  EXPECT_TRUE(node.verify().findings.empty());
}

// ---- what waits in the quarantine, and why

TEST_F(Street, ARevokedAccountWaits) {
  const Draft draft = node.draft("encounter", team, worker, encounter());
  node.revoke(worker);
  expect_waits(node.send(phone, draft), reason::account_revoked);
  EXPECT_TRUE(node.facts().empty());
}

TEST_F(Street, AfterTheConventionAnEntryWaitsAndOneOfBeforeDoesNot) {
  const Draft in_time = node.draft("encounter", team, worker, encounter());
  node.clock.add_days(366);
  const Draft after = node.draft("encounter", team, worker, encounter());
  expect_waits(node.send(phone, after), reason::convention_over);
  const auto late = node.send(phone, in_time);
  EXPECT_EQ(late.receipt, Receipt::accepted);
  EXPECT_EQ(late.reason.value_or(""), "late");
}

TEST_F(Street, FromALostPhoneWaits) {
  value(declare_lost(node.app(), node.caller(worker), {*phone.device}));
  const Draft draft = node.draft("encounter", team, worker, encounter());
  expect_waits(node.send(phone, draft), reason::device_lost);
  EXPECT_EQ(node.send(phone, draft).reason.value_or(""), reason::device_lost);
}

TEST_F(Street, AnUnknownKindAndANewerVersionWait) {
  Draft draft = node.draft("encounter", team, worker, encounter());
  draft.kind = "teleported";
  expect_waits(node.send(phone, draft), reason::unknown_kind);
  Draft newer = node.draft("encounter", team, worker, encounter());
  newer.version = 9;
  expect_waits(node.send(phone, newer), reason::newer_version);
  EXPECT_EQ(waiting(newer.id).kind, "encounter");
}

TEST_F(Street, AWrongFieldWaits) {
  expect_waits(node.send(phone, node.draft("encounter", team, worker, encounter(0))),
               reason::invalid);
}

TEST_F(Street, SettingsDoNotComeThroughAPhone) {
  const Draft draft = node.draft("team_set", team, worker, TeamSet{organisation, "Autre"});
  expect_waits(node.send(phone, draft), reason::not_allowed);
}

TEST_F(Street, AnotherTeamsPersonOrRoundIsNotWritten) {
  const SubjectId other_team = node.team(organisation, "Autre équipe");
  const SubjectId stranger = node.worker(other_team);
  const Draft person = new_person("Bleu");
  node.send(phone, person);
  Contact body;
  body.team = other_team;
  expect_waits(
      node.send(node.phone(stranger), node.draft("contact", person.subject, stranger, body)),
      reason::not_allowed);
  // Not even by naming the person's own team.
  expect_waits(
      node.send(node.phone(stranger), node.draft("contact", person.subject, stranger, contact())),
      reason::not_allowed);
}

TEST_F(Street, APersonKnownByAContactAloneIsOfItsTeamAlready) {
  const SubjectId stranger = node.worker(node.team(organisation, "Autre équipe"));
  const Draft person = new_person("Vert");  // on its way
  PersonDescribed described;
  described.recognise = "veste verte";
  EXPECT_EQ(node.send(phone, node.draft("contact", person.subject, worker, contact())).receipt,
            Receipt::accepted);
  expect_waits(node.send(node.phone(stranger),
                         node.draft("person_described", person.subject, stranger, described)),
               reason::not_allowed);
  EXPECT_EQ(node.send(phone, person).receipt, Receipt::accepted);
  EXPECT_TRUE(node.verify().findings.empty());
}

TEST_F(Street, AnUnknownAuthorWaits) {
  const auto nobody = node.random->id<SubjectId>();
  expect_waits(node.send(phone, node.draft("encounter", team, nobody, encounter())),
               reason::unknown_author);
}

TEST_F(Street, AColleagueMaySendFromASharedPhone) {
  const SubjectId colleague = node.worker(team);
  const Draft draft = node.draft("encounter", team, colleague, encounter());
  EXPECT_EQ(node.send(phone, draft).receipt, Receipt::accepted);
}

TEST_F(Street, AClockTenYearsOffWaitsInBothDirections) {
  const Instant now = node.clock.now();
  for (const int years : {-10, 10}) {
    node.clock.set(now);
    node.clock.add_days(years * 365);
    const Draft draft = node.draft("encounter", team, worker, encounter());
    node.clock.set(now);
    expect_waits(node.send(phone, draft), reason::clock);
  }
}

TEST_F(Street, ALogicalClockAheadIsTakenBackAndDoesNotWinForever) {
  Draft person = new_person("Premier");
  PersonDescribed first;
  first.age_band = AgeBand::from_18_to_20;
  Draft ahead = node.draft("person_described", person.subject, worker, first);
  ahead.hlc.ms += 10LL * 365 * 24 * 3'600'000;
  node.send_all(phone, {person, ahead});
  node.clock.add_minutes(60);
  PersonDescribed second;
  second.age_band = AgeBand::from_21_to_25;
  node.send(phone, node.draft("person_described", person.subject, worker, second));
  const auto state = value(find_state<PersonState>(node.app(), person.subject));
  EXPECT_EQ(state->age_band.value, AgeBand::from_21_to_25);
  EXPECT_TRUE(node.verify().findings.empty());
}

TEST_F(Street, ALateEntryIsAcceptedAndSaysSo) {
  const Draft draft = node.draft("encounter", team, worker, encounter());
  node.clock.add_days(61);
  const auto result = node.send(phone, draft);
  EXPECT_EQ(result.receipt, Receipt::accepted);
  EXPECT_EQ(result.reason.value_or(""), "late");
}

TEST_F(Street, BytesThatDoNotOpenKeepNothing) {
  api::SyncRequest request;
  request.entries.push_back({node.random->id<EntryId>(), 1, "%%%"});
  request.entries.push_back({node.random->id<EntryId>(), 2, base64("not a box at all")});
  const std::string box = node.crypto->seal_box(node.keys->secrets().box.public_key, "{\"id\":");
  request.entries.push_back({node.random->id<EntryId>(), 3, base64(box)});
  const auto answer = value(receive(node.app(), phone, request));
  for (const SyncResult& result : answer.results) expect_waits(result, reason::unreadable);
  EXPECT_TRUE(waiting(request.entries[0].id).sealed.empty());
  EXPECT_TRUE(waiting(request.entries[1].id).sealed.empty());
  EXPECT_FALSE(waiting(request.entries[2].id).sealed.empty());
}

TEST_F(Street, AnIdThatIsNotTheOneInsideWaits) {
  api::SealedDraft sealed = node.seal(node.draft("encounter", team, worker, encounter()));
  sealed.id = node.random->id<EntryId>();
  const auto answer = value(receive(node.app(), phone, {{sealed}, {}}));
  expect_waits(answer.results.at(0), reason::invalid);
}

TEST_F(Street, OneBadEntryDoesNotHoldTheOthersBack) {
  const auto results = node.send_all(phone, {node.draft("encounter", team, worker, encounter(2)),
                                             node.draft("encounter", team, worker, encounter(0)),
                                             node.draft("encounter", team, worker, encounter(5))});
  EXPECT_EQ(results[0].receipt, Receipt::accepted);
  EXPECT_EQ(results[1].receipt, Receipt::quarantined);
  EXPECT_EQ(results[2].receipt, Receipt::accepted);
  EXPECT_EQ(results[2].recv_seq, results[0].recv_seq + 1);
}

TEST_F(Street, ASecondCreationOfAPersonIsRefused) {
  const Draft person = new_person("Un");
  Draft again = new_person("Deux");
  again.subject = person.subject;
  node.send(phone, person);
  expect_waits(node.send(phone, again), reason::refused);
}

TEST_F(Street, AVanishedPhoneDatabaseIsSaid) {
  api::SyncRequest request;
  request.database_vanished = true;
  value(receive(node.app(), phone, request));
  const auto rows = value(node.store->ledger(phone.device, std::nullopt, 10));
  ASSERT_EQ(rows.size(), 1U);
  EXPECT_EQ(rows[0].purpose, "database_vanished");
}

TEST_F(Street, TooMuchAtOnceIsRefusedWhole) {
  api::SyncRequest request;
  for (int i = 0; i < 201; ++i) request.entries.push_back({node.random->id<EntryId>(), i, ""});
  EXPECT_EQ(rule_of(receive(node.app(), phone, request)), "too_many");
  request.entries.resize(40);
  for (auto& entry : request.entries) entry.sealed = std::string(10'000, 'A');
  EXPECT_EQ(rule_of(receive(node.app(), phone, request)), "too_large");
}

TEST_F(Street, WithoutAnEnrolledPhoneNothingIsReceived) {
  EXPECT_EQ(rule_of(receive(node.app(), Caller{}, {})), "device");
  EXPECT_EQ(rule_of(caller_of_device(node.app(), "0000", "")), "unknown_device");
}

TEST_F(Street, AWorkerWritesInTheirOwnNameOnly) {
  const Draft draft = node.draft("encounter", team, node.worker(team), encounter());
  EXPECT_EQ(rule_of(write_draft(node.app(), node.actor(worker), draft)), "mismatch");
}

TEST_F(Street, ABatchWrittenHereIsAllOrNothing) {
  const std::vector<Draft> drafts{node.draft("encounter", team, worker, encounter()),
                                  node.draft("encounter", team, worker, encounter(9'999))};
  EXPECT_EQ(rule_of(write_drafts(node.app(), node.actor(worker), drafts)), "range");
  EXPECT_TRUE(node.facts().empty());
}

}  // namespace
}  // namespace filrouge
