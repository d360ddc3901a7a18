#include "core/linkage/score.h"

#include <algorithm>
#include <cmath>

namespace filrouge::linkage {

namespace {

// The levels of a dimension that say "the same value": [1, equal_end).
std::size_t equal_end(std::size_t dimension) {
  switch (static_cast<Dimension>(dimension)) {
    case Dimension::surname:
    case Dimension::given:
      return name_contained;
    case Dimension::date:
      return date_turned;
    case Dimension::place:
      return place_similar_postcode_fits;
    case Dimension::address:
      return text_near;
    default:
      return dimension >= static_cast<std::size_t>(Dimension::text) ? text_near : 0;
  }
}

constexpr double kNearBonusMax = 3;
constexpr double kNearBonusMin = -2;

}  // namespace

Scorer::Scorer(const Records& records, const Model& model)
    : records_(records), weights_(model), prior_(model.prior()) {
  for (std::size_t d = 0; d < dimensions_max; ++d) {
    double m = 1e-12;
    double u = 1e-12;
    for (std::size_t i = 1; i < equal_end(d); ++i) {
      m += model.m[d][i];
      u += model.u[d][i];
    }
    u_equal_[d] = std::log2(u);
    for (std::size_t i = 1; i < equal_end(d); ++i)
      base_[d][i] = static_cast<float>(
          std::log2(std::max(model.u[d][i], 1e-12) * m / std::max(model.m[d][i], 1e-12)));
  }
}

// Bits to add to the level's own weight.
double Scorer::rarity(const Pair& pair, std::size_t dimension, std::size_t level) const {
  const Record& a = records_.rows[pair.a];
  const Record& b = records_.rows[pair.b];
  const bool equal = level != 0 && level < equal_end(dimension);
  const auto near = [&](const Frequencies& frequency, std::uint32_t x, std::uint32_t y) {
    const double common = static_cast<double>(std::max(frequency.bits[x], frequency.bits[y]));
    return std::clamp((u_equal_[dimension] - common) / 2, kNearBonusMin, kNearBonusMax);
  };
  // An equal value: its own frequency instead of that of its level.
  const auto instead = [&](const Frequencies& frequency, std::uint32_t id) {
    return static_cast<double>(base_[dimension][level] - frequency.bits[id]);
  };
  switch (static_cast<Dimension>(dimension)) {
    case Dimension::surname:
    case Dimension::given: {
      const bool surname = dimension == static_cast<std::size_t>(Dimension::surname);
      const Frequencies& frequency =
          surname ? records_.surname_frequency : records_.given_frequency;
      const bool crossed = level_of(pair.pattern, Dimension::crossed) == crossed_yes;
      const bool straight = !crossed || first_is_straight(records_, a, b);
      const std::uint32_t id_a = surname == straight ? a.surname : a.given;
      const std::uint32_t id_b = surname == (straight != crossed) ? b.surname : b.given;
      if (equal) return instead(frequency, id_a);
      return level != 0 && level <= name_similar ? near(frequency, id_a, id_b) : 0;
    }
    case Dimension::date:
      return equal ? instead(records_.date_frequency, a.date) : 0;
    case Dimension::place:
      // How the postcodes stand keeps its own worth beside the rarity of the place.
      return equal
                 ? u_equal_[dimension] - static_cast<double>(records_.place_frequency.bits[a.place])
                 : 0;
    case Dimension::address:
      return equal ? instead(records_.text_frequency, a.address) : 0;
    default:
      break;
  }
  if (!equal) return 0;
  const std::size_t n = dimension - static_cast<std::size_t>(Dimension::text);
  return instead(records_.text_frequency, a.text[n]);
}

double Scorer::weight(const Pair& pair) const {
  double sum = prior_ + static_cast<double>(weights_.of(pair.pattern));
  for (std::size_t d = 0; d < dimensions_max; ++d)
    if (const std::size_t level = level_of(pair.pattern, d)) sum += rarity(pair, d, level);
  return sum;
}

std::array<double, dimensions_max> Scorer::parts(const Pair& pair) const {
  std::array<double, dimensions_max> out{};
  const Weights::Both sums = weights_.both(pair.pattern);
  for (std::size_t d = 0; d < dimensions_max; ++d) {
    const std::size_t level = level_of(pair.pattern, d);
    if (level == 0) continue;
    const Weights::Both& bits = weights_.of(d, level);
    out[d] = static_cast<double>(sums.careful >= sums.messy ? bits.careful : bits.messy) +
             rarity(pair, d, level);
  }
  return out;
}

double Scorer::messy(const Pair& pair) const {
  const Weights::Both sums = weights_.both(pair.pattern);
  return 1 / (1 + std::exp2(static_cast<double>(sums.careful - sums.messy)));
}

}  // namespace filrouge::linkage
