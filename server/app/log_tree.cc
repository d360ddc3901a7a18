#include "server/app/log_tree.h"

namespace filrouge {

namespace {

constexpr std::uint64_t kBlock = 1'024;  // a power of two

}  // namespace

SubtreeRoot LogTree::over(Store& store, HashFunction hash) {
  return [this, &store, hash](std::uint64_t from, std::uint64_t to) {
    return root(store, hash, from, to);
  };
}

Result<Bytes32> LogTree::read(Store& store, HashFunction hash, std::uint64_t from,
                              std::uint64_t to) {
  FILROUGE_TRY(rows, store.log_after(static_cast<std::int64_t>(from), to - from));
  MerkleFrontier frontier;
  for (const LogRow& row : rows) frontier.append(hash, row.leaf);
  if (frontier.size != to - from || rows.back().recv_seq != static_cast<std::int64_t>(to))
    return Error{Code::unavailable, "", "damaged", "leaves are missing in the log"};
  return frontier.root(hash);
}

Result<Bytes32> LogTree::root(Store& store, HashFunction hash, std::uint64_t from,
                              std::uint64_t to) {
  if (to - from > kBlock) {
    const std::uint64_t middle = from + split_of(to - from);
    FILROUGE_TRY(left, root(store, hash, from, middle));
    FILROUGE_TRY(right, root(store, hash, middle, to));
    return merkle_node(hash, left, right);
  }
  const bool is_block = to - from == kBlock && from % kBlock == 0;
  if (!is_block) return read(store, hash, from, to);
  {
    const std::lock_guard lock(mutex_);
    const auto known = blocks_.find(from / kBlock);
    if (known != blocks_.end()) return known->second;
  }
  FILROUGE_TRY(made, read(store, hash, from, to));
  const std::lock_guard lock(mutex_);
  blocks_[from / kBlock] = made;
  return made;
}

std::optional<std::string> LogTree::epoch() {
  const std::lock_guard lock(mutex_);
  return epoch_;
}

void LogTree::set_epoch(std::string epoch) {
  const std::lock_guard lock(mutex_);
  epoch_ = std::move(epoch);
  last_.reset();
}

std::optional<Checkpoint> LogTree::signed_for(const std::string& root) {
  const std::lock_guard lock(mutex_);
  return last_ && last_->root == root ? last_ : std::nullopt;
}

void LogTree::put(Checkpoint checkpoint) {
  const std::lock_guard lock(mutex_);
  last_ = std::move(checkpoint);
}

}  // namespace filrouge
