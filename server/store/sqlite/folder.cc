#include "server/store/sqlite/folder.h"

#include <cerrno>
#include <charconv>
#include <cstring>
#include <fcntl.h>
#include <filesystem>
#include <fstream>
#include <sys/file.h>
#include <sys/stat.h>
#include <system_error>
#include <unistd.h>
#include <utility>

namespace filrouge {

namespace {

constexpr std::string_view kFormatWord = "filrouge ";

Error disk_error(std::string rule, const char* what) {
  return Error{errno == ENOSPC ? Code::full : Code::unavailable, "folder", std::move(rule),
               std::string(what) + ": " + std::strerror(errno)};
}

// Writes, flushes the file, renames, flushes the folder: the line is there whole or not at all.
Status write_durably(const std::string& folder, const std::string& name, std::string_view text) {
  const std::string path = folder + "/" + name;
  const std::string beside = path + ".new";
  const int file = ::open(beside.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
  if (file < 0) return disk_error("format", "the file `format` cannot be written");
  const bool written =
      ::write(file, text.data(), text.size()) == static_cast<ssize_t>(text.size()) &&
      ::fsync(file) == 0;
  ::close(file);
  if (!written || ::rename(beside.c_str(), path.c_str()) != 0)
    return disk_error("format", "the file `format` cannot be written");
  const int directory = ::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  const bool flushed = directory >= 0 && ::fsync(directory) == 0;
  if (directory >= 0) ::close(directory);
  if (!flushed) return disk_error("format", "the folder cannot be flushed");
  return Done{};
}

}  // namespace

std::string journal_path(const std::string& folder) { return folder + "/journal.db"; }
std::string keys_path(const std::string& folder) { return folder + "/keys.db"; }

Result<FolderLock> FolderLock::take(const std::string& folder) {
  FolderLock lock;
  lock.file_ = ::open((folder + "/lock").c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
  if (lock.file_ < 0) return disk_error("lock", "the file `lock` cannot be opened");
  if (::flock(lock.file_, LOCK_EX | LOCK_NB) != 0)
    return Error{Code::unavailable, "folder", "folder_in_use",
                 "another program owns this data folder"};
  return lock;
}

FolderLock::FolderLock(FolderLock&& other) noexcept : file_(std::exchange(other.file_, -1)) {}

FolderLock& FolderLock::operator=(FolderLock&& other) noexcept {
  std::swap(file_, other.file_);
  return *this;
}

FolderLock::~FolderLock() {
  if (file_ >= 0) ::close(file_);
}

Status create_folder(const std::string& folder) {
  std::error_code error;
  const std::filesystem::path path(folder);
  if (path.has_parent_path()) std::filesystem::create_directories(path.parent_path(), error);
  if (::mkdir(folder.c_str(), 0700) != 0 && errno != EEXIST)
    return disk_error("folder", "the folder cannot be created");
  return Done{};
}

Result<int> read_format(const std::string& folder) {
  std::ifstream file(folder + "/format");
  std::string line;
  if (!std::getline(file, line))
    return Error{Code::not_found, "folder", "no_folder", "this is not a data folder of Fil rouge"};
  int version = 0;
  const std::string_view text(line);
  const bool known = text.starts_with(kFormatWord);
  const char* end = line.data() + line.size();
  if (!known || std::from_chars(line.data() + kFormatWord.size(), end, version).ptr != end ||
      version < 1)
    return Error{Code::malformed, "folder", "format", "the file `format` says something else"};
  if (version > store_format_version)
    return Error{Code::unsupported, "folder", "newer_format",
                 "a newer program made this folder; this one would damage it"};
  return version;
}

Status write_format(const std::string& folder) {
  return write_durably(folder, "format",
                       std::string(kFormatWord) + std::to_string(store_format_version) + "\n");
}

}  // namespace filrouge
