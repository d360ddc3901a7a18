// What happened in a world, in order, by names: one line each with its day and hour. Its hash is
// the identity of a run: the same seed gives the same lines and so the same hash. Of a failure the
// lines that name what the failure is about are printed, and the great events between them.
//
//   story.tell(now, "phone of Ana", "notes n12, a contact with Zoe");
//   story.great(now, "node", "the power goes");
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/time.h"

namespace filrouge::sim {

class Story {
 public:
  explicit Story(Instant start) : start_(start) {}

  void tell(Instant at, std::string_view who, std::string_view what) { add(at, who, what, false); }
  // Shown whatever the failure is about.
  void great(Instant at, std::string_view who, std::string_view what) { add(at, who, what, true); }
  // Bytes that belong to the identity of the run and to no line.
  void mix(std::string_view bytes);
  std::uint64_t hash() const { return hash_; }

  // The lines about these names.
  std::string about(const std::vector<std::string>& names) const;
  std::string whole() const;

 private:
  struct Line {
    Instant at;
    std::string who;
    std::string what;
    bool great = false;
  };
  void add(Instant at, std::string_view who, std::string_view what, bool great);
  std::string text_of(const Line& line) const;

  Instant start_;
  std::vector<Line> lines_;
  std::uint64_t hash_ = 0xcbf29ce484222325;
};

}  // namespace filrouge::sim
