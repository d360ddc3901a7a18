#include "server/store/sqlite/torn_vfs_testing.h"

#include <array>
#include <cstring>
#include <set>

#include <sqlite3.h>

namespace filrouge {
namespace {

constexpr const char* kName = "filrouge-torn";
constexpr std::size_t kSlots = SQLITE_SHM_NLOCK;

struct Opened;

// What the connections to one database file share.
struct Shared {
  std::set<Opened*> opened;
  std::vector<std::unique_ptr<char[]>> regions;
  std::array<Opened*, kSlots> exclusive{};
  std::array<std::set<Opened*>, kSlots> shared;
};

struct Opened {
  std::string name;
  TornDisk::FilePtr file;
  int level = SQLITE_LOCK_NONE;
  std::shared_ptr<Shared> common;
};

struct File {
  sqlite3_file base;
  Opened* opened;
};

std::mutex table_mutex;
std::map<std::string, std::weak_ptr<Shared>> table;

Opened& opened(sqlite3_file* file) { return *reinterpret_cast<File*>(file)->opened; }

std::shared_ptr<Shared> shared_of(const std::string& name) {
  std::shared_ptr<Shared> common = table[name].lock();
  if (common == nullptr) table[name] = common = std::make_shared<Shared>();
  return common;
}

void let_go(Shared& common, Opened* one) {
  for (std::size_t slot = 0; slot < kSlots; ++slot) {
    if (common.exclusive[slot] == one) common.exclusive[slot] = nullptr;
    common.shared[slot].erase(one);
  }
}

int close_file(sqlite3_file* f) {
  Opened* one = &opened(f);
  {
    const std::lock_guard lock(table_mutex);
    let_go(*one->common, one);
    one->common->opened.erase(one);
  }
  delete one;
  return SQLITE_OK;
}

int read_file(sqlite3_file* f, void* to, int size, sqlite3_int64 at) {
  bool short_read = false;
  if (!torn_disk().read(opened(f).file, at, static_cast<char*>(to), static_cast<std::size_t>(size),
                        short_read))
    return SQLITE_IOERR_READ;
  return short_read ? SQLITE_IOERR_SHORT_READ : SQLITE_OK;
}
int write_file(sqlite3_file* f, const void* from, int size, sqlite3_int64 at) {
  const bool done = torn_disk().write(opened(f).file, at, static_cast<const char*>(from),
                                      static_cast<std::size_t>(size));
  return done ? SQLITE_OK : SQLITE_IOERR_WRITE;
}
int truncate_file(sqlite3_file* f, sqlite3_int64 size) {
  return torn_disk().truncate(opened(f).file, size) ? SQLITE_OK : SQLITE_IOERR_TRUNCATE;
}
int flush_file(sqlite3_file* f, int) {
  return torn_disk().flush(opened(f).file) ? SQLITE_OK : SQLITE_IOERR_FSYNC;
}
int file_size(sqlite3_file* f, sqlite3_int64* size) {
  *size = torn_disk().size(opened(f).file);
  return SQLITE_OK;
}

// Somebody else at this level or above?
bool other_holds(const Opened& one, int level) {
  for (const Opened* other : one.common->opened)
    if (other != &one && other->level >= level) return true;
  return false;
}

int lock(sqlite3_file* f, int level) {
  const std::lock_guard guard(table_mutex);
  Opened& one = opened(f);
  if (one.level >= level) return SQLITE_OK;
  if (level == SQLITE_LOCK_SHARED && other_holds(one, SQLITE_LOCK_PENDING)) return SQLITE_BUSY;
  if (level >= SQLITE_LOCK_RESERVED && other_holds(one, SQLITE_LOCK_RESERVED)) return SQLITE_BUSY;
  if (level == SQLITE_LOCK_EXCLUSIVE && other_holds(one, SQLITE_LOCK_SHARED)) {
    one.level = SQLITE_LOCK_PENDING;
    return SQLITE_BUSY;
  }
  one.level = level;
  return SQLITE_OK;
}
int unlock(sqlite3_file* f, int level) {
  const std::lock_guard guard(table_mutex);
  opened(f).level = std::min(opened(f).level, level);
  return SQLITE_OK;
}
int check_lock(sqlite3_file* f, int* out) {
  const std::lock_guard guard(table_mutex);
  *out = opened(f).level >= SQLITE_LOCK_RESERVED || other_holds(opened(f), SQLITE_LOCK_RESERVED);
  return SQLITE_OK;
}
int control(sqlite3_file*, int, void*) { return SQLITE_NOTFOUND; }
int sector_size(sqlite3_file*) { return 4096; }
int characteristics(sqlite3_file*) { return SQLITE_IOCAP_POWERSAFE_OVERWRITE; }

int shm_map(sqlite3_file* f, int region, int size, int extend, void volatile** out) {
  const std::lock_guard guard(table_mutex);
  auto& regions = opened(f).common->regions;
  const auto wanted = static_cast<std::size_t>(region);
  *out = nullptr;
  if (wanted >= regions.size() && extend == 0) return SQLITE_OK;
  while (regions.size() <= wanted)
    regions.push_back(std::make_unique<char[]>(static_cast<std::size_t>(size)));
  *out = regions[wanted].get();
  return SQLITE_OK;
}

int shm_lock(sqlite3_file* f, int offset, int count, int flags) {
  const std::lock_guard guard(table_mutex);
  Opened* one = &opened(f);
  Shared& common = *one->common;
  const auto first = static_cast<std::size_t>(offset);
  const std::size_t end = first + static_cast<std::size_t>(count);
  for (std::size_t slot = first; slot < end; ++slot) {
    const bool taken = common.exclusive[slot] != nullptr && common.exclusive[slot] != one;
    const std::size_t own = common.shared[slot].contains(one) ? 1 : 0;
    const bool read = common.shared[slot].size() > own;
    if ((flags & SQLITE_SHM_UNLOCK) != 0) continue;
    if (taken || ((flags & SQLITE_SHM_EXCLUSIVE) != 0 && read)) return SQLITE_BUSY;
  }
  for (std::size_t slot = first; slot < end; ++slot) {
    if ((flags & SQLITE_SHM_UNLOCK) != 0) {
      if (common.exclusive[slot] == one) common.exclusive[slot] = nullptr;
      common.shared[slot].erase(one);
    } else if ((flags & SQLITE_SHM_EXCLUSIVE) != 0) {
      common.exclusive[slot] = one;
    } else {
      common.shared[slot].insert(one);
    }
  }
  return SQLITE_OK;
}
void shm_barrier(sqlite3_file*) {
  const std::lock_guard guard(table_mutex);  // a full fence
}
int shm_unmap(sqlite3_file* f, int remove) {
  const std::lock_guard guard(table_mutex);
  let_go(*opened(f).common, &opened(f));
  if (remove != 0) opened(f).common->regions.clear();
  return SQLITE_OK;
}

const sqlite3_io_methods kMethods = {
    2,        close_file,  read_file,  write_file, truncate_file, flush_file,      file_size,
    lock,     unlock,      check_lock, control,    sector_size,   characteristics, shm_map,
    shm_lock, shm_barrier, shm_unmap,  nullptr,    nullptr};

int open_file(sqlite3_vfs*, const char* name, sqlite3_file* file, int flags, int* out_flags) {
  file->pMethods = nullptr;
  if (name == nullptr) return SQLITE_CANTOPEN;  // temporary files stay in memory
  if ((flags & SQLITE_OPEN_CREATE) == 0 && torn_disk().find(name) == nullptr)
    return SQLITE_CANTOPEN;
  auto* one = new Opened{.name = name, .file = torn_disk().open(name)};
  {
    const std::lock_guard guard(table_mutex);
    one->common = shared_of(one->name);
    one->common->opened.insert(one);
  }
  reinterpret_cast<File*>(file)->opened = one;
  file->pMethods = &kMethods;
  if (out_flags != nullptr) *out_flags = flags;
  return SQLITE_OK;
}

int delete_file(sqlite3_vfs*, const char* name, int flush_folder) {
  if (torn_disk().find(name) == nullptr) return SQLITE_IOERR_DELETE_NOENT;
  torn_disk().remove(name, flush_folder != 0);
  return SQLITE_OK;
}
int is_there(sqlite3_vfs*, const char* name, int flags, int* out) {
  const auto file = torn_disk().find(name);
  // As the unix VFS: an empty file does not count as there.
  *out = file != nullptr && (flags != SQLITE_ACCESS_EXISTS || torn_disk().size(file) > 0);
  return SQLITE_OK;
}
int full_name(sqlite3_vfs*, const char* name, int size, char* out) {
  sqlite3_snprintf(size, out, "%s", name);
  return SQLITE_OK;
}

}  // namespace

std::string torn_vfs() {
  if (sqlite3_vfs_find(kName) == nullptr) {
    static sqlite3_vfs vfs = *sqlite3_vfs_find("unix");
    vfs.zName = kName;
    vfs.szOsFile = static_cast<int>(sizeof(File));
    vfs.pNext = nullptr;
    vfs.xOpen = open_file;
    vfs.xDelete = delete_file;
    vfs.xAccess = is_there;
    vfs.xFullPathname = full_name;
    sqlite3_vfs_register(&vfs, 0);
  }
  return kName;
}

}  // namespace filrouge
