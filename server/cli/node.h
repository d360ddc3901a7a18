// A node opened for one command: store, keys, cryptography, clock, and the App over them. Journal
// and keys lie in the data folder, or in two PostgreSQL databases; then the folder is the program's
// own place (lock, control socket, marks of a demonstration) and every server has another one.
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
#include "server/cli/arguments.h"
#include "server/cli/key_file.h"
#include "server/store/sqlite/folder.h"

namespace filrouge {

// Where journal and keys are instead of the folder: `--database` and `--keys-database`.
struct DatabaseChoice {
  std::string address;       // empty: in the folder
  std::string keys_address;  // empty: the same servers, the same name and "_keys"
  bool given() const { return !address.empty(); }
};
DatabaseChoice database_of(const Arguments& arguments);
// One line for a command whose work the database's own tools do.
Status needs_a_folder(const Arguments& arguments);

struct NodeOptions {
  std::string data;
  DatabaseChoice database;
  std::optional<std::string> key_file;
  bool read_only = false;
  bool create = false;            // a new folder; `master` must then be given
  std::optional<Bytes32> master;  // absent: looked for (key_file.h)
  Clock* clock = nullptr;         // absent: the machine's
};

struct Node {
  FolderLock lock;  // of the folder of a node whose journal is elsewhere
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
Status is_node(const std::string& data, const DatabaseChoice& database);
// Refused, in words, unless both databases are reached and empty.
Status are_empty_databases(const DatabaseChoice& database);
// Absent, or there and without any file.
bool is_empty_folder(const std::string& data);

}  // namespace filrouge
