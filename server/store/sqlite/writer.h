// The one thread that writes and checkpoints (architecture 4). It takes all that is queued, up to
// limits::append_group_max, gives each its savepoint, commits once with synchronous=FULL, and then
// answers all. A refused append rolls back alone. Between groups it checkpoints: every
// kCheckpointPages pages of the WAL, when idle, and at once and to the last byte after an erasure
// and after a start, so that what was deleted does not live on in the WAL.
//
// On a full disk the WAL is folded in and the group tried again; then erasures and ledger rows have
// the ballast (ballast.h), and all else is refused until the disk has room for it again.
//
// When the disk fails under a commit nobody knows what is durable: `on_disk_failure` is called with
// one line (the program ends with status 70), and should it return, everything is refused after.
#pragma once

#include <chrono>
#include <condition_variable>
#include <deque>
#include <functional>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

#include "core/journal/merkle.h"
#include "server/ports/store.h"
#include "server/store/sqlite/ballast.h"
#include "server/store/sqlite/connection.h"
#include "server/store/sqlite/disk_failure.h"

namespace filrouge::sqlite {

class Writer {
 public:
  Writer(std::unique_ptr<Connection> connection, HashFunction hash, MerkleFrontier head,
         DiskFailureHandler on_disk_failure, Ballast ballast);
  // Writes what is queued, checkpoints, closes.
  ~Writer();

  Result<Appended> append(Append&& append);
  // Other writes (reference data, quarantine) in the same queue.
  Status write(std::function<Status(Connection&)> work);

 private:
  struct Request {
    Append append;
    std::function<Status(Connection&)> work;  // empty: an append
    std::optional<Result<Appended>> result;
    std::mutex mutex;
    std::condition_variable done;
  };
  using Group = std::vector<std::shared_ptr<Request>>;
  using Results = std::vector<Result<Appended>>;
  // On a full disk: what the law asks for whatever happens, erasures and ledger rows.
  enum class Which { all, needed };

  Result<Appended> submit(std::shared_ptr<Request> request);
  void run();
  bool take(Group& group);
  void commit(Group& group);
  Status commit_with_room(const Group& group, Results& results);
  // The results of the group's requests; an Error when the whole group failed and nothing of it
  // was written.
  Status try_group(const Group& group, Which which, Results& results);
  Status write_group(const Group& group, Which which, Results& results);
  static bool is_needed(const Request& request);
  Result<Appended> write_one(Request& request);
  void answer(Group& group, Results& results);
  void checkpoint(bool idle);
  bool empty_wal();
  void fail_disk(std::string_view what);

  std::unique_ptr<Connection> connection_;
  HashFunction hash_;
  MerkleFrontier head_;
  DiskFailureHandler on_disk_failure_;
  Ballast ballast_;

  // Of the writer's thread.
  int wal_pages_ = 0;
  int wal_pages_done_ = 0;
  bool scrub_wanted_ = true;  // a crash may have come between an erasure and its scrub
  std::chrono::steady_clock::time_point scrub_after_;
  bool broken_ = false;
  std::size_t last_group_ = 0;

  std::mutex mutex_;
  std::condition_variable wake_;
  std::deque<std::shared_ptr<Request>> queue_;
  std::size_t wanted_ = 1;  // waiting requests that wake the writer
  bool stopping_ = false;
  std::thread thread_;
};

}  // namespace filrouge::sqlite
