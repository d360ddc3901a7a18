// Hybrid logical clock: causality and display, never rights, retention or the order of the
// journal (architecture 3). A foreign stamp that lies more than limits::clock_ahead_ms_max ahead
// of the host's clock does not drag ours (safety.md 2.2 point 5): it is merged as if it said now.
// Written as one string "ms.counter", for example "1795312800000.3".
#pragma once

#include <compare>
#include <cstdint>
#include <string>
#include <string_view>

#include "core/base/result.h"
#include "core/base/time.h"

namespace filrouge {

struct Hlc {
  std::int64_t ms = 0;
  std::uint32_t counter = 0;

  static Result<Hlc> parse(std::string_view text);
  std::string text() const;
  // The stamp of the next local event, later than `*this` whatever the wall says.
  Hlc tick(Instant now) const;
  // The own clock after having seen `other`.
  Hlc merged(Hlc other, Instant now) const;
  friend auto operator<=>(Hlc, Hlc) = default;
};

}  // namespace filrouge
