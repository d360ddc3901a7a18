// How near two short texts are. Both measures are symmetric and work on bytes, which after
// normalisation are lower-case letters and digits. Longer texts are cut to 64 bytes.
//
//   edit_distance("martin", "matrin") == 1;      // optimal string alignment: a transposition is
//   one jaro_winkler("martha", "marhta") == 0.961;   // 0 nothing in common, 1 equal
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

namespace filrouge::linkage {

inline constexpr std::size_t compared_bytes_max = 64;

std::size_t edit_distance(std::string_view a, std::string_view b);
double jaro_winkler(std::string_view a, std::string_view b);

// The same two measures, much faster, for texts of at most sixteen bytes that lie in the first
// `size` of sixteen bytes that may be read.
struct ShortText {
  const char* bytes = nullptr;
  std::size_t size = 0;
};
inline constexpr std::size_t short_bytes_max = 16;
std::size_t edit_distance(ShortText a, ShortText b);
double jaro_winkler(ShortText a, ShortText b);

// edit_distance(a, b) <= 1, for a few instructions.
bool within_one_edit(std::string_view a, std::string_view b);

// Two bits for each letter, set by its first and its second occurrence, two for all digits and two
// for anything else: as many bits as one text has beyond the other, so many of its letters find no
// partner there.
std::uint64_t letters_of(std::string_view text);

}  // namespace filrouge::linkage
