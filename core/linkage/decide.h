// From weights to decisions (linkage design 4.7): rows that want the same partner share one
// probability among them, as far as their list has no duplicates; the two thresholds come from
// the probabilities themselves; what no key brought together is estimated from what
// the others share.
//
//   share_probabilities(records, links, run);
//   Thresholds limits = thresholds_of(links, matches);
#pragma once

#include <cstdint>
#include <vector>

#include "core/linkage/blocking.h"
#include "core/linkage/estimate.h"
#include "core/linkage/link.h"

namespace filrouge::linkage {

// Gives Link::probability; `links` ascend by their rows. Within one list, odds alone count.
void share_probabilities(const Records& records, std::vector<Link>& links, const ParallelFor& run);

// The pairs of one person that no key brought together, in two ways.
// As if names, date, place and so on went wrong independently within each kind of rows (model.h):
// found pairs, each by its probability, are taken apart and put together at random, and those that
// no key would have are counted. Errors come together more than that: it is a lower bound.
// From the tail: of pairs that share few keys there are f2 with two, f1 with one, and f1 * f1 / f2
// with none, where the chance of a key varies from pair to pair as an exponential law says (Chao's
// estimator of unseen species under a geometric law; under Poisson's, half of it). The larger of
// the two is taken for the number, what they look like from the first; half of it and twice of it
// are as far as other laws would go.
Lost lost_in_blocking(const Records& records, const Blocking& blocking, const Scorer& scorer,
                      const std::vector<Link>& links, const ParallelFor& run);

struct Thresholds {
  double match = 0.5;
  double review = 0.1;
};
// `match`: the largest expected F1, never below one half. `review`: what is left below is at most
// one match in four hundred, or 0.15.
Thresholds thresholds_of(const std::vector<Link>& links, double matches);

// Sums up LinkResult::estimates from the bands; what was lost is kept.
void count_estimates(LinkResult& linked);

// Same surname, day of birth and place but another given name: brothers and sisters, twins. Never a
// match by itself where given names are written wrongly less often than twins are born.
bool could_be_twins(const Model& model, Pattern pattern);

}  // namespace filrouge::linkage
