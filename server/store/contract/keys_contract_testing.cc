#include "server/store/contract/keys_contract_testing.h"

#include <algorithm>
#include <set>
#include <thread>
#include <vector>

#include "server/crypto/sodium_crypto.h"
#include "server/crypto/system_environment.h"

namespace filrouge {

Bytes32 master_of(std::uint8_t seed) {
  Bytes32 master{};
  master.fill(seed);
  return master;
}

std::string keys_engine_name(const testing::TestParamInfo<KeysEngine>& info) {
  return info.param.name;
}

KeysContract::KeysContract()
    : crypto(make_sodium_crypto()), random(make_system_random()), keys(open({.create = true})) {}

std::unique_ptr<Keys> KeysContract::open(const KeysHarness::Wish& wish) {
  auto opened = harness_->open(wish, *crypto, *random);
  EXPECT_TRUE(opened.ok()) << opened.error().rule << " " << opened.error().detail;
  verify(opened.ok());
  return std::move(*opened);
}

namespace {

// Programs that link the store's contract alone have no keys to judge.
GTEST_ALLOW_UNINSTANTIATED_PARAMETERIZED_TEST(KeysContract);

std::string view(const Bytes32& bytes) { return {bytes.begin(), bytes.end()}; }

TEST_P(KeysContract, one_key_a_scope_and_owner_for_good) {
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

TEST_P(KeysContract, the_secrets_of_the_node_are_made_once) {
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

TEST_P(KeysContract, another_master_key_is_told_at_the_door) {
  keys.reset();
  const auto wrong = harness().open({.master = master_of(2)}, *crypto, *random);
  ASSERT_FALSE(wrong.ok());
  EXPECT_EQ(wrong.error().code, Code::refused);
  EXPECT_EQ(wrong.error().rule, "wrong_master_key");
  const auto anew = harness().open({.master = master_of(2), .create = true}, *crypto, *random);
  EXPECT_EQ(anew.error().rule, "wrong_master_key");
  EXPECT_TRUE(harness().open({}, *crypto, *random).ok());
}

// Law 9: the key goes, no new one ever comes, and a restore can replay it.
TEST_P(KeysContract, what_is_destroyed_stays_destroyed) {
  const SubjectId person = id();
  const SubjectId other = id();
  const SubjectId never_had_one = id();
  const DataKey key = *keys->current(SealScope::person, person);
  const DataKey kept = *keys->current(SealScope::person, other);
  ASSERT_TRUE(keys->open(key.id).ok());
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

TEST_P(KeysContract, credentials_and_devices_are_kept_sealed) {
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

TEST_P(KeysContract, without_the_master_key_they_name_nobody) {
  const SubjectId person = id();
  const SubjectId account = id();
  const DataKey key = *keys->current(SealScope::person, person);
  ASSERT_TRUE(keys->put_credential({account, "argon2id text", "code", {}}).ok());
  ASSERT_TRUE(keys->put_device({master_of(7), account, account}).ok());
  ASSERT_TRUE(keys->destroy(id()).ok());
  const NodeSecrets secrets = keys->secrets();
  const std::string all = harness().all_bytes();
  const auto holds = [&all](const std::string& text) { return all.find(text) != text.npos; };
  EXPECT_TRUE(holds(std::string(key.id.bytes.begin(), key.id.bytes.end())));
  for (const SubjectId& who : {person, account})
    EXPECT_FALSE(holds(std::string(who.bytes.begin(), who.bytes.end())));
  for (const Bytes32& secret : {key.key, secrets.box.secret_key, secrets.pseudonym_key,
                                secrets.search_key, secrets.token_key, master_of(1)})
    EXPECT_FALSE(holds(view(secret)));
  EXPECT_FALSE(holds("argon2id text"));
}

TEST_P(KeysContract, a_copy_opens_and_knows_every_key) {
  const SubjectId person = id();
  const DataKey key = *keys->current(SealScope::person, person);
  const auto copied = harness().open_copy(*keys, *crypto, *random);
  const DataKey later = *keys->current(SealScope::person, id());
  EXPECT_EQ(copied->open(key.id)->key, key.key);
  EXPECT_FALSE(copied->open(later.id).ok());
  EXPECT_EQ(copied->secrets().search_key, keys->secrets().search_key);
}

TEST_P(KeysContract, notes_of_the_node_are_kept) {
  EXPECT_EQ(*keys->note("epoch"), "");
  ASSERT_TRUE(keys->put_note("epoch", "first").ok());
  ASSERT_TRUE(keys->put_note("epoch", "second").ok());
  const auto reading = open({.read_only = true});
  EXPECT_EQ(*reading->note("epoch"), "second");
  EXPECT_EQ(*reading->note("other"), "");
  EXPECT_EQ(reading->put_note("epoch", "third").error().rule, "read_only");
}

TEST_P(KeysContract, beside_a_running_program_they_are_read_only) {
  const SubjectId person = id();
  const DataKey key = *keys->current(SealScope::person, person);
  const auto reading = open({.read_only = true});
  EXPECT_EQ(reading->open(key.id)->key, key.key);
  EXPECT_EQ(reading->current(SealScope::person, person)->id, key.id);
  EXPECT_EQ(reading->current(SealScope::person, id()).error().rule, "read_only");
  EXPECT_EQ(reading->destroy(person).error().rule, "read_only");
  EXPECT_EQ(reading->put_credential({person, "", "", {}}).error().rule, "read_only");
  EXPECT_EQ(reading->put_device({}).error().rule, "read_only");
  const DataKey later = *keys->current(SealScope::person, id());
  EXPECT_EQ(reading->open(later.id)->key, later.key);
}

TEST_P(KeysContract, threads_agree_on_one_key) {
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

}  // namespace
}  // namespace filrouge
