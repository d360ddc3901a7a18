// The one thread of this program that appends. It takes all that is queued, up to
// limits::append_group_max, and writes it in one transaction under the lock that all programs on
// this database share: what the group stands on is read, each append is judged alone, what is
// accepted is written and committed, and then all are answered. Two round trips a group.
//
// A commit whose answer was lost is asked for again under the lock: the transaction left its number
// in the table `writers`, or it never took place and is written again, entries under the same ids.
// While the database is away the thread keeps trying; whoever waits longer than `patience_ms` is
// told `unavailable` "database_away" (of a lost commit: it may still have taken place, and the
// same entries sent again find out). What is refused for a reason of the database takes only its
// own append along: the group is then written one by one.
#pragma once

#include <condition_variable>
#include <deque>
#include <memory>
#include <mutex>
#include <thread>
#include <vector>

#include "core/journal/merkle.h"
#include "server/ports/store.h"
#include "server/store/postgresql/pool.h"
#include "server/store/postgresql/standing.h"

namespace filrouge::postgresql {

MerkleFrontier read_frontier(const Row& row);  // columns size, subtrees

class Writer {
 public:
  // `name` tells this program from the others on the database.
  Writer(ConnectionOptions options, HashFunction hash, Bytes16 name, int patience_ms);
  // Writes what is queued first.
  ~Writer();

  Result<Appended> append(Append&& append);

 private:
  struct Request {
    Append append;
    SteadyTime until;
    std::optional<Result<Appended>> result;
    std::mutex mutex;
    std::condition_variable done;
  };
  using Group = std::vector<std::shared_ptr<Request>>;
  using Results = std::vector<Result<Appended>>;

  // One try at a group's transaction and what is known of the ones before.
  struct Attempt {
    std::int64_t number = 0;
    Results sent;  // the answers of a commit that was sent, empty before
  };

  void run();
  bool take(Group& group);
  void commit(const Group& group);
  // Tries until it is known what became of the group, or nobody waits any more.
  Result<Results> write(const Group& group);
  Result<Results> try_once(const Group& group, Attempt& attempt);
  // Moves `head` on by one leaf an accepted entry.
  Results judge(const Group& group, Standing& standing, MerkleFrontier& head) const;
  Status send_writes(const Group& group, const Results& results, const MerkleFrontier& head,
                     std::int64_t number);
  static void answer(const Group& group, Results results);

  const ConnectionOptions options_;
  const HashFunction hash_;
  const Bytes16 name_;
  const std::chrono::milliseconds patience_;

  // Of the writer's thread.
  Reach reach_;
  std::unique_ptr<Connection> connection_;
  std::int64_t number_ = 0;
  std::size_t last_group_ = 0;

  std::mutex mutex_;
  std::condition_variable wake_;
  std::deque<std::shared_ptr<Request>> queue_;
  std::size_t wanted_ = 1;  // waiting requests that wake the writer
  bool stopping_ = false;
  std::thread thread_;
};

}  // namespace filrouge::postgresql
