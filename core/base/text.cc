#include "core/base/text.h"

#include <algorithm>
#include <cstdint>
#include <cstring>

namespace filrouge {

namespace {

bool begins_character(char byte) { return (static_cast<std::uint8_t>(byte) & 0xC0) != 0x80; }

// Reads one code point at `at` and moves past it; -1 where the bytes are not strict UTF-8.
std::int32_t next_code_point(std::string_view text, std::size_t& at) {
  const auto byte = [&](std::size_t i) -> std::uint32_t {
    return i < text.size() ? static_cast<std::uint8_t>(text[i]) : 0;
  };
  const std::uint32_t first = byte(at);
  std::size_t more = 0;
  std::uint32_t point = 0;
  std::uint32_t smallest = 0;
  if (first < 0x80) {
    ++at;
    return static_cast<std::int32_t>(first);
  }
  if ((first & 0xE0) == 0xC0) {
    more = 1, point = first & 0x1F, smallest = 0x80;
  } else if ((first & 0xF0) == 0xE0) {
    more = 2, point = first & 0x0F, smallest = 0x800;
  } else if ((first & 0xF8) == 0xF0) {
    more = 3, point = first & 0x07, smallest = 0x10000;
  } else {
    return -1;
  }
  for (std::size_t i = 1; i <= more; ++i) {
    if ((byte(at + i) & 0xC0) != 0x80) return -1;
    point = point << 6 | (byte(at + i) & 0x3F);
  }
  if (point < smallest || point > 0x10FFFF || (point >= 0xD800 && point < 0xE000)) return -1;
  at += more + 1;
  return static_cast<std::int32_t>(point);
}

bool is_space(std::int32_t c) { return c == ' ' || c == 0xA0 || c == 0x202F || c == 0x2009; }

// Control, bidirectional override, zero width and private characters hide text from a reader.
bool is_hidden(std::int32_t c) {
  return c < 0x20 || (c >= 0x7F && c < 0xA0) || (c >= 0x200B && c <= 0x200F) ||
         (c >= 0x202A && c <= 0x202E) || (c >= 0x2066 && c <= 0x2069) || c == 0xFEFF;
}

// Latin-1 and Latin Extended-A letters of names, folded; empty where nothing is to be folded.
std::string_view folded_letter(std::int32_t c) {
  struct Range {
    std::int32_t first, last;
    std::string_view letter;
  };
  static constexpr Range kRanges[] = {
      {0xC0, 0xC5, "a"},   {0xC6, 0xC6, "ae"},  {0xC7, 0xC7, "c"},   {0xC8, 0xCB, "e"},
      {0xCC, 0xCF, "i"},   {0xD1, 0xD1, "n"},   {0xD2, 0xD6, "o"},   {0xD8, 0xD8, "o"},
      {0xD9, 0xDC, "u"},   {0xDD, 0xDD, "y"},   {0xDF, 0xDF, "ss"},  {0xE0, 0xE5, "a"},
      {0xE6, 0xE6, "ae"},  {0xE7, 0xE7, "c"},   {0xE8, 0xEB, "e"},   {0xEC, 0xEF, "i"},
      {0xF1, 0xF1, "n"},   {0xF2, 0xF6, "o"},   {0xF8, 0xF8, "o"},   {0xF9, 0xFC, "u"},
      {0xFD, 0xFD, "y"},   {0xFF, 0xFF, "y"},   {0x100, 0x105, "a"}, {0x106, 0x10D, "c"},
      {0x10E, 0x111, "d"}, {0x112, 0x11B, "e"}, {0x11C, 0x123, "g"}, {0x128, 0x131, "i"},
      {0x139, 0x142, "l"}, {0x143, 0x148, "n"}, {0x14C, 0x151, "o"}, {0x152, 0x153, "oe"},
      {0x154, 0x159, "r"}, {0x15A, 0x161, "s"}, {0x162, 0x167, "t"}, {0x168, 0x173, "u"},
      {0x176, 0x178, "y"}, {0x179, 0x17E, "z"},
  };
  for (const Range& r : kRanges)
    if (c >= r.first && c <= r.last) return r.letter;
  return {};
}

constexpr char kAlphabet[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

int base64_value(char c) {
  if (c >= 'A' && c <= 'Z') return c - 'A';
  if (c >= 'a' && c <= 'z') return c - 'a' + 26;
  if (c >= '0' && c <= '9') return c - '0' + 52;
  if (c == '+') return 62;
  return c == '/' ? 63 : -1;
}

}  // namespace

bool is_utf8(std::string_view text) {
  for (std::size_t at = 0; at < text.size();) {
    // Eight ASCII bytes at once: most text is little else.
    std::uint64_t eight = 0;
    if (text.size() - at >= 8) {
      std::memcpy(&eight, text.data() + at, 8);
      if ((eight & 0x8080808080808080ULL) == 0) {
        at += 8;
        continue;
      }
    }
    if (next_code_point(text, at) < 0) return false;
  }
  return true;
}

std::size_t count_characters(std::string_view utf8) {
  return static_cast<std::size_t>(std::count_if(utf8.begin(), utf8.end(), begins_character));
}

std::string_view first_characters(std::string_view utf8, std::size_t characters) {
  std::size_t end = 0;
  while (end < utf8.size() && (characters > 0 || !begins_character(utf8[end])))
    characters -= begins_character(utf8[end++]) ? 1 : 0;
  return utf8.substr(0, end);
}

Result<std::string> clean_text(std::string_view text, std::size_t characters_max,
                               std::string_view field) {
  std::string out;
  bool blank = false;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t from = at;
    const std::int32_t c = next_code_point(text, at);
    if (c < 0) return Error{Code::invalid, std::string(field), "utf8", "the text is not UTF-8"};
    if (is_space(c) || c == '\n' || c == '\t' || c == '\r') {
      blank = !out.empty();
      continue;
    }
    if (is_hidden(c))
      return Error{Code::invalid, std::string(field), "control", "a hidden character"};
    if (blank) out += ' ';
    blank = false;
    out.append(text.substr(from, at - from));
  }
  if (count_characters(out) > characters_max)
    return Error{Code::invalid, std::string(field), "too_long",
                 "at most " + std::to_string(characters_max) + " characters"};
  return out;
}

std::string fold_for_search(std::string_view utf8) {
  std::string out;
  bool blank = false;
  for (std::size_t at = 0; at < utf8.size();) {
    const std::size_t from = at;
    const std::int32_t c = next_code_point(utf8, at);
    if (c < 0) {
      at = from + 1;
      continue;
    }
    if (c >= 0x300 && c < 0x370) continue;  // combining accents
    std::string_view letter = folded_letter(c);
    char lower = 0;
    if (c >= 'A' && c <= 'Z') lower = static_cast<char>(c - 'A' + 'a');
    if ((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9')) lower = static_cast<char>(c);
    if (letter.empty() && lower == 0 && c < 0x100) {
      blank = !out.empty();
      continue;
    }
    if (blank) out += ' ';
    blank = false;
    if (lower != 0) {
      out += lower;
    } else {
      out.append(letter.empty() ? utf8.substr(from, at - from) : letter);
    }
  }
  return out;
}

std::string base64(std::string_view bytes) {
  std::string out;
  out.reserve((bytes.size() + 2) / 3 * 4);
  for (std::size_t i = 0; i < bytes.size(); i += 3) {
    std::uint32_t word = 0;
    for (std::size_t k = 0; k < 3; ++k)
      word = word << 8 | (i + k < bytes.size() ? static_cast<std::uint8_t>(bytes[i + k]) : 0u);
    out += kAlphabet[word >> 18];
    out += kAlphabet[word >> 12 & 63];
    out += i + 1 < bytes.size() ? kAlphabet[word >> 6 & 63] : '=';
    out += i + 2 < bytes.size() ? kAlphabet[word & 63] : '=';
  }
  return out;
}

Result<std::string> from_base64(std::string_view text) {
  const Error bad{Code::malformed, "", "base64", "not base64"};
  if (text.size() % 4 != 0) return bad;
  std::size_t padding = 0;
  while (padding < 2 && padding < text.size() && text[text.size() - 1 - padding] == '=') ++padding;
  std::string out;
  out.reserve(text.size() / 4 * 3);
  std::uint32_t word = 0;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const int value = i + padding >= text.size() ? 0 : base64_value(text[i]);
    if (value < 0) return bad;
    word = word << 6 | static_cast<std::uint32_t>(value);
    if (i % 4 != 3) continue;
    out += static_cast<char>(word >> 16 & 255);
    out += static_cast<char>(word >> 8 & 255);
    out += static_cast<char>(word & 255);
    word = 0;
  }
  out.resize(out.size() - padding);
  return base64(out) == text ? Result<std::string>(std::move(out)) : Result<std::string>(bad);
}

}  // namespace filrouge
