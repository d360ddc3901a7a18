#include "server/store/sqlite/sqlite_keys.h"

#include <algorithm>
#include <filesystem>
#include <set>
#include <thread>

#include <gtest/gtest.h>

#include "server/crypto/sodium_crypto.h"
#include "server/crypto/system_environment.h"
#include "server/store/sqlite/folder.h"
#include "server/store/sqlite/key_cache.h"
#include "server/store/sqlite/sqlite_harness_testing.h"

namespace filrouge {
namespace {

Bytes32 master_of(std::uint8_t seed) {
  Bytes32 master{};
  master.fill(seed);
  return master;
}

std::string view(const Bytes32& bytes) { return {bytes.begin(), bytes.end()}; }

class SqliteKeysTest : public testing::Test {
 protected:
  Result<std::unique_ptr<Keys>> try_open(SqliteKeysOptions options) {
    options.folder = folder.path();
    return open_sqlite_keys(std::move(options), *crypto, *random);
  }
  std::unique_ptr<Keys> open(SqliteKeysOptions options) {
    auto opened = try_open(std::move(options));
    EXPECT_TRUE(opened.ok()) << opened.error().rule << " " << opened.error().detail;
    verify(opened.ok());
    return std::move(*opened);
  }
  void reopen() {
    keys.reset();
    keys = open({.master = master_of(1)});
  }
  SubjectId id() { return random->id<SubjectId>(); }

  TestFolder folder;
  std::unique_ptr<Crypto> crypto = make_sodium_crypto();
  std::unique_ptr<Random> random = make_system_random();
  std::unique_ptr<Keys> keys = open({.master = master_of(1), .create = true});
};

TEST_F(SqliteKeysTest, one_key_a_scope_and_owner_for_good) {
  const SubjectId person = id();
  const DataKey key = *keys->current(SealScope::person, person);
  EXPECT_NE(key.key, Bytes32{});
  EXPECT_EQ(keys->current(SealScope::person, person)->id, key.id);
  EXPECT_NE(keys->current(SealScope::organisation, person)->id, key.id);
  EXPECT_NE(keys->current(SealScope::person, id())->id, key.id);
  EXPECT_EQ(keys->current(SealScope::settings, {})->id, keys->current(SealScope::settings, {})->id);
  reopen();
  EXPECT_EQ(keys->open(key.id)->key, key.key);
  EXPECT_EQ(keys->current(SealScope::person, person)->id, key.id);
  EXPECT_EQ(keys->current(SealScope::person, person)->key, key.key);
  EXPECT_EQ(keys->open(random->id<KeyId>()).error().code, Code::not_found);
}

TEST_F(SqliteKeysTest, the_secrets_of_the_node_are_made_once) {
  const NodeSecrets before = keys->secrets();
  const std::string sealed = crypto->seal_box(before.box.public_key, "draft");
  reopen();
  const NodeSecrets& after = keys->secrets();
  EXPECT_EQ(after.pseudonym_key, before.pseudonym_key);
  EXPECT_EQ(after.search_key, before.search_key);
  EXPECT_EQ(after.token_key, before.token_key);
  EXPECT_EQ(*crypto->open_box(after.box, sealed), "draft");
  const std::set<Bytes32> all = {after.pseudonym_key,  after.search_key,     after.token_key,
                                 after.box.secret_key, after.box.public_key, Bytes32{}};
  EXPECT_EQ(all.size(), 6U);
}

TEST_F(SqliteKeysTest, another_master_key_is_told_at_the_door) {
  keys.reset();
  const auto wrong = try_open({.master = master_of(2)});
  ASSERT_FALSE(wrong.ok());
  EXPECT_EQ(wrong.error().code, Code::refused);
  EXPECT_EQ(wrong.error().rule, "wrong_master_key");
  EXPECT_EQ(wrong.error().detail, "this key file does not open this folder");
  EXPECT_EQ(try_open({.master = master_of(2), .create = true}).error().rule, "wrong_master_key");
  EXPECT_TRUE(try_open({.master = master_of(1)}).ok());
}

TEST_F(SqliteKeysTest, a_folder_without_keys_is_not_made_up) {
  keys.reset();
  std::filesystem::remove(keys_path(folder.path()));
  EXPECT_EQ(try_open({.master = master_of(1)}).error().rule, "no_keys");
  EXPECT_EQ(try_open({.master = master_of(1), .read_only = true}).error().rule, "no_keys");
}

// Law 9: the key goes, no new one ever comes, and a restore can replay it.
TEST_F(SqliteKeysTest, what_is_destroyed_stays_destroyed) {
  const SubjectId person = id();
  const SubjectId other = id();
  const SubjectId never_had_one = id();
  const DataKey key = *keys->current(SealScope::person, person);
  const DataKey kept = *keys->current(SealScope::person, other);
  ASSERT_TRUE(keys->destroy(person).ok());
  ASSERT_TRUE(keys->destroy(person).ok());
  ASSERT_TRUE(keys->destroy(never_had_one).ok());
  for (int opened = 0; opened < 2; ++opened) {
    EXPECT_EQ(keys->open(key.id).error().code, Code::not_found);
    EXPECT_EQ(keys->current(SealScope::person, person).error().rule, "destroyed");
    EXPECT_EQ(keys->current(SealScope::person, never_had_one).error().rule, "destroyed");
    EXPECT_EQ(keys->open(kept.id)->key, kept.key);
    std::vector<SubjectId> expected = {person, never_had_one};
    std::sort(expected.begin(), expected.end());
    EXPECT_EQ(*keys->destroyed(), expected);
    reopen();
  }
}

// The wrapped key itself leaves the files, the WAL included, while the program runs.
TEST_F(SqliteKeysTest, a_destroyed_key_is_in_no_file_any_more) {
  const SubjectId person = id();
  const DataKey key = *keys->current(SealScope::person, person);
  const std::string row_id(key.id.bytes.begin(), key.id.bytes.end());
  ASSERT_NE(folder.all_bytes().find(row_id), std::string::npos);
  ASSERT_TRUE(keys->destroy(person).ok());
  EXPECT_EQ(folder.all_bytes().find(row_id), std::string::npos);
}

TEST_F(SqliteKeysTest, credentials_and_devices_are_kept_sealed) {
  const Credential credential{id(), "argon2id text", "argon2id of a code",
                              Instant{1'800'000'000'000}};
  EXPECT_FALSE(keys->credential(credential.account)->has_value());
  ASSERT_TRUE(keys->put_credential({credential.account, "", "first", {}}).ok());
  ASSERT_TRUE(keys->put_credential(credential).ok());
  DeviceToken token{master_of(7), id(), id()};
  ASSERT_TRUE(keys->put_device({token.token, id(), id()}).ok());
  ASSERT_TRUE(keys->put_device(token).ok());
  reopen();
  const Credential read = **keys->credential(credential.account);
  EXPECT_EQ(read.account, credential.account);
  EXPECT_EQ(read.password, credential.password);
  EXPECT_EQ(read.activation, credential.activation);
  EXPECT_EQ(read.activation_until, credential.activation_until);
  EXPECT_FALSE(keys->credential(id())->has_value());
  const DeviceToken device = **keys->device(token.token);
  EXPECT_EQ(device.device, token.device);
  EXPECT_EQ(device.account, token.account);
  EXPECT_FALSE(keys->device(master_of(8))->has_value());
}

TEST_F(SqliteKeysTest, without_the_master_key_the_file_names_nobody) {
  const SubjectId person = id();
  const SubjectId account = id();
  const DataKey key = *keys->current(SealScope::person, person);
  ASSERT_TRUE(keys->put_credential({account, "argon2id text", "code", {}}).ok());
  ASSERT_TRUE(keys->put_device({master_of(7), account, account}).ok());
  ASSERT_TRUE(keys->destroy(id()).ok());
  const NodeSecrets secrets = keys->secrets();
  const std::string all = folder.all_bytes();
  const auto holds = [&all](const std::string& text) {
    return all.find(text) != std::string::npos;
  };
  EXPECT_TRUE(holds(std::string(key.id.bytes.begin(), key.id.bytes.end())));
  for (const SubjectId& who : {person, account})
    EXPECT_FALSE(holds(std::string(who.bytes.begin(), who.bytes.end())));
  for (const Bytes32& secret : {key.key, secrets.box.secret_key, secrets.pseudonym_key,
                                secrets.search_key, secrets.token_key, master_of(1)})
    EXPECT_FALSE(holds(view(secret)));
  EXPECT_FALSE(holds("argon2id text"));
}

TEST_F(SqliteKeysTest, a_copy_opens_and_knows_every_key) {
  const SubjectId person = id();
  const DataKey key = *keys->current(SealScope::person, person);
  const std::string copy = folder.path() + "/copy";
  std::filesystem::create_directory(copy);
  ASSERT_TRUE(keys->backup(keys_path(copy)).ok());
  EXPECT_EQ(keys->backup(keys_path(copy)).error().rule, "file_exists");
  const DataKey later = *keys->current(SealScope::person, id());
  auto copied = open_sqlite_keys({.folder = copy, .master = master_of(1)}, *crypto, *random);
  ASSERT_TRUE(copied.ok());
  EXPECT_EQ((*copied)->open(key.id)->key, key.key);
  EXPECT_FALSE((*copied)->open(later.id).ok());
  EXPECT_EQ((*copied)->secrets().search_key, keys->secrets().search_key);
}

TEST_F(SqliteKeysTest, beside_a_running_program_it_is_read_only) {
  const SubjectId person = id();
  const DataKey key = *keys->current(SealScope::person, person);
  const auto reading = open({.master = master_of(1), .read_only = true});
  EXPECT_EQ(reading->open(key.id)->key, key.key);
  EXPECT_EQ(reading->current(SealScope::person, person)->id, key.id);
  EXPECT_EQ(reading->current(SealScope::person, id()).error().rule, "read_only");
  EXPECT_EQ(reading->destroy(person).error().rule, "read_only");
  EXPECT_EQ(reading->put_credential({person, "", "", {}}).error().rule, "read_only");
  EXPECT_EQ(reading->put_device({}).error().rule, "read_only");
  const DataKey later = *keys->current(SealScope::person, id());
  EXPECT_EQ(reading->open(later.id)->key, later.key);
}

TEST_F(SqliteKeysTest, threads_agree_on_one_key) {
  const SubjectId shared = id();
  std::vector<std::vector<KeyId>> seen(4);
  std::vector<std::thread> threads;
  for (auto& own : seen) {
    threads.emplace_back([&] {
      for (int i = 0; i < 50; ++i) {
        own.push_back(keys->current(SealScope::person, shared)->id);
        const DataKey fresh = *keys->current(SealScope::person, id());
        EXPECT_EQ(keys->open(fresh.id)->key, fresh.key);
      }
    });
  }
  for (std::thread& thread : threads) thread.join();
  for (const auto& own : seen)
    for (const KeyId& key : own) EXPECT_EQ(key, seen[0][0]);
}

TEST_F(SqliteKeysTest, a_small_memory_forgets_but_does_not_mistake) {
  keys.reset();
  keys = open({.master = master_of(1), .cached_keys = 3});
  std::vector<std::pair<SubjectId, DataKey>> made;
  for (int i = 0; i < 10; ++i) {
    const SubjectId person = id();
    made.emplace_back(person, *keys->current(SealScope::person, person));
  }
  for (const auto& [person, key] : made) {
    EXPECT_EQ(keys->open(key.id)->key, key.key);
    EXPECT_EQ(keys->current(SealScope::person, person)->key, key.key);
  }
}

TEST(KeyCache, keeps_those_used_last) {
  SeededRandom random(1);
  sqlite::KeyCache cache(2);
  const auto owner = [](std::uint8_t n) {
    sqlite::KeyOwner made;
    made.owner.bytes[0] = n;
    return made;
  };
  const DataKey a{random.id<KeyId>(), master_of(1)};
  const DataKey b{random.id<KeyId>(), master_of(2)};
  const DataKey c{random.id<KeyId>(), master_of(3)};
  cache.put(a, owner(1));
  cache.put(b, std::nullopt);
  EXPECT_EQ(cache.find(owner(1))->id, a.id);  // now b is the older one
  cache.put(c, owner(3));
  EXPECT_EQ(cache.find(b.id), nullptr);
  EXPECT_EQ(cache.find(a.id)->key, a.key);
  EXPECT_EQ(cache.find(owner(3))->key, c.key);
  EXPECT_EQ(cache.find(owner(2)), nullptr);
  cache.put(a, owner(1));  // again: nothing is doubled
  EXPECT_EQ(cache.size(), 2U);
  cache.drop(a.id);
  cache.drop(b.id);
  EXPECT_EQ(cache.find(owner(1)), nullptr);
  EXPECT_EQ(cache.size(), 1U);
}

TEST_F(SqliteKeysTest, notes_of_the_node_are_kept_sealed) {
  EXPECT_EQ(*keys->note("epoch"), "");
  ASSERT_TRUE(keys->put_note("epoch", "FIRST-EPOCH").ok());
  ASSERT_TRUE(keys->put_note("epoch", "SECOND-EPOCH").ok());
  reopen();
  EXPECT_EQ(*keys->note("epoch"), "SECOND-EPOCH");
  EXPECT_EQ(*keys->note("other"), "");
  EXPECT_EQ(folder.all_bytes().find("EPOCH"), std::string::npos);
}

}  // namespace
}  // namespace filrouge
