// The contract of the Keys port, run on PostgreSQL, and what several programs on one database of
// keys have to keep.
#include "server/store/postgresql/postgresql_keys.h"

#include <filesystem>
#include <fstream>
#include <iterator>
#include <thread>

#include "server/crypto/sodium_crypto.h"
#include "server/crypto/system_environment.h"
#include "server/store/contract/keys_contract_testing.h"
#include "server/store/postgresql/fault_proxy_testing.h"

namespace filrouge {
namespace {

TestServer& server() { return TestServer::get(); }

// The tables of one database as they lie on the disk; with `log`, also the write-ahead log.
std::string bytes_of(const postgresql::Address& address, bool log) {
  server().tell("postgres", "CHECKPOINT");
  const std::string number = server().tell(
      "postgres", "SELECT oid FROM pg_database WHERE datname = '" + address.database() + "'");
  std::vector<std::string> folders = {server().folder() + "/data/base/" + number};
  if (log) folders.push_back(server().folder() + "/data/pg_wal");
  std::string all;
  for (const std::string& folder : folders)
    for (const auto& file : std::filesystem::directory_iterator(folder)) {
      if (!file.is_regular_file()) continue;
      std::ifstream in(file.path(), std::ios::binary);
      all.append(std::istreambuf_iterator<char>(in), {});
    }
  return all;
}

class PostgresqlKeysHarness final : public KeysHarness {
 public:
  Result<std::unique_ptr<Keys>> open(const Wish& wish, Crypto& crypto, Random& random) override {
    return open_postgresql_keys({.address = address_,
                                 .master = wish.master,
                                 .read_only = wish.read_only,
                                 .create = wish.create},
                                crypto, random);
  }
  std::unique_ptr<Keys> open_copy(Keys& keys, Crypto& crypto, Random& random) override {
    EXPECT_EQ(keys.backup("anywhere").error().code, Code::unsupported);
    const std::string path = server().folder() + "/" + address_.database() + ".dump";
    EXPECT_EQ(server().run("pg_dump", {"--format=custom", "--file=" + path,
                                       server().url(address_.database())}),
              0);
    const postgresql::Address copy = server().make_database();
    EXPECT_EQ(server().run("pg_restore", {"--dbname=" + server().url(copy.database()), path}), 0);
    auto opened = open_postgresql_keys({.address = copy, .master = master_of(1)}, crypto, random);
    verify(opened.ok());
    return std::move(*opened);
  }
  std::string all_bytes() override { return bytes_of(address_, true); }

 private:
  postgresql::Address address_ = server().make_database();
};

INSTANTIATE_TEST_SUITE_P(Postgresql, KeysContract,
                         testing::Values(KeysEngine{
                             "Postgresql",
                             [] { return std::make_unique<PostgresqlKeysHarness>(); }}),
                         keys_engine_name);

class PostgresqlKeys : public testing::Test {
 protected:
  std::unique_ptr<Keys> open(PostgresqlKeysOptions options = {}) {
    if (options.address.database().empty()) options.address = address;
    options.master = master_of(1);
    auto opened = open_postgresql_keys(std::move(options), *crypto, *random);
    EXPECT_TRUE(opened.ok()) << opened.error().rule << " " << opened.error().detail;
    verify(opened.ok());
    return std::move(*opened);
  }
  SubjectId id() { return random->id<SubjectId>(); }

  std::unique_ptr<Crypto> crypto = make_sodium_crypto();
  std::unique_ptr<Random> random = make_system_random();
  postgresql::Address address = server().make_database();
  std::unique_ptr<Keys> keys = open({.create = true});
};

// Law 9 with two programs: what one destroyed the other neither writes with nor, soon, reads.
TEST_F(PostgresqlKeys, what_one_program_destroys_is_gone_for_the_other) {
  const auto other = open({.opened_ms_max = 100});
  const SubjectId person = id();
  const DataKey key = *other->current(SealScope::person, person);
  ASSERT_TRUE(other->open(key.id).ok());
  ASSERT_TRUE(keys->destroy(person).ok());
  EXPECT_EQ(other->current(SealScope::person, person).error().rule, "destroyed");
  std::this_thread::sleep_for(std::chrono::milliseconds(150));
  EXPECT_EQ(other->open(key.id).error().rule, "destroyed");
}

TEST_F(PostgresqlKeys, two_programs_agree_on_one_key_and_on_its_end) {
  const auto other = open();
  for (int i = 0; i < 30; ++i) {
    const SubjectId person = id();
    Result<DataKey> mine = Error{};
    Result<DataKey> theirs = Error{};
    std::thread first([&] { mine = keys->current(SealScope::person, person); });
    std::thread second([&] { theirs = other->current(SealScope::person, person); });
    std::thread third;
    if (i % 2 == 1) third = std::thread([&] { ASSERT_TRUE(keys->destroy(person).ok()); });
    first.join();
    second.join();
    if (third.joinable()) {
      third.join();
      EXPECT_EQ(keys->current(SealScope::person, person).error().rule, "destroyed");
      EXPECT_EQ(other->current(SealScope::person, person).error().rule, "destroyed");
    } else {
      ASSERT_TRUE(mine.ok() && theirs.ok());
      EXPECT_EQ(mine->id, theirs->id);
      EXPECT_EQ(mine->key, theirs->key);
    }
  }
}

TEST_F(PostgresqlKeys, a_key_whose_commit_lost_its_answer_is_the_one_that_is_kept) {
  FaultProxy proxy(server());
  const auto cut = open({.address = proxy.through(address)});
  for (int i = 0; i < 4; ++i) {
    const SubjectId person = id();
    proxy.cut_answer_of_commits(i % 2);
    proxy.cut_commits(1 - i % 2);
    const auto key = cut->current(SealScope::person, person);
    ASSERT_TRUE(key.ok()) << key.error().rule;
    EXPECT_EQ(keys->current(SealScope::person, person)->id, key->id);
    proxy.cut_answer_of_commits(1);
    ASSERT_TRUE(cut->destroy(person).ok());
    EXPECT_EQ(keys->current(SealScope::person, person).error().rule, "destroyed");
  }
  EXPECT_EQ(proxy.cuts(), 8);
}

// The table is written anew; the write-ahead log forgets in its own time (docs/postgresql.md).
TEST_F(PostgresqlKeys, a_destroyed_key_is_in_no_table_any_more) {
  const SubjectId person = id();
  const DataKey key = *keys->current(SealScope::person, person);
  const std::string row_id(key.id.bytes.begin(), key.id.bytes.end());
  ASSERT_NE(bytes_of(address, false).find(row_id), std::string::npos);
  ASSERT_TRUE(keys->destroy(person).ok());
  EXPECT_EQ(bytes_of(address, false).find(row_id), std::string::npos);
}

TEST_F(PostgresqlKeys, an_empty_database_is_not_made_up) {
  const postgresql::Address empty = server().make_database();
  const auto opened =
      open_postgresql_keys({.address = empty, .master = master_of(1)}, *crypto, *random);
  EXPECT_EQ(opened.error().rule, "no_keys");
}

}  // namespace
}  // namespace filrouge
