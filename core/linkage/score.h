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
  // What each dimension adds, in bits; the prior is not among them.
  std::array<double, dimensions_max> parts(const Pair& pair) const;
  double prior() const { return prior_; }

 private:
  double rarity(const Pair& pair, std::size_t dimension, std::size_t level) const;

  const Records& records_;
  Weights weights_;
  double prior_ = 0;
  std::array<double, dimensions_max> m_equal_{};  // log2 of m over all equal levels
  std::array<double, dimensions_max> u_equal_{};  // the same of u
  double smallest_ = 0;                           // no value is rarer than this
};

}  // namespace filrouge::linkage
