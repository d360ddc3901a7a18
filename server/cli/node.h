// A data folder opened for one command: store, keys, cryptography, clock, and the App over them.
// Opening to write takes the folder's lock (`unavailable` "folder_in_use" beside a running
// server); `read_only` works beside it and writes nothing. A command that needs another clock (a
// demonstration writes three years in a minute) gives its own; it must outlive the node.
//
//   auto node = open_node({.data = "/srv/filrouge", .read_only = true});
//   auto report = verify_folder(*node->app);
#pragma once

#include <memory>
#include <optional>
#include <string>

#include "server/app/app.h"
#include "server/cli/key_file.h"

namespace filrouge {

struct NodeOptions {
  std::string data;
  std::optional<std::string> key_file;
  bool read_only = false;
  bool create = false;            // a new folder; `master` must then be given
  std::optional<Bytes32> master;  // absent: looked for (key_file.h)
  Clock* clock = nullptr;         // absent: the machine's
};

struct Node {
  std::unique_ptr<Crypto> crypto;
  std::unique_ptr<Random> random;
  std::unique_ptr<Clock> own_clock;
  std::unique_ptr<Store> store;
  std::unique_ptr<Keys> keys;
  std::unique_ptr<App> app;
  std::string data;
};

Result<Node> open_node(const NodeOptions& options);

// A clock that is set by hand.
class SetClock : public Clock {
 public:
  explicit SetClock(Instant now) : now_(now) {}
  Instant now() override { return now_; }
  void set(Instant now) { now_ = now; }

 private:
  Instant now_;
};

// Refused, in words, unless a journal of ours lies there.
Status is_data_folder(const std::string& data);
// Absent, or there and without any file.
bool is_empty_folder(const std::string& data);

}  // namespace filrouge
