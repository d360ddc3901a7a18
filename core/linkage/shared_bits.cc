#include "core/linkage/shared_bits.h"

#include <algorithm>
#include <cmath>

#include "core/linkage/bit_kernel.h"

namespace filrouge::linkage {

namespace {

constexpr std::size_t kRowsBlock = 64;        // rows of the first list a task
constexpr std::size_t kGroupsTogether = 256;  // 2,048 rows of the second list: they fit into L2

}  // namespace

BitTable::BitTable(std::span<const Encoding> rows) : size_(rows.size()) {
  groups_.resize((rows.size() + kTogether - 1) / kTogether);
  for (std::size_t i = 0; i < rows.size(); ++i) {
    Group& group = groups_[i / kTogether];
    for (std::size_t w = 0; w < rows[i].size(); ++w) group.word[w][i % kTogether] = rows[i][w];
    group.bits[i % kTogether] = static_cast<std::int64_t>(count_bits(rows[i]));
  }
}

double dice_floor(std::span<const Encoding> a, const BitTable& b, std::size_t per_row) {
  constexpr std::size_t kSteps = 1000;
  constexpr std::size_t kLooked = 200;
  std::vector<std::uint64_t> counts(kSteps + 1);
  const std::size_t step = std::max<std::size_t>(1, a.size() / kLooked);
  std::vector<Encoding> some;
  for (std::size_t i = 0; i < a.size(); i += step) some.push_back(a[i]);
  for (const ClosePair& pair : close_pairs(some, b, 0.3, sequential()))
    ++counts[static_cast<std::size_t>(pair.dice() * kSteps)];
  std::uint64_t sum = 0;
  for (std::size_t i = kSteps + 1; i-- > 0;) {
    sum += counts[i];
    if (sum >= per_row * some.size()) return static_cast<double>(i) / kSteps;
  }
  return 0.3;
}

std::vector<ClosePair> close_pairs(std::span<const Encoding> a, const BitTable& b, double at_least,
                                   const ParallelFor& run) {
  return close_pairs(a, b, at_least, run, best_bit_kernel());
}

std::vector<ClosePair> close_pairs(std::span<const Encoding> a, const BitTable& b, double at_least,
                                   const ParallelFor& run, BitKernel kernel) {
  const Kernel count = kernel_of(kernel);
  const auto half = static_cast<std::int64_t>(std::ceil(at_least / 2 * (1 << needed_shift)));
  const std::span<const BitTable::Group> groups = b.groups();
  std::vector<std::vector<ClosePair>> found((a.size() + kRowsBlock - 1) / kRowsBlock);
  run(found.size(), [&](std::size_t block) {
    const std::size_t begin = block * kRowsBlock;
    const std::size_t end = std::min(a.size(), begin + kRowsBlock);
    std::vector<KernelHit> hits;
    for (std::size_t g = 0; g < groups.size(); g += kGroupsTogether) {
      const auto stretch = groups.subspan(g, std::min(kGroupsTogether, groups.size() - g));
      for (std::size_t i = begin; i < end; i += 2) {
        // The last row alone stands for both; its double is passed over.
        const std::size_t rows[2] = {i, std::min(i + 1, end - 1)};
        KernelQuery query;
        query.half = half;
        std::int64_t bits[2];
        for (std::size_t q = 0; q < 2; ++q) {
          query.rows[q] = &a[rows[q]];
          bits[q] = static_cast<std::int64_t>(count_bits(a[rows[q]]));
          query.needed[q] = half * bits[q];
        }
        hits.clear();
        count(query, stretch, hits);
        for (const KernelHit& hit : hits) {
          if (hit.shared == 0 || (hit.row == 1 && rows[1] == rows[0])) continue;
          const std::size_t other = g * BitTable::kTogether + hit.other;
          if (other >= b.size()) continue;
          const auto& group = groups[other / BitTable::kTogether];
          found[block].push_back({static_cast<std::uint32_t>(rows[hit.row]),
                                  static_cast<std::uint32_t>(other),
                                  static_cast<std::uint16_t>(hit.shared),
                                  static_cast<std::uint16_t>(
                                      bits[hit.row] + group.bits[other % BitTable::kTogether])});
        }
      }
    }
    std::sort(found[block].begin(), found[block].end(), [](const ClosePair& x, const ClosePair& y) {
      return x.a != y.a ? x.a < y.a : x.b < y.b;
    });
  });
  std::vector<ClosePair> out;
  std::size_t size = 0;
  for (const auto& some : found) size += some.size();
  out.reserve(size);
  for (const auto& some : found) out.insert(out.end(), some.begin(), some.end());
  return out;
}

}  // namespace filrouge::linkage
