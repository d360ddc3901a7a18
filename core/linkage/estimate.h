// A model from the lists themselves: expectation-maximisation over how often each pattern occurs
// among the candidates (linkage design 4.5). What two different persons share by chance (u) comes
// from pairs drawn at random, and by counting where values are equal; what one person's rows share
// (m) and how many pairs there are come out of the candidates. A few imagined matches of the first
// model keep levels that were never seen, and small lists, in bounds. No likeness counts less than
// a difference.
//
//   EqualPairs equal = count_equal_pairs(records, compared, run);
//   Model model = estimate_model(records, compared, sampled, equal, first_model(used), {});
#pragma once

#include "core/linkage/candidates.h"
#include "core/linkage/model.h"
#include "core/linkage/records.h"

namespace filrouge::linkage {

// All pairs that could be asked about: of one list, or across several.
double all_pairs(const Records& records);

// Pairs of one person that no key brought together, by level. Estimated (decide.h); without them
// the candidates alone would make errors look rarer than they are.
struct Lost {
  double pairs = 0;
  double low = 0;  // as few as this, as many as `high`: between them the truth likely lies
  double high = 0;
  double messy = 0;  // of `pairs`, of messy rows
  LevelCounts levels{};
  LevelCounts messy_levels{};
  void times(double factor);
};

// Levels whose pairs are counted over all pairs, not only among the candidates: equal names, dates
// and phones, so that rare agreements, which a sample hardly sees, get their worth.
struct CountedLevels {
  std::array<double, levels_max> pairs{};
  double known = 0;  // pairs that have a value at all; 0 where the dimension is not counted
};
using EqualPairs = std::array<CountedLevels, dimensions_max>;
EqualPairs count_equal_pairs(const Records& records, const Compared& compared,
                             const ParallelFor& run);

Model estimate_model(const Records& records, const Compared& compared, const LevelCounts& sampled,
                     const EqualPairs& equal, const Model& first, const Lost& lost);

}  // namespace filrouge::linkage
