// The primitives the application needs (architecture 3): XChaCha20-Poly1305 with a random nonce in
// front, BLAKE2b-256, sealed boxes (X25519, as libsodium's crypto_box_seal), Ed25519, Argon2id. No
// key is ever logged. Errors: `malformed` for anything that does not open.
#pragma once

#include <array>
#include <string>
#include <string_view>

#include "core/base/result.h"
#include "core/journal/envelope.h"
#include "core/journal/merkle.h"

namespace filrouge {

struct BoxKeys {
  Bytes32 public_key{};
  Bytes32 secret_key{};
};

struct SignKeys {
  Bytes32 public_key{};
  std::array<std::uint8_t, 64> secret_key{};
};

class Crypto {
 public:
  virtual ~Crypto() = default;

  // nonce ‖ ciphertext ‖ tag; `bound` is authenticated, not contained.
  virtual std::string seal(const Bytes32& key, std::string_view bound, std::string_view text) = 0;
  virtual Result<std::string> open(const Bytes32& key, std::string_view bound,
                                   std::string_view sealed) = 0;

  virtual BoxKeys make_box_keys() = 0;
  virtual std::string seal_box(const Bytes32& public_key, std::string_view text) = 0;
  virtual Result<std::string> open_box(const BoxKeys& keys, std::string_view sealed) = 0;

  // Ed25519. The pair of a seed is always the same.
  virtual SignKeys sign_keys(const Bytes32& seed) = 0;
  virtual std::string sign(const SignKeys& keys, std::string_view text) = 0;

  virtual Bytes32 hash(std::string_view bytes) = 0;
  virtual Bytes32 mac(const Bytes32& key, std::string_view bytes) = 0;
  virtual HashFunction hash_function() = 0;

  // Argon2id 64 MiB, 3 passes; the text holds salt and parameters. About 85 ms: the application
  // lets at most four run at once.
  virtual Result<std::string> hash_password(std::string_view password) = 0;
  virtual bool check_password(std::string_view hashed, std::string_view password) = 0;
};

}  // namespace filrouge
