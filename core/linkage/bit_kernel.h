// The inner loop of shared_bits.h, once for each family of processors: two rows against a stretch
// of groups of eight. A hit is a pair whose shared bits, times 2^16, reach `needed_a` plus the
// group's own `half of the threshold` times its bits; integers only, so that all kernels agree.
//
//   KernelHits hits; kernel_of(best_bit_kernel())(query, groups, hits);
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "core/linkage/shared_bits.h"

namespace filrouge::linkage {

inline constexpr unsigned needed_shift = 16;

struct KernelHit {
  std::uint32_t row = 0;    // 0 or 1: which of the two of the query
  std::uint32_t other = 0;  // in the stretch
  std::uint32_t shared = 0;
};

struct KernelQuery {
  const Encoding* rows[2] = {};
  std::int64_t needed[2] =
      {};                 // of shared bits, << needed_shift: half the threshold times its bits
  std::int64_t half = 0;  // half the threshold, << needed_shift
};

using Kernel = void (*)(const KernelQuery& query, std::span<const BitTable::Group> groups,
                        std::vector<KernelHit>& hits);

Kernel kernel_of(BitKernel kernel);

}  // namespace filrouge::linkage
