#include "server/crypto/system_environment.h"

#include <chrono>

#include <sodium.h>

namespace filrouge {

namespace {

class SystemClock final : public Clock {
 public:
  Instant now() override {
    const auto since = std::chrono::system_clock::now().time_since_epoch();
    return Instant{std::chrono::duration_cast<std::chrono::milliseconds>(since).count()};
  }
};

class SystemRandom final : public Random {
 public:
  void fill(std::span<std::uint8_t> bytes) override { randombytes_buf(bytes.data(), bytes.size()); }
};

}  // namespace

std::unique_ptr<Clock> make_system_clock() { return std::make_unique<SystemClock>(); }

std::unique_ptr<Random> make_system_random() {
  verify(sodium_init() >= 0);
  return std::make_unique<SystemRandom>();
}

}  // namespace filrouge
