// Who of the first list is known to nobody (linkage design 4.9): its rows without a partner in any
// other list, in three bands, and by place how many there truly are, with an interval.
//
//   auto linked = link(lists, {.first_against_rest = true}, run);
//   std::vector<Unseen> rows = unseen_rows(*linked);
#pragma once

#include <cmath>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "core/linkage/link.h"

namespace filrouge::linkage {

enum class Known : std::uint8_t { known, uncertain, unseen };
std::string_view known_name(Known known);

struct Unseen {
  Known band = Known::unseen;
  float best = 0;  // probability of the best partner
};

// One for each row of the first list, in its order.
std::vector<Unseen> unseen_rows(const LinkResult& linked);

// What one more pair says of its row of the first list: with a certain one (its band is match) the
// row is known, with another it is uncertain. `unseen`: how likely it is that none of the pairs
// taken so far is the same person.
void take_partner(Unseen& row, double& unseen, float probability, bool certain);

// Of a group of rows (a commune): how many are in each band, and how many are likely to be unseen
// in truth: what partners' probabilities leave, less what linkage misses, within 95 %.
struct UnseenCount {
  std::string group;
  std::int64_t rows = 0;
  std::int64_t known = 0;
  std::int64_t uncertain = 0;
  std::int64_t unseen = 0;
  double likely = 0;
  double low = 0;
  double high = 0;

  // The interval in whole persons.
  std::int64_t at_least() const { return static_cast<std::int64_t>(std::floor(low)); }
  std::int64_t at_most() const { return static_cast<std::int64_t>(std::ceil(high)); }
};

// How many pairs of one person no key brought together, as LinkEstimates says.
struct LostPairs {
  double pairs = 0;
  double low = 0;
  double high = 0;
};
LostPairs lost_pairs(const LinkEstimates& estimates);
// By row of the first list: how likely it is that none of its partners is the same person.
std::vector<double> unseen_probabilities(const LinkResult& linked);

// `group_of[i]` is the group of row i, an index into `groups`; the last count is the whole, with an
// empty name. Groups without a row are left out.
std::vector<UnseenCount> count_unseen(const LinkResult& linked, const std::vector<Unseen>& rows,
                                      const std::vector<std::uint32_t>& group_of,
                                      const std::vector<std::string>& groups);
// The same from bands and probabilities that people's verdicts may have changed.
std::vector<UnseenCount> count_unseen(const std::vector<Unseen>& rows,
                                      const std::vector<double>& unseen, const LostPairs& lost,
                                      const std::vector<std::uint32_t>& group_of,
                                      const std::vector<std::string>& groups);

}  // namespace filrouge::linkage
