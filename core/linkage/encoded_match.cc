#include "core/linkage/encoded_match.h"

#include <algorithm>
#include <cmath>
#include <utility>

#include "core/linkage/decide.h"
#include "core/linkage/shared_bits.h"

namespace filrouge::linkage {

namespace {

constexpr std::size_t kPerRow = 32;     // pairs kept for each row, on average
constexpr std::size_t kBackground = 3;  // the fourth best: duplicates and twins stand before it
constexpr double kBackgroundShare = 0.8;
constexpr double kStep = 0.01;
constexpr std::size_t kSteps = 120;
constexpr double kLowest = -0.2;
// What lists of a few hundred rows are held to: where half are one person, and how fast it turns.
constexpr double kUsualMiddle = 0.17;
constexpr double kUsualWidth = 0.02;
constexpr double kUsualRows = 1;  // so many imagined rows a step
constexpr double kMostOfChance = 0.8;
constexpr double kCounted = 0.6;  // less is not told from the counts of a step
constexpr double kNearlySure = 0.97;
constexpr double kClear = 0.9;
constexpr double kRival = 0.9;

std::size_t step_of(double standing) {
  return static_cast<std::size_t>(
      std::clamp((standing - kLowest) / kStep, 0.0, static_cast<double>(kSteps - 1)));
}

// The best pairs of each row of one side, best first.
class BestPairs {
 public:
  BestPairs(std::size_t rows, const std::vector<ClosePair>& pairs, bool of_first) {
    begin_.assign(rows + 1, 0);
    const auto row_of = [&](const ClosePair& pair) { return of_first ? pair.b : pair.a; };
    for (const ClosePair& pair : pairs) ++begin_[row_of(pair) + 1];
    for (std::size_t i = 1; i <= rows; ++i) begin_[i] += begin_[i - 1];
    order_.resize(pairs.size());
    std::vector<std::uint32_t> next(begin_.begin(), begin_.end() - 1);
    for (std::uint32_t i = 0; i < pairs.size(); ++i) order_[next[row_of(pairs[i])]++] = i;
    for (std::size_t row = 0; row < rows; ++row)
      std::sort(order_.begin() + begin_[row], order_.begin() + begin_[row + 1],
                [&](std::uint32_t x, std::uint32_t y) {
                  const double dx = pairs[x].dice();
                  const double dy = pairs[y].dice();
                  return dx != dy ? dx > dy : x < y;
                });
  }
  std::span<const std::uint32_t> of(std::size_t row) const {
    return std::span(order_).subspan(begin_[row], begin_[row + 1] - begin_[row]);
  }

 private:
  std::vector<std::uint32_t> begin_;
  std::vector<std::uint32_t> order_;
};

// Probability by how far a pair stands out.
class Curve {
 public:
  Curve() {
    for (std::size_t i = 0; i < kSteps; ++i) probability_[i] = usual(i);
  }
  // `best`: of each row its best pair; `chance`: pairs that are known to be of two persons, as many
  // as there are rows to learn from.
  void learn(const std::vector<double>& best, const std::vector<double>& chance) {
    std::array<double, kSteps> seen{};
    for (const double one : best) seen[step_of(one)] += 1;
    const std::array<double, kSteps> by_chance = shape_of(chance);
    // Where most of chance lies there are hardly any matches: so many rows have none.
    double below = 0;
    double below_seen = 0;
    std::size_t low_steps = 0;
    for (; low_steps < kSteps && below < kMostOfChance; ++low_steps) {
      below += by_chance[low_steps];
      below_seen += seen[low_steps];
    }
    const double without = std::min(static_cast<double>(best.size()), below_seen / below);
    std::array<double, kSteps> weight{};
    for (std::size_t i = 0; i < kSteps; ++i) {
      const double learnt = i < low_steps || seen[i] <= 0
                                ? 0
                                : std::clamp(1 - without * by_chance[i] / seen[i], 0.0, 1.0);
      weight[i] = seen[i] + kUsualRows;
      probability_[i] = (learnt * seen[i] + usual(i) * kUsualRows) / weight[i];
    }
    make_rising(weight);
    fall_off(weight);
  }
  double at(double standing) const {
    const double place = (standing - kLowest) / kStep - 0.5;
    const double low = std::clamp(std::floor(place), 0.0, static_cast<double>(kSteps - 2));
    const double share = std::clamp(place - low, 0.0, 1.0);
    const auto i = static_cast<std::size_t>(low);
    return probability_[i] * (1 - share) + probability_[i + 1] * share;
  }

 private:
  static double usual(std::size_t step) {
    const double standing = kLowest + (static_cast<double>(step) + 0.5) * kStep;
    return 1 / (1 + std::exp(-(standing - kUsualMiddle) / kUsualWidth));
  }
  // Shares by step; the last twentieth, where pairs are few, falls off evenly.
  static std::array<double, kSteps> shape_of(std::vector<double> chance) {
    std::array<double, kSteps> out{};
    std::sort(chance.begin(), chance.end());
    const std::size_t tail = chance.size() - chance.size() / 20 - 1;
    const double each = 1 / static_cast<double>(chance.size());
    for (std::size_t i = 0; i < tail; ++i) out[step_of(chance[i])] += each;
    double mean = 0;
    for (std::size_t i = tail; i < chance.size(); ++i) mean += chance[i] - chance[tail];
    mean = std::max(mean / static_cast<double>(chance.size() - tail), kStep / 4);
    const double share = static_cast<double>(chance.size() - tail) * each;
    for (std::size_t i = step_of(chance[tail]); i < kSteps; ++i) {
      const double from = std::max(0.0, kLowest + static_cast<double>(i) * kStep - chance[tail]);
      const double to = std::max(0.0, kLowest + static_cast<double>(i + 1) * kStep - chance[tail]);
      out[i] += share * (std::exp(-from / mean) - std::exp(-to / mean));
    }
    return out;
  }
  // Who stands out more is no less likely: neighbours that say otherwise are taken together.
  void make_rising(const std::array<double, kSteps>& weight) {
    struct Run {
      double sum, weight;
      std::size_t steps;
    };
    std::vector<Run> runs;
    for (std::size_t i = 0; i < kSteps; ++i) {
      runs.push_back({probability_[i] * weight[i], weight[i], 1});
      while (runs.size() > 1) {
        Run& last = runs.back();
        Run& before = runs[runs.size() - 2];
        if (before.sum * last.weight <= last.sum * before.weight) break;
        before = {before.sum + last.sum, before.weight + last.weight, before.steps + last.steps};
        runs.pop_back();
      }
    }
    std::size_t at = 0;
    for (const Run& one : runs)
      for (std::size_t i = 0; i < one.steps; ++i) probability_[at++] = one.sum / one.weight;
  }

  // Where chance prevails, what it leaves over is small beside its own error, and invented brothers
  // and sisters stand out more than chance does. There the curve goes on down as it came, by the
  // logistic law, and falls no slower than the usual one.
  void fall_off(const std::array<double, kSteps>& weight) {
    double sum = 0, x = 0, y = 0, xx = 0, xy = 0;  // least squares of the log-odds by step
    for (std::size_t i = 0; i < kSteps; ++i) {
      const double p = probability_[i];
      if (p < kCounted || p > kNearlySure) continue;
      const double counts = weight[i] * p * (1 - p);
      const double odds = std::log(p / (1 - p));
      const auto at = static_cast<double>(i);
      sum += counts;
      x += counts * at;
      y += counts * odds;
      xx += counts * at * at;
      xy += counts * at * odds;
    }
    const double spread = sum * xx - x * x;
    if (spread <= 0) return;
    const double slope = std::max(kStep / kUsualWidth, (sum * xy - x * y) / spread);
    const double start = (y - slope * x) / sum;
    for (std::size_t i = kSteps - 1; i-- > 0;) {
      if (probability_[i] >= kCounted) continue;
      const double falling = 1 / (1 + std::exp(-start - slope * static_cast<double>(i)));
      probability_[i] = std::min(probability_[i + 1], falling);
    }
  }

  std::array<double, kSteps> probability_{};
};

// One list against the first.
class OneList {
 public:
  OneList(std::span<const Encoding> first, const BitTable& table, std::span<const Encoding> other,
          const ParallelFor& run)
      : first_(first),
        other_(other),
        floor_(dice_floor(other, table, kPerRow)),
        pairs_(close_pairs(other, table, floor_, run)),
        of_first_(first.size(), pairs_, true),
        of_other_(other.size(), pairs_, false) {}

  std::vector<EncodedLink> links(std::uint32_t list) {
    learn();
    std::vector<EncodedLink> out;
    for (std::uint32_t row = 0; row < other_.size(); ++row) add_links(row, list, out);
    share(out);
    std::sort(out.begin(), out.end(), [](const EncodedLink& x, const EncodedLink& y) {
      return x.first != y.first ? x.first < y.first : x.other < y.other;
    });
    return out;
  }

 private:
  double nth(std::span<const std::uint32_t> best, std::size_t n) const {
    return n < best.size() ? pairs_[best[n]].dice() : floor_;
  }
  double standing(std::uint32_t pair, std::size_t background) const {
    const ClosePair& one = pairs_[pair];
    return one.dice() - kBackgroundShare * std::max(nth(of_other_.of(one.a), background),
                                                    nth(of_first_.of(one.b), kBackground));
  }
  double nothing() const { return floor_ * (1 - kBackgroundShare); }

  // Rows of the first list that are themselves one person twice.
  bool are_one(std::uint32_t x, std::uint32_t y, double dice) const {
    const double bits = static_cast<double>(count_bits(first_[x]) + count_bits(first_[y]));
    return 2.0 * shared_bits(first_[x], first_[y]) >= kRival * dice * bits;
  }

  void learn() {
    std::vector<double> best;
    for (std::size_t row = 0; row < other_.size(); ++row)
      best.push_back(of_other_.of(row).empty() ? nothing()
                                               : standing(of_other_.of(row)[0], kBackground));
    constexpr std::size_t kRounds = 4;
    constexpr std::size_t kEnough = 60;
    for (std::size_t round = 0; round < kRounds; ++round) {
      std::vector<double> chance;
      for (std::size_t row = 0; row < other_.size(); ++row) {
        const auto own = of_other_.of(row);
        if (own.empty() || curve_.at(best[row]) < kClear) continue;
        if (own.size() < 2) {
          chance.push_back(nothing());
          continue;
        }
        const ClosePair& second = pairs_[own[1]];
        if (!are_one(pairs_[own[0]].b, second.b, second.dice()))
          chance.push_back(standing(own[1], kBackground + 1));
      }
      if (chance.size() < kEnough) return;
      curve_.learn(best, chance);
    }
  }

  void add_links(std::uint32_t row, std::uint32_t list, std::vector<EncodedLink>& out) const {
    constexpr double kLinksFrom = 0.01;
    const auto own = of_other_.of(row);
    double left = 1;  // that none of the better ones is the person
    for (std::size_t n = 0; n < own.size() && n <= kBackground; ++n) {
      const ClosePair& pair = pairs_[own[n]];
      double probability = curve_.at(standing(own[n], kBackground));
      const bool again = n > 0 && are_one(pairs_[own[0]].b, pair.b, pair.dice());
      if (!again) {
        probability = std::min(probability, left);
        left -= probability;
      }
      if (probability < kLinksFrom) break;
      out.push_back({pair.b, row, list, static_cast<float>(pair.dice()),
                     static_cast<float>(probability), Band::non_match});
    }
  }

  // Rows of the other list that want the same row of the first and are not one person.
  void share(std::vector<EncodedLink>& links) const {
    std::sort(links.begin(), links.end(), [](const EncodedLink& x, const EncodedLink& y) {
      return x.first != y.first ? x.first < y.first : x.other < y.other;
    });
    std::vector<float> shared(links.size());
    for (std::size_t begin = 0; begin < links.size();) {
      std::size_t end = begin;
      while (end < links.size() && links[end].first == links[begin].first) ++end;
      for (std::size_t i = begin; i < end; ++i) {
        double others = 0;
        for (std::size_t k = begin; k < end; ++k) {
          if (k == i) continue;
          const Encoding& x = other_[links[i].other];
          const Encoding& y = other_[links[k].other];
          const double dice = static_cast<double>(std::min(links[i].dice, links[k].dice));
          if (2.0 * shared_bits(x, y) >= kRival * dice * (count_bits(x) + count_bits(y))) continue;
          const double p = std::min(0.999, static_cast<double>(links[k].probability));
          others += p / (1 - p);
        }
        const double p = std::min(0.9999, static_cast<double>(links[i].probability));
        const double odds = p / (1 - p) / (1 + others);
        shared[i] = static_cast<float>(odds / (1 + odds));
      }
      begin = end;
    }
    for (std::size_t i = 0; i < links.size(); ++i) links[i].probability = shared[i];
  }

  std::span<const Encoding> first_;
  std::span<const Encoding> other_;
  double floor_ = 0;
  std::vector<ClosePair> pairs_;  // a: row of the other list, b: row of the first
  BestPairs of_first_;
  BestPairs of_other_;
  Curve curve_;
};

// Bands of one list's links, and its part of the sums.
void decide(std::vector<EncodedLink>& links, LinkEstimates& sums) {
  std::vector<Link> plain;
  double matches = 0;
  for (const EncodedLink& one : links) {
    Link link;
    link.probability = one.probability;
    plain.push_back(link);
    matches += static_cast<double>(one.probability);
  }
  const Thresholds limits = thresholds_of(plain, matches);
  for (EncodedLink& one : links) {
    const double probability = static_cast<double>(one.probability);
    one.band = probability >= limits.match    ? Band::match
               : probability >= limits.review ? Band::review
                                              : Band::non_match;
    sums.match_pairs += one.band == Band::match;
    sums.review_pairs += one.band == Band::review;
    (one.band == Band::match    ? sums.found
     : one.band == Band::review ? sums.in_review
                                : sums.below) += probability;
  }
  sums.matches += matches;
}

}  // namespace

EncodedMatch match_encoded(std::span<const Encoding> first,
                           const std::vector<std::span<const Encoding>>& others,
                           const ParallelFor& run) {
  EncodedMatch out;
  out.known.assign(first.size(), Known::unseen);
  std::vector<double> unknown(first.size(), 1.0);
  const BitTable table(first);
  for (std::uint32_t list = 0; list < others.size(); ++list) {
    out.pairs += std::uint64_t{first.size()} * others[list].size();
    std::vector<EncodedLink> links = OneList(first, table, others[list], run).links(list);
    decide(links, out.estimates);
    for (const EncodedLink& one : links) {
      unknown[one.first] *= 1 - static_cast<double>(one.probability);
      Known& known = out.known[one.first];
      if (one.band == Band::match) known = Known::known;
      if (one.band == Band::review && known == Known::unseen) known = Known::uncertain;
      if (one.band != Band::non_match) out.links.push_back(one);
    }
  }
  std::uint64_t rows[3] = {};
  for (std::size_t i = 0; i < first.size(); ++i) {
    const auto band = static_cast<std::size_t>(out.known[i]);
    ++rows[band];
    out.known_in_band[band] += 1 - unknown[i];
  }
  for (std::size_t band = 0; band < 3; ++band)
    out.known_in_band[band] = rows[band] == 0 ? static_cast<double>(band == 0)
                                              : out.known_in_band[band] / double(rows[band]);
  return out;
}

}  // namespace filrouge::linkage
