#include "server/store/sqlite/clean_vfs.h"

#include <algorithm>
#include <list>
#include <mutex>
#include <vector>

#include <sqlite3.h>

#include "core/base/result.h"

namespace filrouge::sqlite {

namespace {

constexpr std::size_t kFileHeaderBytes = 100;  // before the header of page 1

// SQLite gives the space of one File followed by that of the other VFS's own file.
struct File {
  sqlite3_file base;
  sqlite3_file* real() { return reinterpret_cast<sqlite3_file*>(this + 1); }
};

sqlite3_file* real(sqlite3_file* file) { return reinterpret_cast<File*>(file)->real(); }

int close_file(sqlite3_file* f) { return real(f)->pMethods->xClose(real(f)); }
int read_file(sqlite3_file* f, void* to, int size, sqlite3_int64 at) {
  return real(f)->pMethods->xRead(real(f), to, size, at);
}
int write_file(sqlite3_file* f, const void* from, int size, sqlite3_int64 at) {
  const auto* page = static_cast<const unsigned char*>(from);
  const FreeMiddle middle = free_middle(page, static_cast<std::size_t>(size), at == 0);
  const bool clean = std::all_of(page + middle.from, page + middle.to,
                                 [](unsigned char byte) { return byte == 0; });
  if (clean) return real(f)->pMethods->xWrite(real(f), from, size, at);
  std::vector<unsigned char> copy(page, page + size);
  std::fill(copy.begin() + static_cast<std::ptrdiff_t>(middle.from),
            copy.begin() + static_cast<std::ptrdiff_t>(middle.to), 0);
  return real(f)->pMethods->xWrite(real(f), copy.data(), size, at);
}
int truncate_file(sqlite3_file* f, sqlite3_int64 size) {
  return real(f)->pMethods->xTruncate(real(f), size);
}
int sync_file(sqlite3_file* f, int flags) { return real(f)->pMethods->xSync(real(f), flags); }
int file_size(sqlite3_file* f, sqlite3_int64* size) {
  return real(f)->pMethods->xFileSize(real(f), size);
}
int lock(sqlite3_file* f, int level) { return real(f)->pMethods->xLock(real(f), level); }
int unlock(sqlite3_file* f, int level) { return real(f)->pMethods->xUnlock(real(f), level); }
int check_lock(sqlite3_file* f, int* out) {
  return real(f)->pMethods->xCheckReservedLock(real(f), out);
}
int control(sqlite3_file* f, int op, void* argument) {
  return real(f)->pMethods->xFileControl(real(f), op, argument);
}
int sector_size(sqlite3_file* f) { return real(f)->pMethods->xSectorSize(real(f)); }
int characteristics(sqlite3_file* f) { return real(f)->pMethods->xDeviceCharacteristics(real(f)); }
int shm_map(sqlite3_file* f, int region, int size, int extend, void volatile** out) {
  return real(f)->pMethods->xShmMap(real(f), region, size, extend, out);
}
int shm_lock(sqlite3_file* f, int offset, int count, int flags) {
  return real(f)->pMethods->xShmLock(real(f), offset, count, flags);
}
void shm_barrier(sqlite3_file* f) { real(f)->pMethods->xShmBarrier(real(f)); }
int shm_unmap(sqlite3_file* f, int remove) { return real(f)->pMethods->xShmUnmap(real(f), remove); }

const sqlite3_io_methods kMethods = {
    2,        close_file,  read_file,  write_file, truncate_file, sync_file,       file_size,
    lock,     unlock,      check_lock, control,    sector_size,   characteristics, shm_map,
    shm_lock, shm_barrier, shm_unmap,  nullptr,    nullptr};

int open_file(sqlite3_vfs* vfs, const char* name, sqlite3_file* file, int flags, int* out_flags) {
  auto* base = static_cast<sqlite3_vfs*>(vfs->pAppData);
  // Only database files are pages; all else belongs to the other VFS alone.
  if ((flags & SQLITE_OPEN_MAIN_DB) == 0) return base->xOpen(base, name, file, flags, out_flags);
  file->pMethods = nullptr;
  const int code = base->xOpen(base, name, real(file), flags, out_flags);
  if (code == SQLITE_OK) file->pMethods = &kMethods;
  return code;
}

struct Registered {
  std::string name;
  sqlite3_vfs vfs;
};

std::size_t two_bytes(const unsigned char* at) {
  return static_cast<std::size_t>(at[0]) << 8U | at[1];
}

}  // namespace

// The file format of SQLite, section 1.6: the kind of page, the first free block, the number of
// cells, where their content begins; the pointers to the cells; then the free middle.
FreeMiddle free_middle(const unsigned char* page, std::size_t size, bool is_first_page) {
  const bool is_page_size = size >= 512 && size <= 65'536 && (size & (size - 1)) == 0;
  if (!is_page_size) return {};
  const std::size_t header = is_first_page ? kFileHeaderBytes : 0;
  const unsigned char kind = page[header];
  const bool is_inner = kind == 0x02 || kind == 0x05;
  if (!is_inner && kind != 0x0A && kind != 0x0D) return {};
  const std::size_t cells = two_bytes(page + header + 3);
  std::size_t content = two_bytes(page + header + 5);
  if (content == 0) content = 65'536;
  const std::size_t pointers = header + (is_inner ? 12 : 8);
  const std::size_t from = pointers + 2 * cells;
  if (content > size || from > content) return {};
  for (std::size_t at = pointers; at < from; at += 2) {
    const std::size_t cell = two_bytes(page + at);
    if (cell < content || cell >= size) return {};
  }
  const std::size_t free_block = two_bytes(page + header + 1);
  if (free_block != 0 && free_block < content) return {};
  return {from, content};
}

std::string clean_vfs(const std::string& base) {
  static std::mutex mutex;
  static std::list<Registered> all;  // SQLite keeps pointers into it
  const std::string name = "filrouge-clean" + (base.empty() ? "" : "-" + base);
  const std::lock_guard lock(mutex);
  if (sqlite3_vfs_find(name.c_str()) != nullptr) return name;
  sqlite3_vfs* found = sqlite3_vfs_find(base.empty() ? nullptr : base.c_str());
  verify(found != nullptr);
  Registered& made = all.emplace_back(Registered{name, *found});
  made.vfs.zName = made.name.c_str();
  made.vfs.szOsFile += static_cast<int>(sizeof(File));
  made.vfs.pAppData = found;
  made.vfs.pNext = nullptr;
  made.vfs.xOpen = open_file;
  sqlite3_vfs_register(&made.vfs, 0);
  return name;
}

}  // namespace filrouge::sqlite
