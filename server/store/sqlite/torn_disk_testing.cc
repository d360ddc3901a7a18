#include "server/store/sqlite/torn_disk_testing.h"

#include <algorithm>
#include <cstring>

#include "core/base/result.h"

namespace filrouge {
namespace {

constexpr std::size_t kSector = 512;

bool chance(std::mt19937_64& random, unsigned percent) { return random() % 100 < percent; }

void put(std::string& file, std::size_t offset, std::string_view bytes) {
  if (file.size() < offset + bytes.size()) file.resize(offset + bytes.size());
  std::memcpy(file.data() + offset, bytes.data(), bytes.size());
}

// How a cut treats what was not flushed.
struct Mood {
  unsigned kept_percent = 50;  // of sectors
  bool in_order = false;       // all up to some write, nothing after it
};

Mood mood_of(std::mt19937_64& random) {
  switch (random() % 6) {
    case 0:
      return {0, false};
    case 1:
      return {100, false};
    case 2:
      return {10, false};
    case 3:
      return {90, false};
    case 4:
      return {100, true};
    default:
      return {50, false};
  }
}

// The sectors of one write that reached the disk, or a part of one.
void put_torn(std::string& file, const DiskEvent& write, unsigned kept_percent,
              std::mt19937_64& random) {
  const auto start = static_cast<std::size_t>(write.offset);
  const std::size_t end = start + write.bytes.size();
  for (std::size_t at = start; at < end;) {
    const std::size_t next = std::min(end, (at / kSector + 1) * kSector);
    std::string_view piece = std::string_view(write.bytes).substr(at - start, next - at);
    const bool grows = next > file.size();
    if (chance(random, kept_percent)) {
      if (chance(random, 3)) piece = piece.substr(0, random() % piece.size());
      put(file, at, piece);
    } else if (grows && chance(random, 20)) {
      std::string rubbish(piece.size(), '\0');
      if (chance(random, 50))
        for (char& c : rubbish) c = static_cast<char>(random());
      put(file, at, rubbish);
    }
    at = next;
  }
}

void apply_torn(std::string& file, const std::vector<const DiskEvent*>& pending,
                std::mt19937_64& random) {
  const Mood mood = mood_of(random);
  const std::size_t whole = mood.in_order ? random() % (pending.size() + 1) : pending.size();
  for (std::size_t i = 0; i < pending.size(); ++i) {
    const DiskEvent& event = *pending[i];
    if (i > whole) return;
    // In order: the last one that begins to arrive is torn.
    const unsigned kept = mood.in_order && i == whole ? 50 : mood.kept_percent;
    if (event.act == DiskAct::write)
      put_torn(file, event, kept, random);
    else if (chance(random, kept))
      file.resize(static_cast<std::size_t>(event.offset));
  }
}

void apply_whole(std::string& file, const std::vector<const DiskEvent*>& pending) {
  for (const DiskEvent* event : pending) {
    if (event->act == DiskAct::write)
      put(file, static_cast<std::size_t>(event->offset), event->bytes);
    else
      file.resize(static_cast<std::size_t>(event->offset));
  }
}

}  // namespace

TornDisk& torn_disk() {
  static TornDisk disk;
  return disk;
}

void TornDisk::load(const DiskImage& image) {
  const std::lock_guard lock(mutex_);
  for (const auto& [name, file] : names_) verify(file.use_count() == 1);
  names_.clear();
  last_inode_ = 0;
  recording_ = {image, {}};
  plan_.reset();
  fault_happened_ = false;
  for (const auto& [name, bytes] : image)
    names_[name] = std::make_shared<File>(File{++last_inode_, bytes, false, name});
}

DiskImage TornDisk::content() const {
  const std::lock_guard lock(mutex_);
  DiskImage image;
  for (const auto& [name, file] : names_) image[name] = file->bytes;
  return image;
}

std::size_t TornDisk::events() const {
  const std::lock_guard lock(mutex_);
  return recording_.events.size();
}

Recording TornDisk::take_recording() {
  const std::lock_guard lock(mutex_);
  return std::move(recording_);
}

void TornDisk::plan_fault(std::optional<DiskFaultPlan> plan) {
  const std::lock_guard lock(mutex_);
  plan_ = plan;
  fault_happened_ = false;
}

bool TornDisk::fault_happened() const {
  const std::lock_guard lock(mutex_);
  return fault_happened_;
}

std::string TornDisk::fault_file() const {
  const std::lock_guard lock(mutex_);
  return fault_file_;
}

bool TornDisk::fails(DiskAccess access, const FilePtr& file) {
  if (!plan_ || plan_->access != access) return false;
  if (plan_->nth > 1) return --plan_->nth, false;
  if (plan_->nth < 1 && !plan_->for_ever) return false;
  plan_->nth = 0;
  if (!fault_happened_) fault_file_ = file->name;
  fault_happened_ = true;
  return true;
}

TornDisk::FilePtr TornDisk::find(const std::string& name) const {
  const std::lock_guard lock(mutex_);
  const auto at = names_.find(name);
  return at == names_.end() ? nullptr : at->second;
}

TornDisk::FilePtr TornDisk::open(const std::string& name) {
  const std::lock_guard lock(mutex_);
  FilePtr& file = names_[name];
  if (file == nullptr) {
    file = std::make_shared<File>(File{++last_inode_, {}, true, name});
    recording_.events.push_back({.act = DiskAct::create, .file = last_inode_, .name = name});
  }
  return file;
}

void TornDisk::remove(const std::string& name, bool flush_folder) {
  const std::lock_guard lock(mutex_);
  const auto at = names_.find(name);
  if (at == names_.end()) return;
  recording_.events.push_back({.act = DiskAct::remove,
                               .file = at->second->inode,
                               .name = name,
                               .with_folder = flush_folder});
  names_.erase(at);
}

bool TornDisk::read(const FilePtr& file, std::int64_t offset, char* to, std::size_t size,
                    bool& short_read) {
  const std::lock_guard lock(mutex_);
  if (fails(DiskAccess::read, file)) return false;
  const auto from = std::min(static_cast<std::size_t>(offset), file->bytes.size());
  const std::size_t there = std::min(size, file->bytes.size() - from);
  std::memcpy(to, file->bytes.data() + from, there);
  std::memset(to + there, 0, size - there);
  short_read = there < size;
  return true;
}

bool TornDisk::write(const FilePtr& file, std::int64_t offset, const char* from, std::size_t size) {
  const std::lock_guard lock(mutex_);
  if (fails(DiskAccess::write, file)) return false;
  put(file->bytes, static_cast<std::size_t>(offset), {from, size});
  recording_.events.push_back({.act = DiskAct::write,
                               .file = file->inode,
                               .offset = offset,
                               .bytes = std::string(from, size)});
  return true;
}

bool TornDisk::truncate(const FilePtr& file, std::int64_t size) {
  const std::lock_guard lock(mutex_);
  if (fails(DiskAccess::write, file)) return false;
  file->bytes.resize(static_cast<std::size_t>(size));
  recording_.events.push_back({.act = DiskAct::truncate, .file = file->inode, .offset = size});
  return true;
}

bool TornDisk::flush(const FilePtr& file) {
  const std::lock_guard lock(mutex_);
  const bool failed = fails(DiskAccess::flush, file);
  recording_.events.push_back({.act = failed ? DiskAct::flush_failed : DiskAct::flush,
                               .file = file->inode,
                               .with_folder = !failed && file->fresh});
  if (!failed) file->fresh = false;
  return !failed;
}

std::int64_t TornDisk::size(const FilePtr& file) const {
  const std::lock_guard lock(mutex_);
  return static_cast<std::int64_t>(file->bytes.size());
}

PowerCuts::PowerCuts(const Recording& recording, Flushes flushes)
    : recording_(recording), flushes_(flushes) {
  std::uint64_t inode = 0;  // as load() gave them
  for (const auto& [name, bytes] : recording.base) {
    inodes_[++inode].durable = bytes;
    names_[name] = inode;
  }
  durable_names_ = names_;
}

void PowerCuts::advance(std::size_t events, std::mt19937_64& random) {
  verify(events >= at_ && events <= recording_.events.size());
  for (; at_ < events; ++at_) take(recording_.events[at_], random);
}

void PowerCuts::take(const DiskEvent& event, std::mt19937_64& random) {
  Inode& inode = inodes_[event.file];
  switch (event.act) {
    case DiskAct::write:
    case DiskAct::truncate:
      inode.pending.push_back(&event);
      return;
    case DiskAct::flush:
      if (flushes_ == Flushes::lie) return;
      apply_whole(inode.durable, inode.pending);
      inode.pending.clear();
      if (event.with_folder) durable_names_ = names_;
      return;
    case DiskAct::flush_failed:
      apply_torn(inode.durable, inode.pending, random);
      inode.pending.clear();
      return;
    case DiskAct::create:
      names_[event.name] = event.file;
      return;
    case DiskAct::remove:
      names_.erase(event.name);
      if (event.with_folder) durable_names_ = names_;
      return;
  }
}

DiskImage PowerCuts::image(std::mt19937_64& random) const {
  // A folder is written as a whole: either its last flush, or the names as they are.
  const auto& names = chance(random, 50) ? names_ : durable_names_;
  DiskImage image;
  for (const auto& [name, number] : names) {
    const Inode& inode = inodes_.at(number);
    std::string bytes = inode.durable;
    apply_torn(bytes, inode.pending, random);
    image[name] = std::move(bytes);
  }
  return image;
}

}  // namespace filrouge
