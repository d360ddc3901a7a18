#include "core/linkage/decide.h"

#include <algorithm>
#include <array>
#include <bit>
#include <cmath>

#include "core/linkage/dictionary.h"

namespace filrouge::linkage {

namespace {

constexpr float kSure = 6;  // bits
constexpr double kReviewAtLeast = 0.15;
constexpr double kLeftBelow = 1.0 / 400;
constexpr double kTwins = 0.02;  // rows with another given name by error, twins' share

constexpr double kHardly = 1e-3;               // less likely pairs are not looked at
constexpr double kTakenApart = 3000;           // found pairs of each kind whose facts are looked at
constexpr std::size_t kPutTogether = 1 << 12;  // pairs made of them

constexpr std::size_t kLinksPiece = 1 << 12;

double odds_of(const Link& link) { return std::exp2(static_cast<double>(link.weight)); }

// Calls use(begin, end) for pieces of the links, on several threads.
template <class Use>
void each_piece(std::size_t links, const ParallelFor& run, const Use& use) {
  run((links + kLinksPiece - 1) / kLinksPiece, [&](std::size_t piece) {
    use(piece * kLinksPiece, std::min(links, (piece + 1) * kLinksPiece));
  });
}

// A link of a row, seen from it.
struct Rival {
  double odds;
  std::uint32_t partner;
  bool sure;
  std::uint8_t list;  // of the partner
};

class Sharing {
 public:
  Sharing(const Records& records, std::vector<Link>& links, const ParallelFor& run)
      : records_(records), links_(links), run_(run) {
    const std::size_t rows = records.rows.size();
    begin_.assign(rows + 1, 0);
    for (const Link& link : links) {
      ++begin_[link.pair.a + 1];
      ++begin_[link.pair.b + 1];
    }
    for (std::size_t i = 1; i <= rows; ++i) begin_[i] += begin_[i - 1];
    std::vector<std::uint32_t> next(begin_.begin(), begin_.end() - 1);
    UnsetVector<std::array<std::uint32_t, 2>> place(links.size());
    for (std::size_t i = 0; i < links.size(); ++i)
      place[i] = {next[links[i].pair.a]++, next[links[i].pair.b]++};
    rivals_.resize(links.size() * 2);
    each_piece(links.size(), run, [&](std::size_t from, std::size_t to) {
      for (std::size_t i = from; i < to; ++i) {
        const Link& link = links_[i];
        const double odds = odds_of(link);
        const bool sure = link.weight >= kSure;
        rivals_[place[i][0]] = {odds, link.pair.b, sure, records_.rows[link.pair.b].list};
        rivals_[place[i][1]] = {odds, link.pair.a, sure, records_.rows[link.pair.a].list};
      }
    });
  }

  void share() {
    count_duplicates();
    each_piece(links_.size(), run_, [&](std::size_t from, std::size_t to) {
      for (std::size_t i = from; i < to; ++i) {
        const Pair& pair = links_[i].pair;
        const double odds = odds_of(links_[i]) * beside(pair.a, pair.b) * beside(pair.b, pair.a);
        links_[i].probability = static_cast<float>(odds / (1 + odds));
      }
    });
  }

 private:
  // How much likelier a second partner in a list is, for who has one there, than a first one for
  // anybody: near 0 in a list without duplicates, near 1 where they are as frequent as matches.
  void count_duplicates() {
    std::array<double, lists_max> first{};
    std::array<double, lists_max> more{};
    for (std::size_t row = 0; row + 1 < begin_.size(); ++row) {
      std::array<std::uint32_t, lists_max> sure{};
      for (std::uint32_t i = begin_[row]; i < begin_[row + 1]; ++i)
        sure[rivals_[i].list] += rivals_[i].sure;
      for (std::size_t l = 0; l < records_.lists(); ++l) {
        first[l] += sure[l] > 0;
        more[l] += sure[l] > 1 ? sure[l] - 1 : 0;
      }
    }
    for (std::size_t l = 0; l < records_.lists(); ++l) {
      const double others = static_cast<double>(
          records_.rows.size() - (records_.list_begin[l + 1] - records_.list_begin[l]));
      const double any = (first[l] + more[l] + 1) / others;
      second_[l] = std::min(1.0, 3 * (more[l] + 0.5) / (first[l] + 500) / any);
    }
  }

  // What is left of the odds of `partner` beside the other partners of `row` in the same list: of
  // "neither, one, the other, both", both counts as much as that list has duplicates.
  double beside(std::uint32_t row, std::uint32_t partner) const {
    const std::uint8_t list = records_.rows[partner].list;
    double others = 0;
    for (std::uint32_t i = begin_[row]; i < begin_[row + 1]; ++i) {
      const Rival& rival = rivals_[i];
      if (rival.partner != partner && rival.list == list) others += rival.odds;
    }
    return (1 + others * second_[list]) / (1 + others);
  }

  const Records& records_;
  std::vector<Link>& links_;
  const ParallelFor& run_;
  std::vector<std::uint32_t> begin_;
  UnsetVector<Rival> rivals_;  // by row
  std::array<double, lists_max> second_{};
};

double number_below_one(std::uint64_t& state) {
  return static_cast<double>(next_number(state) >> 11) * 0x1p-53;
}

// What two rows share: facts, and how they agree.
struct Shared {
  std::uint32_t facts = 0;
  Pattern pattern = 0;
};

// What found pairs share, to be put together anew.
class TakenApart {
 public:
  explicit TakenApart(const Blocking& blocking) : blocking_(blocking) {}

  void add(const Shared& shared, std::uint32_t keys) {
    pool_.push_back(shared);
    for (std::size_t k = 0; k < blocking_.keys.size(); ++k) {
      if ((shared.facts & blocking_.keys[k].facts) != blocking_.keys[k].facts) continue;
      for (Having* one : {&having_[k][kind_of(shared.facts)], &having_[k][split_kinds]}) {
        one->facts += 1;
        one->lacking += (keys >> k & 1) == 0;
      }
    }
  }

  // Pairs that no key has, for each that one has. What is lost shares little: it joins the pool,
  // and the count is taken again until it stays.
  double lost() {
    if (pool_.empty()) return 0;
    const std::size_t found = pool_.size();
    double ratio = 0;
    for (std::size_t round = 0; round < kRounds; ++round) {
      lost_.clear();
      for (std::size_t i = 0; i < kPutTogether; ++i) {
        const Shared shared = put_together();
        if (!has_key(shared.facts)) lost_.push_back(shared);
      }
      const double share = static_cast<double>(lost_.size()) / static_cast<double>(kPutTogether);
      const double before = ratio;
      ratio = share / (1 - std::min(share, 0.5));
      pool_.resize(found);
      const std::size_t more = std::min(
          lost_.size(), static_cast<std::size_t>(ratio * static_cast<double>(found) + 0.5));
      pool_.insert(pool_.end(), lost_.begin(), lost_.begin() + static_cast<std::ptrdiff_t>(more));
      if (std::abs(ratio - before) <= kStays * ratio) break;
    }
    return ratio;
  }

  // Adds `pairs` pairs like those lost.
  void add_levels(double pairs, LevelCounts& levels) const {
    const double each = pairs / static_cast<double>(std::max<std::size_t>(1, lost_.size()));
    for (const Shared& one : lost_)
      for (std::size_t d = 0; d < dimensions_max; ++d) levels[d][level_of(one.pattern, d)] += each;
  }

 private:
  static constexpr std::size_t kRounds = 6;
  static constexpr double kStays = 0.05;

  Shared put_together() {
    Shared out;
    for (const FactGroup& group : fact_groups()) {
      // A multiplication instead of a division: pools have far less than 2^32 pairs.
      const Shared& from = pool_[(next_number(state_) >> 32) * pool_.size() >> 32];
      out.facts |= from.facts & group.facts;
      out.pattern |= from.pattern & group.dimensions;
    }
    return out;
  }
  // Pairs with the facts of a key, and those of them that the key lacks, for its block was split.
  struct Having {
    double facts = 0;
    double lacking = 0;
  };
  // Blocks are split by further facts: who does not share those is lacked far more often.
  static std::size_t kind_of(std::uint32_t facts) {
    std::size_t kind = 0;
    for (std::size_t i = 0; i < split_facts().size(); ++i)
      kind |= static_cast<std::size_t>((facts & split_facts()[i]) != 0) << i;
    return kind;
  }
  bool has_key(std::uint32_t facts) {
    const std::size_t kind = kind_of(facts);
    for (std::size_t k = 0; k < blocking_.keys.size(); ++k) {
      if ((facts & blocking_.keys[k].facts) != blocking_.keys[k].facts) continue;
      const Having& all = having_[k][split_kinds];
      if (all.lacking == 0) return true;
      const Having& own = having_[k][kind];
      const double lacking = (own.lacking + all.lacking / all.facts) / (own.facts + 1);
      if (number_below_one(state_) >= lacking) return true;
    }
    return false;
  }

  const Blocking& blocking_;
  std::vector<Shared> pool_;
  std::vector<Shared> lost_;
  std::array<std::array<Having, split_kinds + 1>, keys_max> having_{};  // by kind_of(), and all
  std::uint64_t state_ = 1;
};

// Expected pairs of one person that share just one key, just two, just three.
struct Tail {
  double one = 0;
  double two = 0;
  double three = 0;
};

Tail tail_of(const Blocking& blocking, const std::vector<Link>& links, const ParallelFor& run) {
  const std::uint32_t all =
      static_cast<std::uint32_t>((std::uint64_t{1} << blocking.keys.size()) - 1);
  std::vector<Tail> parts(links.size() / kLinksPiece + 1);
  each_piece(links.size(), run, [&](std::size_t from, std::size_t to) {
    Tail& part = parts[from / kLinksPiece];
    for (std::size_t i = from; i < to; ++i) {
      constexpr std::size_t kAhead = 16;
      const std::size_t ahead = std::min(i + kAhead, to - 1);
      __builtin_prefetch(&blocking.row_keys[links[ahead].pair.b]);
      const Link& link = links[i];
      const double probability = static_cast<double>(link.probability);
      if (probability < kHardly) continue;
      const int keys = std::popcount(
          all & shared_keys(blocking.row_keys[link.pair.a], blocking.row_keys[link.pair.b]));
      if (keys == 1) part.one += probability;
      if (keys == 2) part.two += probability;
      if (keys == 3) part.three += probability;
    }
  });
  Tail out;
  for (const Tail& part : parts) {
    out.one += part.one;
    out.two += part.two;
    out.three += part.three;
  }
  // A tail that grows again towards its end is not of persons but of people who look alike.
  if (out.one > out.two) out.one = std::min(out.one, out.two * out.two / (out.three + 1));
  return out;
}

void take_tail(const Tail& tail, Lost& lost) {
  const double none = tail.one * std::max(0.0, tail.one - 1) / (tail.two + 1);
  const double independent = lost.pairs;
  if (none > independent && independent > 0) lost.times(none / independent);
  lost.pairs = std::max(none, independent);
  lost.low = std::min(independent, none / 2);
  lost.high = 2 * lost.pairs + 1.96 * std::sqrt(lost.pairs) + 3;
}

}  // namespace

void share_probabilities(const Records& records, std::vector<Link>& links, const ParallelFor& run) {
  if (records.lists() > 1) return Sharing(records, links, run).share();
  for (Link& link : links) {
    const double odds = odds_of(link);
    link.probability = static_cast<float>(odds / (1 + odds));
  }
}

Lost lost_in_blocking(const Records& records, const Blocking& blocking, const Scorer& scorer,
                      const std::vector<Link>& links, const ParallelFor& run) {
  // Few rows are messy, and most of what is lost is theirs: of each kind about as many are looked
  // at.
  std::vector<float> messy_shares(links.size());
  each_piece(links.size(), run, [&](std::size_t from, std::size_t to) {
    for (std::size_t i = from; i < to; ++i)
      if (static_cast<double>(links[i].probability) >= kHardly)
        messy_shares[i] = static_cast<float>(scorer.messy(links[i].pair));
  });
  double messy_share = 0;
  double careful_share = 0;
  for (std::size_t i = 0; i < links.size(); ++i) {
    const double probability = static_cast<double>(links[i].probability);
    if (probability < kHardly) continue;
    const double share = static_cast<double>(messy_shares[i]);
    messy_share += probability * share;
    careful_share += probability * (1 - share);
  }
  const double keep_messy = std::min(1.0, kTakenApart / (messy_share + 1));
  const double keep_careful = std::min(1.0, kTakenApart / (careful_share + 1));
  struct Drawn {
    std::size_t link = 0;
    bool messy = false;
    Shared shared;
    std::uint32_t keys = 0;
  };
  std::vector<Drawn> drawn;
  std::uint64_t state = links.size();
  for (std::size_t i = 0; i < links.size(); ++i) {
    if (number_below_one(state) >= static_cast<double>(links[i].probability)) continue;
    const bool is_messy = number_below_one(state) < static_cast<double>(messy_shares[i]);
    if (number_below_one(state) >= (is_messy ? keep_messy : keep_careful)) continue;
    drawn.push_back({i, is_messy, {}, 0});
  }
  constexpr std::size_t kDrawnPiece = 1 << 8;
  run((drawn.size() + kDrawnPiece - 1) / kDrawnPiece, [&](std::size_t piece) {
    const std::size_t end = std::min(drawn.size(), (piece + 1) * kDrawnPiece);
    for (std::size_t i = piece * kDrawnPiece; i < end; ++i) {
      const Pair& pair = links[drawn[i].link].pair;
      drawn[i].shared = {shared_facts(records, pair.a, pair.b), pair.pattern};
      drawn[i].keys = shared_keys(blocking.row_keys[pair.a], blocking.row_keys[pair.b]);
    }
  });
  TakenApart careful(blocking);
  TakenApart messy(blocking);
  for (const Drawn& one : drawn) (one.messy ? messy : careful).add(one.shared, one.keys);
  double ratio[2] = {0, 0};
  run(2, [&](std::size_t kind) { ratio[kind] = (kind == 0 ? messy : careful).lost(); });
  Lost out;
  out.messy = messy_share * ratio[0];
  const double careful_lost = careful_share * ratio[1];
  out.pairs = careful_lost + out.messy;
  messy.add_levels(out.messy, out.messy_levels);
  out.levels = out.messy_levels;
  careful.add_levels(careful_lost, out.levels);
  take_tail(tail_of(blocking, links, run), out);
  return out;
}

Thresholds thresholds_of(const std::vector<Link>& links, double matches) {
  std::vector<float> falling;  // those that could bound the review
  double below = 0;
  for (const Link& link : links) {
    if (static_cast<double>(link.probability) >= kReviewAtLeast) {
      falling.push_back(link.probability);
    } else {
      below += static_cast<double>(link.probability);
    }
  }
  std::sort(falling.begin(), falling.end(), std::greater<>());
  Thresholds out;
  double best = 0;
  double sum = 0;
  for (std::size_t i = 0; i < falling.size() && falling[i] >= 0.5F; ++i) {
    sum += static_cast<double>(falling[i]);
    const double f1 = 2 * sum / (static_cast<double>(i + 1) + matches);
    if (f1 < best) continue;
    best = f1;
    out.match = static_cast<double>(falling[i]);
  }
  if (best == 0) out.match = 0.5;
  out.review = below > 0 ? kReviewAtLeast : out.match;
  for (std::size_t i = falling.size(); i-- > 0 && static_cast<double>(falling[i]) < out.match;) {
    below += static_cast<double>(falling[i]);
    out.review = static_cast<double>(falling[i]);
    if (below > kLeftBelow * matches) break;
  }
  out.review = std::min(out.match, std::max(out.review, kReviewAtLeast));
  return out;
}

void count_estimates(LinkResult& linked) {
  LinkEstimates sums;
  sums.lost_in_blocking = linked.estimates.lost_in_blocking;
  sums.lost_low = linked.estimates.lost_low;
  sums.lost_high = linked.estimates.lost_high;
  for (const Link& link : linked.links) {
    sums.match_pairs += link.band == Band::match;
    sums.review_pairs += link.band == Band::review;
    double& sum = link.band == Band::match    ? sums.found
                  : link.band == Band::review ? sums.in_review
                                              : sums.below;
    sum += static_cast<double>(link.probability);
  }
  sums.matches = sums.found + sums.in_review + sums.below + sums.lost_in_blocking;
  linked.estimates = sums;
}

bool could_be_twins(const Model& model, Pattern pattern) {
  const std::size_t surname = level_of(pattern, Dimension::surname);
  const std::size_t date = level_of(pattern, Dimension::date);
  if (level_of(pattern, Dimension::given) != name_different) return false;
  if (surname == name_missing || surname > name_near) return false;
  if (date == date_none || date >= date_turned) return false;
  const std::size_t given = static_cast<std::size_t>(Dimension::given);
  return model.m[given][name_different] < kTwins;
}

}  // namespace filrouge::linkage
