// The node: one folder on one disk, and one or two servers on it, each with its own App (memory,
// sessions, caches) over the same store and keys, as processes of their own would be. A server that
// is about to append can be overtaken by the other. Opening does what `filrouge serve` does at its
// start; backup and restore what the commands of these names do.
//
//   Node node(disk, crypto, random, clock, {.servers = 2});
//   FILROUGE_CHECK(node.create()); node.die(); disk.power_back(); FILROUGE_CHECK(node.open());
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "server/app/use_cases.h"
#include "sim/disk.h"
#include "sim/faulty_store.h"

namespace filrouge::sim {

struct NodeOptions {
  std::size_t servers = 1;
  std::int64_t checkpoint_every = 50;
  // The server of this number is about to append.
  std::function<void(std::size_t server)> before_append;
};

class Node {
 public:
  Node(Disk& disk, Crypto& crypto, Random& random, Clock& clock, NodeOptions options);

  Status create();
  Status open();
  bool is_up() const { return store_ != nullptr; }
  // The machine stops where it stands: nothing is written any more.
  void die();
  // All is written, then the files are closed.
  void stop();
  // One process of the two ends and starts again: its memory is fresh.
  void restart_server(std::size_t server);

  std::size_t servers() const { return options_.servers; }
  App& server(std::size_t number) { return *servers_[number].app; }
  // For checkers: over the store itself, without the faults of this program.
  App sound_app() { return make_app(*store_, *keys_, crypto_, clock_, random_); }
  NodeStore& store() { return *store_; }
  Keys& keys() { return *keys_; }

  // Journal first, keys last; false when the disk failed on the way.
  Status backup(const std::string& name);
  bool has_backup(const std::string& name) const;
  // The node must be down; afterwards it is up. `erased`: the list of the folder that is given up,
  // where it can still be read. The findings of its verification are an error.
  Status restore(const std::string& name, const std::vector<SubjectId>& erased);
  // The row of a key as it lies in keys.db, wrapped; empty when there is none.
  std::string wrapped_key(KeyId id);
  // All bytes of the folder in use, backups left out.
  std::string image() const;

 private:
  struct Server {
    std::unique_ptr<FaultyStore> store;
    std::unique_ptr<App> app;
  };
  Status open_files(bool create);
  Server make_server(std::size_t number);

  Disk& disk_;
  Crypto& crypto_;
  Random& random_;
  Clock& clock_;
  NodeOptions options_;
  Bytes32 master_{};
  std::unique_ptr<NodeStore> store_;
  std::unique_ptr<Keys> keys_;
  std::vector<Server> servers_;
};

}  // namespace filrouge::sim
