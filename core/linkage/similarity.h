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

// One bit for each letter that occurs, one for any digit, one for anything else: two texts at
// distance d differ in at most 2d of these bits.
std::uint32_t letters_of(std::string_view text);

}  // namespace filrouge::linkage
