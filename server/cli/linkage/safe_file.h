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
  enum class Readers { everybody, owner };  // owner: mode 0600, for what holds a key or tells names
  explicit SafeFile(std::string path, Readers readers = Readers::everybody);
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

// A whole file at once.
Status write_safely(const std::string& path, std::string_view text,
                    SafeFile::Readers readers = SafeFile::Readers::everybody);

// The whole of a file; refuses what cannot be read, in the words of the command.
Result<std::string> read_whole_file(const std::string& path);

}  // namespace filrouge
