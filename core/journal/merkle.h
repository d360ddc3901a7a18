// The shape of the log as RFC 6962 section 2.1 has it: leaf = H(0x00 ‖ data), node =
// H(0x01 ‖ left ‖ right). The frontier holds the roots of the perfect subtrees, largest first,
// so that appending costs one hash in the mean and the root about log2(n).
// data of a leaf = salt ‖ associated_data ‖ H(ciphertext): an entry can be deleted for good (salt,
// envelope, ciphertext and key) while its leaf stays and the log still verifies (law 9).
// The hash (BLAKE2b-256) is given by the host: core has no cryptography of its own.
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "core/journal/envelope.h"

namespace filrouge {

using HashFunction = Bytes32 (*)(std::string_view bytes);

Bytes32 merkle_leaf(HashFunction hash, std::string_view data);
Bytes32 merkle_node(HashFunction hash, const Bytes32& left, const Bytes32& right);

struct MerkleFrontier {
  std::uint64_t size = 0;         // leaves appended
  std::vector<Bytes32> subtrees;  // as many as bits set in size

  void append(HashFunction hash, const Bytes32& leaf);
  Bytes32 root(HashFunction hash) const;  // of the empty log: H("")
};

}  // namespace filrouge
