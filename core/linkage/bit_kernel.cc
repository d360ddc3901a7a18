#include "core/linkage/bit_kernel.h"

#include <bit>

#include "core/base/result.h"

#if defined(__x86_64__)
#include <immintrin.h>
#endif

namespace filrouge::linkage {

namespace {

constexpr std::size_t kWords = encoding_bits / 64;
constexpr std::size_t kTogether = BitTable::kTogether;

// What the compiler makes of it depends on the processor that it may count on.
[[gnu::always_inline]] inline void count_plainly(const KernelQuery& query,
                                                 std::span<const BitTable::Group> groups,
                                                 std::vector<KernelHit>& hits) {
  for (std::size_t g = 0; g < groups.size(); ++g) {
    const BitTable::Group& group = groups[g];
    for (std::uint32_t q = 0; q < 2; ++q) {
      const Encoding& row = *query.rows[q];
      std::int64_t shared[kTogether] = {};
      for (std::size_t w = 0; w < kWords; ++w)
        for (std::size_t i = 0; i < kTogether; ++i)
          shared[i] += std::popcount(row[w] & group.word[w][i]);
      for (std::uint32_t i = 0; i < kTogether; ++i)
        if ((shared[i] << needed_shift) >= query.needed[q] + query.half * group.bits[i])
          hits.push_back({q, static_cast<std::uint32_t>(g * kTogether) + i,
                          static_cast<std::uint32_t>(shared[i])});
    }
  }
}

void portable(const KernelQuery& query, std::span<const BitTable::Group> groups,
              std::vector<KernelHit>& hits) {
  count_plainly(query, groups, hits);
}

#if defined(__x86_64__)

[[gnu::target("popcnt")]] void with_popcnt(const KernelQuery& query,
                                           std::span<const BitTable::Group> groups,
                                           std::vector<KernelHit>& hits) {
  for (std::size_t g = 0; g < groups.size(); ++g) {
    const BitTable::Group& group = groups[g];
    for (std::uint32_t q = 0; q < 2; ++q) {
      const std::uint64_t* const row = query.rows[q]->data();
      for (std::uint32_t i = 0; i < kTogether; ++i) {
        std::int64_t shared = 0;
        for (std::size_t w = 0; w < kWords; ++w)
          shared += _mm_popcnt_u64(row[w] & group.word[w][i]);
        if ((shared << needed_shift) >= query.needed[q] + query.half * group.bits[i])
          hits.push_back({q, static_cast<std::uint32_t>(g * kTogether) + i,
                          static_cast<std::uint32_t>(shared)});
      }
    }
  }
}

// Bits of each byte by a table of sixteen; sums of bytes stay below 256 for 16 words.
[[gnu::target("avx2")]] void with_avx2(const KernelQuery& query,
                                       std::span<const BitTable::Group> groups,
                                       std::vector<KernelHit>& hits) {
  const __m256i low = _mm256_set1_epi8(15);
  const __m256i table = _mm256_setr_epi8(0, 1, 1, 2, 1, 2, 2, 3, 1, 2, 2, 3, 2, 3, 3, 4, 0, 1, 1, 2,
                                         1, 2, 2, 3, 1, 2, 2, 3, 2, 3, 3, 4);
  const __m256i zero = _mm256_setzero_si256();
  for (std::size_t g = 0; g < groups.size(); ++g) {
    const BitTable::Group& group = groups[g];
    for (std::uint32_t q = 0; q < 2; ++q) {
      const std::uint64_t* const row = query.rows[q]->data();
      __m256i bytes[2] = {zero, zero};
      for (std::size_t w = 0; w < kWords; ++w) {
        const __m256i own = _mm256_set1_epi64x(static_cast<long long>(row[w]));
        for (std::size_t half = 0; half < 2; ++half) {
          const __m256i both = _mm256_and_si256(
              own, _mm256_load_si256(
                       reinterpret_cast<const __m256i*>(&group.word[w][half * kTogether / 2])));
          const __m256i of_low = _mm256_shuffle_epi8(table, _mm256_and_si256(both, low));
          const __m256i of_high =
              _mm256_shuffle_epi8(table, _mm256_and_si256(_mm256_srli_epi16(both, 4), low));
          bytes[half] = _mm256_add_epi8(bytes[half], _mm256_add_epi8(of_low, of_high));
        }
      }
      for (std::uint32_t half = 0; half < 2; ++half) {
        alignas(32) std::int64_t shared[kTogether / 2];
        _mm256_store_si256(reinterpret_cast<__m256i*>(shared), _mm256_sad_epu8(bytes[half], zero));
        for (std::uint32_t i = 0; i < kTogether / 2; ++i) {
          const std::size_t at = half * (kTogether / 2) + i;
          if ((shared[i] << needed_shift) >= query.needed[q] + query.half * group.bits[at])
            hits.push_back({q, static_cast<std::uint32_t>(g * kTogether + at),
                            static_cast<std::uint32_t>(shared[i])});
        }
      }
    }
  }
}

[[gnu::target("avx512f,avx512vl,avx512dq,avx512vpopcntdq")]] void with_avx512(
    const KernelQuery& query, std::span<const BitTable::Group> groups,
    std::vector<KernelHit>& hits) {
  const __m512i half = _mm512_set1_epi64(query.half);
  const __m512i needed[2] = {_mm512_set1_epi64(query.needed[0]),
                             _mm512_set1_epi64(query.needed[1])};
  for (std::size_t g = 0; g < groups.size(); ++g) {
    const BitTable::Group& group = groups[g];
    __m512i shared[2] = {_mm512_setzero_si512(), _mm512_setzero_si512()};
    for (std::size_t w = 0; w < kWords; ++w) {
      const __m512i others = _mm512_load_si512(group.word[w]);
      for (std::size_t q = 0; q < 2; ++q) {
        const __m512i own = _mm512_set1_epi64(static_cast<long long>((*query.rows[q])[w]));
        shared[q] = _mm512_add_epi64(shared[q], _mm512_popcnt_epi64(_mm512_and_si512(own, others)));
      }
    }
    const __m512i own_part = _mm512_mullo_epi64(half, _mm512_load_si512(group.bits));
    for (std::uint32_t q = 0; q < 2; ++q) {
      __mmask8 mask = _mm512_cmpge_epi64_mask(_mm512_slli_epi64(shared[q], needed_shift),
                                              _mm512_add_epi64(needed[q], own_part));
      if (mask == 0) continue;
      alignas(64) std::int64_t counts[kTogether];
      _mm512_store_si512(counts, shared[q]);
      for (; mask != 0; mask = static_cast<__mmask8>(mask & (mask - 1))) {
        const auto i = static_cast<std::uint32_t>(std::countr_zero(static_cast<unsigned>(mask)));
        hits.push_back({q, static_cast<std::uint32_t>(g * kTogether) + i,
                        static_cast<std::uint32_t>(counts[i])});
      }
    }
  }
}

#endif

}  // namespace

std::string_view bit_kernel_name(BitKernel kernel) {
  constexpr std::string_view kNames[] = {"portable", "popcnt", "avx2", "avx512"};
  return kNames[static_cast<std::size_t>(kernel)];
}

bool has_bit_kernel(BitKernel kernel) {
  if (kernel == BitKernel::portable) return true;
#if defined(__x86_64__)
  if (kernel == BitKernel::popcnt) return __builtin_cpu_supports("popcnt");
  if (kernel == BitKernel::avx2) return __builtin_cpu_supports("avx2");
  return __builtin_cpu_supports("avx512vpopcntdq") && __builtin_cpu_supports("avx512vl") &&
         __builtin_cpu_supports("avx512dq");
#else
  return false;
#endif
}

BitKernel best_bit_kernel() {
  for (const BitKernel one : {BitKernel::avx512, BitKernel::avx2, BitKernel::popcnt})
    if (has_bit_kernel(one)) return one;
  return BitKernel::portable;
}

Kernel kernel_of(BitKernel kernel) {
  verify(has_bit_kernel(kernel));
#if defined(__x86_64__)
  if (kernel == BitKernel::avx512) return &with_avx512;
  if (kernel == BitKernel::avx2) return &with_avx2;
  if (kernel == BitKernel::popcnt) return &with_popcnt;
#endif
  return &portable;
}

}  // namespace filrouge::linkage
