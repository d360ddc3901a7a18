#include "core/linkage/phonetic.h"

#include <array>
#include <cstdint>

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

// The first letter is known to fit.
bool begins_with(std::string_view text, std::string_view letters) {
  if (text.size() < letters.size()) return false;
  for (std::size_t i = 1; i < letters.size(); ++i)
    if (text[i] != letters[i]) return false;
  return true;
}

bool is_letter(char c) { return c >= 'a' && c <= 'z'; }

void add_sound(std::string& out, std::string_view sound) {
  for (const char c : sound)
    if (out.empty() || out.back() != c) out += c;
}

}  // namespace

std::string sound_of(std::string_view folded) {
  std::string letters;
  letters.reserve(folded.size());
  for (const char c : folded)
    if (is_letter(c) &&
        !(letters.size() >= 2 && letters.back() == c && letters[letters.size() - 2] == c))
      letters += c;
  std::string out;
  out.reserve(letters.size());
  const std::string_view text = letters;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t letter = static_cast<std::size_t>(text[at] - 'a');
    std::size_t taken = 1;
    for (std::size_t i = kFirst[letter]; i < kFirst[letter + 1]; ++i) {
      const Rule& rule = kRules[i];
      if (!begins_with(text.substr(at), rule.letters)) continue;
      // A silent end needs something that was heard before it.
      if (rule.end && (at + rule.letters.size() != text.size() || at < 2)) continue;
      add_sound(out, rule.sound);
      taken = rule.letters.size();
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
