#include "server/interop/degrees.h"

namespace filrouge {

namespace {

constexpr std::int64_t kE7 = 10'000'000;
constexpr std::int64_t kDegreesMax = 360;
constexpr int kDigitsMax = 17;

Error not_degrees() { return {Code::invalid, "", "degrees", "a number of degrees expected"}; }

bool is_digit(char c) { return c >= '0' && c <= '9'; }

// Takes the digits at the front; false when there is none.
bool take_digits(std::string_view& text, std::string& digits) {
  const std::size_t before = digits.size();
  while (!text.empty() && is_digit(text.front())) {
    digits += text.front();
    text.remove_prefix(1);
  }
  return digits.size() > before;
}

Result<int> take_exponent(std::string_view text) {
  if (text.empty()) return 0;
  if (text.front() != 'e' && text.front() != 'E') return not_degrees();
  text.remove_prefix(1);
  const bool negative = text.starts_with('-');
  if (negative || text.starts_with('+')) text.remove_prefix(1);
  std::string digits;
  if (!take_digits(text, digits) || !text.empty() || digits.size() > 2) return not_degrees();
  const int value = std::stoi(digits) * (negative ? -1 : 1);
  if (value < -30 || value > 3) return not_degrees();
  return value;
}

}  // namespace

Result<std::int64_t> degrees_e7(std::string_view text) {
  const bool negative = text.starts_with('-');
  if (negative) text.remove_prefix(1);
  std::string digits;
  if (!take_digits(text, digits)) return not_degrees();
  int point = static_cast<int>(digits.size());
  if (text.starts_with('.')) {
    text.remove_prefix(1);
    if (!take_digits(text, digits)) return not_degrees();
  }
  FILROUGE_TRY(exponent, take_exponent(text));
  point += exponent + 7;  // digits before the point of the number of 1e-7 degrees
  std::int64_t value = 0;
  for (int i = 0; i < point; ++i) {
    const bool there = i < static_cast<int>(digits.size());
    value = value * 10 + (there ? digits[static_cast<std::size_t>(i)] - '0' : 0);
    if (i > kDigitsMax || value > kDegreesMax * kE7) return not_degrees();
  }
  if (point >= 0 && point < static_cast<int>(digits.size()) &&
      digits[static_cast<std::size_t>(point)] >= '5')
    ++value;
  if (value > kDegreesMax * kE7) return not_degrees();
  return negative ? -value : value;
}

}  // namespace filrouge
