// The weight of a pair: the model's bits for its pattern, with the rarity of what agrees (linkage
// design 4.6). An equal name, date or place counts by how rare that very value is, a near one by
// half of that, within bounds.
//
//   Scorer scorer(records, model);
//   scorer.weight(pair) > 0    // bits, prior included
#pragma once

#include <array>

#include "core/linkage/candidates.h"
#include "core/linkage/model.h"
#include "core/linkage/records.h"

namespace filrouge::linkage {

class Scorer {
 public:
  Scorer(const Records& records, const Model& model);
  double weight(const Pair& pair) const;
  // What each dimension adds, in bits, for the kind of rows, careful or messy, that the pair fits
  // better; what is left of the weight is the prior and that choice.
  std::array<double, dimensions_max> parts(const Pair& pair) const;
  // Of a pair of one person: how likely its rows are messy ones.
  double messy(const Pair& pair) const;

 private:
  double rarity(const Pair& pair, std::size_t dimension, std::size_t level) const;

  const Records& records_;
  Weights weights_;
  double prior_ = 0;
  // Of an equal level: log2 of u over the share that the level has of all equal ones.
  std::array<std::array<float, levels_max>, dimensions_max> base_{};
  std::array<double, dimensions_max> u_equal_{};  // log2 of u of all equal levels
};

}  // namespace filrouge::linkage
