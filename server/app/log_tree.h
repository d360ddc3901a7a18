// What the program keeps in memory of its log: the roots of whole blocks of leaves, which never
// change, so that a proof over a million entries reads two blocks and not the log; the epoch; and
// the checkpoint signed last, shared by everybody whose entries one commit joined.
//
//   SubtreeRoot tree = app.log_tree->over(app.store, app.crypto.hash_function());
#pragma once

#include <map>
#include <mutex>
#include <optional>

#include "core/journal/proof.h"
#include "core/journal/receipt.h"
#include "server/ports/store.h"

namespace filrouge {

class LogTree {
 public:
  // Valid as long as this and the store; reads leaves when it is asked.
  SubtreeRoot over(Store& store, HashFunction hash);

  std::optional<std::string> epoch();
  void set_epoch(std::string epoch);
  // The one signed for this root, if it is the last.
  std::optional<Checkpoint> signed_for(const std::string& root);
  void put(Checkpoint checkpoint);

 private:
  Result<Bytes32> root(Store& store, HashFunction hash, std::uint64_t from, std::uint64_t to);
  Result<Bytes32> read(Store& store, HashFunction hash, std::uint64_t from, std::uint64_t to);

  std::mutex mutex_;
  std::map<std::uint64_t, Bytes32> blocks_;  // by number of the block
  std::optional<std::string> epoch_;
  std::optional<Checkpoint> last_;
};

}  // namespace filrouge
