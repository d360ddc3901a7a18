// A disk that can be told to fail: a SQLite VFS over the system's own, whose flushes fail or whose
// space is used up from the moment the test says so. Reads go on.
#pragma once

#include <string>

namespace filrouge {

enum class DiskFault { none, flush_fails, full };

// Registers the VFS once; its name goes into SqliteOptions::vfs.
std::string failing_vfs();
void set_disk_fault(DiskFault fault);

}  // namespace filrouge
