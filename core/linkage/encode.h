// A row of a list as 1,024 bits that can be compared without being read (linkage design 5): each
// token of a person (two letters of a name, a part of the birth date, of the postcode ...) sets
// bits that only a holder of the key can tell. Two lists encoded under one key are compared by the
// bits that their rows share (encoded_match.h).
//
// Hardened: 2,048 bits are folded to 1,024 (a bit says which of two, and not which one), and bits
// are flipped at random, by key, owner and content: the same row of the same owner always gives the
// same bits, so that repeats average nothing out. What this does not protect: docs/linkage.md.
// The library has no cryptography of its own: `hash` is a keyed hash that the caller brings.
//
//   auto encoded = encode_list(list, {.owner = "ml"}, hash_under_campaign_key, sequential());
//   shared_bits(encoded->rows[0], encoded->rows[1]);
#pragma once

#include <array>
#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/result.h"
#include "core/linkage/field.h"
#include "core/linkage/records.h"

namespace filrouge::linkage {

inline constexpr std::size_t encoding_bits = 1024;
using Encoding = std::array<std::uint64_t, encoding_bits / 64>;

// Keyed by the campaign; nobody without the key tells its values from chance.
using KeyedHash = std::function<std::array<std::uint8_t, 64>(std::string_view)>;
// Fills with numbers drawn by chance: the system's, or a seeded stream for tests.
using RandomBytes = std::function<void(std::uint8_t* into, std::size_t count)>;

// `none` and `folded` (no flips) are for measuring what hardening costs and prevents, and for who
// attacks; no command writes them to a file.
enum class Hardening : std::uint8_t { none, folded, standard, strong };
// The share of bits that are replaced by chance: 0, 0, 0.05, 0.10.
double replaced_bits(Hardening hardening);

struct EncodeOptions {
  Hardening hardening = Hardening::standard;
  std::string owner;  // who encodes; flips differ between owners
};

struct EncodedList {
  std::vector<Encoding> rows;
  std::vector<ColumnReport> columns;
  std::uint64_t empty_rows = 0;  // nothing in them could be encoded
};

// Fields that are encoded; columns of others are passed over.
bool is_encoded(Field field);

// Refuses a list without a column that is encoded ("no_column") or without a row ("empty").
Result<EncodedList> encode_list(const InputList& list, const EncodeOptions& options,
                                const KeyedHash& hash, const ParallelFor& run);

std::uint32_t count_bits(const Encoding& row);
std::uint32_t shared_bits(const Encoding& a, const Encoding& b);

}  // namespace filrouge::linkage
