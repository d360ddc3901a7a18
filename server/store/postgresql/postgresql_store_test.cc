// What only the PostgreSQL adapter has to keep: answers that are lost, several programs on one
// database, a server that goes away, hangs, or does not wait for its standby.
#include "server/store/postgresql/postgresql_store.h"

#include <algorithm>
#include <atomic>
#include <chrono>
#include <set>
#include <thread>

#include "server/store/postgresql/connection.h"
#include "server/store/postgresql/fault_proxy_testing.h"
#include "server/store/postgresql/postgresql_harness_testing.h"

namespace filrouge {
namespace {

using postgresql::Address;
using Milliseconds = std::chrono::milliseconds;

TestServer& server() { return TestServer::get(); }

class PostgresqlStore : public testing::Test {
 protected:
  std::unique_ptr<Store> open(PostgresqlOptions options = {}) {
    options.address = address;
    return open_test_store(std::move(options));
  }
  // What is there, read by somebody who was not part of it.
  std::int64_t count(const std::string& table) {
    return std::stoll(server().tell(address.database(), "SELECT count(*) FROM " + table));
  }
  template <class AnyId = SubjectId>
  AnyId id() {
    return random.id<AnyId>();
  }
  LedgerRow opened(SubjectId subject) {
    LedgerRow row;
    row.account = id();
    row.purpose = "card";
    row.subjects = {subject};
    return row;
  }
  // An append of every kind, of which a second copy would be seen.
  Append whole(SubjectId subject, std::int64_t version) {
    QuarantineRow waits;
    waits.id = id<EntryId>();
    return {.entries = {make_entry(random, subject), make_entry(random, subject)},
            .states = {make_state(random, subject, version)},
            .quarantine = {waits},
            .ledger = {opened(subject)}};
  }

  SeededRandom random{20261121};
  Address address = server().make_database();
  std::unique_ptr<Store> made = open({.create = true});
};

// ---- answers that are lost ----

TEST_F(PostgresqlStore, a_commit_whose_answer_was_lost_counts_once) {
  FaultProxy proxy(server());
  const auto store = open_test_store({.address = proxy.through(address)});
  const SubjectId subject = id();
  for (std::int64_t version = 1; version <= 5; ++version) {
    proxy.cut_answer_of_commits(1);
    const auto appended = store->append(whole(subject, version));
    ASSERT_TRUE(appended.ok()) << appended.error().rule;
    EXPECT_EQ(appended->recv_seqs, (std::vector<std::int64_t>{2 * version - 1, 2 * version}));
  }
  EXPECT_EQ(proxy.cuts(), 5);
  EXPECT_EQ(count("entries"), 10);
  EXPECT_EQ(count("ledger"), 5);
  expect_log_verifies(*made);
}

TEST_F(PostgresqlStore, a_commit_that_never_arrived_is_written_again) {
  FaultProxy proxy(server());
  const auto store = open_test_store({.address = proxy.through(address)});
  const SubjectId subject = id();
  for (std::int64_t version = 1; version <= 5; ++version) {
    proxy.cut_commits(1);
    const auto appended = store->append(whole(subject, version));
    ASSERT_TRUE(appended.ok()) << appended.error().rule;
    EXPECT_EQ(appended->recv_seqs, (std::vector<std::int64_t>{2 * version - 1, 2 * version}));
  }
  EXPECT_EQ(proxy.cuts(), 5);
  EXPECT_EQ(count("entries"), 10);
  EXPECT_EQ(count("ledger"), 5);
  expect_log_verifies(*made);
}

// Somebody else wrote the subject in the meantime: the second try is judged anew.
TEST_F(PostgresqlStore, a_commit_that_never_arrived_is_judged_again) {
  FaultProxy proxy(server());
  const auto store = open_test_store({.address = proxy.through(address)});
  const SubjectId subject = id();
  ASSERT_TRUE(store->append({.ledger = {opened(subject)}}).ok());  // it is connected
  proxy.refuse(true);
  proxy.cut_commits(1);
  std::thread late([&] { EXPECT_EQ(store->append(whole(subject, 1)).error().rule, "version"); });
  while (proxy.cuts() == 0) std::this_thread::sleep_for(Milliseconds(1));
  SeededRandom own(7);
  ASSERT_TRUE(made->append({.states = {make_state(own, subject, 1)}}).ok());
  proxy.refuse(false);
  late.join();
  EXPECT_EQ(count("entries"), 0);
}

TEST_F(PostgresqlStore, lost_answers_among_eight_writers_double_nothing) {
  constexpr int kWriters = 8;
  constexpr int kEach = 60;
  FaultProxy proxy(server());
  const auto store = open_test_store({.address = proxy.through(address)});
  std::atomic<int> writing{kWriters};
  std::vector<std::set<std::int64_t>> seqs(kWriters);
  std::vector<std::thread> threads;
  for (int t = 0; t < kWriters; ++t) {
    threads.emplace_back([&, t] {
      SeededRandom own(3'000 + static_cast<std::uint64_t>(t));
      const auto subject = own.id<SubjectId>();
      for (int i = 0; i < kEach; ++i) {
        const auto appended = store->append({.entries = {make_entry(own, subject)},
                                             .states = {make_state(own, subject, i + 1)},
                                             .ledger = {LedgerRow{.account = subject}}});
        ASSERT_TRUE(appended.ok()) << appended.error().rule;
        seqs[static_cast<std::size_t>(t)].insert(appended->recv_seqs.front());
      }
      --writing;
    });
  }
  while (writing > 0) {
    proxy.cut_answer_of_commits(1);
    std::this_thread::sleep_for(Milliseconds(7));
    proxy.cut_commits(1);
    std::this_thread::sleep_for(Milliseconds(11));
  }
  for (std::thread& thread : threads) thread.join();
  std::set<std::int64_t> all;
  for (const auto& own : seqs) all.insert(own.begin(), own.end());
  EXPECT_EQ(all.size(), static_cast<std::size_t>(kWriters * kEach));
  EXPECT_EQ(*all.rbegin(), kWriters * kEach);
  EXPECT_EQ(count("ledger"), kWriters * kEach);
  EXPECT_GT(proxy.cuts(), 5);
  expect_log_verifies(*made);
}

// ---- several programs ----

TEST_F(PostgresqlStore, two_programs_share_one_order_and_a_reader_never_skips) {
  const auto other = open();
  const std::vector<Store*> stores = {made.get(), other.get()};
  constexpr int kEach = 100;
  std::atomic<int> writing{8};
  std::vector<std::thread> threads;
  for (int t = 0; t < 8; ++t) {
    threads.emplace_back([&, t] {
      SeededRandom own(4'000 + static_cast<std::uint64_t>(t));
      Store& store = *stores[static_cast<std::size_t>(t % 2)];
      for (int i = 0; i < kEach; ++i)
        ASSERT_TRUE(store.append({.entries = {make_entry(own, own.id<SubjectId>())}}).ok());
      --writing;
    });
  }
  std::int64_t last = 0;
  for (bool more = true; more;) {
    more = writing > 0;
    const auto page = stores[static_cast<std::size_t>(last % 2)]->log_after(last, 10'000);
    ASSERT_TRUE(page.ok());
    for (const LogRow& row : *page) ASSERT_EQ(row.recv_seq, ++last);
  }
  for (std::thread& thread : threads) thread.join();
  EXPECT_EQ(last, 8 * kEach);
  expect_log_verifies(*other);
}

TEST_F(PostgresqlStore, of_two_programs_one_wins_a_version_an_id_and_a_name) {
  const auto other = open();
  const std::vector<Store*> stores = {made.get(), other.get()};
  const SubjectId subject = id();
  for (int round = 1; round <= 40; ++round) {
    const SealedEntry entry = make_entry(random, id());
    const SearchToken login{{}, "login", "name " + std::to_string(round)};
    std::atomic<int> versions{0};
    std::atomic<int> ids{0};
    std::atomic<int> names{0};
    std::vector<std::thread> threads;
    for (std::size_t t = 0; t < 6; ++t) {
      threads.emplace_back([&, t] {
        SeededRandom own(static_cast<std::uint64_t>(round) * 10 + t);
        Store& store = *stores[t % 2];
        versions += store.append({.states = {make_state(own, subject, round)}}).ok() ? 1 : 0;
        ids += store.append({.entries = {entry}}).ok() ? 1 : 0;
        names += store.append({.tokens = {{own.id<SubjectId>(), {login}}}}).ok() ? 1 : 0;
      });
    }
    for (std::thread& thread : threads) thread.join();
    EXPECT_EQ(versions, 1);
    EXPECT_EQ(ids, 1);
    EXPECT_EQ(names, 1);
  }
  expect_log_verifies(*other);
}

// A text that only PostgreSQL refuses: its neighbours in the group are written all the same.
TEST_F(PostgresqlStore, what_the_database_refuses_takes_nobody_along) {
  std::atomic<int> accepted{0};
  std::vector<std::thread> threads;
  for (std::size_t t = 0; t < 12; ++t) {
    threads.emplace_back([&, t] {
      SeededRandom own(5'000 + t);
      LedgerRow row;
      row.purpose = t % 4 == 0 ? std::string("zero \0 byte", 11) : "card";
      const auto appended =
          made->append({.entries = {make_entry(own, own.id<SubjectId>())}, .ledger = {row}});
      accepted += appended.ok() ? 1 : 0;
      if (t % 4 == 0) {
        EXPECT_EQ(appended.error().rule, "database");
      }
    });
  }
  for (std::thread& thread : threads) thread.join();
  EXPECT_EQ(accepted, 9);
  EXPECT_EQ(count("entries"), 9);
  expect_log_verifies(*made);
}

// ---- a server that goes away ----

TEST_F(PostgresqlStore, while_the_database_is_away_callers_are_told_soon) {
  const auto store = open({.patience_ms = 400});
  const SealedEntry entry = make_entry(random, id());
  ASSERT_TRUE(store->log_head().ok());
  server().crash();
  for (int i = 0; i < 3; ++i) {
    const auto start = std::chrono::steady_clock::now();
    EXPECT_EQ(store->append({.entries = {entry}}).error().rule, "database_away");
    EXPECT_EQ(store->log_head().error().code, Code::unavailable);
    EXPECT_EQ(store->put_communes({{"37261", "Tours", {}}}).error().code, Code::unavailable);
    EXPECT_LT(std::chrono::steady_clock::now() - start, Milliseconds(4'000));
  }
  server().start();
  std::this_thread::sleep_for(Milliseconds(1'100));  // the longest pause between two tries
  EXPECT_TRUE(store->append({.entries = {entry}}).ok());
  EXPECT_EQ(store->log_head()->size, 1U);
}

TEST_F(PostgresqlStore, a_short_absence_is_waited_for) {
  const SealedEntry entry = make_entry(random, id());
  ASSERT_TRUE(made->append({.entries = {make_entry(random, id())}}).ok());
  server().crash();
  std::thread patient([&] {
    const auto appended = made->append({.entries = {entry}});
    ASSERT_TRUE(appended.ok()) << appended.error().rule;
    EXPECT_EQ(appended->recv_seqs.front(), 2);
    EXPECT_TRUE(made->find_entry(entry.envelope.id)->has_value());
  });
  std::this_thread::sleep_for(Milliseconds(500));
  server().start();
  patient.join();
  expect_log_verifies(*made);
}

// Nobody knows what a server that hangs has done: the same entry sent again finds out.
TEST_F(PostgresqlStore, a_server_that_hangs_is_left_and_nothing_is_doubled) {
  const auto store = open({.patience_ms = 600, .answer_ms = 200});
  ASSERT_TRUE(store->append({.entries = {make_entry(random, id())}}).ok());
  const SealedEntry entry = make_entry(random, id());
  server().freeze();
  EXPECT_EQ(store->append({.entries = {entry}}).error().rule, "database_away");
  server().thaw();
  std::this_thread::sleep_for(Milliseconds(1'100));
  const auto again = store->append({.entries = {entry}});
  EXPECT_TRUE(again.ok() || again.error().rule == "duplicate_entry");
  EXPECT_EQ(count("entries"), 2);
  expect_log_verifies(*store);
}

// T07: an administrator cancels the wait for a standby that is away. The server then says COMMIT,
// with a warning; nobody is told that it is safe.
TEST_F(PostgresqlStore, a_commit_that_did_not_wait_for_its_standby_is_not_acknowledged) {
  const auto store = open({.patience_ms = 1'500, .answer_ms = 1'000});
  ASSERT_TRUE(store->append({.entries = {make_entry(random, id())}}).ok());
  const SealedEntry entry = make_entry(random, id());
  server().tell("postgres", "ALTER SYSTEM SET synchronous_standby_names = 'nobody'");
  server().tell("postgres", "SELECT pg_reload_conf()");
  std::atomic<bool> done{false};
  std::thread impatient([&] {
    while (!done) {
      server().tell("postgres",
                    "SELECT count(pg_cancel_backend(pid)) FROM pg_stat_activity "
                    "WHERE wait_event = 'SyncRep'");
      std::this_thread::sleep_for(Milliseconds(5));
    }
  });
  std::this_thread::sleep_for(Milliseconds(50));
  EXPECT_EQ(store->append({.entries = {entry}}).error().rule, "database_away");
  done = true;
  impatient.join();
  server().tell("postgres", "ALTER SYSTEM RESET synchronous_standby_names");
  server().tell("postgres", "SELECT pg_reload_conf()");
  std::this_thread::sleep_for(Milliseconds(1'100));
  EXPECT_EQ(store->append({.entries = {entry}}).error().rule, "duplicate_entry");
  EXPECT_EQ(count("entries"), 2);
}

// ---- at rest ----

TEST_F(PostgresqlStore, what_was_erased_is_vacuumed_soon) {
  const SubjectId person = id();
  ASSERT_TRUE(made->append({.entries = {make_entry(random, person), make_entry(random, id())},
                            .tokens = {{person, {{id(), "name", "ab"}, {id(), "name", "cd"}}}}})
                  .ok());
  ASSERT_TRUE(made->append({.erase = Erasure{person, id<Pseudonym>()}}).ok());
  ASSERT_EQ(count("entries"), 1);
  const auto vacuumed = [&] {
    return count(
               "pg_stat_user_tables WHERE relname IN ('entries', 'tokens') "
               "AND last_autovacuum IS NOT NULL") == 2;
  };
  const auto deadline = std::chrono::steady_clock::now() + std::chrono::seconds(60);
  while (!vacuumed() && std::chrono::steady_clock::now() < deadline)
    std::this_thread::sleep_for(Milliseconds(200));
  EXPECT_TRUE(vacuumed());
}

// ---- opening ----

TEST_F(PostgresqlStore, another_database_is_told_at_the_door) {
  const auto rule = [](const Address& where, bool create) {
    auto store = open_postgresql_store({.address = where, .hash = &test_hash, .create = create});
    return store.ok() ? std::string("opened") : store.error().rule;
  };
  const Address empty = server().make_database();
  EXPECT_EQ(rule(empty, false), "no_journal");
  EXPECT_EQ(rule(empty.with_database("nowhere"), false), "database_away");
  EXPECT_EQ(rule(empty, true), "opened");
  EXPECT_EQ(rule(empty, true), "opened");
  const Address taken = server().make_database();
  server().tell(taken.database(), "CREATE TABLE somebody_elses (n int)");
  EXPECT_EQ(rule(taken, true), "other_tables");
  server().tell(address.database(), "UPDATE node SET format = 99");
  EXPECT_EQ(rule(address, false), "other_format");
}

TEST_F(PostgresqlStore, read_only_it_reads_and_writes_nothing) {
  ASSERT_TRUE(made->append({.entries = {make_entry(random, id())}}).ok());
  const auto reading = open({.read_only = true});
  EXPECT_EQ(reading->log_head()->size, 1U);
  EXPECT_EQ(reading->append({}).error().rule, "read_only");
  EXPECT_EQ(reading->put_communes({}).error().rule, "read_only");
  EXPECT_EQ(reading->resolve_quarantine(id<EntryId>(), true).error().rule, "read_only");
  EXPECT_EQ(made->backup("anywhere").error().code, Code::unsupported);
}

TEST(PostgresqlAddress, names_the_database_and_keeps_its_password_to_itself) {
  const auto address = Address::parse("postgresql://anna:secret@db1,db2:5433/filrouge");
  ASSERT_TRUE(address.ok());
  EXPECT_EQ(address->database(), "filrouge");
  EXPECT_EQ(address->with_database("filrouge_keys").value("dbname"), "filrouge_keys");
  EXPECT_EQ(address->with_database("filrouge_keys").value("host"), "db1,db2");
  EXPECT_EQ(address->with_default("host", "x").value("host"), "db1,db2");
  for (const char* wrong : {"", "filrouge", "host=db1 dbname=filrouge", "postgresql://db1",
                            "postgresql://anna:secret@db1/filrouge?nonsense=1", "mysql://db1/x"}) {
    const auto refused = Address::parse(wrong);
    ASSERT_FALSE(refused.ok()) << wrong;
    EXPECT_EQ(refused.error().rule, "database_address");
    EXPECT_EQ(refused.error().detail.find("secret"), std::string::npos);
  }
}

}  // namespace
}  // namespace filrouge
