// All candidate pairs compared once: how often each pattern of agreement occurs, and those pairs
// that could be one person. The rest is only counted, so that memory does not grow with the number
// of comparisons.
//
//   Compared compared = compare_candidates(comparer, blocking, first_model(...), -12, run);
#pragma once

#include <cstdint>
#include <vector>

#include "core/linkage/blocking.h"
#include "core/linkage/compare.h"
#include "core/linkage/model.h"

namespace filrouge::linkage {

struct PatternCount {
  Pattern pattern = 0;
  std::uint64_t count = 0;
};

struct Pair {
  std::uint32_t a;  // a < b
  std::uint32_t b;
  Pattern pattern;
};

struct Compared {
  std::vector<PatternCount> patterns;  // ascending by pattern
  UnsetVector<Pair> pairs;             // those kept, in the order of the keys
  std::vector<std::uint64_t> by_key;   // pairs that each key was the first to give
  std::uint64_t count = 0;             // all pairs compared
  std::uint64_t equal_phones = 0;      // pairs with the same phone
  std::uint64_t equal_emails = 0;
};

// Keeps a pair where the weight of its pattern under `model`, without prior, reaches `keep`.
Compared compare_candidates(const Comparer& comparer, const Blocking& blocking, const Model& model,
                            double keep, const ParallelFor& run);

// Leaves the pairs whose pattern reaches `keep` under another model.
void keep_pairs(Compared& compared, const Model& model, double keep, const ParallelFor& run);

// How often each level occurs among `count` pairs drawn at random (the same for the same input),
// but for those that look like one person. [dimension][level]; level 0 counts missing.
using LevelCounts = std::array<std::array<double, levels_max>, dimensions_max>;
LevelCounts sample_levels(const Comparer& comparer, const Model& model, std::size_t count,
                          const ParallelFor& run);

}  // namespace filrouge::linkage
