// Counts by place as they may leave the territory: small ones masked, and enough others that no sum
// gives them away (core/measure/figures.h).
//
//   for (const PublishedCount& one : published_counts(linkage::count_unseen(...))) write(one);
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "core/linkage/unseen.h"

namespace filrouge {

struct PublishedCount {
  std::string place;  // empty: not known, and for the whole
  // Absent together where they are masked.
  std::optional<std::int64_t> unseen;
  std::optional<std::int64_t> at_least;
  std::optional<std::int64_t> at_most;
};

// In the order of `counts`, whose last is the whole.
std::vector<PublishedCount> published_counts(const std::vector<linkage::UnseenCount>& counts);

}  // namespace filrouge
