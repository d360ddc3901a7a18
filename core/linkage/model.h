// What agreement is worth (Fellegi and Sunter): for each level of each dimension, how often it
// occurs among pairs of one person (m) and among pairs of two (u), and how rare a pair of one
// person is among all pairs (match_rate). A weight is a number of bits: log2(m/u). A model is
// estimated from the lists themselves, or read from a text that a former run wrote.
//
//   model.weight(pattern) + model.prior() > 0   // more likely one person than two
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/result.h"
#include "core/linkage/compare.h"

namespace filrouge::linkage {

struct Model {
  std::array<std::array<double, levels_max>, dimensions_max> m{};
  std::array<std::array<double, levels_max>, dimensions_max> u{};
  std::array<bool, dimensions_max> used{};
  double match_rate = 0;        // of all pairs
  double match_weight = 0;      // bits of the whole, prior included: a match from here on
  double review_weight = 0;     // a person looks from here on
  double expected_matches = 0;  // pairs, when it was estimated

  double level_weight(std::size_t dimension, std::size_t level) const;
  double weight(Pattern pattern) const;  // without the prior
  double prior() const;                  // log2 of the odds of match_rate
};

// The weights of a model as a table, to add up many patterns.
class Weights {
 public:
  explicit Weights(const Model& model);
  float of(std::size_t dimension, std::size_t level) const { return bits_[dimension][level]; }
  float of(Pattern pattern) const {
    float sum = 0;
    for (std::size_t d = 0; d < dimensions_max; ++d) sum += bits_[d][level_of(pattern, d)];
    return sum;
  }

 private:
  std::array<std::array<float, levels_max>, dimensions_max> bits_{};
};

// What the program ships, before any list is seen: good enough to begin with, and what a small list
// falls back on.
Model first_model(const std::vector<bool>& used);

// A readable text, one line a level; reading refuses what it does not understand ("model").
std::string write_model(const Model& model);
Result<Model> read_model(std::string_view text);

// Levels of a dimension whose m and u are weighed together: [begin, end) pairs.
struct LevelGroup {
  std::size_t begin = 0;
  std::size_t end = 0;
};
std::vector<LevelGroup> level_groups(std::size_t dimension);

}  // namespace filrouge::linkage
