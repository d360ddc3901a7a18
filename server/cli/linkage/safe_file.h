// A file that is there whole or not at all: written beside its place, then renamed. A run that is
// interrupted leaves what was there before; what is left beside it is removed by the next run.
//
//   SafeFile file("pairs.csv"); file.add("left_id,...\n"); FILROUGE_CHECK(file.finish());
#pragma once

#include <cstdio>
#include <string>
#include <string_view>

#include "core/base/result.h"

namespace filrouge {

class SafeFile {
 public:
  explicit SafeFile(std::string path);
  ~SafeFile();
  SafeFile(const SafeFile&) = delete;
  SafeFile& operator=(const SafeFile&) = delete;

  void add(std::string_view text);
  Status finish();

 private:
  void write();
  std::string path_;
  std::string beside_;
  std::string held_;
  std::FILE* file_ = nullptr;
  bool failed_ = false;
};

// The whole of a file; refuses what cannot be read, in the words of the command.
Result<std::string> read_whole_file(const std::string& path);

}  // namespace filrouge
