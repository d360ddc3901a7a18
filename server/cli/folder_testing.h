// A folder that lives as long as a test.
//
//   const TempFolder folder; open(folder.path() + "/x");
#pragma once

#include <filesystem>
#include <stdlib.h>
#include <string>

#include "core/base/result.h"

namespace filrouge {

class TempFolder {
 public:
  TempFolder() {
    std::string name = (std::filesystem::temp_directory_path() / "filrouge-XXXXXX").string();
    verify(mkdtemp(name.data()) != nullptr);
    path_ = name;
  }
  ~TempFolder() {
    std::error_code ignored;
    std::filesystem::remove_all(path_, ignored);
  }
  TempFolder(const TempFolder&) = delete;
  TempFolder& operator=(const TempFolder&) = delete;
  const std::string& path() const { return path_; }

 private:
  std::string path_;
};

}  // namespace filrouge
