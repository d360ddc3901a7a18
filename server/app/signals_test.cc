// Somebody of whom a partner spoke is in one list, and in no other, until she is met (R48).
#include "server/app/node_testing.h"

namespace filrouge {
namespace {

struct Signals : testing::Test {
  TestNode node;
  SubjectId organisation = node.organisation("Prévention");
  SubjectId team = node.team(organisation);
  SubjectId worker = node.worker(team);
  Caller phone = node.phone(worker);
  Caller desk = node.caller(worker);

  template <class Body>
  SyncResult send(std::string_view kind, SubjectId subject, const Body& body) {
    const SyncResult result = node.send(phone, node.draft(kind, subject, worker, body));
    node.clock.add_minutes(1);
    return result;
  }
  SubjectId signal(const std::string& who) {
    const auto person = node.random->id<SubjectId>();
    SignalReceived body;
    body.team = team;
    body.prescriber = Prescriber::landlord;
    body.who = who;
    EXPECT_EQ(send("signal_received", person, body).receipt, Receipt::accepted);
    return person;
  }
  std::vector<api::SignalRow> listed() {
    return value(list_signals(node.app(), desk, {team})).rows;
  }
};

TEST_F(Signals, AreInTheirListAndInNoOtherUntilSheIsMet) {
  const SubjectId person = signal("le jeune du troisième");
  ASSERT_EQ(listed().size(), 1U);
  EXPECT_EQ(listed()[0].person, person);
  EXPECT_EQ(listed()[0].said.who, "le jeune du troisième");
  EXPECT_EQ(value(list_people(node.app(), desk, {team, {}, {}})).total, 0);
  EXPECT_EQ(value(list_people(node.app(), desk, {team, "troisieme", {}})).total, 0);
  EXPECT_EQ(rule_of(person_card(node.app(), desk, {person})), "not_found");
  for (const Fact& fact : node.facts()) EXPECT_NE(fact.kind, FactKind::contact);
  // Met: the same record, with the signal's history behind it.
  PersonCreated met;
  met.alias = "Idriss";
  met.team = team;
  EXPECT_EQ(send("person_created", person, met).receipt, Receipt::accepted);
  EXPECT_TRUE(listed().empty());
  EXPECT_EQ(value(list_people(node.app(), desk, {team, "idriss", {}})).total, 1);
  EXPECT_TRUE(person_card(node.app(), desk, {person}).ok());
  EXPECT_TRUE(node.verify().findings.empty());
}

TEST_F(Signals, ClosedTheyWaitNoMore) {
  const SubjectId person = signal("A. du square");
  signal("B. du square");
  EXPECT_EQ(send("signal_closed", person, SignalEnded{SignalClosed::not_found}).receipt,
            Receipt::accepted);
  ASSERT_EQ(listed().size(), 1U);
  EXPECT_EQ(listed()[0].said.who, "B. du square");
}

TEST_F(Signals, EachReadingIsARowAndAnotherTeamReadsNone) {
  const SubjectId person = signal("C.");
  const auto before = value(node.store->ledger(person, std::nullopt, 50)).size();
  listed();
  EXPECT_EQ(value(node.store->ledger(person, std::nullopt, 50)).size(), before + 1);
  const Caller other = node.caller(node.worker(node.team(organisation, "Autre")));
  EXPECT_EQ(rule_of(list_signals(node.app(), other, {team})), "not_found");
  const Caller funder = node.caller(node.account(Role::funder, organisation, {team}));
  EXPECT_FALSE(list_signals(node.app(), funder, {team}).ok());
}

}  // namespace
}  // namespace filrouge
