// When an alias becomes identified: records of the own organisation that may be hers, and the
// partner who is told that somebody looks for a person of her name. The searcher learns nothing of
// it.
#include <algorithm>

#include "server/app/pathway_testing.h"

namespace filrouge {
namespace {

struct Duplicates : Network {
  SubjectId other_team = node.team(street, "Équipe du parc");
  SubjectId colleague = node.worker(other_team);
  SubjectId local_worker = node.account(Role::adviser, local, {local_team}, "conseil");

  SubjectId identified(SubjectId author, SubjectId team, const std::string& alias,
                       const std::string& first_name, const std::string& surname = "",
                       const std::string& born = "") {
    const auto id = node.random->id<SubjectId>();
    PersonCreated created;
    created.alias = alias;
    created.team = team;
    EXPECT_TRUE(note(author, "person_created", id, created).ok());
    if (first_name.empty()) return id;
    IdentityGiven identity;
    identity.first_name = first_name;
    if (!surname.empty()) identity.surname = surname;
    if (!born.empty()) identity.born = value(CivilDate::parse(born));
    EXPECT_TRUE(note(author, "identity_given", id, identity).ok());
    return id;
  }
  SubjectId mine(const std::string& first_name, const std::string& surname = "",
                 const std::string& born = "") {
    return identified(worker, street_team, first_name, first_name, surname, born);
  }
  api::PossibleDuplicates asked(SubjectId person) {
    return value(list_duplicates(node.app(), node.caller(worker), {person}));
  }
  std::vector<SubjectId> found(SubjectId person) {
    std::vector<SubjectId> ids;
    for (const auto& row : asked(person).rows) ids.push_back(row.person);
    return ids;
  }
  std::vector<api::SoughtRow> sought(SubjectId account) {
    return value(relay_box(node.app(), node.caller(account), {})).sought;
  }
};

TEST_F(Duplicates, OfTheOwnOrganisationAreShownWithSinceWhenAndWhichTeam) {
  const SubjectId before = identified(colleague, other_team, "Casquette", "Ines", "Ben Ali");
  identified(colleague, other_team, "Karim", "");
  const SubjectId person = mine("Inès", "Benali", "2005-03-02");
  const api::PossibleDuplicates answer = asked(person);
  ASSERT_EQ(answer.rows.size(), 1U);
  EXPECT_EQ(answer.rows[0].person, before);
  EXPECT_EQ(answer.rows[0].shown, "Ines");
  EXPECT_EQ(answer.rows[0].team, "Équipe du parc");
  EXPECT_FALSE(answer.rows[0].own_team);
  EXPECT_EQ(answer.rows[0].since, utc_day(node.clock.now()));
  EXPECT_EQ(answer.rows[0].marks.given, NameAgreement::same);
  const auto rows = value(node.store->ledger(before, std::nullopt, 10));
  ASSERT_FALSE(rows.empty());
  EXPECT_EQ(rows[0].action, "duplicate.read");
  EXPECT_EQ(rows[0].account, worker);
}

TEST_F(Duplicates, AnAliasAsksNobody) {
  identified(colleague, other_team, "Momo", "");
  EXPECT_TRUE(found(identified(worker, street_team, "Momo", "")).empty());
}

TEST_F(Duplicates, TheSamePersonIsLinkedAndAnotherOneIsNotAskedAboutAgain) {
  const SubjectId same = identified(colleague, other_team, "A", "Lina", "Roy");
  const SubjectId different = identified(colleague, other_team, "B", "Lina");
  const SubjectId person = mine("Lina", "Roy");
  const Caller desk = node.caller(worker);
  ASSERT_EQ(found(person), (std::vector<SubjectId>{same, different})) << "the nearest first";
  EXPECT_EQ(rule_of(link_people(node.app(), desk, {person, same})), "");
  EXPECT_EQ(rule_of(tell_apart(node.app(), desk, {person, different})), "");
  EXPECT_TRUE(found(person).empty());
  EXPECT_TRUE(is_linked(whole(same).links, person));
  EXPECT_TRUE(is_settled(whole(different).links, person)) << "nor is the other team";
  EXPECT_EQ(rule_of(tell_apart(node.app(), desk, {person, same})), "already_linked");
  EXPECT_EQ(rule_of(unlink_people(node.app(), desk, {person, same})), "");
  EXPECT_TRUE(node.verify().findings.empty());
}

TEST_F(Duplicates, AnswersReachNobodyElse) {
  const SubjectId unlike = identified(colleague, other_team, "C", "Yanis", "Roux");
  const SubjectId elsewhere = identified(local_worker, local_team, "D", "Lina", "Roy");
  const SubjectId person = mine("Lina", "Roy");
  for (const SubjectId& other : {unlike, elsewhere, node.random->id<SubjectId>()}) {
    const Caller desk = node.caller(worker);
    EXPECT_EQ(rule_of(link_people(node.app(), desk, {person, other})), "not_found");
    EXPECT_EQ(rule_of(tell_apart(node.app(), desk, {person, other})), "not_found");
  }
  for (const SubjectId& stranger : {colleague, local_worker, coordinator})
    EXPECT_FALSE(list_duplicates(node.app(), node.caller(stranger), {person}).ok());
}

// Everything the searcher can look at: the receipt, the answer, her ledger, the length of the log.
TEST_F(Duplicates, AHitElsewhereChangesNothingForWhoeverSearches) {
  identified(local_worker, local_team, "L", "Lina", "Roy", "2006-05-04");
  const auto heard = [&](const std::string& first_name) {
    const SubjectId person =
        mine(first_name, first_name == "Lina" ? "Roy" : "Abadie", "2006-05-04");
    const auto length = value(node.store->log_head()).size;
    const std::string answer = json::encode(asked(person));
    sought(worker);
    EXPECT_EQ(value(node.store->log_head()).size, length) << "nothing is written";
    std::string ledger;
    for (const LedgerRow& row : value(node.store->ledger(person, std::nullopt, 10)))
      ledger += row.action + " " + row.purpose + ";";
    return answer + ledger;
  };
  const std::string with_hit = heard("Lina"), without = heard("Zoé");
  EXPECT_EQ(with_hit, without);
  EXPECT_EQ(sought(local_worker).size(), 1U);
}

TEST_F(Duplicates, WhoIdentifiesHerLastIsNotToldWhateverTheClockSays) {
  identified(local_worker, local_team, "L", "Lina", "Roy");
  const auto id = node.random->id<SubjectId>();
  PersonCreated created;
  created.alias = "Capuche";
  created.team = street_team;
  IdentityGiven identity;
  identity.first_name = "Lina";
  identity.surname = "Roy";
  Draft early = node.draft("person_created", id, worker, created);
  Draft named = node.draft("identity_given", id, worker, identity);
  for (Draft* draft : {&early, &named}) {
    draft->occurred = LocalStamp::at(Instant{node.clock.now().ms - 20LL * 24 * 3'600'000}, 60);
    EXPECT_TRUE(note_draft(worker, *draft).ok());
  }
  EXPECT_TRUE(sought(worker).empty());
  EXPECT_EQ(sought(local_worker).size(), 1U);
}

TEST_F(Duplicates, HerTeamElsewhereIsToldOnceUntilItHasSeen) {
  const SubjectId hers = identified(local_worker, local_team, "L", "Lina", "Roy", "2006-05-04");
  EXPECT_TRUE(sought(local_worker).empty());
  mine("Lina", "Roy", "2006-05-04");
  identified(colleague, other_team, "X", "Lina", "Roy", "2006-05-04");  // twice over there
  const auto rows = sought(local_worker);
  ASSERT_EQ(rows.size(), 1U);
  EXPECT_EQ(rows[0].person, hers);
  EXPECT_EQ(rows[0].shown, "Lina");
  EXPECT_EQ(rows[0].organisation, street);
  EXPECT_EQ(rows[0].organisation_name, "Prévention");
  const auto ledger = value(node.store->ledger(hers, std::nullopt, 10));
  ASSERT_FALSE(ledger.empty());
  EXPECT_EQ(ledger[0].action, "sought.read");
  EXPECT_EQ(ledger[0].organisation, local);
  const SubjectId apart = node.account(Role::adviser, local, {node.team(local, "Ailleurs")});
  EXPECT_TRUE(sought(apart).empty()) << "another team does not follow her";
  EXPECT_EQ(rule_of(see_sought(node.app(), node.caller(apart), {hers, street})), "not_found");
  value(see_sought(node.app(), node.caller(local_worker), {hers, street}));
  EXPECT_TRUE(sought(local_worker).empty());
  EXPECT_TRUE(node.verify().findings.empty());
}

TEST_F(Duplicates, NobodyIsToldWhoFollowsHerTogetherOrWhereSheObjects) {
  identified(local_worker, local_team, "L", "Lina", "Roy");
  const SubjectId person = mine("Lina", "Roy");
  ASSERT_EQ(sought(local_worker).size(), 1U);
  ConsentRecorded refused;
  refused.answers = {{Purpose::follow_up, Basis::public_interest, false}};
  refused.wording = "consentement-1";
  refused.receipt_number = "R1";
  EXPECT_TRUE(note(worker, "consent_recorded", person, refused).ok());
  EXPECT_TRUE(sought(local_worker).empty());
  const SubjectId again = mine("Lina", "Roy");
  ASSERT_EQ(sought(local_worker).size(), 1U);
  EXPECT_TRUE(agree(again, local, {SharedField::first_name}, SharingPurpose::follow_together).ok());
  EXPECT_TRUE(sought(local_worker).empty()) << "they follow her together";
}

TEST_F(Duplicates, AfterThirtyDaysItIsNoNews) {
  identified(local_worker, local_team, "L", "Lina", "Roy");
  mine("Lina", "Roy");
  node.clock.add_days(29);
  EXPECT_EQ(sought(local_worker).size(), 1U);
  node.clock.add_days(2);
  EXPECT_TRUE(sought(local_worker).empty());
}

}  // namespace
}  // namespace filrouge
