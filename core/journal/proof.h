// Proofs over the log, as RFC 6962 sections 2.1.1 and 2.1.2 have them: that a leaf stands at a
// place (inclusion), and that a longer log begins with a shorter one (consistency). Whoever holds
// a root checks them without the log. `index` counts from 0, so the entry of recv_seq n is n - 1.
// The hashes of a proof come from `tree`, which gives the root of the leaves [from, to).
//
//   auto proof = inclusion_proof(tree, 6, 100);
//   bool is_in = proves_inclusion(hash, leaf, 6, 100, *proof, root);
#pragma once

#include <functional>
#include <vector>

#include "core/base/result.h"
#include "core/journal/merkle.h"

namespace filrouge {

// RFC 6962's MTH(D[from:to]); from < to.
using SubtreeRoot = std::function<Result<Bytes32>(std::uint64_t from, std::uint64_t to)>;

// The largest power of two smaller than n; n > 1.
std::uint64_t split_of(std::uint64_t n);

// `invalid` "range" unless index < size.
Result<std::vector<Bytes32>> inclusion_proof(const SubtreeRoot& tree, std::uint64_t index,
                                             std::uint64_t size);
bool proves_inclusion(HashFunction hash, const Bytes32& leaf, std::uint64_t index,
                      std::uint64_t size, const std::vector<Bytes32>& proof, const Bytes32& root);

// `invalid` "range" unless 0 < first <= second.
Result<std::vector<Bytes32>> consistency_proof(const SubtreeRoot& tree, std::uint64_t first,
                                               std::uint64_t second);
bool proves_consistency(HashFunction hash, std::uint64_t first, std::uint64_t second,
                        const std::vector<Bytes32>& proof, const Bytes32& first_root,
                        const Bytes32& second_root);

}  // namespace filrouge
