// Tries of passwords and codes: limits::password_tries_an_hour_max wrong ones an hour for a login,
// three times as many for an address; each further wrong one doubles the wait, up to a day. A phone
// that is enrolled for the account has its own count and no other, so that a stranger cannot lock
// its owner out.
// At most four Argon2 computations run at once. Bounded: the oldest counts go first.
//
//   FILROUGE_TRY(attempt, app.throttle->admit(keys, now));  // throttled: wait; held till the end
//   FILROUGE_TRY(turn, app.throttle->take_turn());          // unavailable "busy"
//   ... app.throttle->failed(keys, now) or ->succeeded(keys)
#pragma once

#include <map>
#include <mutex>
#include <semaphore>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "core/base/result.h"
#include "core/base/time.h"

namespace filrouge {

// What one try counts for. Texts are hashed by the caller: no login is kept in clear.
struct ThrottleKey {
  std::string name;
  std::int64_t tries_an_hour = 0;
};

class Throttle {
 public:
  // A try under way counts until it ends, so that many at once are no more than one by one.
  class Try {
   public:
    Try(Throttle& throttle, const std::vector<ThrottleKey>& keys)
        : throttle_(&throttle), keys_(keys) {}
    Try(Try&& other) noexcept
        : throttle_(std::exchange(other.throttle_, nullptr)), keys_(std::move(other.keys_)) {}
    Try& operator=(Try&&) = delete;
    ~Try() {
      if (throttle_ != nullptr) throttle_->end(keys_);
    }

   private:
    Throttle* throttle_;
    std::vector<ThrottleKey> keys_;
  };
  Result<Try> admit(const std::vector<ThrottleKey>& keys, Instant now);
  void failed(const std::vector<ThrottleKey>& keys, Instant now);
  void succeeded(const std::vector<ThrottleKey>& keys);

  // Held while one Argon2 runs.
  class Turn {
   public:
    explicit Turn(std::counting_semaphore<>* turns) : turns_(turns) {}
    Turn(Turn&& other) noexcept : turns_(std::exchange(other.turns_, nullptr)) {}
    Turn& operator=(Turn&&) = delete;
    ~Turn() {
      if (turns_ != nullptr) turns_->release();
    }

   private:
    std::counting_semaphore<>* turns_;
  };
  Result<Turn> take_turn();

 private:
  struct Count {
    Instant first;
    Instant last;
    Instant closed_until;
    std::int64_t wrong = 0;
    std::int64_t under_way = 0;
  };
  void end(const std::vector<ThrottleKey>& keys);
  void make_room();

  std::mutex mutex_;
  std::map<std::string, Count> counts_;
  std::counting_semaphore<> turns_{4};
};

}  // namespace filrouge
