// What waits: who sees that it waits, who reads it, and what one decision does.
#include "server/app/intake.h"
#include "server/app/node_testing.h"

namespace filrouge {
namespace {

struct Waiting : testing::Test {
  TestNode node;
  SubjectId organisation = node.organisation("Prévention");
  SubjectId team = node.team(organisation);
  SubjectId worker = node.worker(team);
  Caller phone = node.phone(worker);
  Caller coordinator = node.caller(node.account(Role::coordinator, organisation, {}));

  Draft from_lost_phone() {
    value(declare_lost(node.app(), node.caller(worker), {*phone.device}));
    Encounter body;
    body.team = team;
    body.count = 3;
    const Draft draft = node.draft("encounter", team, worker, body);
    EXPECT_EQ(node.send(phone, draft).receipt, Receipt::quarantined);
    return draft;
  }
  Status decide_on(const Draft& draft, api::QuarantineDecision decision) {
    const auto done = resolve_quarantine(node.app(), coordinator, {draft.id, decision});
    if (!done.ok()) return done.error();
    return Done{};
  }
};

TEST_F(Waiting, TheCoordinatorSeesThatItWaitsAndNothingOfIt) {
  const Draft draft = from_lost_phone();
  auto list = value(list_quarantine(node.app(), coordinator, {}));
  ASSERT_EQ(list.rows.size(), 1U);
  EXPECT_EQ(list.rows[0].kind, "encounter");
  EXPECT_EQ(list.rows[0].reason, "device_lost");
  EXPECT_FALSE(list.rows[0].reminder);
  EXPECT_FALSE(own_entry(node.app(), coordinator, {draft.id}).ok());
  node.clock.add_days(3);
  EXPECT_TRUE(value(list_quarantine(node.app(), coordinator, {})).rows.at(0).reminder);
  const Caller elsewhere = node.caller(node.account(Role::coordinator, node.organisation("X"), {}));
  EXPECT_TRUE(value(list_quarantine(node.app(), elsewhere, {})).rows.empty());
  EXPECT_FALSE(list_quarantine(node.app(), node.caller(worker), {}).ok());
}

TEST_F(Waiting, ItsAuthorReadsIt) {
  const Draft draft = from_lost_phone();
  const auto own = value(own_entry(node.app(), node.caller(worker), {draft.id}));
  EXPECT_EQ(own.kind, "encounter");
  EXPECT_EQ(own.reason, "device_lost");
  ASSERT_NE(own.body.find("count"), nullptr);
  EXPECT_EQ(own.body.find("count")->integer(), 3);
  EXPECT_FALSE(own_entry(node.app(), node.caller(node.worker(team)), {draft.id}).ok());
}

TEST_F(Waiting, AdmittedItCountsOnce) {
  const Draft draft = from_lost_phone();
  EXPECT_TRUE(decide_on(draft, api::QuarantineDecision::accept).ok());
  ASSERT_EQ(node.facts().size(), 1U);
  EXPECT_EQ(node.facts()[0].number, 3);
  EXPECT_TRUE(value(list_quarantine(node.app(), coordinator, {})).rows.empty());
  EXPECT_FALSE(decide_on(draft, api::QuarantineDecision::accept).ok());
  EXPECT_EQ(node.send(phone, draft).receipt, Receipt::duplicate);
  EXPECT_EQ(node.facts().size(), 1U);
  EXPECT_TRUE(node.verify().findings.empty());
}

TEST_F(Waiting, PutAsideItIsSaidToThePhone) {
  const Draft draft = from_lost_phone();
  EXPECT_TRUE(decide_on(draft, api::QuarantineDecision::discard).ok());
  const auto again = node.send(phone, draft);
  EXPECT_EQ(again.receipt, Receipt::quarantined);
  EXPECT_EQ(again.reason.value_or(""), reason::discarded);
  EXPECT_TRUE(node.facts().empty());
}

TEST_F(Waiting, ARevokedAuthorsNoteCanBeAdmitted) {
  Encounter body;
  body.team = team;
  const Draft draft = node.draft("encounter", team, worker, body);
  node.revoke(worker);
  EXPECT_EQ(node.send(phone, draft).reason.value_or(""), reason::account_revoked);
  EXPECT_TRUE(decide_on(draft, api::QuarantineDecision::accept).ok());
  EXPECT_EQ(node.facts().size(), 1U);
}

TEST_F(Waiting, AdmittingGivesNoRightOverAnotherTeamsPerson) {
  const SubjectId other_team = node.team(organisation, "Autre");
  const SubjectId stranger = node.worker(other_team);
  const auto person = node.random->id<SubjectId>();
  PersonCreated created;
  created.alias = "Bleu";
  created.team = team;
  node.send(phone, node.draft("person_created", person, worker, created));
  Contact body;
  body.team = other_team;
  const Draft draft = node.draft("contact", person, stranger, body);
  EXPECT_EQ(node.send(phone, draft).reason.value_or(""), reason::not_allowed);
  EXPECT_FALSE(decide_on(draft, api::QuarantineDecision::accept).ok());
  EXPECT_TRUE(node.facts().empty());
}

TEST_F(Waiting, WhatCannotBeReadCanOnlyBePutAside) {
  api::SyncRequest request;
  request.entries.push_back({node.random->id<EntryId>(), 1, "AAAA"});
  value(receive(node.app(), phone, request));
  Draft named;
  named.id = request.entries[0].id;
  EXPECT_FALSE(decide_on(named, api::QuarantineDecision::accept).ok());
  EXPECT_TRUE(decide_on(named, api::QuarantineDecision::discard).ok());
}

}  // namespace
}  // namespace filrouge
