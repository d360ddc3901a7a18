#include "core/linkage/similarity.h"

#include <algorithm>
#include <bit>
#include <utility>
#if defined(__SSE2__)
#include <emmintrin.h>
#endif

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

#if defined(__SSE2__)
// The same for a short text, which fits one register.
class ShortPositions {
 public:
  explicit ShortPositions(ShortText text)
      : bytes_(_mm_loadu_si128(reinterpret_cast<const __m128i*>(text.bytes))),
        within_((1U << text.size) - 1) {}
  std::uint64_t operator[](char c) const {
    const __m128i equal = _mm_cmpeq_epi8(bytes_, _mm_set1_epi8(c));
    return static_cast<unsigned>(_mm_movemask_epi8(equal)) & within_;
  }

 private:
  __m128i bytes_;
  unsigned within_ = 0;
};
#else
class ShortPositions : public Positions {
 public:
  explicit ShortPositions(ShortText text) : Positions({text.bytes, text.size}) {}
};
#endif

std::string_view cut(std::string_view text) { return text.substr(0, compared_bytes_max); }

std::uint64_t ones(std::size_t count) {
  return count >= 64 ? ~std::uint64_t{0} : (std::uint64_t{1} << count) - 1;
}

// Hyyrö's bit-parallel optimal string alignment; neither text is empty.
template <class PositionsOfA>
std::size_t distance_of(const PositionsOfA& positions, std::size_t size_a, std::string_view b) {
  std::uint64_t vp = ~std::uint64_t{0};
  std::uint64_t vn = 0;
  std::uint64_t d0 = 0;
  std::uint64_t before = 0;
  const std::uint64_t last = std::uint64_t{1} << (size_a - 1);
  std::size_t distance = size_a;
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

// Neither text is empty, and `a` is not the longer one.
template <class PositionsOfB>
double nearness_of(std::string_view a, std::string_view b, const PositionsOfB& positions,
                   const Nearness& least) {
  const std::size_t half = b.size() / 2;
  const std::size_t window = half > 0 ? half - 1 : 0;
  std::uint64_t within = ones(window + 1);  // where a letter may stand in b
  std::uint64_t free_b = ones(b.size());
  std::uint64_t taken_a = 0;
  for (std::size_t i = 0; i < a.size(); ++i) {
    const std::uint64_t found = positions[a.data()[i]] & within & free_b;
    free_b &= ~(found & (~found + 1));
    taken_a |= std::uint64_t{found != 0} << i;
    within = within << 1 | std::uint64_t{i < window};
  }
  const std::uint64_t taken_b = ones(b.size()) & ~free_b;
  const auto count = static_cast<std::size_t>(std::popcount(taken_a));
  const std::size_t prefix = equal_prefix(a, b);
  if (count == 0 || !least.in_reach(count, a.size(), b.size(), prefix)) return 0.0;
  std::size_t turned = 0;
  for (std::uint64_t left_a = taken_a, left_b = taken_b; left_a != 0;
       left_a &= left_a - 1, left_b &= left_b - 1)
    turned += a.data()[static_cast<std::size_t>(std::countr_zero(left_a))] !=
              b.data()[static_cast<std::size_t>(std::countr_zero(left_b))];
  const double matches = static_cast<double>(count);
  const double jaro =
      (matches / static_cast<double>(a.size()) + matches / static_cast<double>(b.size()) +
       (matches - static_cast<double>(turned / 2)) / matches) /
      3;
  return jaro + 0.1 * static_cast<double>(prefix) * (1 - jaro);
}

}  // namespace

std::size_t equal_prefix(std::string_view a, std::string_view b) {
  const std::size_t most = std::min({prefix_max, a.size(), b.size()});
  std::size_t prefix = 0;
  while (prefix < most && a.data()[prefix] == b.data()[prefix]) ++prefix;
  return prefix;
}

std::size_t edit_distance(std::string_view a, std::string_view b) {
  a = cut(a);
  b = cut(b);
  if (a.empty() || b.empty()) return a.size() + b.size();
  return distance_of(Positions(a), a.size(), b);
}

std::size_t edit_distance(ShortText a, ShortText b) {
  if (a.size == 0 || b.size == 0) return a.size + b.size;
  return distance_of(ShortPositions(a), a.size, {b.bytes, b.size});
}

double jaro_winkler(std::string_view a, std::string_view b, const Nearness& least) {
  a = cut(a);
  b = cut(b);
  if (a.empty() || b.empty()) return a.size() == b.size() ? 1.0 : 0.0;
  if (a.size() > b.size()) std::swap(a, b);
  return nearness_of(a, b, Positions(b), least);
}

double jaro_winkler(ShortText a, ShortText b, const Nearness& least) {
  if (a.size == 0 || b.size == 0) return a.size == b.size ? 1.0 : 0.0;
  if (a.size > b.size) std::swap(a, b);
  return nearness_of({a.bytes, a.size}, {b.bytes, b.size}, ShortPositions(b), least);
}

bool within_one_edit(std::string_view a, std::string_view b) {
  if (a.size() > b.size()) std::swap(a, b);
  if (b.size() - a.size() > 1) return false;
  std::size_t begin = 0;
  while (begin < a.size() && a.data()[begin] == b.data()[begin]) ++begin;
  std::size_t end = 0;
  while (end + begin < a.size() && a.data()[a.size() - 1 - end] == b.data()[b.size() - 1 - end])
    ++end;
  const std::size_t left = b.size() - begin - end;
  if (left <= 1) return true;
  return left == 2 && a.size() == b.size() && a[begin] == b[begin + 1] && a[begin + 1] == b[begin];
}

std::uint64_t letters_of(std::string_view text) {
  std::uint64_t bits = 0;
  for (const char c : text) {
    const unsigned which = c >= 'a' && c <= 'z'   ? static_cast<unsigned>(c - 'a')
                           : c >= '0' && c <= '9' ? 26
                                                  : 27;
    bits |= (bits >> (2 * which) & 1 ? std::uint64_t{2} : std::uint64_t{1}) << (2 * which);
  }
  return bits;
}

}  // namespace filrouge::linkage
