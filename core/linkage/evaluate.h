// Linkage against a truth that the matcher never saw (linkage design 4.11): pairs, clusters, unseen
// rows, calibration and what blocking lost, for all rows and by subgroup.
//
//   Truth truth{person_of_row};                // 0: not known, left out
//   Evaluation all = evaluate(linked, truth, nullptr);
#pragma once

#include <array>
#include <cstdint>
#include <functional>
#include <vector>

#include "core/linkage/cluster.h"
#include "core/linkage/link.h"
#include "core/linkage/unseen.h"

namespace filrouge::linkage {

struct Rate {
  double right = 0;
  double of = 0;
  double value() const { return of <= 0 ? 1 : right / of; }
};

inline double f1_of(const Rate& precision, const Rate& recall) {
  const double sum = precision.value() + recall.value();
  return sum <= 0 ? 0 : 2 * precision.value() * recall.value() / sum;
}

inline constexpr std::size_t deciles = 10;

struct Evaluation {
  Rate precision;         // of pairs in the band match
  Rate recall;            // of true pairs: those in the band match
  Rate compared;          // of true pairs: those that a key brought together
  Rate review_true;       // of pairs in review: those of one person
  Rate unseen_precision;  // of rows in the band unseen: those with no partner in truth
  Rate unseen_recall;
  Rate cluster_precision;  // B-cubed, over rows
  Rate cluster_recall;
  std::uint64_t largest_mixed = 0;  // rows of the largest cluster with more than one person
  struct Decile {
    std::uint64_t pairs = 0;
    double claimed = 0;
    double right = 0;
  };
  std::array<Decile, deciles> calibration{};  // by probability
};

// `person[row]`: 0 where it is not known. `wanted[row]`: rows of the subgroup; pairs count where
// one of their two rows is in it. Null: all rows. `clusters` and `unseen` may be null.
struct EvaluationInput {
  const LinkResult& linked;
  const std::vector<std::uint32_t>& person;
  const std::vector<bool>* wanted = nullptr;
  const Clusters* clusters = nullptr;
  const std::vector<Unseen>* unseen = nullptr;
};

Evaluation evaluate(const EvaluationInput& input);

}  // namespace filrouge::linkage
