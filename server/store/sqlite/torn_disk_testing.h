// A disk in memory that remembers everything that was done to it, so that a power cut can be tried
// at every moment of one run: what was flushed is there, of the rest a chance part (safety.md T02).
// Writes are torn in sectors of 512 bytes, and now and then inside one; a file that grew may have
// grown by zeroes or by rubbish; a new file whose folder was not flushed may be gone. As SQLite is
// told (POWERSAFE_OVERWRITE), bytes outside a write are never harmed. A flush that failed leaves
// its writes to chance for ever, whatever later flushes say.
//
//   TornDisk& disk = torn_disk();                     // SqliteOptions{.vfs = torn_vfs()}
//   disk.load({});   ... run ...   Recording run = disk.take_recording();
//   PowerCuts cuts(run);   cuts.advance(1234);   disk.load(cuts.image(random));   // and open again
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <random>
#include <string>
#include <vector>

namespace filrouge {

// Name to content.
using DiskImage = std::map<std::string, std::string>;

enum class DiskAct { write, truncate, flush, flush_failed, create, remove };

struct DiskEvent {
  DiskAct act = DiskAct::write;
  std::uint64_t file = 0;  // an inode: a name that is removed and made again is another one
  std::string name;        // of create and remove
  std::int64_t offset = 0;
  std::string bytes;
  bool with_folder = false;  // a flush that also makes names durable
};

struct Recording {
  DiskImage base;
  std::vector<DiskEvent> events;
};

// Which access fails: the nth from now (1 is the next), once or from then on.
enum class DiskAccess { write, flush, read };
struct DiskFaultPlan {
  DiskAccess access = DiskAccess::write;
  std::int64_t nth = 0;
  bool for_ever = false;
};

// Safe to use from several threads.
class TornDisk {
 public:
  // Forgets everything but `image`; no file may be open.
  void load(const DiskImage& image);
  // What lies there when nothing is lost.
  DiskImage content() const;
  std::size_t events() const;
  Recording take_recording();

  void plan_fault(std::optional<DiskFaultPlan> plan);
  bool fault_happened() const;
  // Where: the name of the file.
  std::string fault_file() const;

  // ---- for the SQLite VFS
  struct File {
    std::uint64_t inode = 0;
    std::string bytes;
    bool fresh = true;  // its name is not durable yet
    std::string name;
  };
  using FilePtr = std::shared_ptr<File>;
  FilePtr find(const std::string& name) const;
  FilePtr open(const std::string& name);  // makes it when it is not there
  void remove(const std::string& name, bool flush_folder);
  // False: the fault fell here.
  bool read(const FilePtr& file, std::int64_t offset, char* to, std::size_t size, bool& short_read);
  bool write(const FilePtr& file, std::int64_t offset, const char* from, std::size_t size);
  bool truncate(const FilePtr& file, std::int64_t size);
  bool flush(const FilePtr& file);
  std::int64_t size(const FilePtr& file) const;

 private:
  bool fails(DiskAccess access, const FilePtr& file);

  mutable std::mutex mutex_;
  std::map<std::string, FilePtr> names_;
  std::uint64_t last_inode_ = 0;
  Recording recording_;
  std::optional<DiskFaultPlan> plan_;
  bool fault_happened_ = false;
  std::string fault_file_;
};

TornDisk& torn_disk();

// A disk that lies says a flush is done and does nothing: to see that the tests would find it.
enum class Flushes { work, lie };

// Walks through a recording and says what a cut at that moment may leave. Only forwards.
class PowerCuts {
 public:
  explicit PowerCuts(const Recording& recording, Flushes flushes = Flushes::work);
  // The state after the first `events` events.
  void advance(std::size_t events, std::mt19937_64& random);
  DiskImage image(std::mt19937_64& random) const;

 private:
  struct Inode {
    std::string durable;
    std::vector<const DiskEvent*> pending;
  };
  void take(const DiskEvent& event, std::mt19937_64& random);

  const Recording& recording_;
  const Flushes flushes_;
  std::size_t at_ = 0;
  std::map<std::uint64_t, Inode> inodes_;
  std::map<std::string, std::uint64_t> names_;          // now
  std::map<std::string, std::uint64_t> durable_names_;  // after a cut, for sure
};

}  // namespace filrouge
