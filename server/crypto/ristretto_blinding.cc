#include "server/crypto/ristretto_blinding.h"

#include <array>

#include <sodium.h>

namespace filrouge {

namespace {

static_assert(crypto_core_ristretto255_BYTES == sizeof(Bytes32));
static_assert(crypto_core_ristretto255_SCALARBYTES == sizeof(Bytes32));
static_assert(crypto_core_ristretto255_HASHBYTES == crypto_hash_sha512_BYTES);

class RistrettoBlinding final : public Blinding {
 public:
  Bytes32 make_secret() override {
    Bytes32 secret;
    crypto_core_ristretto255_scalar_random(secret.data());
    return secret;
  }

  Bytes32 blind_text(const Bytes32& secret, std::string_view text) override {
    std::array<unsigned char, crypto_hash_sha512_BYTES> hash;
    crypto_hash_sha512(hash.data(), reinterpret_cast<const unsigned char*>(text.data()),
                       text.size());
    Bytes32 element;
    crypto_core_ristretto255_from_hash(element.data(), hash.data());
    auto blinded = blind(secret, element);
    verify(blinded.ok());
    return *blinded;
  }

  Result<Bytes32> blind(const Bytes32& secret, const Bytes32& element) override {
    Bytes32 out;
    if (crypto_scalarmult_ristretto255(out.data(), secret.data(), element.data()) != 0)
      return Error{Code::malformed, "element", "element", "not an element of the group"};
    return out;
  }

  Bytes32 random_element() override {
    Bytes32 out;
    crypto_core_ristretto255_random(out.data());
    return out;
  }
};

}  // namespace

std::unique_ptr<Blinding> make_ristretto_blinding() {
  verify(sodium_init() >= 0);
  return std::make_unique<RistrettoBlinding>();
}

}  // namespace filrouge
