// The Store port on one connection and no thread: the statements, the schema and the engine are the
// product's own (server/store/sqlite), only its writer's queue and its pool of readers are left
// out, so that a run of the simulator is the same twice. Every append is one durable transaction
// with synchronous=FULL; the WAL is folded in every `checkpoint_every` appends, and after what
// deletes.
//
//   FILROUGE_TRY(store, open_node_store({.folder = "node", .hash = hash, .create = true}));
#pragma once

#include <memory>
#include <string>

#include "server/ports/store.h"

namespace filrouge::sim {

struct NodeStoreOptions {
  std::string folder;
  HashFunction hash = nullptr;
  bool create = false;
  std::int64_t checkpoint_every = 50;
};

// The Store, and what only the simulator does to it.
class NodeStore : public Store {
 public:
  // One number out of one row, for checkers that look below the port.
  virtual Result<std::int64_t> count(const std::string& sql, const std::string& bytes) = 0;
  // A statement that no product makes: what a planted bug leaves behind.
  virtual Status damage(const std::string& sql, const std::string& bytes) = 0;
};

Result<std::unique_ptr<NodeStore>> open_node_store(const NodeStoreOptions& options);

}  // namespace filrouge::sim
