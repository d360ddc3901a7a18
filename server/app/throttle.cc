#include "server/app/throttle.h"

#include <algorithm>
#include <chrono>

namespace filrouge {

namespace {

constexpr std::int64_t hour_ms = 3'600'000;
constexpr std::int64_t first_wait_ms = hour_ms / 4;
constexpr std::int64_t wait_ms_max = 24 * hour_ms;
constexpr std::size_t counts_max = 20'000;
constexpr auto turn_wait_max = std::chrono::seconds(2);

}  // namespace

Result<Throttle::Try> Throttle::admit(const std::vector<ThrottleKey>& keys, Instant now) {
  const std::lock_guard lock(mutex_);
  for (const ThrottleKey& key : keys) {
    const auto found = counts_.find(key.name);
    if (found == counts_.end()) continue;
    const Count& count = found->second;
    const bool all_taken =
        count.under_way > 0 && count.wrong + count.under_way >= key.tries_an_hour;
    if (now < count.closed_until || all_taken)
      return Error{Code::throttled, "", "too_many_tries", "too many tries; wait"};
  }
  for (const ThrottleKey& key : keys) {
    make_room();
    Count& count = counts_[key.name];
    ++count.under_way;
    count.last = now;
  }
  return Try(*this, keys);
}

void Throttle::end(const std::vector<ThrottleKey>& keys) {
  const std::lock_guard lock(mutex_);
  for (const ThrottleKey& key : keys) {
    const auto count = counts_.find(key.name);
    if (count == counts_.end() || count->second.under_way == 0) continue;
    --count->second.under_way;
    if (count->second.under_way == 0 && count->second.wrong == 0) counts_.erase(count);
  }
}

void Throttle::failed(const std::vector<ThrottleKey>& keys, Instant now) {
  const std::lock_guard lock(mutex_);
  for (const ThrottleKey& key : keys) {
    make_room();
    Count& count = counts_[key.name];
    // An hour without being closed out starts a new count.
    const std::int64_t since = std::max(count.first.ms, count.closed_until.ms);
    if (count.wrong == 0 || now.ms - since >= hour_ms)
      count = {now, now, count.closed_until, 0, count.under_way};
    if (now.ms - count.closed_until.ms >= wait_ms_max) count.closed_until = {};
    ++count.wrong;
    count.last = now;
    const std::int64_t over = count.wrong - key.tries_an_hour;
    if (over < 0) continue;
    const std::int64_t doubled = first_wait_ms << std::min<std::int64_t>(over, 7);
    count.closed_until = {now.ms + std::min(doubled, wait_ms_max)};
  }
}

void Throttle::succeeded(const std::vector<ThrottleKey>& keys) {
  const std::lock_guard lock(mutex_);
  for (const ThrottleKey& key : keys) counts_.erase(key.name);
}

void Throttle::make_room() {
  if (counts_.size() < counts_max) return;
  const auto oldest =
      std::min_element(counts_.begin(), counts_.end(),
                       [](const auto& a, const auto& b) { return a.second.last < b.second.last; });
  counts_.erase(oldest);
}

Result<Throttle::Turn> Throttle::take_turn() {
  if (!turns_.try_acquire_for(turn_wait_max))
    return Error{Code::unavailable, "", "busy", "too many sign-ins at once; try again"};
  return Turn(&turns_);
}

}  // namespace filrouge
