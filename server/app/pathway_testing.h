// Three organisations around one person, for the tests of pathways and relays: Prévention met her,
// Mission locale receives her, Chantier has a step at most.
#pragma once

#include "core/pathway/referent.h"
#include "core/relay/relay.h"
#include "server/app/node_testing.h"

namespace filrouge {

struct Network : testing::Test {
  TestNode node;
  SubjectId street = node.organisation("Prévention");
  SubjectId local = node.organisation("Mission locale");
  SubjectId yard = node.organisation("Chantier");
  SubjectId street_team = node.team(street);
  SubjectId local_team = node.team(local, "Accueil 16-25");
  SubjectId yard_team = node.team(yard, "Atelier");
  SubjectId worker = node.worker(street_team);
  SubjectId adviser = node.account(Role::adviser, local, {local_team});
  SubjectId partner = node.account(Role::solution_partner, yard, {yard_team});
  SubjectId coordinator = node.account(Role::coordinator, street, {street_team});

  template <class Body>
  Status note(SubjectId author, std::string_view kind, SubjectId person, const Body& body) {
    return note_draft(author, node.draft(kind, person, author, body));
  }
  Status note_draft(SubjectId author, const Draft& draft) {
    last = draft.id;
    node.clock.add_minutes(1);  // each word is later than the one before
    auto written = write_draft(node.app(), node.actor(author), draft);
    return written.ok() ? Status(Done{}) : Status(std::move(written.error()));
  }

  SubjectId meet(const std::string& alias) {
    const auto id = node.random->id<SubjectId>();
    PersonCreated body;
    body.alias = alias;
    body.team = street_team;
    EXPECT_TRUE(note(worker, "person_created", id, body).ok());
    return id;
  }
  Status contact(SubjectId author, SubjectId team, SubjectId person, const std::string& words) {
    Contact body;
    body.team = team;
    body.mode = ContactMode::phone;
    body.note = words;
    return note(author, "contact", person, body);
  }
  Status open(SubjectId person) {
    return note(worker, "pathway_opened", person, PathwayOpened{street, street_team, worker, {}});
  }
  Status agree(SubjectId person, SubjectId organisation, std::vector<SharedField> fields,
               SharingPurpose purpose = SharingPurpose::relay) {
    SharingAgreed body;
    body.purpose = purpose;
    body.organisation = organisation;
    body.fields = std::move(fields);
    body.wording = "partage-1";
    return note(worker, "sharing_agreed", person, body);
  }
  Status step(SubjectId author, SubjectId organisation, SubjectId person, EntryId id,
              const std::string& what) {
    StepSet body;
    body.step = id;
    body.organisation = organisation;
    body.what = what;
    body.person_agrees = true;
    body.status = StepStatus::accepted;
    return note(author, "step_set", person, body);
  }

  PersonState whole(SubjectId person) {
    return *value(find_state<PersonState>(node.app(), person));
  }
  const RelayStanding standing(SubjectId person, EntryId relay) {
    const PersonState state = whole(person);
    return standing_of(*find_relay(state, relay));
  }
  // The next act of a relay, naming the one it answers.
  Relay act(SubjectId person, EntryId relay, RelayAct act, SubjectId organisation) {
    Relay body;
    body.relay = relay;
    body.act = act;
    body.organisation = organisation;
    const PersonState state = whole(person);
    if (const RelayState* found = find_relay(state, relay)) body.after = standing_of(*found).head;
    return body;
  }
  Status acts(SubjectId author, SubjectId organisation, SubjectId person, EntryId relay,
              RelayAct which) {
    return note(author, "relay", person, act(person, relay, which, organisation));
  }
  // Proposed to Mission locale with what she ticked.
  EntryId propose(SubjectId person, std::vector<SharedField> fields) {
    EXPECT_TRUE(agree(person, local, std::move(fields)).ok());
    const auto relay = node.random->id<EntryId>();
    Relay body = act(person, relay, RelayAct::proposed, street);
    body.to = local;
    body.need = "un hébergement";
    EXPECT_TRUE(note(worker, "relay", person, body).ok());
    return relay;
  }
  // Up to the meeting that was held.
  void meet_together(SubjectId person, EntryId relay) {
    EXPECT_TRUE(acts(adviser, local, person, relay, RelayAct::accepted).ok());
    Relay meeting = act(person, relay, RelayAct::meeting_set, local);
    meeting.meeting = MeetingPlan{node.stamp().date, 600, "au café"};
    EXPECT_TRUE(note(adviser, "relay", person, meeting).ok());
    EXPECT_TRUE(acts(adviser, local, person, relay, RelayAct::meeting_held).ok());
  }
  Status take_over(SubjectId person, EntryId relay) {
    Relay body = act(person, relay, RelayAct::taken_over, local);
    body.referent = adviser;
    body.team = local_team;
    return note(adviser, "relay", person, body);
  }

  Caller as(SubjectId account) { return node.caller(account); }
  EntryId last;
};

}  // namespace filrouge
