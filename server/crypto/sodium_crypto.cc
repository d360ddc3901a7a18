#include "server/crypto/sodium_crypto.h"

#include <utility>

#include <sodium.h>

namespace filrouge {

namespace {

constexpr std::size_t kNonceBytes = crypto_aead_xchacha20poly1305_ietf_NPUBBYTES;
constexpr std::size_t kTagBytes = crypto_aead_xchacha20poly1305_ietf_ABYTES;
// safety.md 2.3: 64 MiB, three passes.
constexpr std::size_t kPasswordMemoryBytes = 64U << 20;
constexpr unsigned long long kPasswordPasses = 3;

static_assert(crypto_aead_xchacha20poly1305_ietf_KEYBYTES == sizeof(Bytes32));
static_assert(crypto_box_PUBLICKEYBYTES == sizeof(Bytes32));
static_assert(crypto_box_SECRETKEYBYTES == sizeof(Bytes32));
static_assert(crypto_sign_SEEDBYTES == sizeof(Bytes32));
static_assert(crypto_sign_SECRETKEYBYTES == sizeof(SignKeys::secret_key));

const unsigned char* bytes_of(std::string_view text) {
  return reinterpret_cast<const unsigned char*>(text.data());
}
unsigned char* bytes_of(std::string& text) { return reinterpret_cast<unsigned char*>(text.data()); }

Error does_not_open(std::string detail) {
  return Error{Code::malformed, "", "does_not_open", std::move(detail)};
}

Bytes32 blake2b(std::string_view text) {
  Bytes32 hash{};
  verify(crypto_generichash(hash.data(), hash.size(), bytes_of(text), text.size(), nullptr, 0) ==
         0);
  return hash;
}

class SodiumCrypto final : public Crypto {
 public:
  std::string seal(const Bytes32& key, std::string_view bound, std::string_view text) override {
    std::string sealed(kNonceBytes + text.size() + kTagBytes, '\0');
    unsigned char* nonce = bytes_of(sealed);
    randombytes_buf(nonce, kNonceBytes);
    verify(crypto_aead_xchacha20poly1305_ietf_encrypt(nonce + kNonceBytes, nullptr, bytes_of(text),
                                                      text.size(), bytes_of(bound), bound.size(),
                                                      nullptr, nonce, key.data()) == 0);
    return sealed;
  }

  Result<std::string> open(const Bytes32& key, std::string_view bound,
                           std::string_view sealed) override {
    if (sealed.size() < kNonceBytes + kTagBytes) return does_not_open("too short to be sealed");
    std::string text(sealed.size() - kNonceBytes - kTagBytes, '\0');
    const unsigned char* nonce = bytes_of(sealed);
    if (crypto_aead_xchacha20poly1305_ietf_decrypt(
            bytes_of(text), nullptr, nullptr, nonce + kNonceBytes, sealed.size() - kNonceBytes,
            bytes_of(bound), bound.size(), nonce, key.data()) != 0)
      return does_not_open("the key or the bound text is another one, or the bytes were changed");
    return text;
  }

  BoxKeys make_box_keys() override {
    BoxKeys keys;
    verify(crypto_box_keypair(keys.public_key.data(), keys.secret_key.data()) == 0);
    return keys;
  }

  std::string seal_box(const Bytes32& public_key, std::string_view text) override {
    std::string sealed(text.size() + crypto_box_SEALBYTES, '\0');
    verify(crypto_box_seal(bytes_of(sealed), bytes_of(text), text.size(), public_key.data()) == 0);
    return sealed;
  }

  Result<std::string> open_box(const BoxKeys& keys, std::string_view sealed) override {
    if (sealed.size() < crypto_box_SEALBYTES) return does_not_open("too short to be a sealed box");
    std::string text(sealed.size() - crypto_box_SEALBYTES, '\0');
    if (crypto_box_seal_open(bytes_of(text), bytes_of(sealed), sealed.size(),
                             keys.public_key.data(), keys.secret_key.data()) != 0)
      return does_not_open("sealed to another key, or changed on the way");
    return text;
  }

  SignKeys sign_keys(const Bytes32& seed) override {
    SignKeys keys;
    verify(crypto_sign_seed_keypair(keys.public_key.data(), keys.secret_key.data(), seed.data()) ==
           0);
    return keys;
  }

  std::string sign(const SignKeys& keys, std::string_view text) override {
    std::string signature(crypto_sign_BYTES, '\0');
    verify(crypto_sign_detached(bytes_of(signature), nullptr, bytes_of(text), text.size(),
                                keys.secret_key.data()) == 0);
    return signature;
  }

  Bytes32 hash(std::string_view bytes) override { return blake2b(bytes); }

  Bytes32 mac(const Bytes32& key, std::string_view bytes) override {
    Bytes32 made{};
    verify(crypto_generichash(made.data(), made.size(), bytes_of(bytes), bytes.size(), key.data(),
                              key.size()) == 0);
    return made;
  }

  HashFunction hash_function() override { return &blake2b; }

  Result<std::string> hash_password(std::string_view password) override {
    char text[crypto_pwhash_STRBYTES];
    if (crypto_pwhash_str_alg(text, password.data(), password.size(), kPasswordPasses,
                              kPasswordMemoryBytes, crypto_pwhash_ALG_ARGON2ID13) != 0)
      return Error{Code::unavailable, "", "no_memory", "64 MiB for Argon2id were not to be had"};
    return std::string(text);
  }

  bool check_password(std::string_view hashed, std::string_view password) override {
    const std::string text(hashed);  // libsodium reads up to a zero byte
    return crypto_pwhash_str_verify(text.c_str(), password.data(), password.size()) == 0;
  }
};

}  // namespace

std::unique_ptr<Crypto> make_sodium_crypto() {
  verify(sodium_init() >= 0);
  return std::make_unique<SodiumCrypto>();
}

HashFunction sodium_hash_function() {
  verify(sodium_init() >= 0);
  return &blake2b;
}

std::function<std::array<std::uint8_t, 64>(std::string_view)> sodium_keyed_hash(
    const Bytes32& key) {
  verify(sodium_init() >= 0);
  using State = crypto_generichash_blake2b_state;
  const std::shared_ptr<State> keyed(new State, [](State* state) {
    sodium_memzero(state, sizeof *state);
    delete state;
  });
  constexpr std::array<std::uint8_t, crypto_generichash_blake2b_SALTBYTES> kNoSalt{};
  constexpr std::array<std::uint8_t, crypto_generichash_blake2b_PERSONALBYTES> kUse{
      'f', 'i', 'l', 'r', 'o', 'u', 'g', 'e', ' ', 'k', 'e', 'y', 'e', 'd', ' ', '2'};
  verify(crypto_generichash_blake2b_init_salt_personal(keyed.get(), nullptr, 0, 64, kNoSalt.data(),
                                                       kUse.data()) == 0 &&
         crypto_generichash_blake2b_update(keyed.get(), key.data(), key.size()) == 0);
  return [keyed](std::string_view text) {
    State state = *keyed;
    std::array<std::uint8_t, 64> made{};
    verify(crypto_generichash_blake2b_update(&state, bytes_of(text), text.size()) == 0 &&
           crypto_generichash_blake2b_final(&state, made.data(), made.size()) == 0);
    sodium_memzero(&state, sizeof state);
    return made;
  };
}

bool sodium_check_signature(const Bytes32& public_key, std::string_view text,
                            std::string_view signature) {
  verify(sodium_init() >= 0);
  return signature.size() == crypto_sign_BYTES &&
         crypto_sign_verify_detached(bytes_of(signature), bytes_of(text), text.size(),
                                     public_key.data()) == 0;
}

void wipe(Bytes32& secret) { sodium_memzero(secret.data(), secret.size()); }
void wipe(std::string& secret) { sodium_memzero(secret.data(), secret.size()); }

}  // namespace filrouge
