// Which rows of encoded lists are the same person, and who of the first list is known to nobody,
// by whoever holds no key (linkage design 5). Every pair is looked at (shared_bits.h). What counts
// is how far a pair stands out: its Dice less what the fourth best of either row reaches, for rows
// with frequent names resemble many. How likely a pair that stands out so far is one person is
// learnt from the lists themselves: what stands out by chance is seen in the second best of rows
// whose best is clear; no truth and no key is needed.
//
//   EncodedMatch done = match_encoded(school, {ml, ft}, run);
//   done.known[7] == Known::unseen;
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "core/linkage/encode.h"
#include "core/linkage/link.h"
#include "core/linkage/unseen.h"

namespace filrouge::linkage {

struct EncodedLink {
  std::uint32_t first = 0;  // row of the first list
  std::uint32_t other = 0;  // row of the other
  std::uint32_t list = 0;   // which of the others
  float dice = 0;
  float probability = 0;
  Band band = Band::non_match;
};

struct EncodedMatch {
  std::vector<EncodedLink> links;  // in the bands match and review, by list, first, other
  std::vector<Known> known;        // by row of the first list
  LinkEstimates estimates;         // of all lists; what is hidden among chance cannot be seen
  double known_in_band[3] = {};    // by Known: mean probability that such a row is known
  std::uint64_t pairs = 0;
};

EncodedMatch match_encoded(std::span<const Encoding> first,
                           const std::vector<std::span<const Encoding>>& others,
                           const ParallelFor& run);

}  // namespace filrouge::linkage
