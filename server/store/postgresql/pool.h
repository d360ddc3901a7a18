// Connections to the primary, lent to one thread at a time and opened when first needed. One that
// broke is opened again, on the new primary after a fail-over, with growing pauses (50 ms to 1 s);
// a piece of work is then done again, so it must be one that can be: reads, and writes that change
// nothing the second time. It is given up after `patience_ms`; while the database stays away others
// are told so at once, but for one attempt a pause. Errors: `unavailable` "database_away".
//
//   Pool pool({.address = address}, 4, 5'000);
//   auto found = pool.use([&](Connection& db) { return postgresql::find_entry(db, id); });
#pragma once

#include <chrono>
#include <condition_variable>
#include <memory>
#include <mutex>
#include <optional>
#include <vector>

#include "server/store/postgresql/connection.h"

namespace filrouge::postgresql {

using SteadyTime = std::chrono::steady_clock::time_point;

// When the database may next be tried, for all who wait for it.
class Reach {
 public:
  explicit Reach(int patience_ms) : patience_(patience_ms) {}
  // Tries until the deadline; at once an error while the database has been away for long.
  Result<std::unique_ptr<Connection>> open(const ConnectionOptions& options, SteadyTime deadline);

 private:
  // The time to wait for, or nothing when the caller may try now.
  Result<std::optional<SteadyTime>> next_try(SteadyTime deadline);
  void note(bool reached);

  const std::chrono::milliseconds patience_;
  std::mutex mutex_;
  std::optional<SteadyTime> away_since_;
  SteadyTime next_try_;
  std::chrono::milliseconds pause_{0};
};

class Pool {
 public:
  Pool(ConnectionOptions options, std::size_t most, int patience_ms)
      : options_(std::move(options)),
        most_(most == 0 ? 1 : most),
        patience_(patience_ms),
        reach_(patience_ms) {}

  template <class Work>
  auto use(Work&& work) -> decltype(work(std::declval<Connection&>())) {
    const SteadyTime deadline = std::chrono::steady_clock::now() + patience_;
    while (true) {
      FILROUGE_TRY(connection, lend(deadline));
      auto result = work(*connection);
      const bool again = connection->broken() && std::chrono::steady_clock::now() < deadline;
      give_back(std::move(connection));
      if (!again) return result;
    }
  }

 private:
  Result<std::unique_ptr<Connection>> lend(SteadyTime deadline);
  void give_back(std::unique_ptr<Connection> connection);

  const ConnectionOptions options_;
  const std::size_t most_;
  const std::chrono::milliseconds patience_;
  Reach reach_;
  std::mutex mutex_;
  std::condition_variable returned_;
  std::vector<std::unique_ptr<Connection>> idle_;
  std::size_t lent_ = 0;
};

}  // namespace filrouge::postgresql
