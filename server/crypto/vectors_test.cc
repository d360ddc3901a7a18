// The golden files that @noble in the browser is compared with. Each is made here again from fixed
// seeds and compared byte for byte; FILROUGE_WRITE_VECTORS=1 writes them instead.
#include <cstdlib>
#include <fstream>
#include <sstream>
#include <vector>

#include <gtest/gtest.h>
#include <sodium.h>

#include "core/base/json.h"
#include "server/crypto/sodium_crypto.h"

namespace filrouge {
namespace {

std::string hex(const std::uint8_t* bytes, std::size_t size) { return to_hex(bytes, size); }
template <class Bytes>
std::string hex(const Bytes& bytes) {
  return to_hex(reinterpret_cast<const std::uint8_t*>(bytes.data()), bytes.size());
}

std::vector<std::uint8_t> seeded(std::uint8_t seed, std::size_t size) {
  std::vector<std::uint8_t> bytes(size);
  std::array<std::uint8_t, randombytes_SEEDBYTES> key{};
  key[0] = seed;
  if (size > 0) randombytes_buf_deterministic(bytes.data(), bytes.size(), key.data());
  return bytes;
}
Bytes32 seeded_key(std::uint8_t seed) {
  Bytes32 key{};
  const auto bytes = seeded(seed, key.size());
  std::copy(bytes.begin(), bytes.end(), key.begin());
  return key;
}

// One case a line, so that a change is seen in a diff.
std::string lines(const json::Value& head, std::string_view list, const json::Value& cases) {
  std::string text = json::write(head);
  text.pop_back();
  text += (head.keys().empty() ? "\"" : ",\n\"") + std::string(list) + "\":[\n";
  for (std::size_t i = 0; i < cases.items().size(); ++i)
    text += json::write(cases.items()[i]) + (i + 1 < cases.items().size() ? ",\n" : "\n");
  return text + "]";
}

void compare_or_write(const std::string& name, const std::string& expected) {
  const std::string path = std::string(FILROUGE_ROOT) + "/vectors/" + name;
  if (std::getenv("FILROUGE_WRITE_VECTORS") != nullptr) {
    std::ofstream(path, std::ios::binary) << expected;
  }
  std::ifstream file(path, std::ios::binary);
  ASSERT_TRUE(file) << path;
  std::stringstream text;
  text << file.rdbuf();
  EXPECT_EQ(text.str(), expected) << path;
}

const std::vector<std::string>& texts() {
  static const std::vector<std::string> all = {"",
                                               "a",
                                               "Éléonore, hall B : « rappeler jeudi »",
                                               std::string(64, 'x'),
                                               std::string(255, '\0'),
                                               std::string(1024, ' '),
                                               R"({"id":"00","kind":"encounter"})"};
  return all;
}

// crypto_box_seal with the ephemeral key given: ephemeral public ‖ box(nonce = BLAKE2b-24 of both
// public keys). The composition that the browser makes.
std::string compose(const BoxKeys& node, const BoxKeys& ephemeral, const std::string& text) {
  std::string both(ephemeral.public_key.begin(), ephemeral.public_key.end());
  both.append(node.public_key.begin(), node.public_key.end());
  std::array<std::uint8_t, crypto_box_NONCEBYTES> nonce{};
  crypto_generichash(nonce.data(), nonce.size(), reinterpret_cast<const std::uint8_t*>(both.data()),
                     both.size(), nullptr, 0);
  std::string boxed(text.size() + crypto_box_MACBYTES, '\0');
  EXPECT_EQ(crypto_box_easy(reinterpret_cast<std::uint8_t*>(boxed.data()),
                            reinterpret_cast<const std::uint8_t*>(text.data()), text.size(),
                            nonce.data(), node.public_key.data(), ephemeral.secret_key.data()),
            0);
  return std::string(ephemeral.public_key.begin(), ephemeral.public_key.end()) + boxed;
}

BoxKeys seeded_box(std::uint8_t seed) {
  BoxKeys keys;
  crypto_box_seed_keypair(keys.public_key.data(), keys.secret_key.data(), seeded_key(seed).data());
  return keys;
}

TEST(Vectors, sealed_boxes) {
  const auto crypto = make_sodium_crypto();
  const BoxKeys node = seeded_box(1);
  json::Value head = json::Value::object();
  head.set("note", json::Value("crypto_box_seal; every value is hexadecimal"));
  head.set("public_key", json::Value(hex(node.public_key)));
  head.set("secret_key", json::Value(hex(node.secret_key)));
  json::Value cases = json::Value::array();
  for (std::size_t i = 0; i < texts().size(); ++i) {
    const BoxKeys ephemeral = seeded_box(static_cast<std::uint8_t>(100 + i));
    const std::string sealed = compose(node, ephemeral, texts()[i]);
    EXPECT_EQ(*crypto->open_box(node, sealed), texts()[i]);
    json::Value one = json::Value::object();
    one.set("plaintext", json::Value(hex(texts()[i])));
    one.set("ephemeral_secret_key", json::Value(hex(ephemeral.secret_key)));
    one.set("ephemeral_public_key", json::Value(hex(ephemeral.public_key)));
    one.set("sealed", json::Value(hex(sealed)));
    cases.items().push_back(std::move(one));
  }
  compare_or_write("sealed_box.json", lines(head, "cases", cases) + "}\n");
}

json::Value aead_cases(Crypto& crypto) {
  json::Value cases = json::Value::array();
  for (std::size_t i = 0; i < texts().size(); ++i) {
    const auto seed = static_cast<std::uint8_t>(i);
    const Bytes32 key = seeded_key(static_cast<std::uint8_t>(10 + seed));
    const auto nonce = seeded(static_cast<std::uint8_t>(40 + seed), 24);
    const auto bound = seeded(static_cast<std::uint8_t>(70 + seed), i * 7);
    std::string sealed(nonce.begin(), nonce.end());
    sealed.resize(nonce.size() + texts()[i].size() + 16);
    crypto_aead_xchacha20poly1305_ietf_encrypt(
        reinterpret_cast<std::uint8_t*>(sealed.data()) + nonce.size(), nullptr,
        reinterpret_cast<const std::uint8_t*>(texts()[i].data()), texts()[i].size(), bound.data(),
        bound.size(), nullptr, nonce.data(), key.data());
    EXPECT_EQ(
        *crypto.open(key, {reinterpret_cast<const char*>(bound.data()), bound.size()}, sealed),
        texts()[i]);
    json::Value one = json::Value::object();
    one.set("key", json::Value(hex(key)));
    one.set("nonce", json::Value(hex(nonce)));
    one.set("bound", json::Value(hex(bound.data(), bound.size())));
    one.set("plaintext", json::Value(hex(texts()[i])));
    one.set("sealed", json::Value(hex(sealed)));
    cases.items().push_back(std::move(one));
  }
  return cases;
}

TEST(Vectors, seals_hashes_and_macs) {
  const auto crypto = make_sodium_crypto();
  json::Value hashes = json::Value::array();
  json::Value macs = json::Value::array();
  for (std::size_t i = 0; i < texts().size(); ++i) {
    const Bytes32 key = seeded_key(static_cast<std::uint8_t>(150 + i));
    json::Value hash = json::Value::object();
    hash.set("bytes", json::Value(hex(texts()[i])));
    hash.set("hash", json::Value(hex(crypto->hash(texts()[i]))));
    hashes.items().push_back(std::move(hash));
    json::Value mac = json::Value::object();
    mac.set("key", json::Value(hex(key)));
    mac.set("bytes", json::Value(hex(texts()[i])));
    mac.set("mac", json::Value(hex(crypto->mac(key, texts()[i]))));
    macs.items().push_back(std::move(mac));
  }
  json::Value head = json::Value::object();
  head.set("note", json::Value("XChaCha20-Poly1305, sealed = nonce, text, tag; BLAKE2b-256, plain "
                               "and keyed; every value is hexadecimal"));
  std::string text = lines(head, "aead", aead_cases(*crypto));
  json::Value empty = json::Value::object();
  text += ",\n" + lines(empty, "hash", hashes).substr(1);
  text += ",\n" + lines(empty, "mac", macs).substr(1);
  compare_or_write("crypto.json", text + "}\n");
}

}  // namespace
}  // namespace filrouge
