#include "core/base/hlc.h"

#include <algorithm>
#include <charconv>

#include "core/base/limits.h"

namespace filrouge {

Result<Hlc> Hlc::parse(std::string_view text) {
  const Error bad{Code::invalid, "", "hlc", "milliseconds.counter expected"};
  Hlc stamp;
  const auto dot = text.find('.');
  if (dot == std::string_view::npos || dot == 0 || dot + 1 == text.size()) return bad;
  const char* middle = text.data() + dot;
  const char* end = text.data() + text.size();
  const auto ms = std::from_chars(text.data(), middle, stamp.ms);
  const auto counter = std::from_chars(middle + 1, end, stamp.counter);
  if (ms.ec != std::errc{} || ms.ptr != middle || stamp.ms < 0) return bad;
  if (counter.ec != std::errc{} || counter.ptr != end) return bad;
  return stamp;
}

std::string Hlc::text() const { return std::to_string(ms) + "." + std::to_string(counter); }

Hlc Hlc::tick(Instant now) const {
  if (now.ms > ms) return {now.ms, 0};
  if (counter == UINT32_MAX) return {ms + 1, 0};
  return {ms, counter + 1};
}

Hlc Hlc::merged(Hlc other, Instant now) const {
  if (other.ms > now.ms + limits::clock_ahead_ms_max) other = {now.ms, 0};
  return std::max(*this, other).tick(now);
}

}  // namespace filrouge
