#include <sqlite3.h>

#include "core/base/text.h"
#include "server/app/intake.h"
#include "server/app/node_testing.h"
#include "server/app/sealing.h"

namespace filrouge {
namespace {

constexpr const char* planted = "Zbigniewska";  // a name that nothing else in a folder says

struct Erasure : testing::Test {
  TestNode node;
  SubjectId organisation = node.organisation("Prévention");
  SubjectId team = node.team(organisation);
  SubjectId worker = node.worker(team);
  Caller phone = node.phone(worker);
  SubjectId place = node.place(organisation, "Gare", "37261");
  SubjectId person = node.random->id<SubjectId>();

  void SetUp() override {
    PersonCreated created;
    created.alias = planted;
    created.team = team;
    created.age_band = AgeBand::from_18_to_20;
    Contact contact;
    contact.team = team;
    contact.place = place;
    contact.note = std::string("note de ") + planted;
    for (const Draft& draft : {node.draft("person_created", person, worker, created),
                               node.draft("contact", person, worker, contact),
                               node.draft("contact", person, worker, contact)})
      ASSERT_EQ(node.send(phone, draft).receipt, Receipt::accepted);
  }
  void erase() { value(erase_person(node.app(), node.caller(worker), {person, "person"})); }
  std::vector<FactCount> contacts_by_commune() {
    FactFilter filter;
    filter.kind = FactKind::contact;
    filter.from = {INT32_MIN};
    filter.to = {INT32_MAX};
    return value(node.store->count_facts(filter, Dimension::commune));
  }
};

TEST_F(Erasure, NothingOfHerIsLeftAndTheTotalsStay) {
  const auto before = contacts_by_commune();
  const auto entries = value(node.store->entries_of(person));
  ASSERT_EQ(entries.size(), 3U);
  const Fact fact = node.facts(FactKind::contact).at(0);
  erase();
  EXPECT_TRUE(value(node.store->entries_of(person)).empty());
  EXPECT_FALSE(value(node.store->state(person)).has_value());
  EXPECT_FALSE(node.keys->open(entries[0].entry.envelope.key).ok());
  const auto after = contacts_by_commune();
  ASSERT_EQ(after.size(), before.size());
  EXPECT_EQ(after[0].key, before[0].key);
  EXPECT_EQ(after[0].number, 2);
  for (const Fact& kept : node.facts(FactKind::contact)) {
    EXPECT_NE(kept.entry, fact.entry);
    EXPECT_NE(kept.person, fact.person);
    const auto known = value(node.store->person_facts({*kept.person}));
    ASSERT_EQ(known.size(), 1U);
    EXPECT_TRUE(known[0].erased);
    EXPECT_EQ(known[0].age_band, AgeBand::from_18_to_20);
  }
  EXPECT_TRUE(node.verify().findings.empty());
  EXPECT_EQ(node.verify().erased, 3);
}

TEST_F(Erasure, NoByteOfHerNameOrCiphertextIsInTheFolder) {
  const auto entries = value(node.store->entries_of(person));
  std::vector<std::string> pieces{
      planted,
      std::string(reinterpret_cast<const char*>(person.bytes.data()), person.bytes.size())};
  for (const StoredEntry& entry : entries) {
    const std::string piece = entry.entry.ciphertext.substr(40, 32);
    EXPECT_TRUE(node.folder_contains(piece));
    pieces.push_back(piece);
  }
  erase();
  node.restart();  // the log in front of the database is emptied as well
  EXPECT_FALSE(node.folder_contains(pieces[0]));
  for (std::size_t i = 2; i < pieces.size(); ++i) EXPECT_FALSE(node.folder_contains(pieces[i]));
}

TEST_F(Erasure, SearchFindsHerNoMore) {
  const Caller reader = node.caller(worker);
  EXPECT_EQ(value(list_people(node.app(), reader, {team, planted, {}})).total, 1);
  erase();
  EXPECT_EQ(value(list_people(node.app(), reader, {team, planted, {}})).total, 0);
  EXPECT_EQ(rule_of(person_card(node.app(), reader, {person})), "not_found");
}

TEST_F(Erasure, WhatArrivesLaterIsDestroyedAndItsRowStays) {
  Contact contact;
  contact.team = team;
  contact.note = "trop tard";
  const Draft late = node.draft("contact", person, worker, contact);
  Draft absurd = late;
  absurd.id = node.random->id<EntryId>();
  absurd.occurred = LocalStamp::at({node.clock.now().ms + 10LL * 365 * 86'400'000}, 60);
  erase();
  for (const Draft& draft : {late, absurd}) {
    const auto result = node.send(phone, draft);
    EXPECT_EQ(result.receipt, Receipt::quarantined);
    EXPECT_EQ(result.reason.value_or(""), reason::erased_person);
    const auto row = value(node.store->quarantined(draft.id));
    ASSERT_TRUE(row.has_value());
    EXPECT_TRUE(row->sealed.empty());
    EXPECT_TRUE(row->subject.is_nil());
    EXPECT_EQ(row->kind, "contact");
    EXPECT_EQ(row->author, worker);
  }
}

TEST_F(Erasure, WhatWaitedInTheQuarantineGoesWithHer) {
  Contact contact;
  contact.team = team;
  Draft waits = node.draft("contact", person, worker, contact);
  waits.version = 9;
  EXPECT_EQ(node.send(phone, waits).receipt, Receipt::quarantined);
  erase();
  EXPECT_FALSE(value(node.store->quarantined(waits.id)).has_value());
}

TEST_F(Erasure, WhatWaitsIsAllThereIsOfHerAndGoesAtTheNextStart) {
  const auto stranger = node.random->id<SubjectId>();
  Contact contact;
  contact.team = team;
  Draft waits = node.draft("contact", stranger, worker, contact);
  waits.version = 9;
  EXPECT_EQ(node.send(phone, waits).receipt, Receipt::quarantined);
  value(node.keys->destroy(stranger));  // on the list of the folder that a restore gave up
  node.restart();
  EXPECT_EQ(value(finish_erasures(node.app())), 1);
  EXPECT_FALSE(value(node.store->quarantined(waits.id)).has_value());
  EXPECT_EQ(value(finish_erasures(node.app())), 0);
}

TEST_F(Erasure, AStopAfterTheKeyIsFinishedAtTheNextStart) {
  value(node.keys->destroy(person));
  node.restart();
  EXPECT_FALSE(node.verify().findings.empty());  // says that an erasure waits
  EXPECT_EQ(value(finish_erasures(node.app())), 1);
  EXPECT_TRUE(value(node.store->entries_of(person)).empty());
  EXPECT_EQ(contacts_by_commune().at(0).number, 2);
  EXPECT_EQ(value(finish_erasures(node.app())), 0);
  EXPECT_TRUE(node.verify().findings.empty());
}

TEST_F(Erasure, IsAskedForByHerOwnTeamAndWrittenDown) {
  const SubjectId stranger = node.worker(node.team(organisation, "Autre"));
  EXPECT_EQ(rule_of(erase_person(node.app(), node.caller(stranger), {person, "person"})),
            "not_found");
  EXPECT_EQ(rule_of(erase_person(node.app(), node.caller(worker), {person, "neighbour"})),
            "choice");
  erase();
  const auto rows = value(node.store->ledger(person, std::nullopt, 10));
  ASSERT_FALSE(rows.empty());
  EXPECT_EQ(rows[0].action, "person.erase");
}

// ---- encounters after thirty days

struct Retention : Erasure {
  SubjectId round = node.random->id<SubjectId>();
  std::vector<Draft> noted;

  void note(std::int32_t count, std::optional<Sex> sex) {
    Encounter body;
    body.count = count;
    body.team = team;
    body.round = round;
    body.place = place;
    body.sex = sex;
    noted.push_back(node.draft("encounter", round, worker, body));
    ASSERT_EQ(node.send(phone, noted.back()).receipt, Receipt::accepted);
  }
  std::int64_t sum() {
    std::int64_t number = 0;
    for (const Fact& fact : node.facts(FactKind::encounter)) number += fact.number;
    return number;
  }
};

TEST_F(Retention, HourAndPlaceGoAndEveryTotalStays) {
  note(2, Sex::woman);
  note(3, Sex::woman);
  note(4, std::nullopt);
  value(receive(
      node.app(), phone,
      {{node.seal(node.draft("undone", round, worker, Undone{noted[1].id, "round"}))}, {}}));
  const std::string state = node.state_text(round);
  const auto communes = contacts_by_commune();
  node.clock.add_days(29);
  EXPECT_EQ(value(expire_encounter_detail(node.app(), node.clock.now())), 0);
  node.clock.add_days(3);
  EXPECT_EQ(value(expire_encounter_detail(node.app(), node.clock.now())), 2);
  EXPECT_EQ(sum(), 6);
  EXPECT_EQ(node.facts(FactKind::encounter).size(), 2U);  // one a sex
  EXPECT_EQ(node.facts(FactKind::encounter)[0].commune, "37261");
  EXPECT_EQ(node.state_text(round), state);  // the round keeps its number
  for (const Draft& draft : noted)           // also the one that was taken back
    EXPECT_TRUE(value(node.store->entries({draft.id})).empty());
  EXPECT_TRUE(node.verify().findings.empty());
  EXPECT_EQ(value(expire_encounter_detail(node.app(), node.clock.now())), 0);
}

TEST_F(Retention, ItIsTooLateToUndoWhatLetItsDetailGo) {
  note(2, Sex::man);
  node.clock.add_days(32);
  EXPECT_EQ(value(expire_encounter_detail(node.app(), node.clock.now())), 1);
  const auto result =
      node.send(phone, node.draft("undone", round, worker, Undone{noted[0].id, "round"}));
  EXPECT_EQ(result.reason.value_or(""), reason::too_late);
  EXPECT_EQ(node.send(phone, noted[0]).receipt, Receipt::duplicate);
  EXPECT_EQ(sum(), 2);
}

// ---- verification

struct Verification : Erasure {
  void damage(const std::string& sql) {
    const std::string folder = node.folder();
    sqlite3* db = nullptr;
    ASSERT_EQ(sqlite3_open((folder + "/journal.db").c_str(), &db), SQLITE_OK);
    char* message = nullptr;
    EXPECT_EQ(sqlite3_exec(db, sql.c_str(), nullptr, nullptr, &message), SQLITE_OK)
        << (message == nullptr ? "" : message);
    sqlite3_close(db);
    node.restart();
  }
  std::string findings() {
    std::string all;
    for (const std::string& finding : node.verify().findings) all += finding + "\n";
    return all;
  }
};

TEST_F(Verification, AFolderAsItWasWrittenIsClean) {
  const VerifyReport report = node.verify();
  EXPECT_TRUE(report.findings.empty());
  EXPECT_GE(report.entries, 3);
  EXPECT_EQ(report.facts, 2);
}

TEST_F(Verification, AFlippedByteOfAnEntryIsFound) {
  damage(
      "UPDATE entries SET ciphertext = CAST(substr(ciphertext, 1, 50) || x'0102' || "
      "substr(ciphertext, 53) AS BLOB) WHERE recv_seq = (SELECT max(recv_seq) FROM entries)");
  EXPECT_NE(findings().find("is not the one that was received"), std::string::npos);
}

TEST_F(Verification, AChangedEnvelopeIsFound) {
  damage("UPDATE entries SET hlc_ms = hlc_ms + 1 WHERE recv_seq = 1");
  EXPECT_NE(findings().find("log 1:"), std::string::npos);
}

TEST_F(Verification, AChangedLeafIsFound) {
  damage("UPDATE log SET leaf = zeroblob(32) WHERE recv_seq = 2");
  EXPECT_NE(findings().find("its root is not that of its leaves"), std::string::npos);
}

TEST_F(Verification, AChangedFactIsFound) {
  damage("UPDATE facts SET number = number + 1");
  EXPECT_NE(findings().find("differs from its entry"), std::string::npos);
}

TEST_F(Verification, AMissingAndAnInventedFactAreFound) {
  damage("UPDATE facts SET entry = randomblob(16) WHERE entry = (SELECT min(entry) FROM facts)");
  EXPECT_NE(findings().find("is missing"), std::string::npos);
  EXPECT_NE(findings().find("comes from no entry"), std::string::npos);
}

TEST_F(Verification, AStateThatIsNotTheFoldIsFound) {
  damage("DELETE FROM states WHERE collection = 7");
  EXPECT_NE(findings().find("is not the fold of its entries"), std::string::npos);
}

TEST_F(Verification, APersonFactThatLiesIsFound) {
  damage("UPDATE persons SET age_band = NULL");
  EXPECT_NE(findings().find("differs from her entries"), std::string::npos);
}

}  // namespace
}  // namespace filrouge
