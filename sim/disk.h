// The node's disk: files in memory behind an SQLite VFS, each with what the machine has written and
// what has reached the plate. A flush brings the first to the second. When the power goes, of each
// write that was not flushed nothing stays, all of it, or some of its sectors of 512 bytes, as the
// chance has it; a process that merely dies leaves everything written. `cut_after(n)` lets the
// power go at the n-th write or flush from now: that one and all after it fail, the cut writing
// torn.
//
// One VFS for the program, one disk under it at a time, no thread but the simulator's.
//
//   Disk disk(chance);
//   DiskInUse use(disk);                      // open_sqlite_keys({.folder = "n", .vfs =
//   Disk::vfs()}) disk.cut_after(3); ... disk.power_back();
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "sim/chance.h"

namespace filrouge::sim {

class Disk {
 public:
  explicit Disk(Chance chance) : chance_(chance) {}

  static std::string vfs();

  // ---- what happens to the machine
  void cut_after(std::int64_t operations) { until_cut_ = operations; }
  bool is_off() const { return off_; }
  std::int64_t operations() const { return operations_; }
  // What the plate holds is all there is from here on. Also after a process that died: nothing
  // lost.
  void power_back();
  void process_died();
  // A planted bug: the disk says that it flushed, and did not.
  void forget_flushes(bool forget) { forgets_flushes_ = forget; }

  // ---- files, as an administrator copies them
  bool has(const std::string& name) const { return files_.contains(name); }
  void copy(const std::string& from, const std::string& to);
  void remove(const std::string& name) { files_.erase(name); }
  // Everything written below a folder, file after file.
  std::vector<std::pair<std::string, const std::string*>> files_in(const std::string& folder) const;

  // ---- used by the VFS
  struct File {
    struct Write {
      std::int64_t at = 0;
      std::string bytes;
      bool truncates = false;  // to `at`
    };
    std::string written;
    std::string durable;
    std::vector<Write> waiting;             // not flushed yet, in order
    std::vector<std::string> shared_pages;  // the WAL's index: memory of the process
  };
  std::shared_ptr<File> open(const std::string& name, bool create);
  bool write(File& file, std::int64_t at, std::string bytes);
  bool truncate(File& file, std::int64_t size);
  bool flush(File& file);
  bool remove_file(const std::string& name);

 private:
  bool passes();
  void tear(File& file);

  Chance chance_;
  std::map<std::string, std::shared_ptr<File>> files_;
  std::int64_t until_cut_ = 0;  // 0: no cut is planned
  std::int64_t operations_ = 0;
  bool off_ = false;
  bool forgets_flushes_ = false;
};

// The disk that the VFS writes to while this lives.
class DiskInUse {
 public:
  explicit DiskInUse(Disk& disk);
  ~DiskInUse();
  DiskInUse(const DiskInUse&) = delete;
  DiskInUse& operator=(const DiskInUse&) = delete;

 private:
  Disk* before_;
};

}  // namespace filrouge::sim
