// What `link` writes: pairs, clusters. Comma between cells, UTF-8 without byte order mark, "\n";
// probabilities with six decimals, weights with three; rows in the order of the lists.
//
//   left_id,right_id,probability,weight,band[,left_list,right_list][,weight_FIELD...]
#pragma once

#include <limits>
#include <string>

#include "core/base/result.h"
#include "core/linkage/cluster.h"
#include "core/linkage/link.h"
#include "server/cli/linkage/lists.h"

namespace filrouge {

struct PairOptions {
  // Pairs below review are written from this weight on, in bits.
  double above = std::numeric_limits<double>::infinity();
  bool explain = false;
};

// Gives the number of pairs written.
Result<std::uint64_t> write_pairs(const std::string& path, const PersonLists& lists,
                                  const linkage::LinkResult& linked, const PairOptions& options,
                                  const linkage::ParallelFor& run);
// id,list,person
Status write_clusters(const std::string& path, const PersonLists& lists,
                      const linkage::Clusters& clusters);

std::string_view band_name(linkage::Band band);
void add_cell(std::string& out, std::string_view text);  // quoted where it must be
void add_number(std::string& out, double number, int decimals);

}  // namespace filrouge
