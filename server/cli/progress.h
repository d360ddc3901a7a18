// How far a long command is, on standard error: nothing in the first two seconds, then one line
// every two seconds. Lines hold counts and dates only.
//
//   Progress progress;
//   progress.at([&] { return "2017-03 : 4 512"; });
#pragma once

#include <chrono>
#include <string>

#include "server/cli/speech.h"

namespace filrouge {

class Progress {
 public:
  template <class Text>
  void at(const Text& text) {
    const auto now = std::chrono::steady_clock::now();
    if (now - last_ < std::chrono::seconds(2)) return;
    last_ = now;
    say_line(text());
  }

 private:
  std::chrono::steady_clock::time_point last_ = std::chrono::steady_clock::now();
};

}  // namespace filrouge
