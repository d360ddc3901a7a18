// The pathway's figures through the real intake: what was written as entries is counted, masked,
// leads back to entries without their words, is verified, and stays when somebody is erased.
#include "core/pathway/entries.h"
#include "core/people/sharing.h"
#include "core/relay/entries.h"
#include "server/app/node_testing.h"

namespace filrouge {
namespace {

struct PathFigures : testing::Test {
  TestNode node;
  SubjectId organisation = node.organisation("Prévention");
  SubjectId team = node.team(organisation, "Équipe Nord");
  SubjectId worker = node.account(Role::outreach_worker, organisation, {team});
  Caller phone = node.phone(worker);
  SubjectId tours = node.place(organisation, "Gare", "37261");

  void SetUp() override { at("2026-10-05"); }
  void at(const char* day) {
    const CivilDate date = CivilDate::parse(day).value();
    node.clock.set({(std::int64_t{date.days} * 24 + 14) * 3'600'000});
  }
  CivilDate today() { return node.stamp().date; }
  template <class Body>
  EntryId send(std::string_view kind, SubjectId subject, const Body& body) {
    return send_by(worker, phone, kind, subject, body);
  }
  template <class Body>
  EntryId send_by(SubjectId author, const Caller& from, std::string_view kind, SubjectId subject,
                  const Body& body) {
    const Draft draft = node.draft(kind, subject, author, body);
    const SyncResult result = node.send(from, draft);
    EXPECT_EQ(result.receipt, Receipt::accepted) << kind;
    return draft.id;
  }
  SubjectId met(Sex sex = Sex::woman) {
    const auto id = node.random->id<SubjectId>();
    PersonCreated body;
    body.alias = "P" + id.hex().substr(0, 6);
    body.team = team;
    body.sex = sex;
    send("person_created", id, body);
    Contact contact;
    contact.team = team;
    contact.place = tours;
    send("contact", id, contact);
    return id;
  }
  SubjectId followed(Sex sex = Sex::woman) {
    const SubjectId id = met(sex);
    send("pathway_opened", id, PathwayOpened{organisation, team, worker, {}});
    return id;
  }
  EntryId left(SubjectId person, ExitType type) {
    return send("exit", person,
                ExitDeclared{organisation, team, {}, type, today(), Evidence::declared, {}});
  }
  void passed_on(SubjectId person) {
    SharingAgreed agreed;
    agreed.wording = "partage-1";
    const EntryId consent = send("sharing_agreed", person, agreed);
    Relay relay;
    relay.relay = node.random->id<EntryId>();
    relay.act = RelayAct::proposed;
    relay.organisation = organisation;
    relay.to_outside = "École de la 2e chance";
    relay.need = "Une place";
    relay.consent = consent;
    send("relay", person, relay);
  }
  Caller as(Role role) { return node.caller(node.account(role, organisation, {team})); }
  api::FigureQuery query(Indicator indicator, std::optional<Dimension> by = {}) {
    api::FigureQuery asked;
    asked.indicator = indicator;
    asked.period = "2026";
    asked.by = by;
    return asked;
  }
  api::Figure own(Indicator indicator, std::optional<Dimension> by = {},
                  const std::string& set = "tmvl") {
    api::FigureQuery asked = query(indicator, by);
    asked.team = team;
    asked.exit_set = set;
    auto made = figure(node.app(), node.caller(worker), asked);
    EXPECT_TRUE(made.ok()) << made.error().rule;
    return std::move(*made);
  }
  static std::optional<std::int64_t> number(const api::Figure& figure, const std::string& key) {
    for (const api::FigureRow& row : figure.rows)
      if (row.key == key) return row.number;
    return std::nullopt;
  }
  void expect_clean() { EXPECT_EQ(node.verify().findings, std::vector<std::string>{}); }
};

TEST_F(PathFigures, TheSameExitsUnderTwoSetsEachWithItsName) {
  for (const ExitType type : {ExitType::cdi, ExitType::right_opened, ExitType::cdd_shorter})
    left(followed(), type);
  const auto sipa = own(Indicator::I03d, {}, "sipa-2019");
  EXPECT_EQ(sipa.total, 3);
  EXPECT_EQ(sipa.denominator, 3);
  EXPECT_EQ(sipa.exit_set, "sipa-2019 v1");
  const auto iae = own(Indicator::I03d, Dimension::detail, "iae");
  EXPECT_EQ(iae.total, 2);
  EXPECT_EQ(number(iae, "cdi"), 1);
  EXPECT_EQ(number(iae, "right_opened"), 0);
  api::FigureQuery unknown = query(Indicator::I03d);
  unknown.exit_set = "nobody";
  const auto refused = figure(node.app(), as(Role::evaluator), unknown);
  ASSERT_FALSE(refused.ok());
  EXPECT_EQ(refused.error().field, "exit_set");
  expect_clean();
}

TEST_F(PathFigures, RowsWithoutAPlaceCountWhereThePersonWasFirstMet) {
  left(followed(Sex::man), ExitType::cdi);
  passed_on(followed());
  EXPECT_EQ(number(own(Indicator::I03c, Dimension::commune), "37261"), 2);
  EXPECT_EQ(number(own(Indicator::I03c, Dimension::sex), "man"), 1);
  EXPECT_EQ(number(own(Indicator::I21, Dimension::commune), "37261"), 1);
  EXPECT_EQ(number(own(Indicator::I03b, Dimension::team), team.hex()), 2);
}

TEST_F(PathFigures, TheConsortiumSeesNoSmallCount) {
  for (int i = 0; i < 4; ++i) passed_on(met());
  EXPECT_FALSE(value(figure(node.app(), as(Role::evaluator), query(Indicator::I21))).total);
  for (int i = 0; i < 3; ++i) passed_on(met());
  EXPECT_EQ(value(figure(node.app(), as(Role::evaluator), query(Indicator::I21))).total, 7);
}

TEST_F(PathFigures, TheWayBackSaysWhoAndWhenAndNotWhat) {
  const SubjectId person = followed();
  BarrierChanged change;
  change.organisation = organisation;
  change.barrier = Barrier::health;
  change.status = BarrierStatus::lifted;
  const EntryId entry = send("barrier_changed", person, change);
  EXPECT_EQ(number(own(Indicator::I12, Dimension::detail), "restricted"), 1);
  api::FigureQuery asked = query(Indicator::I12);
  asked.team = team;
  const auto entries = value(figure_entries(node.app(), node.caller(worker), asked));
  EXPECT_EQ(entries.total, 1);
  ASSERT_EQ(entries.rows.size(), 1u);
  EXPECT_EQ(entries.rows[0].entry, entry);
  EXPECT_EQ(json::encode(entries.rows[0]).find("health"), std::string::npos);
}

TEST_F(PathFigures, ACheckLaterChangesTheRowOfItsExit) {
  const SubjectId person = followed();
  const EntryId exit = left(person, ExitType::cej);
  EXPECT_EQ(own(Indicator::I03d).total, 0);
  node.clock.add_days(31);
  send("check_in", person, CheckIn{exit, Situation::holds, today(), {}});
  EXPECT_EQ(own(Indicator::I03d).total, 1);
  EXPECT_EQ(node.facts(FactKind::exit).size(), 1u);
  expect_clean();
}

TEST_F(PathFigures, AStepTakenBackLeavesNoRow) {
  const SubjectId person = followed();
  StepSet step;
  step.step = node.random->id<EntryId>();
  step.organisation = organisation;
  step.what = "Passer le code";
  const EntryId entry = send("step_set", person, step);
  EXPECT_EQ(node.facts(FactKind::step).size(), 1u);
  Undone undone;
  undone.entry = entry;
  undone.collection = "person";
  send("undone", person, undone);
  EXPECT_EQ(node.facts(FactKind::step).size(), 0u);
  expect_clean();
}

TEST_F(PathFigures, WhatCameBeforeHerRecordFollowsIntoHerTeam) {
  const auto person = node.random->id<SubjectId>();
  BarrierChanged change;
  change.organisation = organisation;
  change.barrier = Barrier::mobility;
  change.status = BarrierStatus::lifted;
  send("barrier_changed", person, change);
  PersonCreated created;
  created.alias = "Momo";
  created.team = team;
  send("person_created", person, created);
  EXPECT_EQ(own(Indicator::I12).total, 1);
  expect_clean();
}

// Simulation, seed 106: whoever took back a word of their own became the organisation of all that
// others had noted of a person whose creation was still on its way.
TEST_F(PathFigures, WhatIsTakenBackMovesNothingToAnotherOrganisation) {
  const SubjectId other = node.organisation("Mission locale");
  const SubjectId adviser = node.account(Role::adviser, other, {node.team(other, "Accueil 16-25")});
  const Caller desk = node.phone(adviser);
  const auto person = node.random->id<SubjectId>();
  StepSet step;
  step.step = node.random->id<EntryId>();
  step.organisation = other;
  step.what = "Passer le code";
  const EntryId entry = send_by(adviser, desk, "step_set", person, step);
  Contact contact;
  contact.team = team;
  send("contact", person, contact);
  send("following_resumed", person, FollowingResumed{organisation});
  send_by(adviser, desk, "undone", person, Undone{entry, "person"});
  ASSERT_EQ(node.facts(FactKind::side).size(), 1u);
  EXPECT_EQ(node.facts(FactKind::side).front().organisation, organisation);
  expect_clean();
}

TEST_F(PathFigures, ErasedPersonsStayCountedAndNothingLeadsBack) {
  const SubjectId person = followed();
  left(person, ExitType::cdi);
  EXPECT_TRUE(erase_person(node.app(), node.caller(worker), {person, "person"}).ok());
  EXPECT_EQ(own(Indicator::I03d).total, 1);
  api::FigureQuery asked = query(Indicator::I03d);
  asked.team = team;
  const auto entries = value(figure_entries(node.app(), node.caller(worker), asked));
  EXPECT_EQ(entries.total, 1);
  EXPECT_TRUE(entries.rows.empty());
  expect_clean();
}

}  // namespace
}  // namespace filrouge
