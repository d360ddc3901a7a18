#include "core/linkage/phonetic.h"

#include <algorithm>
#include <array>
#include <bit>
#include <cstdint>
#include <cstring>

namespace filrouge::linkage {

namespace {

// One rule: these letters, standing where `end` says, sound like that. The first that fits is
// taken, so longer ones come before shorter ones with the same first letter. Capitals in the code
// are sounds of several letters: O (o, au), U (ou), E (e, ai, ei), C (ch), N (gn), I (i, y).
struct Rule {
  std::string_view letters;
  std::string_view sound;
  bool end = false;  // only as the last letters of the text
};

constexpr Rule kRules[] = {
    {"aeu", "E"},         {"ault", "O", true}, {"auts", "O", true}, {"aud", "O", true},
    {"aux", "O", true},   {"aut", "O", true},  {"au", "O"},         {"ai", "E"},
    {"ay", "E"},          {"a", "a"},          {"b", "b"},          {"ch", "C"},
    {"ck", "k"},          {"cqu", "k"},        {"ce", "sE"},        {"ci", "sI"},
    {"cy", "sI"},         {"c", "k"},          {"dj", "j"},         {"dt", "t"},
    {"d", "", true},      {"ds", "", true},    {"d", "d"},          {"eaux", "O", true},
    {"eault", "O", true}, {"eau", "O"},        {"eux", "E", true},  {"eu", "E"},
    {"ei", "E"},          {"ey", "E"},         {"es", "", true},    {"er", "E", true},
    {"ez", "E", true},    {"et", "E", true},   {"ets", "E", true},  {"e", "", true},
    {"e", "E"},           {"f", "f"},          {"gn", "N"},         {"gue", "gE"},
    {"gui", "gI"},        {"guy", "gI"},       {"gea", "ja"},       {"geo", "jO"},
    {"ge", "jE"},         {"gi", "jI"},        {"gy", "jI"},        {"gh", "g"},
    {"g", "", true},      {"g", "g"},          {"h", ""},           {"ill", "I"},
    {"ie", "I", true},    {"ies", "I", true},  {"ij", "I"},         {"i", "I"},
    {"j", "j"},           {"kh", "k"},         {"k", "k"},          {"l", "l"},
    {"m", "m"},           {"n", "n"},          {"oeu", "E"},        {"oe", "E"},
    {"ou", "U"},          {"ot", "O", true},   {"ots", "O", true},  {"os", "O", true},
    {"oz", "O", true},    {"o", "O"},          {"ph", "f"},         {"ps", "", true},
    {"p", "p"},           {"qu", "k"},         {"q", "k"},          {"rh", "r"},
    {"r", "r"},           {"sch", "C"},        {"sh", "C"},         {"sce", "sE"},
    {"sci", "sI"},        {"ss", "s"},         {"s", "", true},     {"s", "s"},
    {"th", "t"},          {"ts", "", true},    {"t", "", true},     {"t", "t"},
    {"ue", "u", true},    {"u", "u"},          {"v", "v"},          {"w", "U"},
    {"x", "", true},      {"x", "ks"},         {"y", "I"},          {"z", "", true},
    {"z", "s"},
};

constexpr std::size_t kRuleCount = sizeof(kRules) / sizeof(kRules[0]);

// First rule of each letter: the table is in the order of the alphabet.
constexpr std::array<std::uint8_t, 27> kFirst = [] {
  std::array<std::uint8_t, 27> first{};
  std::size_t rule = 0;
  for (std::size_t letter = 0; letter < 27; ++letter) {
    while (rule < kRuleCount && static_cast<std::size_t>(kRules[rule].letters[0] - 'a') < letter)
      ++rule;
    first[letter] = static_cast<std::uint8_t>(rule);
  }
  return first;
}();

// A rule as numbers: `letters` in the low bytes of a word, to be compared in one step.
struct PackedRule {
  std::uint64_t letters = 0;
  std::uint64_t mask = 0;
  std::uint8_t length = 0;
  std::uint8_t sounds = 0;
  std::array<char, 2> sound{};
  bool end = false;
};

constexpr std::array<PackedRule, kRuleCount> kPacked = [] {
  std::array<PackedRule, kRuleCount> packed{};
  for (std::size_t i = 0; i < kRuleCount; ++i) {
    const Rule& rule = kRules[i];
    PackedRule& out = packed[i];
    out.length = static_cast<std::uint8_t>(rule.letters.size());
    out.sounds = static_cast<std::uint8_t>(rule.sound.size());
    out.end = rule.end;
    for (std::size_t k = 0; k < rule.letters.size(); ++k) {
      out.letters |= std::uint64_t{static_cast<std::uint8_t>(rule.letters[k])} << (8 * k);
      out.mask |= std::uint64_t{0xFF} << (8 * k);
    }
    for (std::size_t k = 0; k < rule.sound.size(); ++k) out.sound[k] = rule.sound[k];
  }
  return packed;
}();

bool is_letter(char c) { return c >= 'a' && c <= 'z'; }

// The letters alone, three in a row as two; then as many zeros as a word has bytes. How many.
std::size_t keep_letters(std::string_view folded, char* letters) {
  std::size_t size = 0;
  for (const char c : folded) {
    if (!is_letter(c)) continue;
    if (size >= 2 && letters[size - 1] == c && letters[size - 2] == c) continue;
    letters[size++] = c;
  }
  std::fill(letters + size, letters + size + sizeof(std::uint64_t), '\0');
  return size;
}

std::uint64_t word_at(const char* text) {
  std::uint64_t word = 0;
  std::memcpy(&word, text, sizeof word);
  if constexpr (std::endian::native == std::endian::big) word = __builtin_bswap64(word);
  return word;
}

}  // namespace

std::string sound_of(std::string_view folded) {
  constexpr std::size_t kUsual = 64;
  std::array<char, kUsual + sizeof(std::uint64_t)> few;
  std::string many;
  if (folded.size() > kUsual) many.resize(folded.size() + sizeof(std::uint64_t));
  char* const letters = many.empty() ? few.data() : many.data();
  const std::size_t size = keep_letters(folded, letters);
  std::string out;
  for (std::size_t at = 0; at < size;) {
    const std::uint64_t word = word_at(letters + at);
    const std::size_t letter = (word & 0xFF) - 'a';
    std::size_t taken = 1;
    for (std::size_t i = kFirst[letter]; i < kFirst[letter + 1]; ++i) {
      const PackedRule& rule = kPacked[i];
      if ((word & rule.mask) != rule.letters) continue;
      // A silent end needs something that was heard before it.
      if (rule.end && (at + rule.length != size || at < 2)) continue;
      for (std::size_t k = 0; k < rule.sounds; ++k)
        if (out.empty() || out.back() != rule.sound[k]) out += rule.sound[k];
      taken = rule.length;
      break;
    }
    at += taken;
  }
  return out;
}

std::string bones_of(std::string_view sound) {
  std::string out;
  for (std::size_t i = 0; i < sound.size(); ++i) {
    const bool vowel = std::string_view("aOUEIu").find(sound[i]) != std::string_view::npos;
    if (vowel) {
      if (i == 0) out += '_';
    } else if (out.empty() || out.back() != sound[i]) {
      out += sound[i];
    }
  }
  return out;
}

}  // namespace filrouge::linkage
