#include "core/journal/merkle.h"

#include <string>

namespace filrouge {

Bytes32 merkle_leaf(HashFunction hash, std::string_view data) {
  std::string bytes(1, '\0');
  bytes += data;
  return hash(bytes);
}

Bytes32 merkle_node(HashFunction hash, const Bytes32& left, const Bytes32& right) {
  std::string bytes(1, '\x01');
  for (const Bytes32* side : {&left, &right})
    bytes.append(reinterpret_cast<const char*>(side->data()), side->size());
  return hash(bytes);
}

void MerkleFrontier::append(HashFunction hash, const Bytes32& leaf) {
  Bytes32 tree = leaf;
  for (std::uint64_t bit = size; (bit & 1) != 0; bit >>= 1) {
    tree = merkle_node(hash, subtrees.back(), tree);
    subtrees.pop_back();
  }
  subtrees.push_back(tree);
  ++size;
}

Bytes32 MerkleFrontier::root(HashFunction hash) const {
  if (subtrees.empty()) return hash({});
  Bytes32 right = subtrees.back();
  for (std::size_t i = subtrees.size() - 1; i > 0; --i)
    right = merkle_node(hash, subtrees[i - 1], right);
  return right;
}

}  // namespace filrouge
