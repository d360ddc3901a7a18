// What the program does by itself, on one thread: interrupted erasures are finished at start, facts
// are located again soon after a place or an outline changed, and once a day encounters older than
// thirty days let their hour and place go. Comparisons of lists end after their last day. Once a
// minute, and at the end, the log is signed. Reminders of the quarantine need no job: they follow
// from dates. Where nobody talked to the server for a while, memory that only makes it faster is
// given back. A job that fails says one line, without personal data, and is tried again later with
// growing delays; stopping waits for the append in hand, no longer.
//
//   Jobs jobs(app, {.log = [](std::string_view line) { ... }});    // runs until it is destroyed
#pragma once

#include <condition_variable>
#include <functional>
#include <mutex>
#include <stop_token>
#include <string_view>
#include <thread>

#include "server/app/app.h"

namespace filrouge {

struct JobOptions {
  std::function<void(std::string_view line)> log;  // empty: nobody listens
  std::int64_t look_ms = 500;                      // how often the thread looks around
  std::int64_t first_retention_ms = 60'000;        // after the start, when people sign in
  std::int64_t comparisons_ms = 600'000;           // those whose last day is over are erased
  std::int64_t checkpoint_ms = 60'000;             // the log is signed, where it grew
  std::int64_t idle_ms = 20'000;                   // nobody asked for so long: memory goes back
};

// One piece of work and when it is next due.
struct Job {
  std::string_view name;
  std::function<Status()> run;
  std::int64_t every_ms = 0;  // 0: once
  Instant due;
  int failures = 0;
};
// Runs the job when it is due, and sets when it is due again: at its next turn, or 2 s to 10 min
// after a failure. The error is for the log.
Status run_when_due(Job& job, Instant now);

class Jobs {
 public:
  Jobs(App app, JobOptions options);
  ~Jobs();
  Jobs(const Jobs&) = delete;
  Jobs& operator=(const Jobs&) = delete;

 private:
  void run(const std::stop_token& stop);
  Status give_back_memory();

  App app_;
  JobOptions options_;
  std::uint64_t uses_seen_ = 0;
  bool given_back_ = false;
  std::mutex mutex_;
  std::condition_variable_any wake_;
  std::jthread thread_;  // last: it starts when all else is there
};

}  // namespace filrouge
