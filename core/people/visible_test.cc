// Law 5 as a property: whatever is written by two organisations, in any order, with any agreements,
// no text of the one is in what the other sees unless a live agreement covers its field; and a
// withdrawal makes the next look as if there had never been an agreement.
#include "core/people/visible.h"

#include <algorithm>
#include <map>

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "core/people/circle.h"
#include "core/testing.h"

namespace filrouge {
namespace {

using testing::draft_of;
using testing::id_of;

const SubjectId kPerson = id_of(1);
const SubjectId kHere = id_of(40), kThere = id_of(41);          // organisations
const SubjectId kTeamHere = id_of(50), kTeamThere = id_of(51);  // their teams
const SubjectId kWorker = id_of(900), kAdviser = id_of(901), kColleague = id_of(902);
const CivilDate kToday = testing::stamp().date;

SubjectId organisation_of(SubjectId id) {
  if (id == kWorker || id == kColleague || id == kTeamHere) return kHere;
  if (id == kAdviser || id == kTeamThere) return kThere;
  return {};
}

PersonState person_of(const std::vector<Draft>& drafts) {
  return std::get<PersonState>(refold(Collection::person, drafts));
}

template <class Body>
Draft by(SubjectId author, std::uint64_t id, std::string_view kind, const Body& body) {
  Draft draft = draft_of(id, kPerson, kind, body, static_cast<std::int64_t>(id));
  draft.author = author;
  return draft;
}

Draft agreed(std::uint64_t id, SubjectId with, std::vector<SharedField> fields) {
  SharingAgreed body;
  body.organisation = with;
  body.fields = std::move(fields);
  body.purpose = SharingPurpose::follow_together;
  body.wording = "partage-1";
  return by(kWorker, id, "sharing_agreed", body);
}

// Every text holds the field it belongs to, and who wrote it: "at home goals".
std::vector<Draft> written_by(SubjectId author, std::uint64_t first) {
  const bool here = organisation_of(author) == kHere;
  const std::string side = here ? "at home " : "over there ";
  const SubjectId organisation = here ? kHere : kThere;
  std::vector<Draft> drafts;
  const auto add = [&](std::string_view kind, const auto& body) {
    drafts.push_back(by(author, first++, kind, body));
  };
  PersonDescribed described;
  described.alias = side + "alias";
  described.recognise = side + "recognise";
  add("person_described", described);
  IdentityGiven identity;
  identity.first_name = side + "first_name";
  identity.surname = side + "surname";
  identity.reach_kind = ReachKind::phone;
  identity.reach = side + "reach";
  add("identity_given", identity);
  Contact contact;
  contact.team = here ? kTeamHere : kTeamThere;
  contact.note = side + "note";
  add("contact", contact);
  Diagnosis sitting;
  sitting.goals = {side + "goals"};
  add("diagnosis", sitting);
  StepSet step;
  step.step = id_of<EntryId>(first + 1000);
  step.organisation = organisation;
  step.what = side + "steps";
  add("step_set", step);
  AppointmentSet appointment;
  appointment.appointment = id_of<EntryId>(first + 2000);
  appointment.organisation = organisation;
  appointment.account = author;
  appointment.on = kToday;
  appointment.about = side + "appointments";
  add("appointment_set", appointment);
  ExitDeclared exit;
  exit.organisation = organisation;
  exit.from = kToday;
  exit.place = side + "exits";
  add("exit", exit);
  add("concern_reported", ConcernReported{kToday, side + "recipient"});
  return drafts;
}

const std::map<std::string, SharedField>& texts() {
  static const std::map<std::string, SharedField> kTexts{
      {"alias", SharedField::alias},     {"first_name", SharedField::first_name},
      {"surname", SharedField::surname}, {"reach", SharedField::reach},
      {"goals", SharedField::goals},     {"steps", SharedField::steps},
      {"exits", SharedField::exits},     {"appointments", SharedField::appointments}};
  return kTexts;
}

std::vector<Draft> both() {
  PersonCreated created;
  created.alias = "at home alias";
  created.team = kTeamHere;
  std::vector<Draft> drafts{by(kWorker, 2, "person_created", created)};
  for (Draft& draft : written_by(kWorker, 10)) drafts.push_back(std::move(draft));
  for (Draft& draft : written_by(kAdviser, 30)) drafts.push_back(std::move(draft));
  return drafts;
}

std::string seen(const PersonState& person, SubjectId organisation, SubjectId account) {
  return json::encode(visible_to(person, {organisation, account}, kToday, organisation_of));
}

bool holds_text(const std::string& text, const std::string& words) {
  return text.find(words) != std::string::npos;
}

RC_GTEST_PROP(Visible, NothingCrossesThatSheDidNotTick, ()) {
  std::vector<SharedField> ticked;
  std::vector<Draft> drafts = both();
  for (const auto& [text, field] : texts())
    if (*rc::gen::arbitrary<bool>()) ticked.push_back(field);
  drafts.push_back(agreed(60, kThere, ticked));
  const PersonState person = person_of(drafts);
  for (const SubjectId reader : {kHere, kThere}) {
    const std::string text = seen(person, reader, reader == kHere ? kColleague : kAdviser);
    const std::string own = reader == kHere ? "at home " : "over there ";
    const std::string other = reader == kHere ? "over there " : "at home ";
    for (const auto& [words, field] : texts()) {
      RC_ASSERT(holds_text(text, own + words));
      const bool ours = reader == kThere && std::count(ticked.begin(), ticked.end(), field) > 0;
      RC_ASSERT(holds_text(text, other + words) == ours);
    }
    for (const std::string never : {"note", "recognise", "recipient"}) {
      RC_ASSERT(holds_text(text, own + never));
      RC_ASSERT(!holds_text(text, other + never));
    }
  }
}

TEST(Visible, AWithdrawalAndAnEndLeaveNothing) {
  std::vector<SharedField> all;
  for (const auto& [text, field] : texts()) all.push_back(field);
  std::sort(all.begin(), all.end());
  std::vector<Draft> drafts = both();
  const std::string without = seen(person_of(drafts), kThere, kAdviser);
  drafts.push_back(agreed(60, kThere, all));
  const PersonState shared = person_of(drafts);
  ASSERT_TRUE(holds_text(seen(shared, kThere, kAdviser), "at home goals"));
  EXPECT_TRUE(is_in(circle_of(shared, kToday).organisations, kThere));
  drafts.push_back(by(kWorker, 61, "sharing_withdrawn", SharingWithdrawn{}));
  const std::string after = seen(person_of(drafts), kThere, kAdviser);
  for (const auto& [words, field] : texts()) EXPECT_FALSE(holds_text(after, "at home " + words));
  EXPECT_TRUE(holds_text(after, "over there goals"));
}

TEST(Visible, ARestrictedBarrierIsForTheReferentItsAuthorAndWhomSheTold) {
  PersonCreated created;
  created.alias = "x";
  created.team = kTeamHere;
  Diagnosis sitting;
  sitting.lines = {{Barrier::legal, BarrierLevel::light, SaidBy::person}};
  std::vector<Draft> drafts{
      by(kWorker, 2, "person_created", created),
      by(kWorker, 3, "pathway_opened", PathwayOpened{kHere, kTeamHere, kColleague, {}}),
      by(kWorker, 4, "diagnosis", sitting)};
  const auto sees = [&](SubjectId organisation, SubjectId account) {
    return holds_text(seen(person_of(drafts), organisation, account), "\"legal\"");
  };
  EXPECT_TRUE(sees(kHere, kWorker));     // wrote it
  EXPECT_TRUE(sees(kHere, kColleague));  // the référent
  EXPECT_FALSE(sees(kHere, id_of(903)));
  EXPECT_FALSE(sees(kThere, kAdviser));
  drafts.push_back(agreed(60, kThere, {SharedField::barriers}));
  EXPECT_FALSE(sees(kThere, kAdviser));  // the others, not this one
  drafts.push_back(agreed(61, kThere, {SharedField::barriers, SharedField::legal}));
  EXPECT_FALSE(holds_text(seen(person_of(drafts), kHere, id_of(903)), "\"light\""));
  EXPECT_TRUE(holds_text(seen(person_of(drafts), kThere, kAdviser), "\"light\""));
}

TEST(Visible, ADeskReadsTheStreetAlone) {
  const PersonState person = person_of(both());
  const PersonState cut = visible_to(person, {kHere, kColleague, false}, kToday, organisation_of);
  EXPECT_EQ(json::encode(cut.pathway), json::encode(PathwayState{}));
  EXPECT_FALSE(cut.recent.empty());
}

// Simulation, seed 3: her creation waited in the quarantine, and the team that met her since was
// not shown what she answered on consent.
TEST(Visible, WhoMetHerIsAtHomeWhileHerCreationIsOnItsWay) {
  ConsentRecorded said;
  said.answers = {{Purpose::contact_me, Basis::consent, false}};
  said.receipt_number = "1";
  std::vector<Draft> drafts = written_by(kWorker, 10);
  drafts.push_back(by(kWorker, 60, "consent_recorded", said));
  const PersonState person = person_of(drafts);
  const auto consents = [&](const Reader& reader) {
    return visible_to(person, reader, kToday, organisation_of).consents.size();
  };
  EXPECT_EQ(consents({kHere, kColleague, true, kHere}), 1U);
  EXPECT_EQ(consents({kThere, kAdviser, true, kHere}), 0U);
  EXPECT_EQ(consents({kHere, kColleague}), 0U);  // nobody met her yet
}

TEST(Circle, ARelayOpensNothingBeforeItIsProposedNorWithoutHerAgreement) {
  Relay body;
  body.relay = id_of<EntryId>(500);
  body.act = RelayAct::proposed;
  body.organisation = kHere;
  body.to = kThere;
  Draft grant = agreed(10, kThere, {SharedField::alias});
  SharingAgreed for_relay;
  for_relay.organisation = kThere;
  for_relay.wording = "partage-1";
  grant = by(kWorker, 10, "sharing_agreed", for_relay);
  const Draft proposed = by(kWorker, 11, "relay", body);
  EXPECT_TRUE(circle_of(person_of({grant}), kToday).organisations.empty());
  EXPECT_TRUE(circle_of(person_of({proposed}), kToday).organisations.empty());
  EXPECT_TRUE(is_in(circle_of(person_of({grant, proposed}), kToday).organisations, kThere));
  body.act = RelayAct::declined;
  body.after = proposed.id;
  body.organisation = kThere;
  body.because = DeclinedBecause::full;
  const Draft declined = by(kAdviser, 12, "relay", body);
  EXPECT_TRUE(circle_of(person_of({grant, proposed, declined}), kToday).organisations.empty());
}

}  // namespace
}  // namespace filrouge
