#include "server/crypto/sodium_crypto.h"

#include <set>

#include <gtest/gtest.h>

#include "server/crypto/system_environment.h"

namespace filrouge {
namespace {

Bytes32 key_of(std::uint8_t seed) {
  Bytes32 key{};
  key.fill(seed);
  return key;
}

std::string hex(std::string_view bytes) {
  return to_hex(reinterpret_cast<const std::uint8_t*>(bytes.data()), bytes.size());
}
std::string hex(const Bytes32& bytes) { return to_hex(bytes.data(), bytes.size()); }

std::string from(std::string_view text) {
  std::string bytes(text.size() / 2, '\0');
  EXPECT_TRUE(from_hex(text, reinterpret_cast<std::uint8_t*>(bytes.data()), bytes.size()));
  return bytes;
}

TEST(SodiumCrypto, opens_what_it_sealed_and_nothing_else) {
  const auto crypto = make_sodium_crypto();
  const std::string sealed = crypto->seal(key_of(1), "bound", "une note");
  EXPECT_EQ(sealed.size(), 24 + 8 + 16U);
  EXPECT_EQ(*crypto->open(key_of(1), "bound", sealed), "une note");
  EXPECT_EQ(crypto->open(key_of(2), "bound", sealed).error().code, Code::malformed);
  EXPECT_EQ(crypto->open(key_of(1), "other", sealed).error().code, Code::malformed);
  EXPECT_EQ(crypto->open(key_of(1), "bound", "").error().code, Code::malformed);
  EXPECT_EQ(crypto->open(key_of(1), "bound", sealed.substr(0, 39)).error().code, Code::malformed);
  for (std::size_t i = 0; i < sealed.size(); ++i) {
    std::string changed = sealed;
    changed[i] = static_cast<char>(changed[i] ^ 1);
    EXPECT_FALSE(crypto->open(key_of(1), "bound", changed).ok()) << i;
  }
}

TEST(SodiumCrypto, never_seals_twice_the_same_way) {
  const auto crypto = make_sodium_crypto();
  std::set<std::string> seen;
  for (int i = 0; i < 100; ++i) seen.insert(crypto->seal(key_of(1), "", "same"));
  EXPECT_EQ(seen.size(), 100U);
}

// draft-irtf-cfrg-xchacha-03, A.3.1: an answer that libsodium did not give.
TEST(SodiumCrypto, opens_the_published_xchacha_vector) {
  const auto crypto = make_sodium_crypto();
  Bytes32 key{};
  for (std::size_t i = 0; i < key.size(); ++i) key[i] = static_cast<std::uint8_t>(0x80 + i);
  const std::string sealed = from(
      "404142434445464748494a4b4c4d4e4f5051525354555657"
      "bd6d179d3e83d43b9576579493c0e939572a1700252bfaccbed2902c21396cbb731c7f1b0b4aa6440bf3a82f4eda"
      "7e"
      "39ae64c6708c54c216cb96b72e1213b4522f8c9ba40db5d945b11b69b982c1bb9e3f3fac2bc369488f76b2383565"
      "d3"
      "fff921f9664c97637da9768812f615c68b13b52e"
      "c0875924c1c7987947deafd8780acf49");
  const auto text = crypto->open(key, from("50515253c0c1c2c3c4c5c6c7"), sealed);
  ASSERT_TRUE(text.ok());
  EXPECT_EQ(*text,
            "Ladies and Gentlemen of the class of '99: If I could offer you only one tip for the "
            "future, sunscreen would be it.");
}

TEST(SodiumCrypto, hashes_as_blake2b_256_does) {
  const auto crypto = make_sodium_crypto();
  EXPECT_EQ(hex(crypto->hash("abc")),
            "bddd813c634239723171ef3fee98579b94964e3bb1cb3e427262c8c068d52319");
  EXPECT_EQ(crypto->hash_function()("abc"), crypto->hash("abc"));
  EXPECT_EQ(sodium_hash_function()(""), crypto->hash(""));
}

// Python: hashlib.blake2b(b"\x01" * 32 + b"abc", digest_size=64, person=b"filrouge keyed 2")
TEST(SodiumCrypto, the_keyed_hash_of_encodings_is_blake2b_of_the_key_then_the_text) {
  const auto keyed = sodium_keyed_hash(key_of(1));
  const auto made = keyed("abc");
  EXPECT_EQ(to_hex(made.data(), made.size()),
            "6a7e4dc5f93d76af67cadbc93a6f92a094a1f167c1622fadea1492a201e2a123"
            "30360c28599c7e11e11e09ff6bc48066df85d44299870c8373574a635b4133cf");
  EXPECT_EQ(keyed("abc"), made) << "what was asked before leaves nothing behind";
  EXPECT_NE(sodium_keyed_hash(key_of(2))("abc"), made);
  EXPECT_NE(keyed("abd"), made);
}

TEST(SodiumCrypto, mac_depends_on_key_and_text) {
  const auto crypto = make_sodium_crypto();
  EXPECT_EQ(crypto->mac(key_of(1), "a"), crypto->mac(key_of(1), "a"));
  EXPECT_NE(crypto->mac(key_of(1), "a"), crypto->mac(key_of(2), "a"));
  EXPECT_NE(crypto->mac(key_of(1), "a"), crypto->mac(key_of(1), "b"));
  EXPECT_NE(crypto->mac(key_of(0), "a"), crypto->hash("a"));
}

TEST(SodiumCrypto, a_sealed_box_opens_for_its_owner_only) {
  const auto crypto = make_sodium_crypto();
  const BoxKeys owner = crypto->make_box_keys();
  const BoxKeys other = crypto->make_box_keys();
  EXPECT_NE(owner.secret_key, other.secret_key);
  const std::string sealed = crypto->seal_box(owner.public_key, "brouillon");
  EXPECT_EQ(*crypto->open_box(owner, sealed), "brouillon");
  EXPECT_EQ(crypto->open_box(other, sealed).error().code, Code::malformed);
  EXPECT_EQ(crypto->open_box(owner, "court").error().code, Code::malformed);
  std::string changed = sealed;
  changed.back() = static_cast<char>(changed.back() ^ 1);
  EXPECT_EQ(crypto->open_box(owner, changed).error().code, Code::malformed);
}

TEST(SodiumCrypto, passwords_are_argon2id_of_64_mebibytes) {
  const auto crypto = make_sodium_crypto();
  const auto hashed = crypto->hash_password("une phrase longue");
  ASSERT_TRUE(hashed.ok());
  EXPECT_TRUE(hashed->starts_with("$argon2id$v=19$m=65536,t=3,p=1$")) << *hashed;
  EXPECT_TRUE(crypto->check_password(*hashed, "une phrase longue"));
  EXPECT_FALSE(crypto->check_password(*hashed, "une phrase longuE"));
  EXPECT_FALSE(crypto->check_password(*hashed, ""));
  EXPECT_FALSE(crypto->check_password("", ""));
  EXPECT_FALSE(crypto->check_password("no hash at all", "x"));
}

TEST(SodiumCrypto, wipes) {
  Bytes32 key = key_of(9);
  wipe(key);
  EXPECT_EQ(key, Bytes32{});
  std::string text = "secret";
  wipe(text);
  EXPECT_EQ(hex(text), "000000000000");
}

TEST(SystemEnvironment, ids_differ_and_the_clock_is_of_this_century) {
  const auto random = make_system_random();
  std::set<EntryId> seen;
  for (int i = 0; i < 1'000; ++i) seen.insert(random->id<EntryId>());
  EXPECT_EQ(seen.size(), 1'000U);
  const Instant now = make_system_clock()->now();
  EXPECT_GT(now.ms, 1'700'000'000'000);
  EXPECT_LT(now.ms, 7'000'000'000'000);
}

// RFC 8032, 7.1, TEST 2.
TEST(SodiumCrypto, signatures_are_ed25519) {
  const auto bytes = [](std::string_view hex) {
    std::string made(hex.size() / 2, '\0');
    EXPECT_TRUE(from_hex(hex, reinterpret_cast<std::uint8_t*>(made.data()), made.size()));
    return made;
  };
  const auto crypto = make_sodium_crypto();
  Bytes32 seed{};
  const std::string secret =
      bytes("4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb");
  std::copy(secret.begin(), secret.end(), seed.begin());
  const SignKeys keys = crypto->sign_keys(seed);
  EXPECT_EQ(to_hex(keys.public_key.data(), 32),
            "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c");
  const std::string signature = crypto->sign(keys, "\x72");
  EXPECT_EQ(signature, bytes("92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da"
                             "085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00"));
  EXPECT_TRUE(sodium_check_signature(keys.public_key, "\x72", signature));
  EXPECT_FALSE(sodium_check_signature(keys.public_key, "\x73", signature));
  EXPECT_FALSE(sodium_check_signature(keys.public_key, "\x72", signature.substr(1)));
}

}  // namespace
}  // namespace filrouge
