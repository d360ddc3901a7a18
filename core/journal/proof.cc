#include "core/journal/proof.h"

#include <bit>

namespace filrouge {

namespace {

Error out_of_range() { return {Code::invalid, "", "range", "the log is shorter than that"}; }

Status add_path(const SubtreeRoot& tree, std::uint64_t index, std::uint64_t from, std::uint64_t to,
                std::vector<Bytes32>& path) {
  if (to - from == 1) return Done{};
  const std::uint64_t middle = from + split_of(to - from);
  const bool is_left = index < middle;
  FILROUGE_CHECK(is_left ? add_path(tree, index, from, middle, path)
                         : add_path(tree, index, middle, to, path));
  FILROUGE_TRY(other, is_left ? tree(middle, to) : tree(from, middle));
  path.push_back(other);
  return Done{};
}

// SUBPROOF(first, D[from:to], whole) of RFC 6962; `first` counts from `from`.
Status add_subproof(const SubtreeRoot& tree, std::uint64_t first, std::uint64_t from,
                    std::uint64_t to, bool whole, std::vector<Bytes32>& proof) {
  if (first == to - from) {
    if (whole) return Done{};
    FILROUGE_TRY(root, tree(from, to));
    proof.push_back(root);
    return Done{};
  }
  const std::uint64_t middle = from + split_of(to - from);
  const bool is_left = first <= middle - from;
  FILROUGE_CHECK(is_left ? add_subproof(tree, first, from, middle, whole, proof)
                         : add_subproof(tree, first - (middle - from), middle, to, false, proof));
  FILROUGE_TRY(other, is_left ? tree(middle, to) : tree(from, middle));
  proof.push_back(other);
  return Done{};
}

}  // namespace

std::uint64_t split_of(std::uint64_t n) { return std::bit_floor(n - 1); }

Result<std::vector<Bytes32>> inclusion_proof(const SubtreeRoot& tree, std::uint64_t index,
                                             std::uint64_t size) {
  if (index >= size) return out_of_range();
  std::vector<Bytes32> path;
  FILROUGE_CHECK(add_path(tree, index, 0, size, path));
  return path;
}

// RFC 9162 2.1.3.2.
bool proves_inclusion(HashFunction hash, const Bytes32& leaf, std::uint64_t index,
                      std::uint64_t size, const std::vector<Bytes32>& proof, const Bytes32& root) {
  if (index >= size) return false;
  std::uint64_t node = index;
  std::uint64_t last = size - 1;
  Bytes32 made = leaf;
  for (const Bytes32& other : proof) {
    if (last == 0) return false;
    if ((node & 1) != 0 || node == last) {
      made = merkle_node(hash, other, made);
      while ((node & 1) == 0 && node != 0) {
        node >>= 1;
        last >>= 1;
      }
    } else {
      made = merkle_node(hash, made, other);
    }
    node >>= 1;
    last >>= 1;
  }
  return last == 0 && made == root;
}

Result<std::vector<Bytes32>> consistency_proof(const SubtreeRoot& tree, std::uint64_t first,
                                               std::uint64_t second) {
  if (first == 0 || first > second) return out_of_range();
  std::vector<Bytes32> proof;
  if (first < second) FILROUGE_CHECK(add_subproof(tree, first, 0, second, true, proof));
  return proof;
}

// RFC 9162 2.1.4.2.
bool proves_consistency(HashFunction hash, std::uint64_t first, std::uint64_t second,
                        const std::vector<Bytes32>& proof, const Bytes32& first_root,
                        const Bytes32& second_root) {
  if (first == 0 || first > second) return false;
  if (first == second) return proof.empty() && first_root == second_root;
  std::size_t at = 0;
  // Where the first log is a perfect tree, its root is not repeated in the proof.
  const bool perfect = std::has_single_bit(first);
  if (!perfect && proof.empty()) return false;
  const Bytes32 seed = perfect ? first_root : proof[at++];
  std::uint64_t node = first - 1;
  std::uint64_t last = second - 1;
  while ((node & 1) != 0) {
    node >>= 1;
    last >>= 1;
  }
  Bytes32 first_made = seed;
  Bytes32 second_made = seed;
  for (; at < proof.size(); ++at) {
    if (last == 0) return false;
    if ((node & 1) != 0 || node == last) {
      first_made = merkle_node(hash, proof[at], first_made);
      second_made = merkle_node(hash, proof[at], second_made);
      while ((node & 1) == 0 && node != 0) {
        node >>= 1;
        last >>= 1;
      }
    } else {
      second_made = merkle_node(hash, second_made, proof[at]);
    }
    node >>= 1;
    last >>= 1;
  }
  return last == 0 && first_made == first_root && second_made == second_root;
}

}  // namespace filrouge
