#include "core/linkage/similarity.h"

#include <algorithm>
#include <bit>

namespace filrouge::linkage {

namespace {

// Where each byte of a text stands, as bits. Only the entries of that text are cleaned again, so
// that a comparison does not pay for the whole table.
class Positions {
 public:
  explicit Positions(std::string_view text) : text_(text) {
    for (std::size_t i = 0; i < text.size(); ++i) table()[byte(text[i])] |= std::uint64_t{1} << i;
  }
  ~Positions() {
    for (const char c : text_) table()[byte(c)] = 0;
  }
  Positions(const Positions&) = delete;
  Positions& operator=(const Positions&) = delete;
  std::uint64_t operator[](char c) const { return table()[byte(c)]; }

 private:
  static std::size_t byte(char c) { return static_cast<unsigned char>(c); }
  static std::uint64_t* table() {
    thread_local std::uint64_t positions[256] = {};
    return positions;
  }
  std::string_view text_;
};

std::string_view cut(std::string_view text) { return text.substr(0, compared_bytes_max); }

std::uint64_t ones(std::size_t count) {
  return count >= 64 ? ~std::uint64_t{0} : (std::uint64_t{1} << count) - 1;
}

}  // namespace

// Hyyrö's bit-parallel optimal string alignment.
std::size_t edit_distance(std::string_view a, std::string_view b) {
  a = cut(a);
  b = cut(b);
  if (a.empty() || b.empty()) return a.size() + b.size();
  const Positions positions(a);
  std::uint64_t vp = ~std::uint64_t{0};
  std::uint64_t vn = 0;
  std::uint64_t d0 = 0;
  std::uint64_t before = 0;
  const std::uint64_t last = std::uint64_t{1} << (a.size() - 1);
  std::size_t distance = a.size();
  for (const char c : b) {
    const std::uint64_t here = positions[c];
    const std::uint64_t turned = ((~d0 & here) << 1) & before;
    d0 = (((here & vp) + vp) ^ vp) | here | vn | turned;
    std::uint64_t hp = vn | ~(d0 | vp);
    std::uint64_t hn = d0 & vp;
    distance += (hp & last) != 0;
    distance -= (hn & last) != 0;
    hp = hp << 1 | 1;
    hn <<= 1;
    vp = hn | ~(d0 | hp);
    vn = hp & d0;
    before = here;
  }
  return distance;
}

double jaro_winkler(std::string_view a, std::string_view b) {
  a = cut(a);
  b = cut(b);
  if (a.empty() || b.empty()) return a.size() == b.size() ? 1.0 : 0.0;
  if (a.size() > b.size()) std::swap(a, b);
  const std::size_t half = b.size() / 2;
  const std::size_t window = half > 0 ? half - 1 : 0;
  const Positions positions(b);
  std::uint64_t taken_b = 0;
  std::uint64_t taken_a = 0;
  for (std::size_t i = 0; i < a.size(); ++i) {
    const std::uint64_t low = i > window ? ~ones(i - window) : ~std::uint64_t{0};
    const std::uint64_t found = positions[a[i]] & low & ones(i + window + 1) & ~taken_b;
    taken_b |= found & (~found + 1);
    taken_a |= std::uint64_t{found != 0} << i;
  }
  const double matches = std::popcount(taken_a);
  if (taken_a == 0) return 0.0;
  std::size_t turned = 0;
  for (std::uint64_t left_a = taken_a, left_b = taken_b; left_a != 0;
       left_a &= left_a - 1, left_b &= left_b - 1)
    turned += a[static_cast<std::size_t>(std::countr_zero(left_a))] !=
              b[static_cast<std::size_t>(std::countr_zero(left_b))];
  const double jaro =
      (matches / static_cast<double>(a.size()) + matches / static_cast<double>(b.size()) +
       (matches - static_cast<double>(turned / 2)) / matches) /
      3;
  std::size_t prefix = 0;
  while (prefix < 4 && prefix < a.size() && a[prefix] == b[prefix]) ++prefix;
  return jaro + 0.1 * static_cast<double>(prefix) * (1 - jaro);
}

std::uint32_t letters_of(std::string_view text) {
  std::uint32_t bits = 0;
  for (const char c : text) {
    if (c >= 'a' && c <= 'z') {
      bits |= std::uint32_t{1} << (c - 'a');
    } else if (c >= '0' && c <= '9') {
      bits |= std::uint32_t{1} << 26;
    } else {
      bits |= std::uint32_t{1} << 27;
    }
  }
  return bits;
}

}  // namespace filrouge::linkage
