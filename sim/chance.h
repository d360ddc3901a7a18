// The one source of chance of a simulated world: everything that happens follows from its seed. A
// fork is a stream of its own, named, so that one part drawing more numbers does not move the rest.
//
//   Chance chance(seed);
//   Chance of_network = chance.fork("network");
//   if (of_network.percent(10)) ...
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "server/ports/environment.h"

namespace filrouge::sim {

class Chance {
 public:
  explicit Chance(std::uint64_t seed);

  Chance fork(std::string_view name);
  std::uint64_t next();
  // From 0 to bound - 1.
  std::int64_t below(std::int64_t bound);
  // Both ends included.
  std::int64_t between(std::int64_t lowest, std::int64_t highest);
  bool percent(std::int64_t of_hundred) { return below(100) < of_hundred; }
  template <class T>
  T& pick(std::vector<T>& from) {
    return from[static_cast<std::size_t>(below(static_cast<std::int64_t>(from.size())))];
  }
  template <class T>
  const T& pick(const std::vector<T>& from) {
    return from[static_cast<std::size_t>(below(static_cast<std::int64_t>(from.size())))];
  }

 private:
  std::uint64_t seed_;
  std::uint64_t state_[4];
};

// Ids, salts and keys of the node: the same in every run of a seed.
class SeededRandom final : public Random {
 public:
  explicit SeededRandom(Chance chance) : chance_(chance) {}
  void fill(std::span<std::uint8_t> bytes) override;

 private:
  Chance chance_;
};

// The true time of the world; phones have walls of their own.
class WorldClock final : public Clock {
 public:
  Instant now() override { return now_; }
  void set(Instant now) { now_ = now; }

 private:
  Instant now_{1'795'300'000'000};  // 21 November 2026, afternoon in Paris
};

}  // namespace filrouge::sim
