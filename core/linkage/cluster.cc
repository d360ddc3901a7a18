#include "core/linkage/cluster.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <utility>

#include "core/linkage/decide.h"

namespace filrouge::linkage {

namespace {

constexpr double kBitsMax = 10;            // no single pair counts more, either way
constexpr std::size_t kPairsLooked = 400;  // of two groups, at most about so many
constexpr std::size_t kRounds = 3;
constexpr std::size_t kCompleted = 200;  // rows of a cluster whose missing pairs are added

double bits_of(double probability) {
  const double p = std::clamp(probability, 1e-9, 1 - 1e-9);
  return std::log2(p / (1 - p));
}

class Grouping {
 public:
  explicit Grouping(const LinkResult& linked)
      : linked_(linked),
        comparer_(linked.records),
        scorer_(linked.records, linked.model),
        group_(linked.records.rows.size()),
        members_(linked.records.rows.size()) {
    for (std::uint32_t row = 0; row < group_.size(); ++row) group_[row] = row;
  }

  void run() {
    std::vector<const Link*> order;
    for (const Link& link : linked_.links)
      if (link.band == Band::match) order.push_back(&link);
    // Links lie in the order of their rows: where weights are equal that order decides.
    std::sort(order.begin(), order.end(), [](const Link* x, const Link* y) {
      return x->weight != y->weight ? x->weight > y->weight : x < y;
    });
    for (std::size_t round = 0; round < kRounds; ++round) {
      const std::size_t before = order.size();
      std::erase_if(order, [&](const Link* link) { return !pending(*link); });
      if (order.size() == before) break;
    }
  }

  Clusters take() {
    Clusters out;
    constexpr std::uint32_t kNone = 0xFFFFFFFF;
    std::vector<std::uint32_t> number(group_.size(), kNone);
    out.person.reserve(group_.size());
    for (std::uint32_t row = 0; row < group_.size(); ++row) {
      std::uint32_t& one = number[group_[row]];
      if (one == kNone) one = out.persons++;
      out.person.push_back(one);
    }
    return out;
  }

 private:
  // False once the two rows are in one group; true where they could not be brought together yet.
  bool pending(const Link& link) {
    std::uint32_t a = group_[link.pair.a];
    std::uint32_t b = group_[link.pair.b];
    if (a == b) return false;
    if (rows_of(a) * rows_of(b) > 1 && mean_bits(a, b, link) < 0) return true;
    if (rows_of(a) < rows_of(b)) std::swap(a, b);
    join(a, b);
    return false;
  }

  // A group of one row has no list of members.
  std::size_t rows_of(std::uint32_t group) const {
    return std::max<std::size_t>(1, members_[group].size());
  }
  std::uint32_t row_of(std::uint32_t group, std::size_t i) const {
    return members_[group].empty() ? group : members_[group][i];
  }

  void join(std::uint32_t into, std::uint32_t from) {
    if (members_[into].empty()) members_[into].push_back(into);
    for (std::size_t i = 0; i < rows_of(from); ++i) {
      members_[into].push_back(row_of(from, i));
      group_[row_of(from, i)] = into;
    }
    members_[from] = {};
  }

  double mean_bits(std::uint32_t a, std::uint32_t b, const Link& link) {
    const std::size_t rows_a = rows_of(a);
    const std::size_t rows_b = rows_of(b);
    const std::size_t step = rows_a * rows_b / kPairsLooked + 1;
    // The pair itself has its say with what is left of it beside its rivals.
    double sum = std::clamp(bits_of(static_cast<double>(link.probability)), -kBitsMax, kBitsMax);
    double count = 1;
    for (std::size_t i = 0; i < rows_a * rows_b; i += step) {
      const std::uint32_t x = row_of(a, i / rows_b);
      const std::uint32_t y = row_of(b, i % rows_b);
      const auto [low, high] = std::minmax(x, y);
      if (low == link.pair.a && high == link.pair.b) continue;
      const Pair pair{low, high, comparer_.compare(low, high, memos_)};
      sum += std::clamp(scorer_.weight(pair), -kBitsMax, kBitsMax);
      count += 1;
    }
    return sum / count;
  }

  const LinkResult& linked_;
  Comparer comparer_;
  Scorer scorer_;
  Memos memos_;
  std::vector<std::uint32_t> group_;
  std::vector<std::vector<std::uint32_t>> members_;
};

// The pairs of one cluster: those there are, and those that no key had.
void complete(LinkResult& linked, const std::vector<std::uint32_t>& rows,
              const std::map<std::pair<std::uint32_t, std::uint32_t>, std::size_t>& known,
              const Comparer& comparer, const Scorer& scorer, Memos& memos) {
  const std::size_t count = rows.size();
  std::vector<double> weight(count * count);
  for (std::size_t i = 0; i < count; ++i)
    for (std::size_t k = i + 1; k < count; ++k) {
      const Pair pair{rows[i], rows[k], comparer.compare(rows[i], rows[k], memos)};
      weight[i * count + k] = weight[k * count + i] = scorer.weight(pair);
    }
  const auto probability = [&](std::size_t i, std::size_t k) {
    return 1 / (1 + std::exp2(-weight[i * count + k]));
  };
  for (std::size_t i = 0; i < count; ++i)
    for (std::size_t k = i + 1; k < count; ++k) {
      double best = probability(i, k);
      for (std::size_t by = 0; by < count; ++by)
        if (by != i && by != k) best = std::max(best, probability(i, by) * probability(by, k));
      const auto found = known.find({rows[i], rows[k]});
      if (found != known.end()) {
        linked.links[found->second].probability = static_cast<float>(best);
        linked.links[found->second].band = Band::match;
        continue;
      }
      const Pair pair{rows[i], rows[k], comparer.compare(rows[i], rows[k], memos)};
      LinkEstimates& sums = linked.estimates;
      for (double* lost : {&sums.lost_in_blocking, &sums.lost_low, &sums.lost_high})
        *lost = std::max(0.0, *lost - best);
      linked.links.push_back(
          {pair, static_cast<float>(weight[i * count + k]), static_cast<float>(best), Band::match});
    }
}

}  // namespace

Clusters make_clusters(const LinkResult& linked) {
  Grouping grouping(linked);
  grouping.run();
  return grouping.take();
}

void apply_clusters(LinkResult& linked, const Clusters& clusters) {
  if (linked.records.lists() > 1) return;
  std::vector<std::vector<std::uint32_t>> rows(clusters.persons);
  for (std::uint32_t row = 0; row < clusters.person.size(); ++row)
    rows[clusters.person[row]].push_back(row);
  std::map<std::pair<std::uint32_t, std::uint32_t>, std::size_t> known;
  for (std::size_t i = 0; i < linked.links.size(); ++i) {
    Link& link = linked.links[i];
    if (clusters.person[link.pair.a] == clusters.person[link.pair.b])
      known[{link.pair.a, link.pair.b}] = i;
    else if (link.band == Band::match)
      link.band = Band::review;
  }
  const Comparer comparer(linked.records);
  const Scorer scorer(linked.records, linked.model);
  Memos memos;
  for (const std::vector<std::uint32_t>& one : rows)
    if (one.size() > 1 && one.size() <= kCompleted)
      complete(linked, one, known, comparer, scorer, memos);
  std::sort(linked.links.begin(), linked.links.end(), [](const Link& x, const Link& y) {
    return x.pair.a != y.pair.a ? x.pair.a < y.pair.a : x.pair.b < y.pair.b;
  });
  count_estimates(linked);
}

}  // namespace filrouge::linkage
