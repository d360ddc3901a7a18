// A few read-only connections, lent to one thread at a time and opened when first needed. They
// never checkpoint and never write. A connection that was lent after a commit sees that commit.
//
//   FILROUGE_TRY(lease, readers.lend());
//   lease->one(...);
#pragma once

#include <condition_variable>
#include <memory>
#include <mutex>
#include <vector>

#include "server/store/sqlite/connection.h"

namespace filrouge::sqlite {

class Readers {
 public:
  // `most` connections; whoever comes when all are lent waits.
  Readers(ConnectionOptions options, std::size_t most);

  class Lease {
   public:
    Lease(Readers* from, std::unique_ptr<Connection> connection)
        : from_(from), connection_(std::move(connection)) {}
    Lease(Lease&&) = default;
    Lease& operator=(Lease&&) = delete;
    ~Lease() {
      if (connection_) from_->give_back(std::move(connection_));
    }
    Connection* operator->() { return connection_.get(); }
    Connection& operator*() { return *connection_; }

   private:
    Readers* from_;
    std::unique_ptr<Connection> connection_;
  };

  Result<Lease> lend();

 private:
  void give_back(std::unique_ptr<Connection> connection);

  const ConnectionOptions options_;
  const std::size_t most_;
  std::mutex mutex_;
  std::condition_variable returned_;
  std::vector<std::unique_ptr<Connection>> idle_;
  std::size_t lent_ = 0;
};

// Several statements of one connection that must see the same moment.
class Snapshot {
 public:
  static Result<Snapshot> begin(Connection& connection) {
    FILROUGE_CHECK(connection.run("BEGIN"));
    return Snapshot(&connection);
  }
  Snapshot(Snapshot&& other) noexcept : connection_(std::exchange(other.connection_, nullptr)) {}
  Snapshot& operator=(Snapshot&&) = delete;
  ~Snapshot() {
    if (connection_ != nullptr && connection_->in_transaction()) (void)connection_->run("COMMIT");
  }

 private:
  explicit Snapshot(Connection* connection) : connection_(connection) {}
  Connection* connection_;
};

}  // namespace filrouge::sqlite
