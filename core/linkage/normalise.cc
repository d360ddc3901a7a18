#include "core/linkage/normalise.h"

#include <algorithm>
#include <array>

#include "core/base/text.h"

namespace filrouge::linkage {

namespace {

template <std::size_t N>
bool one_of(std::string_view word, const std::array<std::string_view, N>& sorted) {
  return std::binary_search(sorted.begin(), sorted.end(), word);
}

constexpr std::array<std::string_view, 36> kMissing = {"anonyme",
                                                       "aucun",
                                                       "aucune",
                                                       "inconnu",
                                                       "inconnue",
                                                       "n a",
                                                       "na",
                                                       "nan",
                                                       "nc",
                                                       "nd",
                                                       "ne sait pas",
                                                       "neant",
                                                       "nil",
                                                       "non communique",
                                                       "non connu",
                                                       "non renseigne",
                                                       "non renseignee",
                                                       "none",
                                                       "not known",
                                                       "nr",
                                                       "nsp",
                                                       "null",
                                                       "pas de nom",
                                                       "pas de prenom",
                                                       "sans",
                                                       "sans domicile",
                                                       "sans nom",
                                                       "sans objet",
                                                       "sans prenom",
                                                       "sans prenoms",
                                                       "snc",
                                                       "snp",
                                                       "unk",
                                                       "unknown",
                                                       "vide",
                                                       "xx"};

constexpr std::array<std::string_view, 10> kCivilities = {
    "dr", "madame", "mademoiselle", "melle", "miss", "mlle", "mme", "monsieur", "mr", "mrs"};
constexpr std::array<std::string_view, 9> kLinks = {"dit",   "dite", "ep",    "epouse", "nee",
                                                    "usage", "veuf", "veuve", "vve"};
constexpr std::array<std::string_view, 34> kParticles = {
    "abd", "abdel", "abdul", "ait", "al",  "ben",  "bent", "bin", "bint", "bou", "d",   "da",
    "das", "de",    "del",   "der", "des", "di",   "do",   "dos", "du",   "el",  "ibn", "l",
    "la",  "las",   "le",    "les", "o",   "ould", "san",  "van", "vel",  "von"};

bool is_ascii(std::string_view text) {
  unsigned char all = 0;
  for (const char c : text) all |= static_cast<unsigned char>(c);
  return all < 0x80;
}

void fold_ascii(std::string_view raw, std::string& out) {
  bool blank = false;
  for (const char c : raw) {
    char lower = c;
    if (c >= 'A' && c <= 'Z') lower = static_cast<char>(c - 'A' + 'a');
    const bool kept = (lower >= 'a' && lower <= 'z') || (lower >= '0' && lower <= '9');
    if (!kept) {
      blank = !out.empty();
      continue;
    }
    if (blank) out += ' ';
    blank = false;
    out += lower;
  }
}

// Gives `use` each word of a folded text.
template <class Use>
void each_word(std::string_view folded, const Use& use) {
  for (std::size_t at = 0; at < folded.size();) {
    const std::size_t end = std::min(folded.find(' ', at), folded.size());
    use(folded.substr(at, end - at));
    at = end + 1;
  }
}

bool is_digit(char c) { return c >= '0' && c <= '9'; }

std::uint32_t days_of(std::uint32_t year, std::uint32_t month) {
  if (month == 2) return year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) ? 29 : 28;
  return month == 4 || month == 6 || month == 9 || month == 11 ? 30 : 31;
}

bool day_exists(std::uint32_t year, std::uint32_t month, std::uint32_t day) {
  if (month > 12 || (month == 0 && day != 0)) return false;
  return month == 0 || day <= days_of(year, month);
}

// Two digits for each, whatever they are; nothing where it cannot be a year.
ReadDate packed_date(std::uint32_t year, std::uint32_t month, std::uint32_t day) {
  if (year < 1000 || year > 2999 || month > 99 || day > 99) return {date_missing, false};
  const auto two = [](std::uint32_t n) { return n / 10 << 4 | n % 10; };
  return {two(year / 100) << 24 | two(year % 100) << 16 | two(month) << 8 | two(day),
          day_exists(year, month, day)};
}

}  // namespace

void fold_words(std::string_view raw, std::string& out) {
  out.clear();
  if (is_ascii(raw)) {
    fold_ascii(raw, out);
  } else {
    out = fold_for_search(raw);
  }
}

bool means_missing(std::string_view folded) {
  if (folded.empty()) return true;
  constexpr std::size_t kLongest = 16;
  constexpr std::string_view kBegins = "ainpsuvx";
  if (folded.size() > kLongest) return false;
  if (kBegins.find(folded[0]) != std::string_view::npos && one_of(folded, kMissing)) return true;
  // xxx, zzzz, 000: one character again and again, three times at least.
  return folded.size() >= 3 && folded.find_first_not_of(folded[0]) == std::string_view::npos;
}

bool is_particle(std::string_view word) {
  constexpr std::size_t kLongest = 5;
  return word.size() <= kLongest && one_of(word, kParticles);
}

void normalise_name(std::string_view raw, std::string& out) {
  fold_words(raw, out);
  if (means_missing(out)) return out.clear();
  if (out.find(' ') == std::string::npos) return;
  std::string kept;
  kept.reserve(out.size());
  each_word(out, [&](std::string_view word) {
    if (one_of(word, kCivilities) || one_of(word, kLinks)) return;
    if (word == "m" && kept.empty() && raw.find("M.") != std::string_view::npos) return;
    if (word == "saint") word = "st";
    if (word == "sainte") word = "ste";
    if (!kept.empty()) kept += ' ';
    kept += word;
  });
  if (!kept.empty()) out.swap(kept);
}

void normalise_place(std::string_view raw, std::string& out) {
  fold_words(raw, out);
  if (means_missing(out)) return out.clear();
  std::string kept;
  bool cedex = false;
  each_word(out, [&](std::string_view word) {
    if (word == "saint") word = "st";
    if (word == "sainte") word = "ste";
    if (word == "cedex") cedex = true;
    if (word == "cedex" || (cedex && is_digit(word[0]))) return;
    if (!kept.empty()) kept += ' ';
    kept += word;
  });
  out.swap(kept);
}

namespace {

// The first numbers of a text, up to three, and how many digits each had.
struct Numbers {
  std::array<std::uint32_t, 3> value{};
  std::array<std::size_t, 3> digits{};
  std::size_t count = 0;
};

// A time of day behind a date is passed over: reading stops at a "T", or a blank behind a day.
bool read_numbers(std::string_view raw, Numbers& out) {
  std::size_t at = 0;
  while (at < raw.size() && out.count < 3) {
    const char c = raw[at];
    if (!is_digit(c)) {
      const bool complete = out.count > 0 && out.digits[0] == 8;
      if (complete && (c == 'T' || c == ' ')) return true;
      if (c != '-' && c != '/' && c != '.' && c != ' ' && c != '\'') return false;
      ++at;
      continue;
    }
    std::uint32_t& value = out.value[out.count];
    std::size_t& digits = out.digits[out.count];
    for (; at < raw.size() && is_digit(raw[at]); ++at) {
      if (++digits > 8) return false;
      value = value * 10 + static_cast<std::uint32_t>(raw[at] - '0');
    }
    ++out.count;
  }
  return true;
}

}  // namespace

ReadDate read_date(std::string_view raw) {
  if (raw.empty()) return {};
  Numbers n;
  if (!read_numbers(raw, n)) {
    std::string folded;
    fold_words(raw, folded);
    return {date_missing, means_missing(folded)};
  }
  if (n.count == 0) return {};
  const auto [a, b, c] = n.value;
  if (n.count == 1 && n.digits[0] == 8) {
    if (a == 0) return {};
    const ReadDate year_first = packed_date(a / 10000, a / 100 % 100, a % 100);
    if (year_first.exists) return year_first;
    // 31012005; but 20081717 is a day that does not exist, not one of the year 1717.
    const ReadDate year_last = packed_date(a % 10000, a / 10000 % 100, a / 1000000);
    const bool likely = a % 10000 >= 1800 && a % 10000 < 2100;
    return year_last.exists && likely ? year_last : year_first;
  }
  if (n.count == 1 && n.digits[0] == 4) return packed_date(a, 0, 0);
  if (n.count == 2 && n.digits[0] == 4) return packed_date(a, b, 0);
  if (n.count == 2 && n.digits[1] == 4) return packed_date(b, a, 0);
  if (n.count == 3 && n.digits[0] == 4) return packed_date(a, b, c);
  if (n.count == 3 && n.digits[2] == 4) return packed_date(c, b, a);
  return {date_missing, false};
}

std::uint32_t parse_date(std::string_view raw) {
  const ReadDate read = read_date(raw);
  return read.exists ? read.digits : date_unreadable;
}

Sex parse_sex(std::string_view raw) {
  std::string folded;
  fold_words(raw, folded);
  if (folded.empty()) return Sex::missing;
  if (folded == "m" || folded == "h" || folded == "1" || folded == "homme" || folded == "male" ||
      folded == "masculin" || folded == "garcon" || folded == "mr" || folded == "monsieur")
    return Sex::male;
  if (folded == "f" || folded == "2" || folded == "femme" || folded == "female" ||
      folded == "feminin" || folded == "fille" || folded == "mme" || folded == "madame" ||
      folded == "mlle" || folded == "w")
    return Sex::female;
  if (folded == "x" || folded == "autre" || folded == "other" || folded == "nb") return Sex::other;
  return Sex::missing;
}

std::uint64_t parse_phone(std::string_view raw) {
  std::array<char, 20> digits{};
  std::size_t count = 0;
  for (const char c : raw) {
    if (!is_digit(c)) continue;
    if (count == digits.size()) return 0;
    digits[count++] = c;
  }
  std::string_view number(digits.data(), count);
  const bool international = raw.starts_with('+') || number.starts_with("00");
  while (number.starts_with('0')) number.remove_prefix(1);
  if (number.starts_with("33") && (international || number.size() == 11)) number.remove_prefix(2);
  while (number.starts_with('0')) number.remove_prefix(1);
  if (number.size() < 6 || number.size() > 16) return 0;
  if (number.find_first_not_of(number[0]) == std::string_view::npos) return 0;
  std::uint64_t packed = 0;
  for (const char c : number) packed = packed << 4 | static_cast<std::uint64_t>(c - '0');
  return packed;
}

std::uint64_t parse_postcode(std::string_view raw) {
  std::uint64_t packed = 0;
  std::size_t count = 0;
  bool digits_only = true;
  bool something = false;
  for (char c : raw) {
    if (c >= 'a' && c <= 'z') c = static_cast<char>(c - 'a' + 'A');
    if (!is_digit(c) && !(c >= 'A' && c <= 'Z')) continue;
    if (++count > 8) return 0;
    packed = packed << 8 | static_cast<std::uint64_t>(c);
    digits_only = digits_only && is_digit(c);
    something = something || (c != '0' && c != 'X');
  }
  if (!something) return 0;
  // Spreadsheets take the first zero of 01000 away.
  if (count == 4 && digits_only) packed |= std::uint64_t{'0'} << 32;
  return packed;
}

void normalise_email(std::string_view raw, std::string& out) {
  out.clear();
  for (const char c : raw) {
    if (c == ' ' || c == '\t' || c == '"' || c == '<' || c == '>') continue;
    out += c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  }
  const std::size_t sign = out.find('@');
  if (sign == std::string::npos || sign == 0 || sign + 1 >= out.size()) out.clear();
}

}  // namespace filrouge::linkage
