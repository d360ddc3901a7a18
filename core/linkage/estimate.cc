#include "core/linkage/estimate.h"

#include <algorithm>
#include <cmath>

namespace filrouge::linkage {

namespace {

constexpr double kImagined = 12;      // matches of the first model that every dimension begins with
constexpr double kImaginedPairs = 4;  // the same for pairs drawn at random
constexpr double kUnseen = 0.05;      // of the first model's u: no level is rarer by chance
constexpr double kNeverBelow = 5e-4;  // about people nothing is certain
constexpr std::size_t kRounds = 40;
constexpr double kSettled = 1e-4;  // relative change of the number of matches
constexpr double kNothing = -30;   // bits: below it a pattern adds nothing

std::size_t at(Dimension dimension) { return static_cast<std::size_t>(dimension); }

double pairs_of(double n) { return n * (n - 1) / 2; }

// Pairs with equal values, by rarity step from level `first` on, in `levels` levels.
template <class IdOf>
CountedLevels equal_values(const Records& records, const std::vector<std::uint8_t>& step,
                           std::size_t first, std::size_t levels, const IdOf& id_of) {
  CountedLevels out;
  std::vector<std::uint32_t> total(step.size());
  std::vector<std::uint32_t> count(step.size());
  std::array<double, rarity_steps> equal{};
  double all = 0;
  const bool across = records.lists() > 1;
  for (std::size_t l = 0; l < records.lists(); ++l) {
    std::fill(count.begin(), count.end(), 0);
    double known = 0;
    for (std::size_t row = records.list_begin[l]; row < records.list_begin[l + 1]; ++row) {
      const std::uint32_t id = id_of(records.rows[row]);
      ++count[id];
      known += id != 0;
    }
    all += known;
    if (across) out.known -= pairs_of(known);
    for (std::size_t id = 1; id < step.size(); ++id) {
      total[id] += count[id];
      if (across) equal[step[id]] -= pairs_of(count[id]);
    }
  }
  out.known += pairs_of(all);
  for (std::size_t id = 1; id < step.size(); ++id) equal[step[id]] += pairs_of(total[id]);
  for (std::size_t one = 0; one < rarity_steps; ++one)
    out.pairs[first + std::min(one, levels - 1)] += equal[one];
  return out;
}

// Equal phones and addresses for mail are all candidates: the pairs of their key.
template <class Known>
CountedLevels equal_contacts(const Records& records, std::uint64_t pairs, const Known& known) {
  CountedLevels out;
  out.pairs[contact_equal] = static_cast<double>(pairs);
  double all = 0;
  for (std::size_t l = 0; l < records.lists(); ++l) {
    double rows = 0;
    for (std::size_t row = records.list_begin[l]; row < records.list_begin[l + 1]; ++row)
      rows += known(records.rows[row]);
    all += rows;
    if (records.lists() > 1) out.known -= pairs_of(rows);
  }
  out.known += pairs_of(all);
  return out;
}

class Estimator {
 public:
  Estimator(const Records& records, const Compared& compared, const LevelCounts& sampled,
            const EqualPairs& equal, const Model& first, const Lost& lost)
      : records_(records),
        compared_(compared),
        equal_(equal),
        first_(first),
        lost_(lost),
        model_(first),
        pairs_(all_pairs(records)) {
    for (std::size_t d = 0; d < dimensions_max; ++d)
      if (model_.used[d]) used_.push_back(d);
    model_.match_rate = first_rate();
    take_sample(sampled);
    use_counts(LevelCounts{});
  }

  Model run() {
    double matches = 0;
    for (std::size_t round = 0; round < kRounds; ++round) {
      expect();
      const double now = matches_;
      maximise();
      use_counts(expected_);
      const bool settled = std::abs(now - matches) <= kSettled * now;
      matches = now;
      if (settled && round > 4) break;
    }
    keep_order();
    model_.expected_matches = matches;
    return model_;
  }

 private:
  double first_rate() const {
    std::size_t smallest = records_.rows.size();
    for (std::size_t l = 0; l < records_.lists(); ++l)
      smallest =
          std::min<std::size_t>(smallest, records_.list_begin[l + 1] - records_.list_begin[l]);
    return std::min(0.5, (0.2 * static_cast<double>(smallest) + 1) / pairs_);
  }

  void take_sample(const LevelCounts& sampled) {
    for (std::size_t d = 0; d < dimensions_max; ++d) {
      if (!model_.used[d]) continue;
      for (const LevelGroup group : level_groups(d)) {
        double total = 0;
        for (std::size_t i = group.begin; i < group.end; ++i) total += sampled[d][i];
        for (std::size_t i = group.begin; i < group.end; ++i)
          model_.u[d][i] =
              std::max((sampled[d][i] + kImaginedPairs * first_.u[d][i]) / (total + kImaginedPairs),
                       first_.u[d][i] * kUnseen);
      }
    }
  }

  // u of counted levels: the pairs that are equal, less those that are one person.
  void use_counts(const LevelCounts& expected) {
    for (std::size_t d = 0; d < dimensions_max; ++d) {
      const CountedLevels& counted = equal_[d];
      if (!model_.used[d] || counted.known <= 0) continue;
      double sum = 0;
      for (std::size_t i = 1; i < level_count(d); ++i) {
        if (counted.pairs[i] <= 0) continue;
        const double others = counted.pairs[i] - expected[d][i];
        model_.u[d][i] = std::max({others, 0.1 * counted.pairs[i], 0.5}) / counted.known;
      }
      for (std::size_t i = 1; i < level_count(d); ++i) sum += model_.u[d][i];
      for (std::size_t i = 1; i < level_count(d); ++i) model_.u[d][i] /= sum;
    }
  }

  // Expected matches by level, of both kinds and of the messy alone, under the model as it stands.
  void expect() {
    const Weights weights(model_);
    const double prior = model_.prior();
    expected_ = lost_.levels;
    messy_ = lost_.messy_levels;
    matches_ = lost_.pairs;
    messy_matches_ = lost_.messy;
    for (const PatternCount& one : compared_.patterns) {
      const Weights::Both bits = weights.both(one.pattern);
      const double careful = static_cast<double>(bits.careful) + prior;
      const double messy = static_cast<double>(bits.messy) + prior;
      if (std::max(careful, messy) < kNothing) continue;
      const double odds_careful = std::exp2(careful);
      const double odds_messy = std::exp2(messy);
      const double each = static_cast<double>(one.count) / (1 + odds_careful + odds_messy);
      const double both = (odds_careful + odds_messy) * each;
      matches_ += both;
      messy_matches_ += odds_messy * each;
      for (const std::size_t d : used_) {
        const std::size_t level = level_of(one.pattern, d);
        expected_[d][level] += both;
        messy_[d][level] += odds_messy * each;
      }
    }
  }

  void maximise() {
    model_.match_rate = std::clamp((matches_ + 1) / pairs_, 1e-15, 0.5);
    model_.messy_share = std::clamp(
        (messy_matches_ + kImagined * first_.messy_share) / (matches_ + kImagined), 1e-3, 0.5);
    std::vector<Mistakes> mistakes;
    for (std::size_t d = 0; d < dimensions_max; ++d) {
      if (!model_.used[d]) continue;
      if (d == at(Dimension::crossed)) {
        model_.m[d] = model_.u[d] = first_.m[d];
      } else if (d == at(Dimension::sex)) {
        for (const LevelGroup group : level_groups(d)) maximise_group(d, group);
      } else {
        mistakes.push_back(maximise_levels(d));
      }
    }
    model_.messy_factor = factor_of(mistakes);
  }

  void maximise_group(std::size_t d, LevelGroup group) {
    double total = kImagined;
    for (std::size_t i = group.begin; i < group.end; ++i) total += expected_[d][i];
    for (std::size_t i = group.begin; i < group.end; ++i)
      model_.m[d][i] =
          std::max((expected_[d][i] + kImagined * first_.m[d][i]) / total, kNeverBelow);
  }

  // What of the messy rows is wrong in a dimension: found, and expected by the careful ones' odds.
  struct Mistakes {
    double known = 0;
    double wrong = 0;
    double careful_odds = 0;
  };

  // How the right levels stand to one another, and the wrong ones, comes from all rows; how many
  // are wrong from the careful ones.
  Mistakes maximise_levels(std::size_t d) {
    const std::size_t end = good_end(d);
    double good = 0;
    double bad = 0;
    Mistakes messy;
    Mistakes careful;
    for (std::size_t i = 1; i < level_count(d); ++i) {
      model_.m[d][i] = expected_[d][i] + kImagined * first_.m[d][i];
      (i < end ? good : bad) += model_.m[d][i];
      const double one = expected_[d][i] - messy_[d][i] + kImagined * first_.m[d][i];
      careful.known += one;
      careful.wrong += i < end ? 0 : one;
      messy.known += messy_[d][i];
      messy.wrong += i < end ? 0 : messy_[d][i];
    }
    const double wrong = std::clamp(careful.wrong / careful.known, 1e-5, 0.95);
    for (std::size_t i = 1; i < level_count(d); ++i)
      model_.m[d][i] =
          std::max(model_.m[d][i] * (i < end ? (1 - wrong) / good : wrong / bad), 1e-6);
    messy.careful_odds = wrong / (1 - wrong);
    return messy;
  }

  // The factor under which the messy rows have as many mistakes as were found.
  double factor_of(const std::vector<Mistakes>& mistakes) const {
    const auto too_many = [&](double factor) {
      double surplus = kImagined * (factor - first_.messy_factor) / 100;
      for (const Mistakes& one : mistakes) {
        const double odds = factor * one.careful_odds;
        surplus += one.known * odds / (1 + odds) - one.wrong;
      }
      return surplus > 0;
    };
    double low = 2;
    double high = 60;
    for (std::size_t i = 0; i < 30; ++i) {
      const double middle = (low + high) / 2;
      (too_many(middle) ? high : low) = middle;
    }
    return low;
  }

  // No likeness counts less than a difference.
  void keep_order() {
    for (std::size_t d = 0; d < dimensions_max; ++d) {
      if (!model_.used[d] || d == at(Dimension::crossed)) continue;
      for (const LevelGroup group : level_groups(d)) {
        const double least = model_.m[d][group.end - 1] / model_.u[d][group.end - 1];
        for (std::size_t i = group.begin; i + 1 < group.end; ++i)
          model_.m[d][i] = std::max(model_.m[d][i], std::min(1.0, least * model_.u[d][i]));
      }
    }
  }

  const Records& records_;
  const Compared& compared_;
  const EqualPairs& equal_;
  const Model& first_;
  const Lost& lost_;
  Model model_;
  std::vector<std::size_t> used_;  // dimensions; the level of another is always 0
  double pairs_ = 0;
  double matches_ = 0;
  double messy_matches_ = 0;
  LevelCounts expected_{};
  LevelCounts messy_{};
};

}  // namespace

double all_pairs(const Records& records) {
  const double rows = static_cast<double>(records.rows.size());
  double pairs = pairs_of(rows);
  if (records.lists() == 1) return std::max(1.0, pairs);
  for (std::size_t l = 0; l < records.lists(); ++l)
    pairs -= pairs_of(static_cast<double>(records.list_begin[l + 1] - records.list_begin[l]));
  return std::max(1.0, pairs);
}

void Lost::times(double factor) {
  for (double* one : {&pairs, &low, &high, &messy}) *one *= factor;
  for (LevelCounts* counts : {&levels, &messy_levels})
    for (auto& dimension : *counts)
      for (double& one : dimension) one *= factor;
}

EqualPairs count_equal_pairs(const Records& records, const Compared& compared,
                             const ParallelFor& run) {
  EqualPairs out;
  const auto has = [&](Field field) { return records.has[static_cast<std::size_t>(field)]; };
  run(5, [&](std::size_t task) {
    if (task == 0 && has(Field::surname))
      out[at(Dimension::surname)] =
          equal_values(records, records.surname_frequency.step, name_equal, rarity_steps,
                       [](const Record& row) { return row.surname; });
    if (task == 1 && has(Field::given_name))
      out[at(Dimension::given)] =
          equal_values(records, records.given_frequency.step, name_equal, rarity_steps,
                       [](const Record& row) { return row.given; });
    if (task == 2 && has(Field::date_of_birth))
      out[at(Dimension::date)] = equal_values(records, records.date_frequency.step, date_equal, 3,
                                              [](const Record& row) { return row.date; });
    if (task == 3)
      out[at(Dimension::phone)] = equal_contacts(records, compared.equal_phones,
                                                 [](const Record& row) { return row.phone != 0; });
    if (task == 4)
      out[at(Dimension::email)] = equal_contacts(records, compared.equal_emails,
                                                 [](const Record& row) { return row.email != 0; });
  });
  return out;
}

Model estimate_model(const Records& records, const Compared& compared, const LevelCounts& sampled,
                     const EqualPairs& equal, const Model& first, const Lost& lost) {
  return Estimator(records, compared, sampled, equal, first, lost).run();
}

}  // namespace filrouge::linkage
