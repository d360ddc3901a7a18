#include "server/store/sqlite/ballast.h"

#include <fcntl.h>
#include <sys/statvfs.h>
#include <unistd.h>

namespace filrouge {

namespace {

constexpr auto kBetweenTries = std::chrono::seconds(1);

// Room beside the file, so that the first notes after it do not fill the disk again at once.
bool has_room_beside(int file, std::int64_t bytes) {
  struct statvfs disk{};
  return ::fstatvfs(file, &disk) == 0 &&
         static_cast<std::int64_t>(disk.f_bavail * disk.f_frsize) >= bytes / 4;
}

}  // namespace

Ballast::Ballast(const std::string& folder, std::int64_t bytes)
    : path_(folder + "/ballast"), bytes_(bytes) {}

bool Ballast::hold() {
  if (bytes_ == 0 || ::access(path_.c_str(), F_OK) == 0) return true;
  const auto now = std::chrono::steady_clock::now();
  if (now < next_try_) return false;
  next_try_ = now + kBetweenTries;
  return make();
}

bool Ballast::make() {
  const std::string beside = path_ + ".new";
  const int file = ::open(beside.c_str(), O_RDWR | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
  if (file < 0) return false;
  const bool made = ::posix_fallocate(file, 0, bytes_) == 0 && has_room_beside(file, bytes_);
  ::close(file);
  if (made && ::rename(beside.c_str(), path_.c_str()) == 0) return true;
  ::unlink(beside.c_str());
  return false;
}

bool Ballast::release() {
  next_try_ = std::chrono::steady_clock::now() + kBetweenTries;
  return bytes_ != 0 && ::unlink(path_.c_str()) == 0;
}

}  // namespace filrouge
