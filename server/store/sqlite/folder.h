// The data folder on disk: `lock` (flock: one process owns a folder), `format` (one line with the
// version of what lies here), journal.db, keys.db. A newer format than ours is refused
// (`unsupported` "newer_format"), so that an older program never touches what it cannot read; a
// folder without `format` is `not_found` "no_folder". An owned folder: `unavailable`
// "folder_in_use".
#pragma once

#include <string>

#include "core/base/result.h"

namespace filrouge {

inline constexpr int store_format_version = 3;

std::string journal_path(const std::string& folder);
std::string keys_path(const std::string& folder);

// Held as long as the object lives; the kernel lets go of it when the process dies.
class FolderLock {
 public:
  static Result<FolderLock> take(const std::string& folder);
  FolderLock() = default;
  FolderLock(FolderLock&& other) noexcept;
  FolderLock& operator=(FolderLock&& other) noexcept;
  ~FolderLock();

 private:
  int file_ = -1;
};

// The folder itself (mode 0700), with its parents.
Status create_folder(const std::string& folder);
// The version that `format` names; `not_found` "no_folder" without one.
Result<int> read_format(const std::string& folder);
// Durable when it returns. Also for the folder of a backup, once its files are there.
Status write_format(const std::string& folder);

}  // namespace filrouge
