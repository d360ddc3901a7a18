// The Store port on SQLite in one folder (architecture 4): WAL, synchronous=FULL, one connection
// that writes and checkpoints, a few readers. Opening to write takes the folder's lock and, with
// `create`, makes a folder that is not there; opening `read_only` works beside a running server and
// never writes nor checkpoints. Errors of open: those of folder.h, and `unavailable` "damaged".
//
//   FILROUGE_TRY(store, open_sqlite_store({.folder = dir, .hash = crypto->hash_function(),
//                                          .create = true}));
#pragma once

#include <memory>
#include <string>

#include "server/ports/store.h"
#include "server/store/sqlite/disk_failure.h"

namespace filrouge {

struct SqliteOptions {
  std::string folder;
  HashFunction hash = nullptr;
  bool read_only = false;
  bool create = false;             // make the folder and an empty journal when there is none
  std::size_t readers = 4;         // read-only connections, opened when needed, 1 MB of cache each
  std::int64_t ballast_bytes = 0;  // kept back for a full disk (ballast.h)
  std::string vfs;                 // name of a registered SQLite VFS; empty: the system's
  DiskFailureHandler on_disk_failure;  // empty: stop_on_disk_failure
};

Result<std::unique_ptr<Store>> open_sqlite_store(SqliteOptions options);

}  // namespace filrouge
