// Who reads which person, what it leaves in the ledger, and the day of a team.
#include "server/app/node_testing.h"

namespace filrouge {
namespace {

struct Readers : testing::Test {
  TestNode node;
  SubjectId organisation = node.organisation("Prévention");
  SubjectId team = node.team(organisation);
  SubjectId worker = node.worker(team);
  Caller phone = node.phone(worker);

  SubjectId add_person(const std::string& alias, SubjectId author) {
    const auto id = node.random->id<SubjectId>();
    PersonCreated body;
    body.alias = alias;
    body.team = team;
    EXPECT_EQ(node.send(phone, node.draft("person_created", id, author, body)).receipt,
              Receipt::accepted);
    return id;
  }
  Draft add_contact(SubjectId person, SubjectId author, std::optional<SubjectId> round = {}) {
    Contact body;
    body.team = team;
    body.round = round;
    body.note = "passe demain";
    body.next_step = NextStep::meet_again;
    const Draft draft = node.draft("contact", person, author, body);
    EXPECT_EQ(node.send(phone, draft).receipt, Receipt::accepted);
    return draft;
  }
  SubjectId start_round(SubjectId author) {
    const auto id = node.random->id<SubjectId>();
    RoundStarted body;
    body.round_kind = "maraude";
    body.team = team;
    EXPECT_EQ(node.send(phone, node.draft("round_started", id, author, body)).receipt,
              Receipt::accepted);
    return id;
  }
  void end_round(SubjectId round, SubjectId author) {
    EXPECT_EQ(node.send(phone, node.draft("round_ended", round, author, RoundEnded{})).receipt,
              Receipt::accepted);
  }
  std::size_t ledger_rows(SubjectId person) {
    return value(node.store->ledger(person, std::nullopt, 100)).size();
  }
  Caller as(Role role) { return node.caller(node.account(role, organisation, {team})); }
};

TEST_F(Readers, TheOwnTeamFindsHerByTheBeginningOfAName) {
  const SubjectId person = add_person("Éléonore-Zoë", worker);
  add_person("Karim", worker);
  const Caller reader = node.caller(worker);
  for (const char* query : {"éléonore", "ele", "zoe", "ELEON zo"}) {
    const auto list = value(list_people(node.app(), reader, {team, query, {}}));
    ASSERT_EQ(list.total, 1) << query;
    EXPECT_EQ(list.rows[0].id, person);
  }
  EXPECT_EQ(value(list_people(node.app(), reader, {team, "leonore", {}})).total, 0);
  EXPECT_EQ(value(list_people(node.app(), reader, {team, {}, {}})).total, 2);
}

TEST_F(Readers, ListsComeByFiftyWithTheLastContactFirst) {
  SubjectId last;
  for (int i = 0; i < 53; ++i) last = add_person("P" + std::to_string(i), worker);
  node.clock.add_days(1);
  add_contact(last, worker);
  const Caller reader = node.caller(worker);
  const auto first = value(list_people(node.app(), reader, {team, {}, {}}));
  EXPECT_EQ(first.total, 53);
  EXPECT_EQ(first.rows.size(), 50U);
  EXPECT_EQ(first.rows[0].id, last);
  EXPECT_EQ(value(list_people(node.app(), reader, {team, {}, 2})).rows.size(), 3U);
  EXPECT_EQ(value(list_people(node.app(), reader, {team, {}, 3})).rows.size(), 0U);
}

TEST_F(Readers, EveryAnswerThatNamesHerLeavesARow) {
  const SubjectId person = add_person("Nadia", worker);
  const Draft met = add_contact(person, worker);
  const Caller reader = node.caller(worker);
  std::size_t rows = ledger_rows(person);
  const auto expect_row = [&](const char* what) { EXPECT_EQ(ledger_rows(person), ++rows) << what; };
  value(list_people(node.app(), reader, {team, {}, {}}));
  expect_row("list");
  value(person_card(node.app(), reader, {person}));
  expect_row("card");
  value(person_history(node.app(), reader, {person, {}}));
  expect_row("history");
  value(today(node.app(), reader, {team, met.occurred.field_day()}));
  expect_row("today");
  value(person_ledger(node.app(), reader, {person}));
  expect_row("ledger");
  api::FigureQuery query;
  query.indicator = Indicator::I16;
  query.period = "2026";
  query.team = team;
  value(figure_entries(node.app(), reader, query));
  expect_row("figure_entries");
  value(figure(node.app(), reader, query));
  value(day_report(node.app(), reader, {team, met.occurred.field_day()}));
  EXPECT_EQ(ledger_rows(person), rows) << "a figure names nobody";
}

TEST_F(Readers, OtherTeamsAndRolesReadNoPerson) {
  const SubjectId person = add_person("Sofiane", worker);
  add_contact(person, worker);
  const SubjectId other = node.worker(node.team(organisation, "Autre"));
  EXPECT_EQ(rule_of(person_card(node.app(), node.caller(other), {person})), "not_found");
  const auto nobody = node.random->id<SubjectId>();
  EXPECT_EQ(rule_of(person_card(node.app(), node.caller(other), {nobody})), "not_found");
  for (const Role role : {Role::administrator, Role::funder, Role::evaluator, Role::dpo,
                          Role::coordinator, Role::volunteer, Role::trainee}) {
    const Caller caller = as(role);
    EXPECT_FALSE(person_card(node.app(), caller, {person}).ok()) << json::enum_text(role);
    EXPECT_FALSE(list_people(node.app(), caller, {team, {}, {}}).ok()) << json::enum_text(role);
  }
  EXPECT_TRUE(person_card(node.app(), as(Role::reception_agent), {person}).ok());
}

TEST_F(Readers, ACoordinatorSeesTheDayWithoutANameOrANote) {
  const SubjectId person = add_person("Nadia", worker);
  const Draft met = add_contact(person, worker);
  const auto day =
      value(today(node.app(), as(Role::coordinator), {team, met.occurred.field_day()}));
  ASSERT_EQ(day.rows.size(), 1U);
  EXPECT_FALSE(day.rows[0].person.has_value());
  EXPECT_TRUE(day.rows[0].subject.is_nil());
  EXPECT_EQ(day.rows[0].body.find("note"), nullptr);
  EXPECT_TRUE(day.to_do.empty());
  const auto own = value(today(node.app(), node.caller(worker), {team, met.occurred.field_day()}));
  EXPECT_EQ(own.rows.at(0).person, "Nadia");
  EXPECT_TRUE(own.rows.at(0).own);
  ASSERT_EQ(own.to_do.size(), 1U);
  EXPECT_EQ(own.to_do[0].shown, "Nadia");
}

TEST_F(Readers, WhatIsToDoStaysInSightForAMonthTheLatestFirst) {
  const CivilDate day = node.stamp().field_day();
  const auto promised = [&](const std::string& name, std::int32_t days) {
    Contact body;
    body.team = team;
    body.next_step = NextStep::meet_again;
    body.next_on = day.plus_days(days);
    const SubjectId person = add_person(name, worker);
    EXPECT_EQ(node.send(phone, node.draft("contact", person, worker, body)).receipt,
              Receipt::accepted);
  };
  promised("Old", -31);
  promised("Month", -30);
  promised("Now", 0);
  promised("Later", 1);
  const auto seen = value(today(node.app(), node.caller(worker), {team, day})).to_do;
  ASSERT_EQ(seen.size(), 2U);
  EXPECT_EQ(seen[0].shown, "Now");
  EXPECT_EQ(seen[1].shown, "Month");
}

TEST_F(Readers, AVolunteerReadsTheirOwnEntriesUntilTheRoundEnds) {
  const SubjectId volunteer = node.account(Role::volunteer, organisation, {team});
  const SubjectId round = start_round(worker);
  const SubjectId own = add_person("Own", volunteer);
  const SubjectId foreign = add_person("Foreign", worker);
  add_contact(own, volunteer, round);
  const Caller reader = node.caller(volunteer);
  EXPECT_TRUE(person_card(node.app(), reader, {own}).ok());
  EXPECT_FALSE(person_card(node.app(), reader, {foreign}).ok());
  EXPECT_EQ(value(today(node.app(), reader, {team, node.stamp().field_day()})).rows.at(0).person,
            "Own");
  end_round(round, worker);
  EXPECT_FALSE(person_card(node.app(), reader, {own}).ok());
}

TEST_F(Readers, CardsOutsideTheOwnTeamsListAreCountedAndStop) {
  start_round(worker);
  std::vector<SubjectId> people;
  // A volunteer who was taken out of the team keeps, while the round lasts, what they noted.
  const SubjectId member = node.account(Role::volunteer, organisation, {team});
  for (std::int64_t i = 0; i <= limits::opened_records_a_day_max; ++i)
    people.push_back(add_person("P" + std::to_string(i), member));
  value(set_account_teams(node.app(), as(Role::administrator), {member, {}}));
  const Caller reader = node.caller(member);
  for (std::int64_t i = 0; i < limits::opened_records_a_day_max; ++i)
    ASSERT_TRUE(person_card(node.app(), reader, {people[static_cast<std::size_t>(i)]}).ok());
  EXPECT_EQ(rule_of(person_card(node.app(), reader, {people.back()})), "records_a_day");
  // Somebody is told, once, and without a name of anybody who was read.
  const auto told = value(organisation_ledger(node.app(), as(Role::dpo), {}));
  EXPECT_EQ(std::count_if(told.rows.begin(), told.rows.end(),
                          [](const api::LedgerItem& row) {
                            return row.purpose == "stopped" && row.subjects == 0;
                          }),
            1);
  // The own team's list is not counted.
  const Caller worker_reader = node.caller(worker);
  for (const SubjectId& person : people)
    ASSERT_TRUE(person_card(node.app(), worker_reader, {person}).ok());
  node.clock.add_minutes(24 * 60 + 1);
  EXPECT_TRUE(person_card(node.app(), reader, {people.back()}).ok());
}

TEST_F(Readers, TheDayRunsFromFiveToFiveAndShowsWhatWasTakenBack) {
  const CivilDate day = node.stamp().field_day();
  Encounter body;
  body.team = team;
  const SubjectId round = start_round(worker);
  body.round = round;
  const Draft met = node.draft("encounter", round, worker, body);
  node.send(phone, met);
  const Draft back = node.draft("encounter", round, worker, body);
  node.send(phone, back);
  node.send(phone, node.draft("undone", round, worker, Undone{back.id, "round"}));
  const auto shown = value(today(node.app(), node.caller(worker), {team, day}));
  ASSERT_EQ(shown.rounds.size(), 1U);
  EXPECT_EQ(shown.rounds[0].state.encounter_count, 1);
  ASSERT_EQ(shown.rows.size(), 2U);
  for (const api::DayRow& row : shown.rows) EXPECT_EQ(row.undone, row.entry == back.id);
  EXPECT_TRUE(value(today(node.app(), node.caller(worker), {team, day.plus_days(1)})).rows.empty());
}

TEST_F(Readers, TheReportOfTheDayIsCountedFromTheEntries) {
  const SubjectId place = node.place(organisation, "Gare", "37261");
  const SubjectId round = start_round(worker);
  Encounter body;
  body.team = team;
  body.round = round;
  body.place = place;
  body.count = 4;
  body.sex = Sex::woman;
  body.services = {ImmediateService::listening};
  node.send(phone, node.draft("encounter", round, worker, body));
  const SubjectId person = add_person("Inès", worker);
  add_contact(person, worker);
  add_contact(person, worker);
  const CivilDate day = node.stamp().field_day();
  node.send(phone, node.draft("day_report", team, worker, DayReport{team, day, "premier"}));
  node.clock.add_minutes(5);
  node.send(phone, node.draft("day_report", team, worker, DayReport{team, day, "corrigé"}));
  const auto report = value(day_report(node.app(), node.caller(worker), {team, day}));
  EXPECT_EQ(report.encounters, 4);
  EXPECT_EQ(report.contacts, 2);
  EXPECT_EQ(report.persons, 1);
  EXPECT_EQ(report.new_persons, 1);
  EXPECT_EQ(report.text, "corrigé");
  ASSERT_EQ(report.services.size(), 1U);
  EXPECT_EQ(report.services[0].number, 4);
  ASSERT_EQ(report.places.size(), 1U);
  EXPECT_EQ(report.places[0].key, "Gare");
  EXPECT_EQ(report.rounds.size(), 1U);
  EXPECT_EQ(json::encode(report).find("Inès"), std::string::npos);
}

TEST_F(Readers, WithoutItsRowInTheLedgerNoNameLeaves) {
  const SubjectId person = add_person("Nadia", worker);
  add_contact(person, worker);
  const CivilDate day = node.stamp().field_day();
  node.restart_read_only();
  Caller reader;
  reader.actor = node.actor(worker);
  EXPECT_FALSE(person_card(node.app(), reader, {person}).ok());
  EXPECT_FALSE(person_history(node.app(), reader, {person, {}}).ok());
  EXPECT_FALSE(list_people(node.app(), reader, {team, {}, {}}).ok());
  EXPECT_FALSE(today(node.app(), reader, {team, day}).ok());
  EXPECT_TRUE(day_report(node.app(), reader, {team, day}).ok());  // names nobody
  EXPECT_TRUE(node.verify().findings.empty());                    // reads beside a server
}

}  // namespace
}  // namespace filrouge
