// What somebody could do with an encoded list who has no key but holds the same persons in clear
// and knows how this program encodes (linkage design 5). The attacks of the literature, made to
// measure what hardening prevents: a defence that was never attacked is a wish.
//
// - other_key: encodes the own list under another key and takes the row that resembles most.
// - frequency: rows that are often near others against persons who resemble many.
// - pattern: bits that come together again and again are taken for tokens and laid, by how often
//   they come, over the tokens of the clear list.
// - graph: who resembles whom, and how much, does not depend on the key: the resemblances of the
//   own list, under a key of its own, are laid over those of the encoded one, from the most
//   striking rows outwards.
//
//   AttackInput input{encoded, own, {}};   auto guessed = attack_graph(input, run);
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "core/linkage/encode.h"
#include "core/linkage/field.h"

namespace filrouge::linkage {

inline constexpr std::uint32_t no_guess = 0xFFFFFFFF;

struct KnownPerson {
  std::uint32_t own = 0;
  std::uint32_t encoded = 0;
};

struct AttackInput {
  std::span<const Encoding> encoded;  // decoys among them, in hidden order
  std::span<const Encoding> own;      // the clear list, encoded by the attacker without flips
  std::vector<KnownPerson> known;     // persons whose row the attacker learnt by other means
};

// For each own row the encoded row that it is said to be, or no_guess.
using Guesses = std::vector<std::uint32_t>;

Guesses attack_other_key(const AttackInput& input, const ParallelFor& run);
Guesses attack_frequency(const AttackInput& input, const ParallelFor& run);
Guesses attack_pattern(const AttackInput& input, const ParallelFor& run);
Guesses attack_graph(const AttackInput& input, const ParallelFor& run);

}  // namespace filrouge::linkage
