#include "server/store/postgresql/pool.h"

#include <algorithm>
#include <thread>
#include <utility>

namespace filrouge::postgresql {

namespace {

constexpr std::chrono::milliseconds kFirstPause{50};
constexpr std::chrono::milliseconds kLongestPause{1'000};

Error database_away() {
  return Error{Code::unavailable, "", "database_away", "the database is not reached"};
}

}  // namespace

Result<std::unique_ptr<Connection>> Reach::open(const ConnectionOptions& options,
                                                SteadyTime deadline) {
  while (true) {
    FILROUGE_TRY(wait, next_try(deadline));
    if (wait) {
      std::this_thread::sleep_until(*wait);
      continue;
    }
    auto opened = Connection::open(options);
    note(opened.ok());
    if (opened.ok()) return opened;
    // libpq's words name hosts: they are for who opens the store, not for who calls it.
    if (std::chrono::steady_clock::now() >= deadline) return database_away();
  }
}

Result<std::optional<SteadyTime>> Reach::next_try(SteadyTime deadline) {
  const std::lock_guard lock(mutex_);
  const SteadyTime now = std::chrono::steady_clock::now();
  if (now >= next_try_) {
    // While the database is away one caller tries, the others wait for what comes of it.
    if (away_since_) next_try_ = now + pause_;
    return std::optional<SteadyTime>{};
  }
  if (now >= deadline || (away_since_ && now - *away_since_ > patience_)) return database_away();
  return std::optional(next_try_);
}

void Reach::note(bool reached) {
  const std::lock_guard lock(mutex_);
  if (reached) {
    away_since_.reset();
    next_try_ = {};
    pause_ = {};
    return;
  }
  const SteadyTime now = std::chrono::steady_clock::now();
  if (!away_since_) away_since_ = now;
  pause_ = std::clamp(pause_ * 2, kFirstPause, kLongestPause);
  next_try_ = now + pause_;
}

Result<std::unique_ptr<Connection>> Pool::lend(SteadyTime deadline) {
  {
    std::unique_lock lock(mutex_);
    if (!returned_.wait_until(lock, deadline, [this] { return lent_ < most_; }))
      return database_away();
    ++lent_;
    if (!idle_.empty()) {
      auto connection = std::move(idle_.back());
      idle_.pop_back();
      return connection;
    }
  }
  auto opened = reach_.open(options_, deadline);
  if (!opened.ok()) give_back(nullptr);
  return opened;
}

void Pool::give_back(std::unique_ptr<Connection> connection) {
  std::vector<std::unique_ptr<Connection>> gone;
  {
    const std::lock_guard lock(mutex_);
    --lent_;
    if (connection && !connection->broken())
      idle_.push_back(std::move(connection));
    else
      gone.swap(idle_);  // what broke one has most likely broken them all
  }
  returned_.notify_all();
}

}  // namespace filrouge::postgresql
