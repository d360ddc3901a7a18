#include "core/journal/merkle.h"

#include <string>

namespace filrouge {

namespace {

void append_hash(std::string& out, const Bytes32& hash) {
  out.append(reinterpret_cast<const char*>(hash.data()), hash.size());
}

Bytes32 node(HashFunction hash, const Bytes32& left, const Bytes32& right) {
  std::string bytes(1, '\x01');
  append_hash(bytes, left);
  append_hash(bytes, right);
  return hash(bytes);
}

}  // namespace

Bytes32 merkle_leaf(HashFunction hash, std::string_view data) {
  std::string bytes(1, '\0');
  bytes += data;
  return hash(bytes);
}

void MerkleFrontier::append(HashFunction hash, const Bytes32& leaf) {
  Bytes32 tree = leaf;
  for (std::uint64_t bit = size; (bit & 1) != 0; bit >>= 1) {
    tree = node(hash, subtrees.back(), tree);
    subtrees.pop_back();
  }
  subtrees.push_back(tree);
  ++size;
}

Bytes32 MerkleFrontier::root(HashFunction hash) const {
  if (subtrees.empty()) return hash({});
  Bytes32 right = subtrees.back();
  for (std::size_t i = subtrees.size() - 1; i > 0; --i) right = node(hash, subtrees[i - 1], right);
  return right;
}

}  // namespace filrouge
