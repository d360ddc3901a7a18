// A person as her card shows her: alias, identity, contacts, what she agreed to, what is counted.
#include <set>

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "core/base/limits.h"
#include "core/people/age.h"
#include "core/people/consent.h"
#include "core/people/wording.h"
#include "core/testing.h"

namespace filrouge {
namespace {

using testing::draft_of;
using testing::id_of;

const SubjectId kPerson = id_of(1);
const SubjectId kTeam = id_of(50);

template <class Body>
std::string verdict(std::string_view kind, const Body& body) {
  const Status status = check(draft_of(1, kPerson, kind, body));
  return status.ok() ? "ok" : status.error().field + " " + status.error().rule;
}

PersonState person_of(const std::vector<Draft>& drafts) {
  State state = refold(Collection::person, drafts);
  return std::get<PersonState>(state);
}

PersonCreated created(std::string alias) { return {std::move(alias), kTeam, {}, {}, {}, {}}; }

Draft contact_at(std::uint64_t id, std::int64_t minutes, bool locked = false) {
  Contact body;
  body.team = kTeam;
  Draft draft = draft_of(id, kPerson, "contact", body, minutes);
  draft.locked = locked;
  return draft;
}

TEST(CheckPeople, AnAliasIsAllAPersonNeeds) {
  EXPECT_EQ(verdict("person_created", created("Momo")), "ok");
  EXPECT_EQ(verdict("person_created", created("  ")), "body.alias missing");
  EXPECT_EQ(verdict("person_created", created(std::string(61, 'a'))), "body.alias too_long");
  EXPECT_EQ(verdict("person_described", PersonDescribed{}), "ok");
  EXPECT_EQ(verdict("person_described", PersonDescribed{"", {}, {}, {}, {}}), "body.alias missing");
}

TEST(CheckPeople, AWayToReachHasAKind) {
  IdentityGiven body{"Inès", {}, {}, {}, {}, {}};
  EXPECT_EQ(verdict("identity_given", body), "ok");
  body.reach = "06 12 34 56 78";
  EXPECT_EQ(verdict("identity_given", body), "body.reach_kind missing");
  body.reach_kind = ReachKind::phone;
  EXPECT_EQ(verdict("identity_given", body), "ok");
  body.reach.reset();
  EXPECT_EQ(verdict("identity_given", body), "body.reach missing");
  body.reach_kind = ReachKind::in_person;
  EXPECT_EQ(verdict("identity_given", body), "ok");
}

TEST(CheckPeople, TheBasisIsDecidedByThePurpose) {
  ConsentRecorded body{{}, HowExplained::shown, "consentement-1", "K7", ReceiptForm::paper, {}};
  EXPECT_EQ(verdict("consent_recorded", body), "body.answers missing");
  body.answers = {{Purpose::contact_me, Basis::consent, true},
                  {Purpose::follow_up, Basis::consent, true}};
  EXPECT_EQ(verdict("consent_recorded", body), "body.answers[1].basis basis");
  body.answers[1].basis = Basis::public_interest;
  EXPECT_EQ(verdict("consent_recorded", body), "ok");
  body.answers[1] = body.answers[0];
  EXPECT_EQ(verdict("consent_recorded", body), "body.answers[1].purpose repeated");
}

TEST(CheckPeople, AConcernHasADateAndARecipientAndNoContent) {
  EXPECT_EQ(verdict("concern_reported", ConcernReported{{20'778}, "CRIP 37"}), "ok");
  EXPECT_EQ(verdict("concern_reported", ConcernReported{{20'778}, ""}), "body.recipient missing");
  EXPECT_EQ(json::encode(ConcernReported{{20'778}, "CRIP 37"}),
            R"({"on":"2026-11-21","recipient":"CRIP 37"})");
}

TEST(CheckPeople, ErasureIsAskedByThePersonOrHerRepresentative) {
  EXPECT_EQ(verdict("person_erased", PersonErased{"person"}), "ok");
  EXPECT_EQ(verdict("person_erased", PersonErased{"police"}), "body.asked_by choice");
}

TEST(Person, AContactBeforeHerCreationIsKeptAndCompletedLater) {
  State state = empty_state(Collection::person);
  EXPECT_TRUE(decide(contact_at(2, 5), state).ok());
  fold(state, contact_at(2, 5));
  const Draft late = draft_of(3, kPerson, "person_created", created("Momo"), 0);
  EXPECT_TRUE(decide(late, state).ok());
  fold(state, late);
  const auto& person = std::get<PersonState>(state);
  EXPECT_EQ(person.contact_count, 1);
  EXPECT_EQ(person.alias.shown(), "Momo");
  EXPECT_EQ(decide(draft_of(4, kPerson, "person_created", created("Zoé")), state).error().rule,
            "already_created");
}

TEST(Person, TwoAliasesWrittenApartBothStayUntilAHumanChooses) {
  const Draft made = draft_of(1, kPerson, "person_created", created("Momo"));
  const Draft one =
      draft_of(2, kPerson, "person_described", PersonDescribed{"Mo", {}, {}, {}, {made.id}}, 5);
  const Draft two = draft_of(3, kPerson, "person_described",
                             PersonDescribed{"Mohamed", {}, {}, {}, {made.id}}, 6);
  PersonState person = person_of({two, made, one});
  EXPECT_TRUE(person.alias.is_disputed());
  EXPECT_EQ(person.alias.values.size(), 2u);
  const Draft choice = draft_of(4, kPerson, "person_described",
                                PersonDescribed{"Mo", {}, {}, {}, {one.id, two.id}}, 9);
  person = person_of({choice, two, made, one});
  EXPECT_FALSE(person.alias.is_disputed());
  EXPECT_EQ(person.alias.shown(), "Mo");
}

TEST(Person, OnlyTheLastContactsAreKeptButAllAreCounted) {
  std::vector<Draft> drafts;
  for (std::uint64_t i = 1; i <= 30; ++i)
    drafts.push_back(contact_at(i, static_cast<std::int64_t>(i) * 1'440));
  const PersonState person = person_of(drafts);
  EXPECT_EQ(person.contact_count, 30);
  EXPECT_EQ(person.recent.size(), kRecentContactsMax);
  EXPECT_EQ(person.recent[0].entry, id_of<EntryId>(30));
  EXPECT_EQ(person.first_contact->text(), "2026-11-22");
  EXPECT_EQ(person.last_contact->text(), "2026-12-21");
}

TEST(Person, AContactOfALockedPhoneWaitsForItsAuthor) {
  const Draft locked = contact_at(1, 0, true);
  const Draft confirmed = draft_of(2, kPerson, "confirmed", Confirmed{locked.id, "person"}, 60);
  EXPECT_TRUE(person_of({locked}).recent.at(0).locked);
  EXPECT_FALSE(person_of({locked, confirmed}).recent.at(0).locked);
  EXPECT_FALSE(person_of({confirmed, locked}).recent.at(0).locked);
}

TEST(Person, AnUndoneContactIsNeverCountedWhateverCameFirst) {
  const Draft undone = draft_of(9, kPerson, "undone", Undone{id_of<EntryId>(1), "person"}, 1);
  State state = empty_state(Collection::person);
  fold(state, undone);
  fold(state, contact_at(1, 0));
  EXPECT_EQ(std::get<PersonState>(state).contact_count, 0);
  EXPECT_TRUE(is_undone(state, id_of<EntryId>(1)));
  EXPECT_EQ(person_of({contact_at(1, 0), contact_at(2, 5), undone}).contact_count, 1);
}

TEST(Person, ErasedAcceptsNothingMore) {
  State state = refold(Collection::person,
                       {draft_of(1, kPerson, "person_created", created("Momo")),
                        draft_of(2, kPerson, "person_erased", PersonErased{"person"}, 5)});
  EXPECT_EQ(decide(contact_at(3, 9), state).error().rule, "erased");
  EXPECT_EQ(encode_state(state).find("Momo"), std::string::npos);
  // Nor does taking back the erasure bring her back.
  const Draft back = draft_of(4, kPerson, "undone", Undone{id_of<EntryId>(2), "person"}, 9);
  state = refold(Collection::person,
                 {draft_of(1, kPerson, "person_created", created("Momo")), back,
                  draft_of(2, kPerson, "person_erased", PersonErased{"person"}, 5)});
  EXPECT_TRUE(std::get<PersonState>(state).erased);
}

// --- consent ---

Draft answer(std::uint64_t id, bool agreed, std::int64_t minutes, std::uint64_t author,
             std::vector<EntryId> replaces = {}) {
  ConsentRecorded body{{{Purpose::contact_me, Basis::consent, agreed}},
                       HowExplained::shown,
                       "consentement-1",
                       "K7",
                       ReceiptForm::screen,
                       std::move(replaces)};
  Draft draft = draft_of(id, kPerson, "consent_recorded", body, minutes);
  draft.author = id_of(author);
  return draft;
}

bool agrees(const std::vector<Draft>& drafts) {
  const PersonState person = person_of(drafts);
  const ConsentState* consent = consent_for(person, Purpose::contact_me);
  return consent != nullptr && consent->agreed;
}

TEST(Consent, ARefusalWinsOverAConcurrentAgreement) {
  EXPECT_FALSE(agrees({answer(1, true, 10, 900), answer(2, false, 5, 901)}));
  EXPECT_FALSE(agrees({answer(2, false, 5, 901), answer(1, true, 10, 900)}));
  EXPECT_FALSE(agrees({answer(1, true, 5, 900), answer(2, false, 10, 901)}));
}

TEST(Consent, AnAgreementThatKnewOfTheRefusalHolds) {
  const Draft refused = answer(2, false, 5, 901);
  EXPECT_TRUE(agrees({answer(1, true, 10, 901), refused})) << "the same worker, later";
  EXPECT_TRUE(agrees({answer(1, true, 10, 900, {refused.id}), refused})) << "it names it";
  EXPECT_TRUE(agrees({answer(1, true, 5 + 12 * 60 + 1, 900), refused})) << "another day";
  EXPECT_FALSE(agrees({answer(1, true, 5 + 12 * 60, 900), refused}));
}

TEST(Consent, AnAgreementTakenBackIsGoneWhateverArrivesLate) {
  EXPECT_FALSE(
      agrees({answer(1, true, 0, 900), answer(2, true, 60, 900), answer(3, false, 120, 901)}));
  EXPECT_EQ(consent_for(person_of({}), Purpose::contact_me), nullptr) << "never asked";
}

TEST(Consent, ReceiptsAreKept) {
  const PersonState person = person_of({answer(1, true, 0, 900), answer(2, false, 60, 900)});
  ASSERT_EQ(person.receipts.size(), 2u);
  EXPECT_EQ(person.receipts[0].number, "K7");
}

RC_GTEST_PROP(RegisterProperty, AnyOrderOfWritesGivesTheSameRegister, (std::uint64_t seed)) {
  testing::Numbers n(seed);
  struct Write {
    EntryId entry;
    std::string value;
    std::vector<EntryId> replaces;
  };
  std::vector<Write> writes;
  for (std::uint64_t i = 1; i <= 1 + n.below(8); ++i) {
    Write w{id_of<EntryId>(i), std::to_string(n.below(3)), {}};
    for (std::uint64_t k = n.below(3); k > 0; --k)
      w.replaces.push_back(id_of<EntryId>(1 + n.below(9)));
    writes.push_back(std::move(w));
  }
  const auto apply = [](const std::vector<Write>& list) {
    TextRegister text;
    for (const Write& w : list) text.write(w.entry, SubjectId{}, w.value, w.replaces);
    return text;
  };
  const TextRegister first = apply(writes);
  for (std::size_t i = writes.size(); i > 1; --i) std::swap(writes[i - 1], writes[n.below(i)]);
  writes.push_back(writes.front());  // repeated
  RC_ASSERT(apply(writes) == first);
}

// --- what is counted ---

Surroundings around() {
  Surroundings s;
  s.organisation = id_of(40);
  s.person = id_of<Pseudonym>(7);
  return s;
}

TEST(FactsPeople, SexAndAgeAreTheLatestKnownAndCorrectible) {
  PersonCreated body = created("Momo");
  body.sex = Sex::man;
  State state = empty_state(Collection::person);
  const Draft made = draft_of(1, kPerson, "person_created", body);
  fold(state, made);
  PersonFact fact = facts_of(made, state, around()).persons.at(0);
  EXPECT_EQ(fact.sex, Sex::man);
  EXPECT_FALSE(fact.identified);
  const Draft corrected =
      draft_of(2, kPerson, "person_described",
               PersonDescribed{{}, {}, Sex::other, AgeBand::from_26_to_29, {}}, 60);
  fold(state, corrected);
  fact = facts_of(corrected, state, around()).persons.at(0);
  EXPECT_EQ(fact.sex, Sex::other);
  EXPECT_EQ(fact.age_band, AgeBand::from_26_to_29);
}

TEST(FactsPeople, AContactCarriesThePseudonymAndNeverThePerson) {
  State state = refold(Collection::person, {contact_at(31, 0)});
  const FactChange change = facts_of(contact_at(31, 0), state, around());
  ASSERT_EQ(change.put.size(), 1u);
  EXPECT_EQ(change.put[0].person, id_of<Pseudonym>(7));
  const std::string text = json::encode(change.put[0]) + json::encode(change.persons);
  EXPECT_EQ(text.find(kPerson.hex()), std::string::npos);
}

TEST(FactsPeople, IdentityMakesHerIdentifiedAndABirthDateGivesTheBand) {
  const Draft given =
      draft_of(2, kPerson, "identity_given",
               IdentityGiven{"Inès", {}, {}, {}, *CivilDate::parse("2009-11-22"), {}}, 5);
  State state = refold(Collection::person, {contact_at(1, 0), given});
  const PersonFact fact = facts_of(given, state, around()).persons.at(0);
  EXPECT_TRUE(fact.identified);
  EXPECT_EQ(fact.age_band, AgeBand::from_16_to_17) << "17 on the day before her birthday";
}

TEST(Ages, TurnOnTheBirthday) {
  const auto band = [](std::string_view born) {
    return age_band_on(*CivilDate::parse(born), *CivilDate::parse("2026-11-21"));
  };
  EXPECT_EQ(band("2010-11-22"), AgeBand::under_16);
  EXPECT_EQ(band("2010-11-21"), AgeBand::from_16_to_17);
  EXPECT_EQ(band("2008-11-21"), AgeBand::from_18_to_20);
  EXPECT_EQ(band("2005-11-21"), AgeBand::from_21_to_25);
  EXPECT_EQ(band("2000-11-21"), AgeBand::from_26_to_29);
  EXPECT_EQ(band("1996-11-22"), AgeBand::from_26_to_29);
  EXPECT_EQ(band("1996-11-21"), AgeBand::from_30);
  EXPECT_EQ(age_on(*CivilDate::parse("2008-02-29"), *CivilDate::parse("2026-02-28")), 17);
  EXPECT_EQ(age_on(*CivilDate::parse("2008-02-29"), *CivilDate::parse("2026-03-01")), 18);
}

// --- words ---

std::string all_young_words() {
  std::string text;
  for (const ConsentScreen& s : consent_wording().screens)
    for (const Words* w : {&s.title, &s.text, &s.basis_text, &s.yes, &s.no})
      text += w->fr + " " + w->en + " ";
  const ConsentWording& c = consent_wording();
  return text + c.opening.fr + c.stop.fr + c.stop.en + c.quit.fr;
}

TEST(Wording, YoungPeopleAreToldInPlainWords) {
  const std::string text = all_young_words();
  for (const std::string_view banned :
       {"frein", "Frein", "NEET", "invisible", "public cible", "barrier", "éloigné"})
    EXPECT_EQ(text.find(banned), std::string::npos) << banned;
  EXPECT_EQ(text.find("vous "), std::string::npos) << "tu";
}

TEST(Wording, FourScreensOneUseEachWithItsOwnBasis) {
  const ConsentWording& wording = consent_wording();
  EXPECT_EQ(wording.version, "consentement-1");
  ASSERT_EQ(wording.screens.size(), 4u);
  std::set<Purpose> purposes;
  for (const ConsentScreen& s : wording.screens) {
    purposes.insert(s.purpose);
    EXPECT_EQ(s.basis, basis_of(s.purpose));
    const bool may_object = s.basis == Basis::public_interest;
    EXPECT_NE(s.basis_text.fr.find(may_object ? "tu peux t'opposer" : "tu peux le retirer"),
              std::string::npos);
  }
  EXPECT_EQ(purposes.size(), 4u);
}

TEST(Wording, MinorsHaveTheirChoicesAndAdultsNone) {
  const auto choices = [](AgeBand band) {
    std::set<MinorChoice> all;
    const MinorAdvice* advice = minor_advice_for(band);
    if (advice == nullptr) return all;
    for (const MinorOption& option : advice->options)
      all.insert(option.choices.begin(), option.choices.end());
    return all;
  };
  EXPECT_EQ(choices(AgeBand::from_16_to_17),
            (std::set<MinorChoice>{MinorChoice::mission_locale, MinorChoice::cio,
                                   MinorChoice::bond_kept}));
  EXPECT_EQ(minor_advice_for(AgeBand::from_16_to_17)->options.size(), 2u);
  EXPECT_EQ(choices(AgeBand::under_16),
            (std::set<MinorChoice>{MinorChoice::cio, MinorChoice::school,
                                   MinorChoice::family_mediation}));
  EXPECT_EQ(minor_advice_for(AgeBand::from_18_to_20), nullptr);
  EXPECT_EQ(minor_wording().notice.fr, "à faire relire par un juriste");
  EXPECT_NE(minor_wording().danger.fr.find("119"), std::string::npos);
}

}  // namespace
}  // namespace filrouge
