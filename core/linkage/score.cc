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
    m_equal_[d] = std::log2(m);
    u_equal_[d] = std::log2(u);
  }
  smallest_ = 1.0 / static_cast<double>(std::max<std::size_t>(records.rows.size(), 2));
}

// Bits to add to the level's own weight.
double Scorer::rarity(const Pair& pair, std::size_t dimension, std::size_t level) const {
  const Record& a = records_.rows[pair.a];
  const Record& b = records_.rows[pair.b];
  const auto bits = [&](double frequency) { return std::log2(std::max(frequency, smallest_)); };
  const bool equal = level != 0 && level < equal_end(dimension);
  const auto near = [&](const Frequencies& frequency, std::uint32_t x, std::uint32_t y) {
    const double common = bits(std::max(frequency.of[x], frequency.of[y]));
    return std::clamp((u_equal_[dimension] - common) / 2, kNearBonusMin, kNearBonusMax);
  };
  // An equal value: m of all equal levels over the frequency of that value.
  const auto instead = [&](double frequency) {
    return m_equal_[dimension] - bits(frequency) -
           static_cast<double>(weights_.of(dimension, level));
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
      if (equal) return instead(frequency.of[id_a]);
      return level != 0 && level <= name_similar ? near(frequency, id_a, id_b) : 0;
    }
    case Dimension::date:
      return equal ? instead(date_frequency(records_, a.date)) : 0;
    case Dimension::place:
      // How the postcodes stand keeps its own worth beside the rarity of the place.
      return equal ? u_equal_[dimension] - bits(records_.place_frequency.of[a.place]) : 0;
    case Dimension::address:
      return equal ? instead(records_.text_frequency.of[a.address]) : 0;
    default:
      break;
  }
  if (!equal) return 0;
  const std::size_t n = dimension - static_cast<std::size_t>(Dimension::text);
  return instead(records_.text_frequency.of[a.text[n]]);
}

double Scorer::weight(const Pair& pair) const {
  double sum = prior_ + static_cast<double>(weights_.of(pair.pattern));
  for (std::size_t d = 0; d < dimensions_max; ++d)
    if (const std::size_t level = level_of(pair.pattern, d)) sum += rarity(pair, d, level);
  return sum;
}

std::array<double, dimensions_max> Scorer::parts(const Pair& pair) const {
  std::array<double, dimensions_max> out{};
  for (std::size_t d = 0; d < dimensions_max; ++d) {
    const std::size_t level = level_of(pair.pattern, d);
    if (level != 0)
      out[d] = static_cast<double>(weights_.of(d, level)) + rarity(pair, d, level);
  }
  return out;
}

}  // namespace filrouge::linkage
