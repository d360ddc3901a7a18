// Space kept back for a full disk (safety.md T05): a file of that size in the data folder, given up
// when an erasure, or the ledger row of somebody who reads, finds no space any more. From then on
// only those are written, until the disk has room for the file again: nothing else may use what it
// gave. Two parts of the program (journal and keys) share it through the file itself.
//
//   Ballast ballast(folder, ballast_bytes);   if (ballast.release()) ... try again ...
#pragma once

#include <chrono>
#include <cstdint>
#include <string>

namespace filrouge {

// What `filrouge serve` and its like keep back.
inline constexpr std::int64_t ballast_bytes = 16 << 20;

class Ballast {
 public:
  // Without bytes there is none, and nothing is ever kept back.
  Ballast(const std::string& folder, std::int64_t bytes);
  // The file is there, or none is wanted; else tries to make it again, once a second.
  bool hold();
  // True when there was a file to give up.
  bool release();

 private:
  bool make();

  std::string path_;
  std::int64_t bytes_;
  std::chrono::steady_clock::time_point next_try_;
};

}  // namespace filrouge
