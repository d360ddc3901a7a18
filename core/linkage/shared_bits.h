// Every pair of two encoded lists whose rows share enough bits, by looking at all of them: at a
// billion pairs a second a département needs no blocking (linkage design 3). Dice of two rows is
// twice the bits they share over the bits they have. The fastest kernel that the processor has is
// taken when the program runs; all give the same.
//
//   BitTable b(rows_b); each_close_pair(rows_a, b, 0.5, run, [](CloseRow row) { ... });
#pragma once

#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include "core/linkage/encode.h"
#include "core/linkage/field.h"

namespace filrouge::linkage {

struct ClosePair {
  std::uint32_t a = 0;
  std::uint32_t b = 0;
  std::uint16_t shared = 0;
  std::uint16_t bits = 0;  // of both rows together
  double dice() const { return bits == 0 ? 0 : 2.0 * shared / bits; }
};

// Eight rows side by side, word by word, so that one instruction works on eight pairs.
class BitTable {
 public:
  static constexpr std::size_t kTogether = 8;
  struct alignas(64) Group {
    std::uint64_t word[encoding_bits / 64][kTogether];
    std::int64_t bits[kTogether];
  };
  explicit BitTable(std::span<const Encoding> rows);
  std::size_t size() const { return size_; }
  std::span<const Group> groups() const { return groups_; }

 private:
  std::size_t size_ = 0;
  std::vector<Group> groups_;
};

// Pairs with dice() >= at_least, by a, then b. Rows without a bit are in no pair.
std::vector<ClosePair> close_pairs(std::span<const Encoding> a, const BitTable& b, double at_least,
                                   const ParallelFor& run);

// The dice() that about `per_row` rows of b reach for each row of a, from some rows of a.
double dice_floor(std::span<const Encoding> a, const BitTable& b, std::size_t per_row);

enum class BitKernel : std::uint8_t { portable, popcnt, avx2, avx512 };
std::string_view bit_kernel_name(BitKernel kernel);
// The best one here; others for tests and measures, where the processor has them.
BitKernel best_bit_kernel();
bool has_bit_kernel(BitKernel kernel);
std::vector<ClosePair> close_pairs(std::span<const Encoding> a, const BitTable& b, double at_least,
                                   const ParallelFor& run, BitKernel kernel);

}  // namespace filrouge::linkage
