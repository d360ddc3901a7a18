#include "server/store/sqlite/readers.h"

#include <utility>

namespace filrouge::sqlite {

Readers::Readers(ConnectionOptions options, std::size_t most)
    : options_(std::move(options)), most_(most == 0 ? 1 : most) {}

Result<Readers::Lease> Readers::lend() {
  {
    std::unique_lock lock(mutex_);
    returned_.wait(lock, [this] { return lent_ < most_; });
    ++lent_;
    // The one used last: its cache is warm.
    if (!idle_.empty()) {
      Lease lease(this, std::move(idle_.back()));
      idle_.pop_back();
      return lease;
    }
  }
  auto opened = Connection::open(options_);
  if (opened.ok()) return Lease(this, std::move(*opened));
  give_back(nullptr);
  return std::move(opened.error());
}

void Readers::give_back(std::unique_ptr<Connection> connection) {
  {
    const std::lock_guard lock(mutex_);
    --lent_;
    // After a failed read the connection is opened again.
    if (connection && !connection->disk_failed()) idle_.push_back(std::move(connection));
  }
  returned_.notify_one();
}

}  // namespace filrouge::sqlite
