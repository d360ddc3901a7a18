// Record linkage from lists to decided pairs: which rows are the same person, with a probability
// and a band, and what was probably missed (linkage design 4). One list finds its duplicates,
// several find persons across them. The same input gives the same bytes however `run` runs.
//
//   auto linked = link({list_a, list_b}, {}, sequential());
//   for (const Link& one : linked->links) if (one.band == Band::match) ...;
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <vector>

#include "core/base/result.h"
#include "core/linkage/candidates.h"
#include "core/linkage/field.h"
#include "core/linkage/model.h"
#include "core/linkage/score.h"

namespace filrouge::linkage {

enum class Band : std::uint8_t { non_match, review, match };

struct Link {
  Pair pair;              // rows of all lists, a < b
  float weight = 0;       // bits: log2 of the odds that the model gives
  float probability = 0;  // beside the others that want the same row
  Band band = Band::non_match;
};

// The parts of a run, in their order.
enum class LinkStep : std::uint8_t { reading, blocking, comparing, estimating, deciding };

struct LinkOptions {
  BlockingOptions blocking;
  std::optional<Model> model;  // otherwise estimated
  // Links are given down to this weight, in bits.
  double links_from = -8;
  // The other lists are one: pairs of the first list with any of them, none among them.
  bool first_against_rest = false;
  // Asked before each step; false ends the run with `refused` "cancelled".
  std::function<bool(LinkStep)> on_step;
};

// What the program believes it found and missed; all of it estimated, none of it from the truth.
struct LinkEstimates {
  double matches = 0;           // pairs of one person that there are, blocking loss included
  double found = 0;             // of these, in the band `match`
  double in_review = 0;         // of these, in the band `review`
  double below = 0;             // compared, but below review
  double lost_in_blocking = 0;  // never compared
  double lost_low = 0;          // the same, between these
  double lost_high = 0;
  std::uint64_t match_pairs = 0;
  std::uint64_t review_pairs = 0;
  double precision() const { return match_pairs == 0 ? 1 : found / double(match_pairs); }
  double recall() const { return matches <= 0 ? 1 : found / matches; }
  // Pairs of one person outside the band `match`, and between which numbers they likely are: those
  // below match may be up to twice what the model says, for errors come together.
  double missed() const { return matches - found; }
  double missed_low() const;
  double missed_high() const;
};

struct LinkResult {
  Records records;
  Model model;
  std::vector<Link> links;        // those worth a look, by first row, then second
  std::vector<Key> keys;          // with their counts, without their rows
  UnsetVector<RowKeys> row_keys;  // by row: which keys two rows share
  std::vector<std::uint64_t> pairs_by_key;
  std::uint64_t pairs_compared = 0;
  double match_from = 0.5;  // probability
  double review_from = 0.1;
  LinkEstimates estimates;
};

Result<LinkResult> link(const std::vector<InputList>& lists, const LinkOptions& options,
                        const ParallelFor& run);

}  // namespace filrouge::linkage
