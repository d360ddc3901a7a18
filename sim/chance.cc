#include "sim/chance.h"

#include <bit>

namespace filrouge::sim {

namespace {

// splitmix64, then xoshiro256**: small, public, and the same on every machine.
std::uint64_t mixed(std::uint64_t& state) {
  state += 0x9e3779b97f4a7c15;
  std::uint64_t z = state;
  z = (z ^ (z >> 30U)) * 0xbf58476d1ce4e5b9;
  z = (z ^ (z >> 27U)) * 0x94d049bb133111eb;
  return z ^ (z >> 31U);
}

}  // namespace

Chance::Chance(std::uint64_t seed) : seed_(seed) {
  for (std::uint64_t& word : state_) word = mixed(seed);
}

Chance Chance::fork(std::string_view name) {
  std::uint64_t hash = 0xcbf29ce484222325;
  for (const char c : name) hash = (hash ^ static_cast<std::uint8_t>(c)) * 0x100000001b3;
  return Chance(seed_ ^ hash);
}

std::uint64_t Chance::next() {
  const std::uint64_t made = std::rotl(state_[1] * 5, 7) * 9;
  const std::uint64_t moved = state_[1] << 17U;
  state_[2] ^= state_[0];
  state_[3] ^= state_[1];
  state_[1] ^= state_[2];
  state_[0] ^= state_[3];
  state_[2] ^= moved;
  state_[3] = std::rotl(state_[3], 45);
  return made;
}

std::int64_t Chance::below(std::int64_t bound) {
  if (bound <= 1) return 0;
  return static_cast<std::int64_t>(next() % static_cast<std::uint64_t>(bound));
}

std::int64_t Chance::between(std::int64_t lowest, std::int64_t highest) {
  return lowest + below(highest - lowest + 1);
}

void SeededRandom::fill(std::span<std::uint8_t> bytes) {
  std::size_t at = 0;
  while (at < bytes.size()) {
    std::uint64_t word = chance_.next();
    for (int i = 0; i < 8 && at < bytes.size(); ++i, word >>= 8U)
      bytes[at++] = static_cast<std::uint8_t>(word);
  }
}

}  // namespace filrouge::sim
