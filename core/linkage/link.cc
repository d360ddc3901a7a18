#include "core/linkage/link.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <utility>

#include "core/linkage/decide.h"
#include "core/linkage/estimate.h"

namespace filrouge::linkage {

namespace {

constexpr std::size_t kSampled = 1 << 16;
constexpr double kFurtherDown = 4;  // bits: what rarity may still add to the weight of a pattern
// The first model keeps far more than the last one will, so that pairs are compared once.
constexpr double kFirstKeeps = 24;
constexpr double kLinksFrom = -8;
constexpr std::size_t kScorePiece = 1 << 12;

std::vector<bool> used_dimensions(const Comparer& comparer) {
  std::vector<bool> used(dimensions_max);
  for (std::size_t d = 0; d < dimensions_max; ++d) used[d] = comparer.used(d);
  return used;
}

// A model read from a file may know dimensions that these lists lack, but must know theirs.
Status check_model(const Model& model, const Comparer& comparer) {
  for (std::size_t d = 0; d < dimensions_max; ++d)
    if (comparer.used(d) && !model.used[d])
      return Error{Code::invalid, std::string(dimension_name(d)), "model_lacks",
                   "the model says nothing about this column"};
  return Done{};
}

double guessed_prior(const Records& records) {
  std::size_t smallest = records.rows.size();
  for (std::size_t l = 0; l < records.lists(); ++l)
    smallest = std::min<std::size_t>(smallest, records.list_begin[l + 1] - records.list_begin[l]);
  return std::log2(0.3 * static_cast<double>(smallest) / all_pairs(records));
}

// True where a pattern that was only counted could, under this model, be one person.
bool lost_pattern(const Compared& compared, const Model& first, const Model& model, double keep,
                  double links_from) {
  const Weights before(first);
  const Weights now(model);
  const float needed = static_cast<float>(links_from - model.prior());
  return std::any_of(
      compared.patterns.begin(), compared.patterns.end(), [&](const PatternCount& one) {
        return before.of(one.pattern) < static_cast<float>(keep) && now.of(one.pattern) >= needed;
      });
}

// Every n-th pair with its probability, for itself: enough to see what one person's rows share.
std::vector<Link> score_some(const Scorer& scorer, const UnsetVector<Pair>& pairs, std::size_t n,
                             const ParallelFor& run) {
  std::vector<Link> links((pairs.size() + n - 1) / n);
  run((links.size() + kScorePiece - 1) / kScorePiece, [&](std::size_t piece) {
    const std::size_t end = std::min(links.size(), (piece + 1) * kScorePiece);
    for (std::size_t i = piece * kScorePiece; i < end; ++i) {
      const Pair& pair = pairs[i * n];
      const double odds = std::exp2(scorer.weight(pair));
      links[i] = {pair, 0, static_cast<float>(odds / (1 + odds)), Band::non_match};
    }
  });
  return links;
}

// What the candidates say of the errors is too good, for pairs with many errors are none: what was
// lost is estimated, and the model with it, in turns.
Model estimate_with_lost(const LinkResult& out, const Blocking& blocking, const Compared& compared,
                         const LevelCounts& sampled, const Model& first, const ParallelFor& run) {
  constexpr std::size_t kPairs = 1 << 14;
  constexpr std::size_t kTurns = 3;
  constexpr double kStays = 0.1;
  const std::size_t n = compared.pairs.size() / kPairs + 1;
  Lost lost;
  const EqualPairs equal = count_equal_pairs(out.records, compared, run);
  Model model = estimate_model(out.records, compared, sampled, equal, first, lost);
  for (std::size_t turn = 0; turn < kTurns; ++turn) {
    const Scorer scorer(out.records, model);
    const double before = lost.pairs;
    lost = lost_in_blocking(out.records, blocking, scorer,
                            score_some(scorer, compared.pairs, n, run), run);
    lost.times(static_cast<double>(n));
    model = estimate_model(out.records, compared, sampled, equal, first, lost);
    if (std::abs(lost.pairs - before) <= kStays * lost.pairs + 1) break;
  }
  return model;
}

// By row a, then b. Rows are put into parts by their number first, so that threads share the work.
std::vector<Link> in_order(std::vector<std::vector<Link>> pieces, std::size_t rows,
                           const ParallelFor& run) {
  constexpr std::size_t kParts = 16;
  const auto part_of = [&](const Link& link) { return link.pair.a * kParts / rows; };
  std::array<std::size_t, kParts + 1> begin{};
  for (const auto& piece : pieces)
    for (const Link& link : piece) ++begin[part_of(link) + 1];
  for (std::size_t i = 1; i < begin.size(); ++i) begin[i] += begin[i - 1];
  std::vector<Link> links(begin.back());
  std::array<std::size_t, kParts + 1> to = begin;
  for (auto& piece : pieces) {
    for (const Link& link : piece) links[to[part_of(link)]++] = link;
    piece = {};
  }
  run(kParts, [&](std::size_t part) {
    const auto from = links.begin();
    std::sort(from + static_cast<std::ptrdiff_t>(begin[part]),
              from + static_cast<std::ptrdiff_t>(begin[part + 1]),
              [](const Link& x, const Link& y) {
                return x.pair.a != y.pair.a ? x.pair.a < y.pair.a : x.pair.b < y.pair.b;
              });
  });
  return links;
}

std::vector<Link> score_pairs(const Records& records, const Scorer& scorer,
                              UnsetVector<Pair>& pairs, double links_from, const ParallelFor& run) {
  std::vector<std::vector<Link>> pieces((pairs.size() + kScorePiece - 1) / kScorePiece);
  run(pieces.size(), [&](std::size_t piece) {
    const std::size_t end = std::min(pairs.size(), (piece + 1) * kScorePiece);
    for (std::size_t i = piece * kScorePiece; i < end; ++i) {
      const Link link{pairs[i], static_cast<float>(scorer.weight(pairs[i])), 0, Band::non_match};
      if (static_cast<double>(link.weight) >= links_from) pieces[piece].push_back(link);
    }
  });
  pairs = {};
  return in_order(std::move(pieces), records.rows.size(), run);
}

void join_others(Records& records) {
  records.list_begin = {0, records.list_begin[1], records.list_begin.back()};
  for (Record& row : records.rows) row.list = std::min<std::uint8_t>(row.list, 1);
}

void decide(LinkResult& out, const Blocking& blocking, const Scorer& scorer,
            const ParallelFor& run) {
  LinkEstimates& sums = out.estimates;
  const Lost lost = lost_in_blocking(out.records, blocking, scorer, out.links, run);
  sums.lost_in_blocking = lost.pairs;
  sums.lost_low = lost.low;
  sums.lost_high = lost.high;
  count_estimates(out);
  const Thresholds limits = thresholds_of(out.links, sums.matches);
  out.match_from = limits.match;
  out.review_from = limits.review;
  for (Link& link : out.links) {
    const double probability = static_cast<double>(link.probability);
    link.band = probability >= limits.match    ? Band::match
                : probability >= limits.review ? Band::review
                                               : Band::non_match;
    if (link.band == Band::match && could_be_twins(out.model, link.pair.pattern))
      link.band = Band::review;
  }
  count_estimates(out);
}

constexpr double kInterval = 1.96;  // standard deviations on both sides

Status begin(const LinkOptions& options, LinkStep step) {
  if (!options.on_step || options.on_step(step)) return Done{};
  return Error{Code::refused, "", "cancelled", "the run was cancelled"};
}

}  // namespace

double LinkEstimates::missed_low() const {
  const double compared = in_review + below;
  return std::max(0.0, compared - kInterval * std::sqrt(compared)) + lost_low;
}

double LinkEstimates::missed_high() const {
  const double compared = 2 * (in_review + below);
  return compared + kInterval * std::sqrt(compared) + lost_high;
}

Result<LinkResult> link(const std::vector<InputList>& lists, const LinkOptions& options,
                        const ParallelFor& run) {
  LinkResult out;
  FILROUGE_CHECK(begin(options, LinkStep::reading));
  FILROUGE_TRY(records, prepare(lists, run));
  out.records = std::move(records);
  if (options.first_against_rest) join_others(out.records);
  const Comparer comparer(out.records);
  if (options.model) FILROUGE_CHECK(check_model(*options.model, comparer));
  FILROUGE_CHECK(begin(options, LinkStep::blocking));
  Blocking blocking = make_blocks(out.records, options.blocking, run);
  const Model first = options.model ? *options.model : first_model(used_dimensions(comparer));
  const double from = std::min(options.links_from, kLinksFrom);
  const double keep = options.model ? from - kFurtherDown - first.prior()
                                    : from - kFirstKeeps - guessed_prior(out.records);
  FILROUGE_CHECK(begin(options, LinkStep::comparing));
  Compared compared = compare_candidates(comparer, blocking, first, keep, run);
  out.model = first;
  FILROUGE_CHECK(begin(options, LinkStep::estimating));
  if (!options.model) {
    const LevelCounts sampled = sample_levels(comparer, first, kSampled, run);
    out.model = estimate_with_lost(out, blocking, compared, sampled, first, run);
    const double needed = from - kFurtherDown - out.model.prior();
    if (lost_pattern(compared, first, out.model, keep, from)) {
      compared = compare_candidates(comparer, blocking, out.model, needed, run);
    } else {
      keep_pairs(compared, out.model, needed, run);
    }
  }
  FILROUGE_CHECK(begin(options, LinkStep::deciding));
  const Scorer scorer(out.records, out.model);
  out.links = score_pairs(out.records, scorer, compared.pairs, from, run);
  share_probabilities(out.records, out.links, run);
  decide(out, blocking, scorer, run);
  out.pairs_compared = compared.count;
  out.pairs_by_key = std::move(compared.by_key);
  out.keys = std::move(blocking.keys);
  for (Key& key : out.keys) key.rows = {}, key.blocks = {};
  out.row_keys = std::move(blocking.row_keys);
  return out;
}

}  // namespace filrouge::linkage
