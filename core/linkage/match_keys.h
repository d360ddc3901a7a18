// What two owners compare without a key in common (linkage design 5): each row as a few texts that
// are equal, or not, on both sides: by sound and birth date, with day and month turned, by sound
// and postcode, by phone ... An error that changes every one of them loses the person; lists that
// are compared by keyed bits lose fewer.
//
//   std::vector<MatchKeys> keys = match_keys(list);   keys[7][0] == "1|20050131|martin|lea"
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <vector>

#include "core/linkage/field.h"

namespace filrouge::linkage {

// The first `sure_match_keys` of a row say that it is the same person, any other that it may be.
inline constexpr std::size_t match_keys_max = 9;
inline constexpr std::size_t sure_match_keys = 6;

// Empty where the row lacks what a key is made of.
using MatchKeys = std::array<std::string, match_keys_max>;
std::vector<MatchKeys> match_keys(const InputList& list);

}  // namespace filrouge::linkage
