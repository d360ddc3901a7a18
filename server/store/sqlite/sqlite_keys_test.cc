#include "server/store/sqlite/sqlite_keys.h"

#include <filesystem>

#include <gtest/gtest.h>

#include "server/crypto/sodium_crypto.h"
#include "server/crypto/system_environment.h"
#include "server/store/common/key_cache.h"
#include "server/store/contract/keys_contract_testing.h"
#include "server/store/sqlite/folder.h"
#include "server/store/sqlite/sqlite_harness_testing.h"

namespace filrouge {
namespace {

class SqliteKeysHarness final : public KeysHarness {
 public:
  Result<std::unique_ptr<Keys>> open(const Wish& wish, Crypto& crypto, Random& random) override {
    return open_sqlite_keys({.folder = folder_.path(),
                             .master = wish.master,
                             .read_only = wish.read_only,
                             .create = wish.create},
                            crypto, random);
  }
  std::unique_ptr<Keys> open_copy(Keys& keys, Crypto& crypto, Random& random) override {
    const std::string copy = folder_.path() + "/copy";
    std::filesystem::create_directory(copy);
    EXPECT_TRUE(keys.backup(keys_path(copy)).ok());
    EXPECT_EQ(keys.backup(keys_path(copy)).error().rule, "file_exists");
    auto opened = open_sqlite_keys({.folder = copy, .master = master_of(1)}, crypto, random);
    verify(opened.ok());
    return std::move(*opened);
  }
  std::string all_bytes() override { return folder_.all_bytes(); }

 private:
  TestFolder folder_;
};

INSTANTIATE_TEST_SUITE_P(Sqlite, KeysContract,
                         testing::Values(KeysEngine{
                             "Sqlite", [] { return std::make_unique<SqliteKeysHarness>(); }}),
                         keys_engine_name);

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
  SubjectId id() { return random->id<SubjectId>(); }

  TestFolder folder;
  std::unique_ptr<Crypto> crypto = make_sodium_crypto();
  std::unique_ptr<Random> random = make_system_random();
  std::unique_ptr<Keys> keys = open({.master = master_of(1), .create = true});
};

TEST_F(SqliteKeysTest, a_folder_without_keys_is_not_made_up) {
  keys.reset();
  std::filesystem::remove(keys_path(folder.path()));
  EXPECT_EQ(try_open({.master = master_of(1)}).error().rule, "no_keys");
  EXPECT_EQ(try_open({.master = master_of(1), .read_only = true}).error().rule, "no_keys");
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
  KeyCache cache(2);
  const auto owner = [](std::uint8_t n) {
    KeyOwner made;
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
  ASSERT_TRUE(keys->put_note("epoch", "SOME-EPOCH").ok());
  EXPECT_EQ(folder.all_bytes().find("EPOCH"), std::string::npos);
}

}  // namespace
}  // namespace filrouge
