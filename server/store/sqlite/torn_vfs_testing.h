// The SQLite VFS over torn_disk(): files, locks and the shared memory of the WAL, all in the
// memory of the test program. It keeps the rules of SQLite's own unix VFS between the connections
// of one process; the shared memory is lost with the last connection, as at a reboot.
#pragma once

#include <string>

#include "server/store/sqlite/torn_disk_testing.h"

namespace filrouge {

// Registers the VFS once; its name goes into SqliteOptions::vfs and SqliteKeysOptions::vfs.
std::string torn_vfs();

}  // namespace filrouge
