// The application on two servers of one database: people write about the same persons through
// both, one erases while the other writes, both let old detail go. Nothing is lost, doubled or
// kept, and `verify` finds nothing.
#include <algorithm>
#include <atomic>
#include <thread>

#include "server/app/node_testing.h"
#include "server/store/postgresql/postgresql_keys.h"
#include "server/store/postgresql/postgresql_server_testing.h"
#include "server/store/postgresql/postgresql_store.h"

namespace filrouge {
namespace {

// Tries that met somebody else are a phone's to repeat.
template <class Try>
auto until_answered(Try&& attempt) {
  auto answer = attempt();
  while (!answer.ok()) {
    EXPECT_EQ(answer.error().rule, "busy");
    answer = attempt();
  }
  return std::move(*answer);
}

class TwoServers : public testing::Test {
 protected:
  // Another program on the same database.
  struct Server {
    std::unique_ptr<Store> store;
    std::unique_ptr<Keys> keys;
  };
  Server open(bool create) {
    Bytes16 name{};
    node.random->fill(name);
    return {value(open_postgresql_store({.address = journal,
                                         .hash = node.crypto->hash_function(),
                                         .name = name,
                                         .create = create})),
            value(open_postgresql_keys({.address = keys, .create = create}, *node.crypto,
                                       *node.random))};
  }

  void SetUp() override {
    node.app_holder.reset();
    Server first = open(true);
    node.keys = std::move(first.keys);
    node.store = std::move(first.store);
    node.app_holder = std::make_unique<App>(
        make_app(*node.store, *node.keys, *node.crypto, node.clock, *node.random));
    second = open(false);
    other = std::make_unique<App>(
        make_app(*second.store, *second.keys, *node.crypto, node.clock, *node.random));
    organisation = node.organisation("Prévention");
    team = node.team(organisation);
    worker = node.worker(team);
    phone = node.phone(worker);
  }
  App& app_of(std::size_t number) { return number % 2 == 0 ? node.app() : *other; }

  SubjectId make_person(const std::string& alias) {
    PersonCreated body;
    body.alias = alias;
    body.team = team;
    const auto person = node.random->id<SubjectId>();
    EXPECT_EQ(node.send(phone, node.draft("person_created", person, worker, body)).receipt,
              Receipt::accepted);
    return person;
  }
  api::SealedDraft contact(SubjectId person) {
    Contact body;
    body.team = team;
    return node.seal(node.draft("contact", person, worker, body));
  }

  postgresql::Address journal = TestServer::get().make_database();
  postgresql::Address keys = TestServer::get().make_database();
  Server second;
  TestNode node;
  std::unique_ptr<App> other;
  SubjectId organisation;
  SubjectId team;
  SubjectId worker;
  Caller phone;
};

TEST_F(TwoServers, eight_phones_about_three_persons_lose_nothing) {
  constexpr std::size_t phones = 8;
  constexpr std::size_t contacts = 12;
  const std::vector<SubjectId> people = {make_person("A"), make_person("B"), make_person("C")};
  std::vector<Caller> callers;
  std::vector<std::vector<api::SealedDraft>> outboxes(phones);
  for (std::size_t p = 0; p < phones; ++p) {
    callers.push_back(node.phone(worker));
    for (std::size_t i = 0; i < contacts; ++i) outboxes[p].push_back(contact(people[i % 3]));
  }
  std::atomic<std::size_t> accepted{0};
  std::atomic<std::size_t> duplicates{0};
  std::vector<std::thread> threads;
  for (std::size_t p = 0; p < phones; ++p)
    threads.emplace_back([&, p] {
      for (const api::SealedDraft& draft : outboxes[p])
        // Each answer is lost once: the phone sends again, to the other server.
        for (std::size_t again = 0; again < 2; ++again) {
          const Receipt receipt =
              until_answered([&] { return receive(app_of(p + again), callers[p], {{draft}, {}}); })
                  .results.at(0)
                  .receipt;
          accepted += receipt == Receipt::accepted ? 1 : 0;
          duplicates += receipt == Receipt::duplicate ? 1 : 0;
        }
    });
  for (std::thread& thread : threads) thread.join();
  EXPECT_EQ(accepted, phones * contacts);
  EXPECT_EQ(duplicates, phones * contacts);
  EXPECT_EQ(node.facts(FactKind::contact).size(), phones * contacts);
  std::int64_t counted = 0;
  for (const SubjectId& person : people)
    counted += value(find_state<PersonState>(*other, person))->contact_count;
  EXPECT_EQ(counted, static_cast<std::int64_t>(phones * contacts));
  for (const std::string& finding : node.verify().findings) ADD_FAILURE() << finding;
}

// Law 9 between two servers.
TEST_F(TwoServers, who_is_erased_by_one_is_written_about_by_none) {
  for (int round = 0; round < 5; ++round) {
    const SubjectId person = make_person("Zoé " + std::to_string(round));
    std::vector<api::SealedDraft> drafts;
    for (int i = 0; i < 24; ++i) drafts.push_back(contact(person));
    const std::size_t facts_before = node.facts(FactKind::contact).size();
    const Caller desk = node.caller(worker);
    std::atomic<std::size_t> accepted{0};
    std::atomic<std::size_t> erased{0};
    std::vector<std::thread> threads;
    for (std::size_t half = 0; half < 2; ++half)
      threads.emplace_back([&, half] {
        for (std::size_t i = half; i < drafts.size(); i += 2) {
          const SyncResult result = until_answered([&] {
                                      return receive(app_of(half), phone, {{drafts[i]}, {}});
                                    }).results.at(0);
          accepted += result.receipt == Receipt::accepted ? 1 : 0;
          erased += result.reason == "erased_person" ? 1 : 0;
        }
      });
    until_answered([&] { return erase_person(*other, desk, {person, "person"}); });
    for (std::thread& thread : threads) thread.join();
    EXPECT_EQ(accepted + erased, drafts.size());
    EXPECT_TRUE(value(node.store->entries_of(person)).empty());
    EXPECT_FALSE(value(node.store->state(person)).has_value());
    // What was received before her erasure is still counted, under a name that leads nowhere.
    EXPECT_EQ(node.facts(FactKind::contact).size(), facts_before + accepted);
  }
  EXPECT_TRUE(node.verify().findings.empty());
}

TEST_F(TwoServers, old_detail_is_let_go_once) {
  std::int64_t noted = 0;
  for (int i = 0; i < 60; ++i) {
    Encounter body;
    body.count = 1 + i % 3;
    body.team = team;
    noted += body.count;
    ASSERT_EQ(node.send(phone, node.draft("encounter", team, worker, body)).receipt,
              Receipt::accepted);
  }
  node.clock.add_days(40);
  std::atomic<std::int64_t> gone{0};
  std::vector<std::thread> threads;
  for (std::size_t one = 0; one < 2; ++one)
    threads.emplace_back([&, one] {
      gone +=
          until_answered([&] { return expire_encounter_detail(app_of(one), node.clock.now()); });
    });
  for (std::thread& thread : threads) thread.join();
  EXPECT_EQ(gone, 60);
  std::int64_t kept = 0;
  for (const Fact& fact : node.facts(FactKind::encounter)) kept += fact.number;
  EXPECT_EQ(kept, noted);
  EXPECT_TRUE(node.verify().findings.empty());
}

}  // namespace
}  // namespace filrouge
