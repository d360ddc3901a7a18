// Persons out of pairs (linkage design 4.8): rows are put together by falling weight, and two
// groups become one only where their rows fit on average, every row of one against every row of the
// other, compared or not. One wrong pair thus cannot chain two persons together.
//
//   Clusters clusters = make_clusters(linked);
//   apply_clusters(linked, clusters);   // one list: the bands then say the same as the clusters
#pragma once

#include <cstdint>
#include <vector>

#include "core/linkage/link.h"

namespace filrouge::linkage {

struct Clusters {
  std::vector<std::uint32_t> person;  // by row; numbered from 0 in the order of their first rows
  std::uint32_t persons = 0;
};

Clusters make_clusters(const LinkResult& linked);

// Within one list: pairs of a cluster are matches, those that no key had are added with what their
// common neighbours say; matches that the clusters part go to review. Estimates are counted again.
void apply_clusters(LinkResult& linked, const Clusters& clusters);

}  // namespace filrouge::linkage
