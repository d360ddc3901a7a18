// How a French ear writes a name: ph/f, eau/au/o, qu/k/c, ç/ss/s/z, gn, ill, silent h, silent ends
// and doubled letters fall together. Made of folded text (a-z); blanks are passed over. Two codes:
// `sound` keeps the vowels, `bones` only the consonants and whether a vowel begins.
//
//   sound_of("philippeau") == sound_of("filipo");   bones_of("marteau") == bones_of("mortot");
#pragma once

#include <string>
#include <string_view>

namespace filrouge::linkage {

std::string sound_of(std::string_view folded);
std::string bones_of(std::string_view sound);

}  // namespace filrouge::linkage
