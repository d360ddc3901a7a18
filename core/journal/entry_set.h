// A sorted list of entry ids as a set: the same ids in any order make the same list.
#pragma once

#include <algorithm>
#include <vector>

#include "core/base/ids.h"

namespace filrouge {

inline bool has_entry(const std::vector<EntryId>& set, const EntryId& entry) {
  return std::binary_search(set.begin(), set.end(), entry);
}

inline void add_entry(std::vector<EntryId>& set, const EntryId& entry) {
  const auto at = std::lower_bound(set.begin(), set.end(), entry);
  if (at == set.end() || *at != entry) set.insert(at, entry);
}

}  // namespace filrouge
