#include "core/linkage/attack.h"

#include <algorithm>
#include <bit>
#include <cmath>
#include <numeric>
#include <utility>

#include "core/linkage/shared_bits.h"

namespace filrouge::linkage {

namespace {

constexpr std::size_t kResembling = 24;  // neighbours kept of a row
constexpr std::size_t kWanted = 40;      // looked for, on average
constexpr std::size_t kCandidates = 12;  // rows that look alike by what they resemble
constexpr std::size_t kRounds = 24;

struct Neighbour {
  std::uint32_t row = 0;
  float weight = 0;
};

// Who resembles whom within one list; weights are ranks among all weights, so that two lists
// encoded differently have the same scale.
struct Resemblance {
  std::vector<std::vector<Neighbour>> of;
  std::vector<float> bits;
};

Resemblance resemblance(std::span<const Encoding> rows, const ParallelFor& run) {
  const BitTable table(rows);
  const double floor = dice_floor(rows, table, kWanted);
  Resemblance out;
  out.of.resize(rows.size());
  for (const Encoding& row : rows) out.bits.push_back(static_cast<float>(count_bits(row)));
  for (const ClosePair& pair : close_pairs(rows, table, floor, run))
    if (pair.a != pair.b) out.of[pair.a].push_back({pair.b, static_cast<float>(pair.dice())});
  std::vector<float> all;
  for (auto& some : out.of) {
    std::sort(some.begin(), some.end(), [](const Neighbour& x, const Neighbour& y) {
      return x.weight != y.weight ? x.weight > y.weight : x.row < y.row;
    });
    some.resize(std::min(some.size(), kResembling));
    for (const Neighbour& one : some) all.push_back(one.weight);
  }
  std::sort(all.begin(), all.end());
  // What counts is at the top: a weight becomes minus the logarithm of its rank from there.
  for (auto& some : out.of)
    for (Neighbour& one : some) {
      const auto above = all.end() - std::lower_bound(all.begin(), all.end(), one.weight);
      one.weight = static_cast<float>(
          -std::log(static_cast<double>(above) / static_cast<double>(all.size() + 1)));
    }
  return out;
}

// What a row looks like by its resemblances alone, and those of its neighbours.
constexpr std::size_t kOwnLooks = 20;
constexpr std::size_t kLooks = 4 * kOwnLooks;
using Looks = std::array<float, kLooks>;

void make_even(std::vector<Looks>& looks) {
  for (std::size_t d = 0; d < kLooks; ++d) {
    double sum = 0;
    double squares = 0;
    for (const Looks& one : looks)
      sum += double{one[d]}, squares += double{one[d]} * double{one[d]};
    const double n = static_cast<double>(looks.size());
    const double mean = sum / n;
    const double spread = std::sqrt(std::max(squares / n - mean * mean, 1e-12));
    for (Looks& one : looks) one[d] = static_cast<float>((double{one[d]} - mean) / spread);
  }
}

std::vector<Looks> looks_of(const Resemblance& graph) {
  std::vector<Looks> out(graph.of.size(), Looks{});
  for (std::size_t i = 0; i < out.size(); ++i) {
    const auto& some = graph.of[i];
    for (std::size_t n = 0; n < 16 && n < some.size(); ++n) out[i][n] = some[n].weight;
    float sum = 0;
    for (const Neighbour& one : some) sum += one.weight;
    out[i][16] = sum;
    out[i][17] = static_cast<float>(some.size());
    out[i][18] = graph.bits[i];
    std::size_t back = 0;  // neighbours that have it among theirs
    for (const Neighbour& one : some)
      back += static_cast<std::size_t>(
          std::count_if(graph.of[one.row].begin(), graph.of[one.row].end(),
                        [&](const Neighbour& other) { return other.row == i; }));
    out[i][19] = static_cast<float>(back);
  }
  for (std::size_t step = 1; step < kLooks / kOwnLooks; ++step)
    for (std::size_t i = 0; i < out.size(); ++i) {
      float sum = 0;
      for (const Neighbour& one : graph.of[i]) {
        sum += one.weight;
        for (std::size_t d = 0; d < kOwnLooks; ++d)
          out[i][step * kOwnLooks + d] += one.weight * out[one.row][(step - 1) * kOwnLooks + d];
      }
      for (std::size_t d = 0; d < kOwnLooks && sum > 0; ++d) out[i][step * kOwnLooks + d] /= sum;
    }
  make_even(out);
  return out;
}

struct Candidate {
  std::uint32_t row = 0;
  float score = 0;
};

// Those of `encoded` that look most like each of `own`, best first.
std::vector<std::vector<Candidate>> alike(const std::vector<Looks>& own,
                                          const std::vector<Looks>& encoded,
                                          const ParallelFor& run) {
  std::vector<std::vector<Candidate>> out(own.size());
  run(own.size(), [&](std::size_t i) {
    std::vector<Candidate> all(encoded.size());
    for (std::uint32_t k = 0; k < encoded.size(); ++k) {
      float sum = 0;
      for (std::size_t d = 0; d < kLooks; ++d) {
        const float difference = own[i][d] - encoded[k][d];
        sum += difference * difference;
      }
      all[k] = {k, -sum / kLooks};
    }
    const std::size_t kept = std::min(kCandidates, all.size());
    std::partial_sort(all.begin(), all.begin() + static_cast<std::ptrdiff_t>(kept), all.end(),
                      [](const Candidate& x, const Candidate& y) {
                        return x.score != y.score ? x.score > y.score : x.row < y.row;
                      });
    all.resize(kept);
    out[i] = std::move(all);
  });
  return out;
}

struct Choice {
  std::uint32_t row = no_guess;
  float score = 0;
  float margin = 0;  // above the second
};

class GraphAttack {
 public:
  GraphAttack(const AttackInput& input, const ParallelFor& run)
      : input_(input),
        run_(run),
        own_(resemblance(input.own, run)),
        encoded_(resemblance(input.encoded, run)) {
    candidates_ = alike(looks_of(own_), looks_of(encoded_), run);
  }

  Guesses guess() {
    Guesses guesses(input_.own.size(), no_guess);
    for (std::size_t round = 0; round < kRounds; ++round) {
      for (const KnownPerson& one : input_.known) guesses[one.own] = one.encoded;
      std::vector<Choice> choices(input_.own.size());
      run_(choices.size(),
           [&](std::size_t i) { choices[i] = choose(static_cast<std::uint32_t>(i), guesses); });
      // The surest first, then more and more of them.
      const double share = std::min(1.0, 0.05 + static_cast<double>(round) / (kRounds - 4));
      guesses = keep_surest(choices, share);
    }
    for (const KnownPerson& one : input_.known) guesses[one.own] = one.encoded;
    return guesses;
  }

 private:
  Choice choose(std::uint32_t row, const Guesses& guesses) const {
    // What the neighbours that are known say: the neighbours of where they lie.
    std::vector<Candidate> votes = candidates_[row];
    for (const Neighbour& near : own_.of[row]) {
      const std::uint32_t there = guesses[near.row];
      if (there == no_guess) continue;
      for (const Neighbour& other : encoded_.of[there]) {
        const float off = (other.weight - near.weight) / kOff;
        votes.push_back({other.row, kVote * std::exp(-off * off) * (1 + near.weight)});
      }
    }
    std::sort(votes.begin(), votes.end(),
              [](const Candidate& x, const Candidate& y) { return x.row < y.row; });
    Choice best;
    float second = -1e9F;
    best.score = -1e9F;
    for (std::size_t at = 0; at < votes.size();) {
      float sum = 0;
      bool looks = false;
      const std::uint32_t candidate = votes[at].row;
      for (; at < votes.size() && votes[at].row == candidate; ++at) {
        sum += votes[at].score;
        looks = looks || votes[at].score < 0;
      }
      if (!looks) sum += kNoLooks;
      if (sum > best.score) {
        second = best.score;
        best.score = sum;
        best.row = candidate;
      } else {
        second = std::max(second, sum);
      }
    }
    best.margin = best.score - std::max(second, -100.0F);
    return best;
  }

  Guesses keep_surest(const std::vector<Choice>& choices, double share) const {
    std::vector<std::uint32_t> order(choices.size());
    std::iota(order.begin(), order.end(), 0U);
    std::sort(order.begin(), order.end(), [&](std::uint32_t x, std::uint32_t y) {
      return choices[x].margin != choices[y].margin ? choices[x].margin > choices[y].margin : x < y;
    });
    Guesses out(choices.size(), no_guess);
    std::vector<bool> taken(input_.encoded.size());
    const auto kept = static_cast<std::size_t>(share * static_cast<double>(order.size()));
    for (std::size_t i = 0; i < kept; ++i) {
      const Choice& choice = choices[order[i]];
      if (choice.row == no_guess || taken[choice.row]) continue;
      taken[choice.row] = true;
      out[order[i]] = choice.row;
    }
    return out;
  }

  static constexpr float kVote = 1;
  static constexpr float kOff = 0.8F;
  static constexpr float kNoLooks = -2;

  const AttackInput& input_;
  const ParallelFor& run_;
  Resemblance own_;
  Resemblance encoded_;
  std::vector<std::vector<Candidate>> candidates_;
};

}  // namespace

Guesses attack_graph(const AttackInput& input, const ParallelFor& run) {
  return GraphAttack(input, run).guess();
}

}  // namespace filrouge::linkage
