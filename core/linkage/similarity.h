// How near two short texts are. Both measures are symmetric and work on bytes, which after
// normalisation are lower-case letters and digits. Longer texts are cut to 64 bytes.
//
//   edit_distance("martin", "matrin") == 1;    // optimal string alignment: a transposition is one
//   jaro_winkler("martha", "marhta") == 0.961;   // 0 nothing in common, 1 equal
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

namespace filrouge::linkage {

inline constexpr std::size_t compared_bytes_max = 64;
inline constexpr std::size_t prefix_max = 4;  // letters at the beginning that Winkler counts

// A nearness to be reached, and what it takes: two texts of sizes a and b that begin with p equal
// letters reach it only where their letters in common, times a + b, are no fewer than
// share[p] * a * b. From jaro = (m/a + m/b + 1 - turned/m) / 3 and Winkler's 0.1 a letter.
struct Nearness {
  double wanted = 0;
  double share[prefix_max + 1] = {};

  explicit constexpr Nearness(double nearness) : wanted(nearness) {
    constexpr double kRounding = 1e-9;  // what is reached is never denied
    for (std::size_t p = 0; p <= prefix_max; ++p) {
      const double given = 0.1 * static_cast<double>(p);
      share[p] = 3 * (nearness - given) / (1 - given) - 1 - kRounding;
    }
  }
  // Two texts of 64 bytes at most, of which so many letters find a partner.
  bool in_reach(std::size_t common, std::size_t size_a, std::size_t size_b,
                std::size_t prefix) const {
    return static_cast<double>(static_cast<std::int32_t>(common * (size_a + size_b))) >=
           share[prefix] * static_cast<double>(static_cast<std::int32_t>(size_a * size_b));
  }
};

std::size_t edit_distance(std::string_view a, std::string_view b);
// 0 for what is surely less than `least`.
double jaro_winkler(std::string_view a, std::string_view b, const Nearness& least = Nearness(0));
// Letters that both begin with, prefix_max at most.
std::size_t equal_prefix(std::string_view a, std::string_view b);

// The same two measures, much faster, for texts of at most sixteen bytes that lie in the first
// `size` of sixteen bytes that may be read.
struct ShortText {
  const char* bytes = nullptr;
  std::size_t size = 0;
};
inline constexpr std::size_t short_bytes_max = 16;
std::size_t edit_distance(ShortText a, ShortText b);
double jaro_winkler(ShortText a, ShortText b, const Nearness& least = Nearness(0));

// edit_distance(a, b) <= 1, for a few instructions.
bool within_one_edit(std::string_view a, std::string_view b);

// Two bits for each letter, set by its first and its second occurrence, two for all digits and two
// for anything else: as many bits as one text has beyond the other, so many of its letters find no
// partner there.
std::uint64_t letters_of(std::string_view text);

}  // namespace filrouge::linkage
