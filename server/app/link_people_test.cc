// Two records of one person: figures count her once, an unlink and an erasure restore what was.
#include "server/app/node_testing.h"
#include "server/app/sealing.h"

namespace filrouge {
namespace {

struct LinkedPeople : testing::Test {
  TestNode node;
  SubjectId organisation = node.organisation("Prévention");
  SubjectId team = node.team(organisation);
  SubjectId worker = node.worker(team);
  Caller phone = node.phone(worker);
  Caller desk = node.caller(worker);
  SubjectId a = add("Momo");
  SubjectId b = add("Mohamed");
  SubjectId c = add("Momo du parc");

  SubjectId add(const std::string& alias) {
    const auto id = node.random->id<SubjectId>();
    PersonCreated body;
    body.alias = alias;
    body.team = team;
    body.age_band = AgeBand::from_18_to_20;
    Contact contact;
    contact.team = team;
    for (const Draft& draft : {node.draft("person_created", id, worker, body),
                               node.draft("contact", id, worker, contact)})
      EXPECT_EQ(node.send(phone, draft).receipt, Receipt::accepted);
    node.clock.add_minutes(1);
    return id;
  }
  std::string link(SubjectId one, SubjectId other) {
    return rule_of(link_people(node.app(), desk, {one, other}));
  }
  std::string unlink(SubjectId one, SubjectId other) {
    return rule_of(unlink_people(node.app(), desk, {one, other}));
  }
  std::int64_t persons() {
    FactFilter filter;
    filter.from = {INT32_MIN};
    filter.to = {INT32_MAX - 100};
    std::int64_t all = 0;
    for (const auto& row :
         value(node.store->count_first_contacts(filter, Dimension::none, CivilDate{30'000})))
      all += row.persons;
    return all;
  }
  std::optional<Pseudonym> counts_as(SubjectId person) {
    const auto rows = value(node.store->person_facts({pseudonym_of(node.app(), person)}));
    return rows.empty() ? std::nullopt : rows.front().counts_as;
  }
  Pseudonym smallest(std::vector<SubjectId> records) {
    std::vector<Pseudonym> all;
    for (const SubjectId& one : records) all.push_back(pseudonym_of(node.app(), one));
    return *std::min_element(all.begin(), all.end());
  }
  void expect_clean() {
    const VerifyReport report = node.verify();
    EXPECT_TRUE(report.findings.empty()) << report.findings.front();
  }
};

TEST_F(LinkedPeople, AreCountedOnceAndAgainApart) {
  EXPECT_EQ(persons(), 3);
  EXPECT_EQ(link(a, b), "");
  EXPECT_EQ(persons(), 2);
  EXPECT_EQ(link(b, c), "");
  EXPECT_EQ(persons(), 1);
  for (const SubjectId& one : {a, b, c}) EXPECT_EQ(counts_as(one), smallest({a, b, c}));
  expect_clean();
  EXPECT_EQ(unlink(b, a), "");
  EXPECT_EQ(persons(), 2);
  EXPECT_EQ(counts_as(a), std::nullopt);
  EXPECT_EQ(counts_as(c), smallest({b, c}));
  EXPECT_EQ(unlink(b, c), "");
  EXPECT_EQ(persons(), 3);
  for (const SubjectId& one : {a, b, c}) EXPECT_EQ(counts_as(one), std::nullopt);
  expect_clean();
}

TEST_F(LinkedPeople, WhatIsNotedLaterKeepsThemTogether) {
  EXPECT_EQ(link(a, b), "");
  PersonDescribed body;
  body.sex = Sex::man;
  EXPECT_EQ(node.send(phone, node.draft("person_described", a, worker, body)).receipt,
            Receipt::accepted);
  EXPECT_EQ(counts_as(a), smallest({a, b}));
  expect_clean();
}

TEST_F(LinkedPeople, SayWhyTheyMayNot) {
  EXPECT_EQ(link(a, a), "linked_to_herself");
  EXPECT_EQ(unlink(a, b), "not_linked");
  EXPECT_EQ(link(a, b), "");
  EXPECT_EQ(link(b, a), "already_linked");
  EXPECT_EQ(link(a, node.random->id<SubjectId>()), "not_found");
  const SubjectId other_team = node.team(organisation, "Autre");
  const Caller other = node.caller(node.worker(other_team));
  EXPECT_EQ(rule_of(link_people(node.app(), other, {a, c})), "not_found");
}

TEST_F(LinkedPeople, ErasingOneRecordLeavesTheOthersTogetherAndNamesItNoMore) {
  EXPECT_EQ(link(a, b), "");
  EXPECT_EQ(link(b, c), "");
  for (const SubjectId& gone : {b}) value(erase_person(node.app(), desk, {gone, "person"}));
  // The record in the middle is gone: nothing says any more that the two others are one.
  for (const SubjectId& one : {a, c}) EXPECT_EQ(counts_as(one), std::nullopt);
  EXPECT_EQ(persons(), 3) << "what was counted of her stays, under a fresh pseudonym";
  expect_clean();
}

TEST_F(LinkedPeople, EitherIsStillFoundByItself) {
  EXPECT_EQ(link(a, b), "");
  EXPECT_EQ(value(list_people(node.app(), desk, {team, "mohamed", {}})).total, 1);
  EXPECT_EQ(value(list_people(node.app(), desk, {team, {}, {}})).total, 3);
  const auto card = value(person_card(node.app(), desk, {a}));
  ASSERT_EQ(card.state.links.size(), 1U);
  EXPECT_EQ(card.state.links[0].other, b);
}

TEST_F(LinkedPeople, WithAPathwayEachAreShownAsToReuniteUntilOneIsClosed) {
  const auto reunites = [&](SubjectId person) {
    return value(person_pathway(node.app(), desk, {person})).to_reunite;
  };
  for (const SubjectId& one : {a, b}) {
    const PathwayOpened opened{organisation, team, worker, {}};
    EXPECT_EQ(node.send(phone, node.draft("pathway_opened", one, worker, opened)).receipt,
              Receipt::accepted);
    node.clock.add_minutes(1);
  }
  EXPECT_FALSE(reunites(a));
  EXPECT_EQ(link(a, b), "");
  EXPECT_TRUE(reunites(a));
  EXPECT_TRUE(reunites(b));
  const FollowingEnded ended{EndedBecause::error};
  EXPECT_EQ(node.send(phone, node.draft("following_ended", b, worker, ended)).receipt,
            Receipt::accepted);
  EXPECT_FALSE(reunites(a));
  EXPECT_FALSE(reunites(b));
}

}  // namespace
}  // namespace filrouge
