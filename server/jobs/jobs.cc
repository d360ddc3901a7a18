#include "server/jobs/jobs.h"

#include <algorithm>
#include <chrono>
#include <malloc.h>
#include <vector>

#include "server/app/checkpoint.h"
#include "server/app/states.h"
#include "server/app/use_cases.h"

namespace filrouge {

namespace {

constexpr std::int64_t day_ms = 24LL * 3'600'000;
constexpr std::int64_t first_retry_ms = 2'000;
constexpr std::int64_t retry_ms_max = 600'000;
constexpr Instant never{INT64_MAX};

Status done(const Result<std::int64_t>& result) {
  if (!result.ok()) return result.error();
  return Done{};
}

Status done_if(const Result<bool>& result) {
  if (!result.ok()) return result.error();
  return Done{};
}

}  // namespace

Status run_when_due(Job& job, Instant now) {
  if (now < job.due) return Done{};
  Status result = job.run();
  if (result.ok()) {
    job.failures = 0;
    job.due = job.every_ms == 0 ? never : Instant{now.ms + job.every_ms};
    return result;
  }
  const std::int64_t delay = first_retry_ms << std::min(job.failures, 20);
  ++job.failures;
  job.due = {now.ms + std::min(delay, retry_ms_max)};
  return result;
}

Jobs::Jobs(App app, JobOptions options)
    : app_(std::move(app)),
      options_(std::move(options)),
      thread_([this](const std::stop_token& stop) { run(stop); }) {}

Jobs::~Jobs() {
  app_.stopping->store(true);
  thread_.request_stop();
  wake_.notify_all();
  thread_.join();
  // The last of it; a program that is killed keeps the checkpoint of a minute ago.
  static_cast<void>(keep_checkpoint(app_).ok());
}

Status Jobs::give_back_memory() {
  const std::uint64_t uses = app_.states->uses();
  const bool idle = uses == uses_seen_;
  uses_seen_ = uses;
  if (idle && !given_back_) {
    release_memory(app_);
    ::malloc_trim(0);
  }
  given_back_ = idle;
  return Done{};
}

void Jobs::run(const std::stop_token& stop) {
  const Instant start = app_.clock.now();
  std::vector<Job> jobs{
      {"erasures", [this] { return done(finish_erasures(app_)); }, 0, start},
      {"places",
       [this]() -> Status {
         return app_.facts_stale->load() ? done(refresh_facts(app_)) : Status(Done{});
       },
       options_.look_ms, start},
      {"retention", [this] { return done(expire_encounter_detail(app_, app_.clock.now())); },
       day_ms, Instant{start.ms + options_.first_retention_ms}},
      {"comparisons", [this] { return done(end_comparisons(app_)); }, options_.comparisons_ms,
       start},
      {"checkpoint", [this] { return done_if(keep_checkpoint(app_)); }, options_.checkpoint_ms,
       start},
      {"memory", [this] { return give_back_memory(); }, options_.idle_ms, start},
  };
  while (!stop.stop_requested()) {
    for (Job& job : jobs) {
      if (stop.stop_requested()) return;
      const Status result = run_when_due(job, app_.clock.now());
      if (!result.ok() && options_.log)
        options_.log("job " + std::string(job.name) + ": " + result.error().rule);
    }
    std::unique_lock lock(mutex_);
    wake_.wait_for(lock, stop, std::chrono::milliseconds(options_.look_ms), [] { return false; });
  }
}

}  // namespace filrouge
