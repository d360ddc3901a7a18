#include "sim/crypto.h"

#include <sodium.h>

#include "server/crypto/sodium_crypto.h"

namespace filrouge::sim {

namespace {

SeededRandom sodium_random{Chance(0)};

void fill_seeded(void* const to, const std::size_t size) {
  sodium_random.fill({static_cast<std::uint8_t*>(to), size});
}

std::uint32_t one_seeded() {
  std::uint32_t made = 0;
  fill_seeded(&made, sizeof made);
  return made;
}

const char* name_of_source() { return "simulation"; }

void use_seeded_randombytes() {
  static randombytes_implementation source{};
  source.implementation_name = &name_of_source;
  source.random = &one_seeded;
  source.buf = &fill_seeded;
  randombytes_set_implementation(&source);
}

class SeededCrypto final : public Crypto {
 public:
  SeededCrypto() : real_(make_sodium_crypto()) {}

  std::string seal(const Bytes32& key, std::string_view bound, std::string_view text) override {
    return real_->seal(key, bound, text);
  }
  Result<std::string> open(const Bytes32& key, std::string_view bound,
                           std::string_view sealed) override {
    return real_->open(key, bound, sealed);
  }
  BoxKeys make_box_keys() override { return real_->make_box_keys(); }
  std::string seal_box(const Bytes32& public_key, std::string_view text) override {
    return real_->seal_box(public_key, text);
  }
  Result<std::string> open_box(const BoxKeys& keys, std::string_view sealed) override {
    return real_->open_box(keys, sealed);
  }
  SignKeys sign_keys(const Bytes32& seed) override { return real_->sign_keys(seed); }
  std::string sign(const SignKeys& keys, std::string_view text) override {
    return real_->sign(keys, text);
  }
  Bytes32 hash(std::string_view bytes) override { return real_->hash(bytes); }
  Bytes32 mac(const Bytes32& key, std::string_view bytes) override {
    return real_->mac(key, bytes);
  }
  HashFunction hash_function() override { return real_->hash_function(); }

  Result<std::string> hash_password(std::string_view password) override {
    const Bytes32 hashed = real_->hash("password " + std::string(password));
    return to_hex(hashed.data(), hashed.size());
  }
  bool check_password(std::string_view hashed, std::string_view password) override {
    const auto again = hash_password(password);
    return again.ok() && *again == hashed;
  }

 private:
  std::unique_ptr<Crypto> real_;
};

}  // namespace

std::unique_ptr<Crypto> make_seeded_crypto(Chance chance) {
  auto crypto = std::make_unique<SeededCrypto>();  // libsodium draws when it starts: once a process
  sodium_random = SeededRandom(chance);
  use_seeded_randombytes();
  return crypto;
}

}  // namespace filrouge::sim
