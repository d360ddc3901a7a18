// Tries of passwords and codes: limits::password_tries_an_hour_max wrong ones an hour for a login,
// three times as many for an address; each further wrong one doubles the wait, up to a day. A phone
// that is enrolled for the account has its own count, so that a stranger cannot lock its owner out.
// At most four Argon2 computations run at once. Bounded: the oldest counts go first.
//
//   FILROUGE_CHECK(app.throttle->admit(keys, now));     // throttled: wait
//   FILROUGE_TRY(turn, app.throttle->take_turn());      // unavailable "busy"
//   ... app.throttle->failed(keys, now) or ->succeeded(keys)
#pragma once

#include <map>
#include <mutex>
#include <semaphore>
#include <string>
#include <string_view>
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
  Status admit(const std::vector<ThrottleKey>& keys, Instant now);
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
  };
  void make_room();

  std::mutex mutex_;
  std::map<std::string, Count> counts_;
  std::counting_semaphore<> turns_{4};
};

}  // namespace filrouge
