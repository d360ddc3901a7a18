// Which pairs are worth comparing (linkage design 4.3): the union of up to sixteen keys, each a few
// facts of a row joined ("birth date and sound of the surname"). Rows with the same key form a
// block; the pairs of all blocks are the candidates, each given once, by the first key that has it.
// A key that would give more pairs than its share has its largest blocks split by one more fact; a
// block that no fact splits is left out, and counted, never in silence.
//
//   Blocking blocking = make_blocks(records, options, run);
//   each_candidate(records, blocking, blocking.pieces[0], [](uint32_t a, uint32_t b) { ... });
#pragma once

#include <algorithm>
#include <array>
#include <cstdint>
#include <string>
#include <vector>

#include "core/linkage/compare.h"
#include "core/linkage/field.h"
#include "core/linkage/records.h"
#include "core/linkage/unset_vector.h"

namespace filrouge::linkage {

inline constexpr std::size_t keys_max = 16;

struct BlockingOptions {
  // Of all keys together, for each row; small lists may have `pairs_free` whatever their size.
  std::uint64_t pairs_per_row = 8;
  std::uint64_t pairs_free = 400'000;
};

// Rows of one block in Key::rows; ascending.
struct Block {
  std::uint32_t begin = 0;
  std::uint32_t end = 0;
};

struct Key {
  std::string name;  // "birth_date+surname_sound"
  std::vector<std::uint32_t> rows;
  std::vector<Block> blocks;
  std::uint32_t facts = 0;           // bits of shared_facts() that it needs
  std::uint64_t pairs = 0;           // of its blocks, before pairs of earlier keys are left out
  std::uint64_t split_blocks = 0;    // too large, split by one more fact
  std::uint64_t left_out_pairs = 0;  // of blocks that would not split
};

// A share of the work: blocks [begin, end) of a key.
struct Piece {
  std::uint32_t key = 0;
  std::uint32_t begin = 0;
  std::uint32_t end = 0;
};

struct alignas(64) RowKeys {
  std::uint32_t of[keys_max];
};

struct Blocking {
  std::vector<Key> keys;
  UnsetVector<RowKeys> row_keys;  // by row; two rows share key k where they are equal
  std::vector<Piece> pieces;      // all blocks, in shares of about the same size
};

Blocking make_blocks(const Records& records, const BlockingOptions& options,
                     const ParallelFor& run);

// Which facts two rows share, as bits.
std::uint32_t shared_facts(const Records& records, std::uint32_t a, std::uint32_t b);
// Facts that go wrong together, and the dimensions of a pattern (compare.h) that tell of them.
struct FactGroup {
  std::uint32_t facts = 0;
  Pattern dimensions = 0;
};
const std::vector<FactGroup>& fact_groups();

// The facts by which blocks are split first.
inline constexpr std::size_t split_kinds = 8;  // sets of them
const std::array<std::uint32_t, 3>& split_facts();

// Bit k: both rows have key k.
inline std::uint32_t shared_keys(const RowKeys& a, const RowKeys& b) {
  std::uint32_t bits = 0;
  for (std::size_t k = 0; k < keys_max; ++k)
    bits |= static_cast<std::uint32_t>(a.of[k] == b.of[k]) << k;
  return bits;
}

// All ones for the first `keys`.
inline RowKeys first_keys(std::size_t keys) {
  RowKeys mask{};
  for (std::size_t k = 0; k < keys; ++k) mask.of[k] = ~std::uint32_t{0};
  return mask;
}

// True where one of the keys of the mask is shared.
inline bool shares_key(const RowKeys& a, const RowKeys& b, const RowKeys& mask) {
  std::uint32_t found = 0;
  for (std::size_t k = 0; k < keys_max; ++k)
    found |= (a.of[k] == b.of[k] ? ~std::uint32_t{0} : 0) & mask.of[k];
  return found != 0;
}

// Rows of a block lie anywhere: they are asked for some blocks before they are needed.
inline constexpr std::size_t blocks_ahead = 6;
inline constexpr std::size_t rows_fetched_max = 64;
inline void fetch_block(const Records& records, const Blocking& blocking, const Key& key,
                        Block block) {
  const std::size_t end = std::min<std::size_t>(block.end, block.begin + rows_fetched_max);
  for (std::size_t at = block.begin; at < end; ++at) {
    __builtin_prefetch(&records.rows[key.rows[at]]);
    __builtin_prefetch(&blocking.row_keys[key.rows[at]]);
  }
}
// use(a, b), a < b, for every pair of the piece that no earlier key has: pairs of one list where
// there is one list, pairs across lists where there are several.
template <class Use>
void each_candidate(const Records& records, const Blocking& blocking, const Piece& piece,
                    const Use& use) {
  const Key& key = blocking.keys[piece.key];
  const bool across = records.lists() > 1;
  const RowKeys* const row_keys = blocking.row_keys.data();
  const std::uint32_t* const rows = key.rows.data();
  const RowKeys mask = first_keys(piece.key);
  std::size_t fetched = piece.begin;
  for (std::size_t i = piece.begin; i < piece.end; ++i) {
    for (; fetched < piece.end && fetched < i + blocks_ahead; ++fetched)
      fetch_block(records, blocking, key, key.blocks[fetched]);
    const Block block = key.blocks[i];
    std::size_t from = block.begin;
    for (std::size_t at = block.begin; at < block.end; ++at) {
      const std::uint32_t a = rows[at];
      if (from <= at) from = at + 1;
      if (across) {
        const std::uint32_t list_end = records.list_end(a);
        while (from < block.end && rows[from] < list_end) ++from;
        if (from == block.end) break;
      }
      for (std::size_t other = from; other < block.end; ++other) {
        const std::uint32_t b = rows[other];
        if (!shares_key(row_keys[a], row_keys[b], mask)) use(a, b);
      }
    }
  }
}

}  // namespace filrouge::linkage
