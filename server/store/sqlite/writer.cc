#include "server/store/sqlite/writer.h"

#include <algorithm>
#include <chrono>
#include <utility>

#include "core/base/limits.h"
#include "server/store/sqlite/append.h"

namespace filrouge::sqlite {

namespace {

// 32 MB of WAL: under load one append in a hundred, not one in ten, waits for a checkpoint.
constexpr int kCheckpointPages = 8'000;
constexpr auto kIdle = std::chrono::seconds(1);
// Those who were answered together come back together: half a group would cost a flush of its own.
constexpr auto kGather = std::chrono::microseconds(300);
constexpr int kScrubBusyMilliseconds = 50;
constexpr int kBusyMilliseconds = 5'000;

bool ends_the_group(const Error& error) {
  return error.code == Code::unavailable || error.code == Code::full;
}

int note_wal_pages(void* pages, sqlite3*, const char*, int count) {
  *static_cast<int*>(pages) = count;
  return SQLITE_OK;
}

}  // namespace

Writer::Writer(std::unique_ptr<Connection> connection, HashFunction hash, MerkleFrontier head,
               DiskFailureHandler on_disk_failure, Ballast ballast)
    : connection_(std::move(connection)),
      hash_(hash),
      head_(std::move(head)),
      on_disk_failure_(std::move(on_disk_failure)),
      ballast_(std::move(ballast)) {
  ballast_.hold();
  sqlite3_wal_hook(connection_->handle(), &note_wal_pages, &wal_pages_);
  thread_ = std::thread([this] { run(); });
}

Writer::~Writer() {
  {
    const std::lock_guard lock(mutex_);
    stopping_ = true;
  }
  wake_.notify_all();
  thread_.join();
}

Result<Appended> Writer::append(Append&& append) {
  auto request = std::make_shared<Request>();
  request->append = std::move(append);
  return submit(std::move(request));
}

Status Writer::write(std::function<Status(Connection&)> work) {
  auto request = std::make_shared<Request>();
  request->work = std::move(work);
  FILROUGE_CHECK(submit(std::move(request)));
  return Done{};
}

Result<Appended> Writer::submit(std::shared_ptr<Request> request) {
  bool wake = false;
  {
    const std::lock_guard lock(mutex_);
    if (queue_.size() >= limits::append_queue_max)
      return Error{Code::throttled, "", "queue_full", "too much waits to be written"};
    queue_.push_back(request);
    wake = queue_.size() >= wanted_;
  }
  if (wake) wake_.notify_one();
  if (request->append.queued) request->append.queued();
  std::unique_lock lock(request->mutex);
  request->done.wait(lock, [&] { return request->result.has_value(); });
  return std::move(*request->result);
}

void Writer::run() {
  Group group;
  while (take(group)) {
    if (group.empty()) {
      checkpoint(true);
      continue;
    }
    commit(group);
    group.clear();
    checkpoint(false);
  }
  checkpoint(true);
}

// False at the end. An empty group says that nothing came for a while and the WAL can be folded in.
bool Writer::take(Group& group) {
  std::unique_lock lock(mutex_);
  const auto ready = [this] { return stopping_ || !queue_.empty(); };
  if (!broken_ && (wal_pages_ != wal_pages_done_ || scrub_wanted_)) {
    if (!wake_.wait_for(lock, kIdle, ready)) return true;
  } else {
    wake_.wait(lock, ready);
  }
  if (queue_.size() < last_group_ && !stopping_) {
    wanted_ = last_group_;
    wake_.wait_for(lock, kGather, [this] { return stopping_ || queue_.size() >= wanted_; });
    wanted_ = 1;
  }
  while (!queue_.empty() && group.size() < limits::append_group_max) {
    group.push_back(std::move(queue_.front()));
    queue_.pop_front();
  }
  last_group_ = group.size();
  return !group.empty();
}

void Writer::commit(Group& group) {
  Results results;
  results.reserve(group.size());
  const Status status = broken_ ? Status(Error{Code::unavailable, "", "disk_failed",
                                               "the disk failed: nothing is written any more"})
                                : commit_with_room(group, results);
  if (!status.ok()) {
    // A request that was refused for its own sake keeps its answer.
    for (std::size_t i = 0; i < group.size(); ++i) {
      if (i >= results.size())
        results.emplace_back(status.error());
      else if (results[i].ok())
        results[i] = status.error();
    }
  }
  answer(group, results);
}

Status Writer::commit_with_room(const Group& group, Results& results) {
  const Which which = ballast_.hold() ? Which::all : Which::needed;
  if (which == Which::needed) scrub_wanted_ = true;  // what was gained goes back to the disk
  Status status = try_group(group, which, results);
  const auto is_full = [&] { return !status.ok() && status.error().code == Code::full; };
  if (is_full() && empty_wal()) status = try_group(group, which, results);
  const bool asked = std::any_of(group.begin(), group.end(),
                                 [](const auto& request) { return is_needed(*request); });
  if (is_full() && asked && ballast_.release()) status = try_group(group, Which::needed, results);
  return status;
}

bool Writer::is_needed(const Request& request) {
  const Append& append = request.append;
  const bool only_ledger = append.entries.empty() && append.states.empty() &&
                           append.quarantine.empty() && !append.ledger.empty();
  return append.erase.has_value() || only_ledger;
}

Status Writer::try_group(const Group& group, Which which, Results& results) {
  results.clear();
  const MerkleFrontier before = head_;
  Status status = write_group(group, which, results);
  if (status.ok()) return status;
  head_ = before;
  if (connection_->in_transaction()) (void)connection_->run("ROLLBACK");
  if (connection_->disk_failed()) fail_disk(status.error().detail);
  return status;
}

Status Writer::write_group(const Group& group, Which which, Results& results) {
  FILROUGE_CHECK(connection_->run("BEGIN IMMEDIATE"));
  const std::uint64_t size_before = head_.size;
  bool anything = false;
  bool scrub = false;
  for (const auto& request : group) {
    if (which == Which::needed && !is_needed(*request)) {
      results.push_back(Error{Code::full, "", "disk_full", "what is left is kept for erasures"});
      continue;
    }
    FILROUGE_CHECK(connection_->run("SAVEPOINT one"));
    const MerkleFrontier head = head_;
    Result<Appended> result = write_one(*request);
    if (!result.ok()) {
      if (ends_the_group(result.error())) return std::move(result.error());
      head_ = head;
      FILROUGE_CHECK(connection_->run("ROLLBACK TO one"));
    } else {
      anything = true;
      scrub = scrub || request->append.erase || !request->append.forget.empty() || request->work;
    }
    FILROUGE_CHECK(connection_->run("RELEASE one"));
    results.push_back(std::move(result));
  }
  if (head_.size != size_before) FILROUGE_CHECK(write_log_head(*connection_, head_));
  FILROUGE_CHECK(connection_->run(anything ? "COMMIT" : "ROLLBACK"));
  scrub_wanted_ = scrub_wanted_ || scrub;
  return Done{};
}

Result<Appended> Writer::write_one(Request& request) {
  if (!request.work) return apply_append(*connection_, hash_, head_, request.append);
  FILROUGE_CHECK(request.work(*connection_));
  return Appended{};
}

void Writer::answer(Group& group, Results& results) {
  for (std::size_t i = 0; i < group.size(); ++i) {
    Request& request = *group[i];
    {
      const std::lock_guard lock(request.mutex);
      request.result = std::move(results[i]);
    }
    request.done.notify_one();
  }
}

void Writer::checkpoint(bool idle) {
  if (broken_) return;
  if (wal_pages_ < wal_pages_done_) wal_pages_done_ = 0;  // the WAL began again from its start
  const auto now = std::chrono::steady_clock::now();
  const bool scrub = scrub_wanted_ && now >= scrub_after_;
  const int waiting = wal_pages_ - wal_pages_done_;
  if (!scrub && waiting < kCheckpointPages && !(idle && waiting > 0)) return;
  if (scrub) sqlite3_busy_timeout(connection_->handle(), kScrubBusyMilliseconds);
  const int code = sqlite3_wal_checkpoint_v2(
      connection_->handle(), nullptr,
      scrub ? SQLITE_CHECKPOINT_TRUNCATE : SQLITE_CHECKPOINT_PASSIVE, nullptr, nullptr);
  sqlite3_busy_timeout(connection_->handle(), kBusyMilliseconds);
  if (code == SQLITE_OK) {
    if (scrub) wal_pages_ = 0;
    scrub_wanted_ = scrub_wanted_ && !scrub;
    wal_pages_done_ = wal_pages_;
    return;
  }
  // A reader is in the way of the truncation: again in a second.
  scrub_after_ = now + kIdle;
  if (code == SQLITE_BUSY || code == SQLITE_LOCKED) return;
  const Error error = connection_->failure(code);
  // No space for the copy: the WAL keeps everything, the next append meets `full` itself.
  if (connection_->disk_failed()) fail_disk(error.detail);
}

// Whether all of the WAL is in the journal and its space given back.
bool Writer::empty_wal() {
  sqlite3_busy_timeout(connection_->handle(), kScrubBusyMilliseconds);
  const int code = sqlite3_wal_checkpoint_v2(connection_->handle(), nullptr,
                                             SQLITE_CHECKPOINT_TRUNCATE, nullptr, nullptr);
  sqlite3_busy_timeout(connection_->handle(), kBusyMilliseconds);
  if (code == SQLITE_OK) wal_pages_ = wal_pages_done_ = 0;
  return code == SQLITE_OK;
}

void Writer::fail_disk(std::string_view what) {
  if (std::exchange(broken_, true)) return;
  if (on_disk_failure_)
    on_disk_failure_("the disk failed under the journal, stopping: " + std::string(what));
}

}  // namespace filrouge::sqlite
