// Who may read and write a pathway that goes through several organisations, and what each of them
// sees of it (laws 4, 5 and 8).
#include "core/base/limits.h"
#include "server/app/pathway_testing.h"

namespace filrouge {
namespace {

struct Pathway : Network {
  SubjectId person = meet("Nadia");

  template <class Answer>
  bool says(const Answer& answer, std::string_view words) {
    return json::encode(answer).find(words) != std::string::npos;
  }
  api::PathwayView pathway(SubjectId reader) {
    return value(person_pathway(node.app(), as(reader), {person}));
  }
};

TEST_F(Pathway, NobodyElseSeesThatSheExistsUntilSomebodyFollows) {
  ASSERT_TRUE(open(person).ok());
  for (const SubjectId reader : {adviser, partner, coordinator}) {
    EXPECT_EQ(rule_of(person_pathway(node.app(), as(reader), {person})), "not_found");
    EXPECT_EQ(rule_of(person_card(node.app(), as(reader), {person})), "not_found");
    EXPECT_EQ(rule_of(person_thread(node.app(), as(reader), {person})), "not_found");
    EXPECT_EQ(rule_of(person_followers(node.app(), as(reader), {person})), "not_found");
    EXPECT_EQ(rule_of(person_sharing(node.app(), as(reader), {person})), "not_found");
  }
  EXPECT_TRUE(value(relay_box(node.app(), as(adviser), {})).to_answer.empty());
  EXPECT_EQ(pathway(worker).referent->account, worker);
  EXPECT_TRUE(pathway(worker).referent->mine);
}

TEST_F(Pathway, ARelayWithoutHerAgreementIsRefusedAndShowsNothing) {
  ASSERT_TRUE(open(person).ok());
  const auto relay = node.random->id<EntryId>();
  Relay body = act(person, relay, RelayAct::proposed, street);
  body.to = local;
  EXPECT_EQ(rule_of(note(worker, "relay", person, body)), "no_consent");
  body.to = street;
  EXPECT_EQ(rule_of(note(worker, "relay", person, body)), "relay_to_oneself");
  EXPECT_EQ(rule_of(person_pathway(node.app(), as(adviser), {person})), "not_found");
}

TEST_F(Pathway, TheReceiverSeesTheFieldsThatWereTickedAndNeverANote) {
  ASSERT_TRUE(contact(worker, street_team, person, "secret de rue").ok());
  ASSERT_TRUE(open(person).ok());
  Diagnosis sitting;
  sitting.lines = {{Barrier::housing, BarrierLevel::blocking, SaidBy::person},
                   {Barrier::health, BarrierLevel::light, SaidBy::person}};
  sitting.goals = {"mon permis"};
  sitting.first = {Barrier::housing};
  ASSERT_TRUE(note(worker, "diagnosis", person, sitting).ok());
  propose(person, {SharedField::alias, SharedField::barriers});

  const auto seen = pathway(adviser);
  EXPECT_EQ(seen.shown, "Nadia");
  EXPECT_TRUE(seen.goals.empty());
  const auto line = [&](Barrier barrier) {
    return std::find_if(seen.barriers.begin(), seen.barriers.end(),
                        [&](const api::BarrierLine& one) { return one.barrier == barrier; });
  };
  EXPECT_EQ(line(Barrier::housing)->by_person, BarrierLevel::blocking);
  EXPECT_TRUE(line(Barrier::housing)->first);
  EXPECT_EQ(line(Barrier::health), seen.barriers.end());
  EXPECT_EQ(seen.relays.at(0).need, "un hébergement");
  EXPECT_TRUE(seen.relays.at(0).incoming);
  for (const auto& text :
       {json::encode(value(person_card(node.app(), as(adviser), {person}))),
        json::encode(value(person_thread(node.app(), as(adviser), {person}))),
        json::encode(value(person_history(node.app(), as(adviser), {person, {}}))),
        json::encode(seen)}) {
    EXPECT_EQ(text.find("secret"), std::string::npos);
    EXPECT_EQ(text.find("permis"), std::string::npos);
    EXPECT_EQ(text.find("\"health\""), std::string::npos);
  }
  EXPECT_TRUE(says(pathway(worker), "\"health\""));  // the référent
}

TEST_F(Pathway, AWithdrawalEndsItAtOnceForAllWhoDoNotFollow) {
  ASSERT_TRUE(open(person).ok());
  propose(person, {SharedField::alias});
  ASSERT_TRUE(person_pathway(node.app(), as(adviser), {person}).ok());
  ASSERT_EQ(value(list_people(node.app(), as(adviser), {local_team, "nad", {}})).total, 1);
  ASSERT_TRUE(note(worker, "sharing_withdrawn", person, SharingWithdrawn{local}).ok());
  EXPECT_EQ(rule_of(person_pathway(node.app(), as(adviser), {person})), "not_found");
  EXPECT_EQ(value(list_people(node.app(), as(adviser), {local_team, "nad", {}})).total, 0);
  EXPECT_EQ(value(list_people(node.app(), as(adviser), {local_team, {}, {}})).total, 0);
  EXPECT_TRUE(value(relay_box(node.app(), as(adviser), {})).to_answer.empty());
}

TEST_F(Pathway, AfterTheHandOverTheSenderSeesTheOutcomeAndNotTheNotes) {
  ASSERT_TRUE(open(person).ok());
  const EntryId relay = propose(person, {SharedField::alias});
  meet_together(person, relay);
  EXPECT_EQ(current_claim(whole(person))->referent, worker);  // until she is taken over
  ASSERT_TRUE(take_over(person, relay).ok());
  ASSERT_TRUE(contact(adviser, local_team, person, "secret de bureau").ok());
  ASSERT_TRUE(step(adviser, local, person, node.random->id<EntryId>(), "dossier PACEA").ok());

  const auto sender = pathway(worker);
  EXPECT_EQ(sender.referent->account, adviser);
  EXPECT_EQ(sender.relays.at(0).standing.act, RelayAct::taken_over);
  EXPECT_TRUE(sender.steps.empty());
  const auto history = value(person_history(node.app(), as(worker), {person, {}}));
  EXPECT_FALSE(says(history, "secret"));
  EXPECT_FALSE(says(value(person_card(node.app(), as(worker), {person})), "secret"));
  EXPECT_FALSE(says(value(person_thread(node.app(), as(worker), {person})), "PACEA"));
  EXPECT_TRUE(says(value(person_card(node.app(), as(adviser), {person})), "secret de bureau"));
  EXPECT_EQ(pathway(adviser).steps.size(), 1U);
  // Who follows is told to both, without a word of what was written.
  const auto followers = value(person_followers(node.app(), as(worker), {person}));
  ASSERT_FALSE(followers.rows.empty());
  EXPECT_TRUE(followers.rows[0].referent);
  EXPECT_EQ(followers.rows[0].organisation, "Mission locale");
  EXPECT_TRUE(followers.rows[0].last_contact.has_value());
  EXPECT_FALSE(says(followers, "secret"));
}

TEST_F(Pathway, WhatIsToDoComesFromOnesOwnContactsAndNames) {
  ASSERT_TRUE(open(person).ok());
  const EntryId relay = propose(person, {SharedField::alias});
  meet_together(person, relay);
  ASSERT_TRUE(take_over(person, relay).ok());
  IdentityGiven identity;
  identity.first_name = "Yasmine";
  ASSERT_TRUE(note(adviser, "identity_given", person, identity).ok());
  Contact promised;
  promised.team = local_team;
  promised.next_step = NextStep::call_back;
  ASSERT_TRUE(note(adviser, "contact", person, promised).ok());
  const CivilDate day = node.stamp().field_day();
  EXPECT_TRUE(value(today(node.app(), as(worker), {street_team, day})).to_do.empty());
  ASSERT_EQ(value(today(node.app(), as(adviser), {local_team, day})).to_do.size(), 1U);
  EXPECT_EQ(value(list_people(node.app(), as(worker), {street_team, {}, {}})).rows.at(0).shown,
            "Nadia");
  EXPECT_EQ(value(list_people(node.app(), as(adviser), {local_team, {}, {}})).rows.at(0).shown,
            "Yasmine");
  EXPECT_EQ(value(list_people(node.app(), as(worker), {street_team, "yasm", {}})).total, 0);
  EXPECT_EQ(value(list_people(node.app(), as(adviser), {local_team, "yasm", {}})).total, 1);
}

TEST_F(Pathway, TheThreadSaysWhoHeldItWhen) {
  ASSERT_TRUE(open(person).ok());
  const EntryId relay = propose(person, {SharedField::alias});
  meet_together(person, relay);
  node.clock.add_days(1);
  ASSERT_TRUE(take_over(person, relay).ok());
  const auto thread = value(person_thread(node.app(), as(worker), {person}));
  ASSERT_EQ(thread.holders.size(), thread.knots.size());
  EXPECT_EQ(thread.holders.front(), local);
  EXPECT_EQ(thread.holders.back(), street);
  EXPECT_EQ(thread.organisations.front().name, "Prévention");
  EXPECT_TRUE(std::is_sorted(thread.knots.begin(), thread.knots.end(),
                             [](const api::Knot& a, const api::Knot& b) { return b.on < a.on; }));
}

TEST_F(Pathway, EveryAnswerAboutHerLeavesARow) {
  ASSERT_TRUE(open(person).ok());
  propose(person, {SharedField::alias});
  const auto rows = [&] { return value(node.store->ledger(person, std::nullopt, 500)).size(); };
  for (const SubjectId reader : {worker, adviser}) {
    std::size_t before = rows();
    const auto expect_row = [&](const char* what) { EXPECT_EQ(rows(), ++before) << what; };
    value(person_pathway(node.app(), as(reader), {person}));
    expect_row("pathway");
    value(person_thread(node.app(), as(reader), {person}));
    expect_row("thread");
    value(person_followers(node.app(), as(reader), {person}));
    expect_row("followers");
    value(person_sharing(node.app(), as(reader), {person}));
    expect_row("sharing");
    value(relay_box(node.app(), as(reader), {}));
    expect_row("relays");
  }
}

TEST_F(Pathway, EverybodyWritesForTheirOwnOrganisationAndOnlyOfWhomTheyFollow) {
  ASSERT_TRUE(open(person).ok());
  const auto id = node.random->id<EntryId>();
  EXPECT_EQ(rule_of(step(adviser, local, person, id, "CV")), "not_allowed");  // follows nobody
  ASSERT_TRUE(agree(person, local, {SharedField::alias}, SharingPurpose::follow_together).ok());
  EXPECT_EQ(rule_of(step(adviser, street, person, id, "CV")), "not_allowed");
  EXPECT_TRUE(step(adviser, local, person, id, "CV").ok());
  EXPECT_EQ(rule_of(step(worker, street, person, id, "le mien")), "not_owner");
  // A solution partner: own steps, and no diagnosis.
  ASSERT_TRUE(agree(person, yard, {}, SharingPurpose::follow_together).ok());
  EXPECT_TRUE(step(partner, yard, person, node.random->id<EntryId>(), "atelier").ok());
  EXPECT_EQ(rule_of(note(partner, "diagnosis", person, Diagnosis{})), "not_allowed");
  // Not in the name of a team of another organisation.
  EXPECT_EQ(rule_of(contact(adviser, street_team, person, "non")), "not_allowed");
  EXPECT_TRUE(contact(adviser, local_team, person, "oui").ok());
}

TEST_F(Pathway, WhatIsNamedExistsAndBelongsTogether) {
  const auto opened = [&](SubjectId team, SubjectId referent) {
    const Status status =
        note(worker, "pathway_opened", person, PathwayOpened{street, team, referent, {}});
    return status.ok() ? "" : status.error().field + " " + status.error().rule;
  };
  EXPECT_EQ(opened(street_team, adviser), "body.referent unknown");
  EXPECT_EQ(opened(street_team, node.random->id<SubjectId>()), "body.referent unknown");
  EXPECT_EQ(opened(local_team, worker), "body.team unknown");
  const SubjectId evaluator = node.account(Role::evaluator, street, {street_team});
  EXPECT_EQ(opened(street_team, evaluator), "body.referent role");
  const SubjectId gone = node.worker(street_team);
  node.revoke(gone);
  EXPECT_EQ(opened(street_team, gone), "body.referent not_active");
  EXPECT_EQ(opened(node.team(street, "Autre"), worker), "body.referent other_team");
  ASSERT_TRUE(open(person).ok());
  EXPECT_EQ(rule_of(agree(person, node.random->id<SubjectId>(), {})), "unknown");
}

TEST_F(Pathway, AtADeskARefusalIsReadAtOnceAndTheSameEntryTwiceIsOne) {
  const Caller desk = as(worker);
  const Draft draft =
      node.draft("pathway_opened", person, worker, PathwayOpened{street, street_team, worker, {}});
  const auto first = value(write_entry(node.app(), desk, {person, draft}));
  const auto again = value(write_entry(node.app(), desk, {person, draft}));
  EXPECT_EQ(first.recv_seq, again.recv_seq);
  const auto refused = [&](Draft other) {
    const auto written = write_entry(node.app(), desk, {person, other});
    return written.ok() ? std::string() : written.error().field + " " + written.error().rule;
  };
  Draft second = draft;
  second.id = node.random->id<EntryId>();
  EXPECT_EQ(refused(second), " already_open");
  Draft other_subject = second;
  other_subject.subject = node.random->id<SubjectId>();
  EXPECT_EQ(refused(other_subject), "draft.subject mismatch");
  Draft in_her_name = second;
  in_her_name.author = adviser;
  EXPECT_EQ(refused(in_her_name), "draft.author mismatch");
  ExitDeclared exit;
  exit.organisation = street;
  exit.team = street_team;
  exit.type = ExitType::cdi;
  exit.from = node.stamp().date.plus_days(-400);
  EXPECT_EQ(refused(node.draft("exit", person, worker, exit)), "body.from before_entry");
  // Somebody who is followed by others answers like somebody who is not there.
  const Draft foreign = node.draft("attempt_made", person, adviser, AttemptMade{});
  const auto forbidden = write_entry(node.app(), as(adviser), {person, foreign});
  Draft nobody = foreign;
  nobody.subject = node.random->id<SubjectId>();
  const auto absent = write_entry(node.app(), as(adviser), {nobody.subject, nobody});
  EXPECT_EQ(rule_of(forbidden), "not_found");
  EXPECT_EQ(forbidden.error(), absent.error());
}

TEST_F(Pathway, SomebodyWhoWasOnlySpokenOfIsOnNoList) {
  const auto heard = node.random->id<SubjectId>();
  SignalReceived body;
  body.team = street_team;
  body.who = "Sami";
  body.prescriber = Prescriber::shopkeeper;
  ASSERT_TRUE(note(worker, "signal_received", heard, body).ok());
  const Caller reader = as(worker);
  EXPECT_EQ(value(list_people(node.app(), reader, {street_team, {}, {}})).total, 1);
  EXPECT_EQ(value(list_people(node.app(), reader, {street_team, "sami", {}})).total, 0);
  PersonCreated met;
  met.alias = "Sami";
  met.team = street_team;
  ASSERT_TRUE(note(worker, "person_created", heard, met).ok());
  EXPECT_EQ(value(list_people(node.app(), reader, {street_team, "sami", {}})).total, 1);
}

TEST_F(Pathway, AReceptionDeskReadsTheStreetAndNothingOfThePathway) {
  const SubjectId desk = node.account(Role::reception_agent, street, {street_team});
  ASSERT_TRUE(open(person).ok());
  ASSERT_TRUE(step(worker, street, person, node.random->id<EntryId>(), "dossier de logement").ok());
  const auto card = value(person_card(node.app(), as(desk), {person}));
  EXPECT_FALSE(says(card, "dossier"));
  EXPECT_TRUE(card.state.pathway.claims.empty());
  EXPECT_FALSE(says(value(person_history(node.app(), as(desk), {person, {}})), "dossier"));
  EXPECT_EQ(rule_of(person_pathway(node.app(), as(desk), {person})), "not_found");
}

TEST_F(Pathway, ARestrictedBarrierIsForTheReferentAndForWhoWroteIt) {
  const SubjectId colleague = node.worker(street_team);
  ASSERT_TRUE(open(person).ok());
  Diagnosis sitting;
  sitting.lines = {{Barrier::mental_health, BarrierLevel::blocking, SaidBy::person}};
  ASSERT_TRUE(note(worker, "diagnosis", person, sitting).ok());
  EXPECT_TRUE(says(pathway(worker), "mental_health"));
  EXPECT_FALSE(says(pathway(colleague), "mental_health"));
  EXPECT_FALSE(says(value(person_history(node.app(), as(colleague), {person, {}})), "mental"));
  EXPECT_TRUE(says(value(person_history(node.app(), as(worker), {person, {}})), "mental_health"));
  // She ticked it for the own organisation.
  ASSERT_TRUE(agree(person, street, {SharedField::mental_health}).ok());
  EXPECT_TRUE(says(pathway(colleague), "mental_health"));
}

}  // namespace
}  // namespace filrouge
