// Clock and randomness, given to the application so that a simulator can own both.
#pragma once

#include <cstdint>
#include <span>

#include "core/base/ids.h"
#include "core/base/time.h"

namespace filrouge {

class Clock {
 public:
  virtual ~Clock() = default;
  virtual Instant now() = 0;
};

class Random {
 public:
  virtual ~Random() = default;
  virtual void fill(std::span<std::uint8_t> bytes) = 0;

  template <class AnyId>
  AnyId id() {
    AnyId made;
    fill(made.bytes);
    return made;
  }
};

}  // namespace filrouge
