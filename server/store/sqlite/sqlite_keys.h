// The Keys port on keys.db of a data folder, its own SQLite file (architecture 3). Everything in it
// is sealed under a key derived from the node's master key, owners and accounts are keyed hashes:
// without the master key the file says how many rows there are. A key that current() makes is
// flushed before it is returned. destroy() overwrites the row, empties the WAL and keeps the person
// on the list that is replayed after a restore. Opened keys are kept in memory, `cached_keys` of
// them.
//
// Errors of open: `refused` "wrong_master_key", `not_found` "no_keys", those of the disk. Open the
// store first: it holds the folder's lock. Safe to use from several threads.
//
//   FILROUGE_TRY(keys, open_sqlite_keys({.folder = dir, .master = key, .create = true},
//                                       *crypto, *random));
#pragma once

#include <memory>
#include <string>

#include "server/ports/environment.h"
#include "server/ports/keys.h"
#include "server/store/sqlite/disk_failure.h"

namespace filrouge {

struct SqliteKeysOptions {
  std::string folder;
  Bytes32 master{};
  bool read_only = false;
  bool create = false;  // make an empty keys.db, with fresh node secrets, when there is none
  std::size_t cached_keys = 4'096;
  std::int64_t ballast_bytes = 0;      // shared with the store: a destruction may use it
  std::string vfs;                     // name of a registered SQLite VFS; empty: the system's
  DiskFailureHandler on_disk_failure;  // empty: stop_on_disk_failure
};

Result<std::unique_ptr<Keys>> open_sqlite_keys(SqliteKeysOptions options, Crypto& crypto,
                                               Random& random);

}  // namespace filrouge
