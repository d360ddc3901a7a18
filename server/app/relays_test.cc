// The inbox of relays, the coordinator's board, and law 4 when an account goes.
#include "core/base/limits.h"
#include "server/app/pathway_testing.h"

namespace filrouge {
namespace {

struct Relays : Network {
  SubjectId person = meet("Nadia");

  api::RelayBox box(SubjectId reader) { return value(relay_box(node.app(), as(reader), {})); }
  api::Board monday(SubjectId reader) { return value(board(node.app(), as(reader), {})); }
  std::vector<api::RuptureCause> causes(SubjectId reader) {
    std::vector<api::RuptureCause> found;
    for (const api::Rupture& row : monday(reader).ruptures) found.push_back(row.cause);
    return found;
  }
  Caller administrator() { return as(node.account(Role::administrator, street, {})); }
};

TEST_F(Relays, TheBoxFollowsARelayFromTheProposalToTheMonthAfterItsEnd) {
  ASSERT_TRUE(open(person).ok());
  const EntryId relay = propose(person, {SharedField::alias});
  ASSERT_EQ(box(adviser).to_answer.size(), 1U);
  const api::RelayView asked = box(adviser).to_answer[0];
  EXPECT_EQ(asked.shown, "Nadia");
  EXPECT_EQ(asked.from, "Prévention");
  EXPECT_TRUE(asked.awaited);
  EXPECT_NE(std::find(asked.can.begin(), asked.can.end(), "accepted"), asked.can.end());
  EXPECT_EQ(std::find(asked.can.begin(), asked.can.end(), "taken_over"), asked.can.end());
  EXPECT_EQ(box(worker).sent.size(), 1U);
  EXPECT_TRUE(box(partner).received.empty());
  EXPECT_EQ(rule_of(relay_box(node.app(), as(coordinator), {})), "not_found");
  node.clock.add_days(10);
  EXPECT_EQ(box(worker).late.size(), 1U);
  EXPECT_GT(box(worker).late[0].days_late, 0);
  Relay body = act(person, relay, RelayAct::declined, local);
  body.because = DeclinedBecause::full;
  body.suggestion = "le CHRS";
  ASSERT_TRUE(note(adviser, "relay", person, body).ok());
  EXPECT_TRUE(box(adviser).to_answer.empty());
  ASSERT_EQ(box(worker).sent.size(), 1U);
  EXPECT_EQ(box(worker).sent[0].standing.act, RelayAct::declined);
  node.clock.add_days(62);
  EXPECT_TRUE(box(worker).sent.empty());
}

TEST_F(Relays, TwoAnswersThatCrossLeaveOneAndTellTheOther) {
  ASSERT_TRUE(open(person).ok());
  const EntryId relay = propose(person, {SharedField::alias});
  const Relay accepted = act(person, relay, RelayAct::accepted, local);
  Relay cancelled = act(person, relay, RelayAct::cancelled, street);
  ASSERT_TRUE(note(adviser, "relay", person, accepted).ok());
  EXPECT_EQ(rule_of(note(worker, "relay", person, cancelled)), "stale");
  EXPECT_EQ(standing(person, relay).act, RelayAct::accepted);
}

// Law 4: given back after it was taken over, whoever held her before is her referent again.
TEST_F(Relays, GivenBackSheIsHeldByWhoHeldHerBefore) {
  const auto seen = [&](SubjectId reader) {
    return value(person_pathway(node.app(), as(reader), {person})).relays.at(0);
  };
  ASSERT_TRUE(open(person).ok());
  const EntryId relay = propose(person, {SharedField::alias});
  meet_together(person, relay);
  EXPECT_FALSE(seen(adviser).returns_to);
  ASSERT_TRUE(take_over(person, relay).ok());
  EXPECT_EQ(current_claim(whole(person))->referent, adviser);
  const api::RelayView taken = seen(adviser);
  ASSERT_TRUE(taken.returns_to);
  EXPECT_FALSE(seen(worker).returns_to);
  Relay back = act(person, relay, RelayAct::returned, local);
  back.because = DeclinedBecause::full;
  back.to = taken.standing.from;
  back.referent = taken.returns_to->referent;
  back.team = taken.returns_to->team;
  Relay to_nobody = back;
  to_nobody.referent = node.account(Role::reception_agent, street, {street_team});
  EXPECT_EQ(rule_of(note(adviser, "relay", person, to_nobody)), "role");
  ASSERT_TRUE(note(adviser, "relay", person, back).ok());
  EXPECT_EQ(current_claim(whole(person))->referent, worker);
}

// Her word that ends the relay ends as well that the receiver follows her.
TEST_F(Relays, AWordAtADeskIsAnsweredTheSameWhenItIsSentAgain) {
  ASSERT_TRUE(open(person).ok());
  const EntryId relay = propose(person, {SharedField::alias});
  const Draft draft =
      node.draft("relay", person, adviser, act(person, relay, RelayAct::withdrawn, local));
  const auto once = value(write_entry(node.app(), as(adviser), {person, draft}));
  EXPECT_EQ(rule_of(person_card(node.app(), as(adviser), {person})), "not_found");
  const auto again = write_entry(node.app(), as(adviser), {person, draft});
  ASSERT_TRUE(again.ok());
  EXPECT_EQ(again->recv_seq, once.recv_seq);
}

// So that another server which closes that account at this moment meets it (compare-and-set).
TEST_F(Relays, WhoIsNamedIsWrittenBesideThePerson) {
  const auto before = value(node.store->state(worker))->version;
  ASSERT_TRUE(open(person).ok());
  EXPECT_GT(value(node.store->state(worker))->version, before);
}

TEST_F(Relays, WithoutANameSheIsHandedOverForAMeetingOnly) {
  ASSERT_TRUE(open(person).ok());
  propose(person, {});
  const auto asked = box(adviser).to_answer;
  ASSERT_EQ(asked.size(), 1U);
  EXPECT_EQ(asked[0].shown, "");
  EXPECT_EQ(asked[0].need, "un hébergement");
  EXPECT_EQ(json::encode(asked).find("Nadia"), std::string::npos);
}

TEST_F(Relays, ARevokedReferentPassesHerPathwaysToACoordinatorInTheSameAppend) {
  ASSERT_TRUE(open(person).ok());
  const auto before = value(node.store->log_head()).size;
  const auto passed = value(revoke_account(node.app(), administrator(), {worker}));
  EXPECT_EQ(passed.pathways, 1);
  EXPECT_GT(value(node.store->log_head()).size, before + 1);
  const PersonState state = whole(person);
  const ReferentClaim* claim = current_claim(state);
  ASSERT_NE(claim, nullptr);
  EXPECT_EQ(claim->referent, coordinator);
  EXPECT_TRUE(claim->interim);
  const SubjectId colleague = node.worker(street_team);
  const auto view = value(person_pathway(node.app(), as(colleague), {person}));
  EXPECT_TRUE(view.referent->interim);
  EXPECT_EQ(view.referent->until, view.referent->since.plus_days(limits::interim_days));
  EXPECT_TRUE(causes(coordinator).empty());
  node.clock.add_days(limits::interim_days + 1);
  EXPECT_EQ(causes(coordinator), std::vector{api::RuptureCause::interim_over});
  // The coordinator names the next one, and it is over.
  ReferentNamed next{view.claim, street, street_team, colleague, false};
  ASSERT_TRUE(note(coordinator, "referent_named", person, next).ok());
  EXPECT_TRUE(causes(coordinator).empty());
  EXPECT_TRUE(node.verify().findings.empty());
}

TEST_F(Relays, WhoLeavesATeamLeavesItsPathwaysAndTheAnswerSaysHowMany) {
  ASSERT_TRUE(open(person).ok());
  const SubjectId other = meet("Karim");
  ASSERT_TRUE(open(other).ok());
  const Caller admin = administrator();
  const auto listed = value(accounts(node.app(), admin, {}));
  const auto hers = std::find_if(listed.rows.begin(), listed.rows.end(),
                                 [&](const api::AccountRow& row) { return row.id == worker; });
  EXPECT_EQ(hers->referent_of, 2);
  EXPECT_EQ(value(set_account_teams(node.app(), admin, {worker, {street_team}})).pathways, 0);
  EXPECT_EQ(current_claim(whole(person))->referent, worker);
  EXPECT_EQ(value(set_account_teams(node.app(), admin, {worker, {}})).pathways, 2);
  EXPECT_EQ(current_claim(whole(person))->referent, coordinator);
}

TEST_F(Relays, WithoutACoordinatorTheRuptureIsSeenByTheNextOne) {
  const SubjectId alone = node.account(Role::adviser, yard, {yard_team});
  const auto id = node.random->id<SubjectId>();
  PersonCreated body;
  body.alias = "Inès";
  body.team = yard_team;
  ASSERT_TRUE(note(alone, "person_created", id, body).ok());
  ASSERT_TRUE(note(alone, "pathway_opened", id, PathwayOpened{yard, yard_team, alone, {}}).ok());
  EXPECT_EQ(value(revoke_account(node.app(), administrator(), {alone})).pathways, 0);
  EXPECT_EQ(current_claim(whole(id))->referent, alone);  // never none
  const SubjectId arrives = node.account(Role::coordinator, yard, {yard_team});
  EXPECT_EQ(causes(arrives), std::vector{api::RuptureCause::no_successor});
}

TEST_F(Relays, TheBoardNamesCausesByInitialsAndAPauseIsNone) {
  IdentityGiven identity;
  identity.first_name = "Émilie";
  identity.surname = "Durand";
  ASSERT_TRUE(note(worker, "identity_given", person, identity).ok());
  ASSERT_TRUE(contact(worker, street_team, person, "secret").ok());
  ASSERT_TRUE(open(person).ok());
  node.clock.add_days(limits::rupture_days + 1);
  const auto seen = monday(coordinator);
  ASSERT_EQ(seen.ruptures.size(), 1U);
  EXPECT_EQ(seen.ruptures[0].cause, api::RuptureCause::no_contact);
  EXPECT_EQ(seen.ruptures[0].initials, "É. D.");
  const std::string text = json::encode(seen);
  EXPECT_EQ(text.find("milie"), std::string::npos);
  EXPECT_EQ(text.find("secret"), std::string::npos);
  ASSERT_TRUE(
      note(worker, "pause_agreed", person, PauseAgreed{node.stamp().date.plus_days(30)}).ok());
  EXPECT_TRUE(monday(coordinator).ruptures.empty());
  EXPECT_FALSE(board(node.app(), as(worker), {}).ok());
}

TEST_F(Relays, AMeetingOnWhichTheSidesDisagreeIsOnBothBoards) {
  const SubjectId theirs = node.account(Role::coordinator, local, {local_team});
  ASSERT_TRUE(open(person).ok());
  const EntryId relay = propose(person, {SharedField::alias});
  meet_together(person, relay);
  ASSERT_TRUE(acts(worker, street, person, relay, RelayAct::no_show).ok());
  EXPECT_EQ(rule_of(take_over(person, relay)).empty(), false);
  for (const SubjectId reader : {coordinator, theirs})
    EXPECT_EQ(causes(reader), std::vector{api::RuptureCause::meeting_disputed});
}

TEST_F(Relays, ADecisionOfACaseMeetingIsTheCoordinatorsOnlyWord) {
  ASSERT_TRUE(open(person).ok());
  StepSet decided;
  decided.step = node.random->id<EntryId>();
  decided.organisation = street;
  decided.account = worker;
  decided.what = "rappeler le bailleur";
  decided.due = node.stamp().date.plus_days(7);
  EXPECT_EQ(rule_of(note(coordinator, "step_set", person, decided)), "not_allowed");
  decided.by_meeting = true;
  ASSERT_TRUE(note(coordinator, "step_set", person, decided).ok());
  const auto seen = monday(coordinator);
  ASSERT_EQ(seen.decisions.size(), 1U);
  EXPECT_EQ(seen.decisions[0].what, "rappeler le bailleur");
  EXPECT_FALSE(seen.owners.empty());
  EXPECT_EQ(rule_of(note(coordinator, "diagnosis", person, Diagnosis{})), "not_allowed");
  EXPECT_EQ(rule_of(person_card(node.app(), as(coordinator), {person})), "not_found");
}

TEST_F(Relays, ReceiversAreTheOtherOrganisationsWhoseConventionHolds) {
  node.organisation("Terminée", -10);
  const auto found = value(reference(node.app(), as(worker), {})).organisations;
  ASSERT_EQ(found.size(), 2U);
  EXPECT_EQ(found[0].name, "Chantier");
  EXPECT_EQ(found[1].name, "Mission locale");
}

}  // namespace
}  // namespace filrouge
