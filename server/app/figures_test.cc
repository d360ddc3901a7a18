// Figures against numbers counted by hand, their masking, their way back and their file.
#include "core/outreach/round_kinds.h"
#include "server/app/node_testing.h"

namespace filrouge {
namespace {

std::string kind_that(bool counts) {
  for (const RoundKind& kind : round_kinds())
    if (kind.counts_in_i01 == counts) return kind.code;
  return "";
}

struct Figures : testing::Test {
  TestNode node;
  SubjectId organisation = node.organisation("Prévention");
  SubjectId team = node.team(organisation, "Équipe Nord");
  SubjectId other_team = node.team(organisation, "Équipe Sud");
  SubjectId worker = node.account(Role::outreach_worker, organisation, {team, other_team});
  Caller phone = node.phone(worker);
  SubjectId project = node.project("Hors les murs");
  SubjectId tours = node.place(organisation, "Gare", "37261");
  SubjectId joue = node.place(organisation, "Place", "37122");

  void SetUp() override { at("2026-10-05"); }
  void at(const char* day) {
    const CivilDate date = CivilDate::parse(day).value();
    node.clock.set({(std::int64_t{date.days} * 24 + 14) * 3'600'000});
  }
  void send(const Draft& draft) { ASSERT_EQ(node.send(phone, draft).receipt, Receipt::accepted); }
  void round(const std::string& kind, SubjectId of_team, SubjectId place, int minutes) {
    const auto id = node.random->id<SubjectId>();
    RoundStarted body;
    body.round_kind = kind;
    body.team = of_team;
    body.stops = {place};
    send(node.draft("round_started", id, worker, body));
    node.clock.add_minutes(minutes);
    send(node.draft("round_ended", id, worker, RoundEnded{2, {}, {}, {}}));
  }
  void encounters(std::int32_t count, SubjectId place, std::optional<Sex> sex = {}) {
    Encounter body;
    body.count = count;
    body.team = team;
    body.place = place;
    body.sex = sex;
    send(node.draft("encounter", team, worker, body));
  }
  SubjectId person(std::optional<AgeBand> age) {
    const auto id = node.random->id<SubjectId>();
    PersonCreated body;
    body.alias = "P" + id.hex().substr(0, 6);
    body.team = team;
    body.age_band = age;
    send(node.draft("person_created", id, worker, body));
    return id;
  }
  void contact(SubjectId id) {
    Contact body;
    body.team = team;
    body.place = tours;
    send(node.draft("contact", id, worker, body));
  }
  void persons(int number, std::optional<AgeBand> age) {
    for (int i = 0; i < number; ++i) contact(person(age));
  }
  Caller as(Role role) { return node.caller(node.account(role, organisation, {team})); }
  api::Figure ask(const Caller& caller, Indicator indicator, std::optional<Dimension> by = {},
                  std::optional<SubjectId> of_team = {}) {
    api::FigureQuery query;
    query.indicator = indicator;
    query.period = "2026-Q4";
    query.by = by;
    query.team = of_team;
    return value(figure(node.app(), caller, query));
  }
  static const api::FigureRow* row(const api::Figure& figure, const std::string& key) {
    for (const api::FigureRow& one : figure.rows)
      if (one.key == key) return &one;
    return nullptr;
  }
};

TEST_F(Figures, RoundsThatCountOnceEachOnTheDayTheyStart) {
  round(kind_that(true), team, tours, 120);
  round(kind_that(true), other_team, joue, 60);
  round(kind_that(false), team, tours, 500);
  at("2027-01-02");
  round(kind_that(true), team, tours, 60);
  const auto own = ask(node.caller(worker), Indicator::I01, {}, team);
  EXPECT_EQ(own.total, 1);
  EXPECT_EQ(own.perimeter, Perimeter::team);
  EXPECT_EQ(own.definition_version, 1);
  EXPECT_FALSE(own.definition.empty());
  ASSERT_FALSE(own.beside.empty());
  EXPECT_EQ(own.beside[0].key, "hours");
  EXPECT_EQ(own.beside[0].number, 2);
}

TEST_F(Figures, WatchSessionsFromTenMinutes) {
  WatchSession body;
  body.team = team;
  body.replies = 3;
  for (const std::int32_t minutes : {9, 10, 45}) {
    body.minutes = minutes;
    send(node.draft("watch_session", team, worker, body));
  }
  EXPECT_EQ(ask(node.caller(worker), Indicator::I02, {}, team).total, 2);
}

TEST_F(Figures, SmallCountsAreMaskedInTheConsortiumAndNotInTheTeam) {
  encounters(10, tours);
  encounters(3, joue);
  encounters(7, node.place(organisation, "Sans commune", ""));
  const auto own = ask(node.caller(worker), Indicator::encounters, Dimension::commune, team);
  EXPECT_EQ(own.total, 20);
  ASSERT_NE(row(own, "37122"), nullptr);
  EXPECT_EQ(row(own, "37122")->number, 3);
  EXPECT_EQ(own.unknown, 7);
  EXPECT_TRUE(own.entries_open);
  const auto theirs = ask(as(Role::evaluator), Indicator::encounters, Dimension::commune);
  EXPECT_EQ(theirs.total, 20);
  EXPECT_FALSE(theirs.entries_open);
  ASSERT_NE(row(theirs, "37122"), nullptr);
  EXPECT_TRUE(row(theirs, "37122")->masked);
  EXPECT_FALSE(row(theirs, "37122")->number.has_value());
  EXPECT_EQ(theirs.masked, 2);  // a second line, or the first could be read off the total
}

TEST_F(Figures, YoungPeopleBySixteenToTwentyNineUnknownApart) {
  persons(6, AgeBand::from_18_to_20);
  persons(5, AgeBand::from_26_to_29);
  persons(7, AgeBand::from_30);
  persons(2, AgeBand::under_16);
  persons(3, std::nullopt);
  const auto own = ask(node.caller(worker), Indicator::I03a, {}, team);
  EXPECT_EQ(own.total, 11);
  EXPECT_EQ(own.unknown, 3);
  const auto shared = ask(as(Role::funder), Indicator::I03a, Dimension::age_band);
  EXPECT_EQ(shared.total, 11);
  EXPECT_FALSE(shared.unknown.has_value());  // three are too few to be told apart
}

TEST_F(Figures, ACorrectedAgeCorrectsTheFigure) {
  const SubjectId one = person(AgeBand::from_30);
  contact(one);
  EXPECT_EQ(ask(node.caller(worker), Indicator::I03a, {}, team).total, 0);
  node.clock.add_minutes(1);
  PersonDescribed body;
  body.age_band = AgeBand::from_21_to_25;
  send(node.draft("person_described", one, worker, body));
  EXPECT_EQ(ask(node.caller(worker), Indicator::I03a, {}, team).total, 1);
}

TEST_F(Figures, WhoCameBackWithinThirtyDays) {
  const SubjectId soon = person({});
  const SubjectId late = person({});
  const SubjectId never = person({});
  contact(soon);
  contact(late);
  contact(never);
  at("2026-10-20");
  contact(soon);
  at("2026-11-20");
  contact(late);
  const SubjectId young_contact = person({});
  contact(young_contact);  // met today: not due yet
  const auto rate = ask(node.caller(worker), Indicator::I16, {}, team);
  EXPECT_EQ(rate.total, 1);
  EXPECT_EQ(rate.denominator, 3);
  EXPECT_EQ(rate.percent, 33);
}

TEST_F(Figures, APersonMetInAnotherYearIsNotNewAgain) {
  const SubjectId one = person(AgeBand::from_18_to_20);
  at("2026-09-30");
  contact(one);
  at("2026-10-05");
  contact(one);
  EXPECT_EQ(ask(node.caller(worker), Indicator::I03a, {}, team).total, 0);
}

TEST_F(Figures, TheWayBackOpensTheEntriesOfTheOwnTeam) {
  encounters(4, tours);
  node.clock.add_minutes(5);
  encounters(2, joue);
  api::FigureQuery query;
  query.indicator = Indicator::encounters;
  query.period = "2026-10";
  query.team = team;
  const auto entries = value(figure_entries(node.app(), node.caller(worker), query));
  EXPECT_EQ(entries.total, 6);
  EXPECT_EQ(entries.rows.size(), 2U);
  const SubjectId stranger = node.worker(other_team);
  EXPECT_FALSE(figure_entries(node.app(), node.caller(stranger), query).ok());
  EXPECT_FALSE(figure(node.app(), node.caller(stranger), query).ok());
  query.team.reset();
  EXPECT_FALSE(figure_entries(node.app(), as(Role::evaluator), query).ok());
}

TEST_F(Figures, WhoMayAskForConsortiumFigures) {
  api::FigureQuery query;
  query.period = "2026";
  for (const Role role :
       {Role::coordinator, Role::evaluator, Role::funder, Role::dpo, Role::administrator})
    EXPECT_TRUE(figure(node.app(), as(role), query).ok()) << json::enum_text(role);
  for (const Role role : {Role::volunteer, Role::trainee, Role::solution_partner})
    EXPECT_FALSE(figure(node.app(), as(role), query).ok()) << json::enum_text(role);
  Caller command;
  command.command_line = true;
  EXPECT_TRUE(figure(node.app(), command, query).ok());
  query.perimeter = Perimeter::team;
  EXPECT_FALSE(figure(node.app(), command, query).ok());
  query.perimeter.reset();
  query.period = "2026-10-05";
  EXPECT_EQ(rule_of(figure(node.app(), command, query)), "period");
}

TEST_F(Figures, TheFileOpensInASpreadsheetAndRunsNothing) {
  const SubjectId evil = node.place(organisation, "Gare", "37122");
  encounters(12, tours);
  encounters(11, evil);
  api::FigureQuery query;
  query.indicator = Indicator::encounters;
  query.period = "2026-Q4";
  query.by = Dimension::team;
  const SubjectId named = node.team(organisation, "=HYPERLINK(\"x\")");
  Encounter body;
  body.count = 20;
  body.team = named;
  const SubjectId author = node.account(Role::outreach_worker, organisation, {named});
  ASSERT_EQ(node.send(node.phone(author), node.draft("encounter", named, author, body)).receipt,
            Receipt::accepted);
  const auto file = value(figure_csv(node.app(), as(Role::evaluator), query));
  EXPECT_TRUE(file.body.starts_with("\xEF\xBB\xBF"));
  EXPECT_NE(file.body.find("\r\n"), std::string::npos);
  EXPECT_EQ(file.body.find("\n="), std::string::npos);
  EXPECT_EQ(file.body.find(";="), std::string::npos);
  EXPECT_EQ(file.body.find(";\"="), std::string::npos);
  EXPECT_EQ(file.body.find("\n\"="), std::string::npos);
  EXPECT_NE(file.body.find("HYPERLINK"), std::string::npos);
}

}  // namespace
}  // namespace filrouge
