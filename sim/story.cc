#include "sim/story.h"

#include <algorithm>
#include <cstdio>

namespace filrouge::sim {

namespace {

constexpr std::int64_t kDayMs = 86'400'000;

bool is_word_character(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
}

// As a whole word: n1 is not in n12.
bool names(std::string_view text, std::string_view name) {
  for (std::size_t at = text.find(name); at != std::string_view::npos;
       at = text.find(name, at + 1)) {
    const std::size_t end = at + name.size();
    const bool starts = at == 0 || !is_word_character(text[at - 1]);
    const bool ends = end == text.size() || !is_word_character(text[end]);
    if (starts && ends) return true;
  }
  return false;
}

}  // namespace

void Story::mix(std::string_view bytes) {
  for (const char c : bytes) hash_ = (hash_ ^ static_cast<std::uint8_t>(c)) * 0x100000001b3;
}

void Story::add(Instant at, std::string_view who, std::string_view what, bool great) {
  mix(std::to_string(at.ms));
  mix(who);
  mix(what);
  lines_.push_back({at, std::string(who), std::string(what), great});
}

std::string Story::text_of(const Line& line) const {
  const std::int64_t ms = line.at.ms - start_.ms;
  const std::int64_t minutes = ms / 60'000;
  char when[48];
  std::snprintf(when, sizeof when, "day %2lld  %02lld:%02lld:%02lld  ",
                static_cast<long long>(ms / kDayMs), static_cast<long long>(minutes / 60 % 24),
                static_cast<long long>(minutes % 60), static_cast<long long>(ms / 1'000 % 60));
  std::string who = line.who;
  who.resize(std::max<std::size_t>(who.size(), 16), ' ');
  return when + who + "  " + line.what + "\n";
}

std::string Story::about(const std::vector<std::string>& wanted) const {
  std::string text;
  for (const Line& line : lines_) {
    const bool is_named = std::any_of(wanted.begin(), wanted.end(), [&](const std::string& name) {
      return names(line.what, name) || names(line.who, name);
    });
    if (is_named || line.great) text += text_of(line);
  }
  return text;
}

std::string Story::whole() const {
  std::string text;
  for (const Line& line : lines_) text += text_of(line);
  return text;
}

}  // namespace filrouge::sim
