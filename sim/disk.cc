#include "sim/disk.h"

#include <algorithm>
#include <cstring>
#include <new>

#include <sqlite3.h>

namespace filrouge::sim {

namespace {

constexpr std::size_t kSectorBytes = 512;
constexpr const char* kName = "filrouge-sim";
Disk* disk_in_use = nullptr;

void put(std::string& to, const Disk::File::Write& write) {
  const auto at = static_cast<std::size_t>(write.at);
  if (write.truncates) {
    to.resize(at);
    return;
  }
  if (to.size() < at + write.bytes.size()) to.resize(at + write.bytes.size());
  std::copy(write.bytes.begin(), write.bytes.end(), to.begin() + write.at);
}

// What SQLite holds of an open file; it gives the space.
struct OpenFile {
  sqlite3_file base;
  std::shared_ptr<Disk::File> file;
  std::string delete_name;  // a temporary file goes when it is closed
};

OpenFile& opened(sqlite3_file* file) { return *reinterpret_cast<OpenFile*>(file); }
Disk::File& content(sqlite3_file* file) { return *opened(file).file; }

int close_file(sqlite3_file* f) {
  OpenFile& file = opened(f);
  if (!file.delete_name.empty()) disk_in_use->remove_file(file.delete_name);
  std::destroy_at(&file.file);
  std::destroy_at(&file.delete_name);
  return SQLITE_OK;
}

int read_file(sqlite3_file* f, void* to, int size, sqlite3_int64 at) {
  if (disk_in_use->is_off()) return SQLITE_IOERR_READ;
  const std::string& from = content(f).written;
  const auto wanted = static_cast<std::size_t>(size);
  const auto start = std::min(static_cast<std::size_t>(at), from.size());
  const std::size_t there = std::min(wanted, from.size() - start);
  std::memcpy(to, from.data() + start, there);
  if (there == wanted) return SQLITE_OK;
  std::memset(static_cast<char*>(to) + there, 0, wanted - there);
  return SQLITE_IOERR_SHORT_READ;
}

int write_file(sqlite3_file* f, const void* from, int size, sqlite3_int64 at) {
  std::string bytes(static_cast<const char*>(from), static_cast<std::size_t>(size));
  return disk_in_use->write(content(f), at, std::move(bytes)) ? SQLITE_OK : SQLITE_IOERR_WRITE;
}

int truncate_file(sqlite3_file* f, sqlite3_int64 size) {
  return disk_in_use->truncate(content(f), size) ? SQLITE_OK : SQLITE_IOERR_TRUNCATE;
}

int sync_file(sqlite3_file* f, int) {
  return disk_in_use->flush(content(f)) ? SQLITE_OK : SQLITE_IOERR_FSYNC;
}

int file_size(sqlite3_file* f, sqlite3_int64* size) {
  *size = static_cast<sqlite3_int64>(content(f).written.size());
  return SQLITE_OK;
}

// One thread, and no statement is half done when another connection starts: nobody ever waits.
int no_lock(sqlite3_file*, int) { return SQLITE_OK; }
int no_reserved_lock(sqlite3_file*, int* out) {
  *out = 0;
  return SQLITE_OK;
}
int no_control(sqlite3_file*, int, void*) { return SQLITE_NOTFOUND; }
int sector_size(sqlite3_file*) { return static_cast<int>(kSectorBytes); }
int characteristics(sqlite3_file*) { return 0; }

int shared_page(sqlite3_file* f, int page, int size, int extend, void volatile** out) {
  auto& pages = content(f).shared_pages;
  const auto index = static_cast<std::size_t>(page);
  *out = nullptr;
  if (index >= pages.size() && extend == 0) return SQLITE_OK;
  while (index >= pages.size()) pages.emplace_back(static_cast<std::size_t>(size), '\0');
  *out = pages[index].data();
  return SQLITE_OK;
}
int shared_lock(sqlite3_file*, int, int, int) { return SQLITE_OK; }
void shared_barrier(sqlite3_file*) {}
int shared_end(sqlite3_file* f, int remove) {
  if (remove != 0) content(f).shared_pages.clear();
  return SQLITE_OK;
}

const sqlite3_io_methods kMethods = {2,
                                     close_file,
                                     read_file,
                                     write_file,
                                     truncate_file,
                                     sync_file,
                                     file_size,
                                     no_lock,
                                     no_lock,
                                     no_reserved_lock,
                                     no_control,
                                     sector_size,
                                     characteristics,
                                     shared_page,
                                     shared_lock,
                                     shared_barrier,
                                     shared_end,
                                     nullptr,
                                     nullptr};

int open_file(sqlite3_vfs*, const char* name, sqlite3_file* f, int flags, int* out_flags) {
  f->pMethods = nullptr;
  static int temporary = 0;
  const std::string path = name != nullptr ? name : "temporary-" + std::to_string(++temporary);
  if (disk_in_use->is_off()) return SQLITE_CANTOPEN;
  auto file = disk_in_use->open(path, (flags & SQLITE_OPEN_CREATE) != 0);
  if (file == nullptr) return SQLITE_CANTOPEN;
  OpenFile& made = opened(f);
  new (&made.file) std::shared_ptr<Disk::File>(std::move(file));
  new (&made.delete_name) std::string();
  if ((flags & SQLITE_OPEN_DELETEONCLOSE) != 0) made.delete_name = path;
  made.base.pMethods = &kMethods;
  if (out_flags != nullptr) *out_flags = flags;
  return SQLITE_OK;
}

int delete_file(sqlite3_vfs*, const char* name, int) {
  return disk_in_use->remove_file(name) ? SQLITE_OK : SQLITE_IOERR_DELETE;
}

int can_access(sqlite3_vfs*, const char* name, int, int* out) {
  *out = disk_in_use->has(name) ? 1 : 0;
  return SQLITE_OK;
}

int full_name(sqlite3_vfs*, const char* name, int size, char* out) {
  sqlite3_snprintf(size, out, "%s", name);
  return SQLITE_OK;
}

// SQLite's own salts: any numbers will do, the same ones in every run.
int no_randomness(sqlite3_vfs*, int size, char* out) {
  std::memset(out, 7, static_cast<std::size_t>(size));
  return size;
}
int no_sleep(sqlite3_vfs*, int microseconds) { return microseconds; }
int no_time(sqlite3_vfs*, double* out) {
  *out = 2'461'366.0;
  return SQLITE_OK;
}
int no_time_in_ms(sqlite3_vfs*, sqlite3_int64* out) {
  *out = 212'662'022'400'000;
  return SQLITE_OK;
}
int no_last_error(sqlite3_vfs*, int, char*) { return 0; }

}  // namespace

std::string Disk::vfs() {
  if (sqlite3_vfs_find(kName) == nullptr) {
    static sqlite3_vfs vfs{};
    vfs.iVersion = 2;
    vfs.szOsFile = sizeof(OpenFile);
    vfs.mxPathname = 200;
    vfs.zName = kName;
    vfs.xOpen = open_file;
    vfs.xDelete = delete_file;
    vfs.xAccess = can_access;
    vfs.xFullPathname = full_name;
    vfs.xRandomness = no_randomness;
    vfs.xSleep = no_sleep;
    vfs.xCurrentTime = no_time;
    vfs.xGetLastError = no_last_error;
    vfs.xCurrentTimeInt64 = no_time_in_ms;
    sqlite3_vfs_register(&vfs, 0);
  }
  return kName;
}

std::shared_ptr<Disk::File> Disk::open(const std::string& name, bool create) {
  const auto at = files_.find(name);
  if (at != files_.end()) return at->second;
  if (!create) return nullptr;
  return files_.emplace(name, std::make_shared<File>()).first->second;
}

bool Disk::passes() {
  if (off_) return false;
  ++operations_;
  if (until_cut_ > 0 && --until_cut_ == 0) off_ = true;
  return !off_;
}

bool Disk::write(File& file, std::int64_t at, std::string bytes) {
  const bool was_on = !off_;
  const bool passed = passes();
  if (!was_on) return false;
  // The write that the cut meets was on its way as well.
  file.waiting.push_back({at, std::move(bytes)});
  put(file.written, file.waiting.back());
  return passed;
}

bool Disk::truncate(File& file, std::int64_t size) {
  if (!passes()) return false;
  file.waiting.push_back({size, {}, true});
  put(file.written, file.waiting.back());
  return true;
}

bool Disk::flush(File& file) {
  if (!passes()) return false;
  if (forgets_flushes_) return true;
  for (const File::Write& write : file.waiting) put(file.durable, write);
  file.waiting.clear();
  return true;
}

bool Disk::remove_file(const std::string& name) {
  if (!passes()) return false;
  files_.erase(name);
  return true;
}

void Disk::tear(File& file) {
  for (File::Write& write : file.waiting) {
    const std::int64_t fate = chance_.below(3);
    if (fate == 0) continue;
    if (fate == 1 || write.truncates) {
      put(file.durable, write);
      continue;
    }
    for (std::size_t from = 0; from < write.bytes.size(); from += kSectorBytes)
      if (chance_.percent(50))
        put(file.durable,
            {write.at + static_cast<std::int64_t>(from), write.bytes.substr(from, kSectorBytes)});
  }
  file.waiting.clear();
  file.written = file.durable;
}

void Disk::power_back() {
  for (auto& [name, file] : files_) {
    tear(*file);
    file->shared_pages.clear();
  }
  off_ = false;
  until_cut_ = 0;
}

void Disk::process_died() {
  for (auto& [name, file] : files_) file->shared_pages.clear();
  off_ = false;
  until_cut_ = 0;
}

void Disk::copy(const std::string& from, const std::string& to) {
  auto made = std::make_shared<File>();
  made->written = made->durable = files_.at(from)->written;
  files_[to] = std::move(made);
}

std::vector<std::pair<std::string, const std::string*>> Disk::files_in(
    const std::string& folder) const {
  std::vector<std::pair<std::string, const std::string*>> list;
  for (const auto& [name, file] : files_)
    if (name.starts_with(folder + "/")) list.emplace_back(name, &file->written);
  return list;
}

DiskInUse::DiskInUse(Disk& disk) : before_(disk_in_use) { disk_in_use = &disk; }
DiskInUse::~DiskInUse() { disk_in_use = before_; }

}  // namespace filrouge::sim
