// What agreement is worth (Fellegi and Sunter): for each level of each dimension, how often it
// occurs among pairs of one person (m) and among pairs of two (u), and how rare a pair of one
// person is among all pairs (match_rate). A weight is a number of bits: log2(m/u). A model is
// estimated from the lists themselves, or read from a text that a former run wrote.
//
//   Weights(model).of(pattern) + model.prior() > 0   // more likely one person than two
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/result.h"
#include "core/linkage/compare.h"

namespace filrouge::linkage {

// Rows of one person are of two kinds: most carefully written, some hastily, where whatever can go
// wrong goes wrong `messy_factor` times as often (in odds). Without this the pairs with several
// errors would be thought far rarer than they are.
struct Model {
  std::array<std::array<double, levels_max>, dimensions_max> m{};  // of carefully written rows
  std::array<std::array<double, levels_max>, dimensions_max> u{};
  std::array<bool, dimensions_max> used{};
  double match_rate = 0;   // of all pairs
  double messy_share = 0;  // of the pairs of one person
  double messy_factor = 1;
  double expected_matches = 0;  // pairs, when it was estimated

  std::array<double, levels_max> messy_m(std::size_t dimension) const;
  double prior() const;  // log2 of the odds of match_rate
};

// The weights of a model as a table, to add up many patterns. Bits, without the prior.
class Weights {
 public:
  explicit Weights(const Model& model);
  struct Both {
    float careful = 0;
    float messy = 0;  // each with the share of its kind
  };
  Both both(Pattern pattern) const {
    Both sum = shares_;
    for (std::size_t d = 0; d < dimensions_max; ++d) {
      const Both& one = bits_[d][level_of(pattern, d)];
      sum.careful += one.careful;
      sum.messy += one.messy;
    }
    return sum;
  }
  const Both& of(std::size_t dimension, std::size_t level) const { return bits_[dimension][level]; }
  const Both& shares() const { return shares_; }
  float of(Pattern pattern) const;

 private:
  std::array<std::array<Both, levels_max>, dimensions_max> bits_{};
  Both shares_;
};

// The first levels of a dimension, where nothing is wrong: [1, good_end).
std::size_t good_end(std::size_t dimension);

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
