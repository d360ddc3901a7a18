// The attacks that look at bits and rows one by one (attack.h).
#include <algorithm>
#include <bit>
#include <cmath>
#include <numeric>

#include "core/linkage/attack.h"
#include "core/linkage/shared_bits.h"

namespace filrouge::linkage {

namespace {

bool bit_of(const Encoding& row, std::size_t bit) { return (row[bit / 64] >> (bit % 64) & 1) != 0; }

// How usual the bits of each row are, on average.
std::vector<double> usualness(std::span<const Encoding> rows) {
  std::vector<double> count(encoding_bits);
  for (const Encoding& row : rows)
    for (std::size_t bit = 0; bit < encoding_bits; ++bit) count[bit] += bit_of(row, bit);
  std::vector<double> out;
  for (const Encoding& row : rows) {
    double sum = 0;
    for (std::size_t bit = 0; bit < encoding_bits; ++bit)
      if (bit_of(row, bit)) sum += count[bit];
    out.push_back(sum / std::max(1.0, static_cast<double>(count_bits(row))));
  }
  return out;
}

std::vector<std::uint32_t> in_order_of(const std::vector<double>& values) {
  std::vector<std::uint32_t> out(values.size());
  std::iota(out.begin(), out.end(), 0U);
  std::sort(out.begin(), out.end(), [&](std::uint32_t x, std::uint32_t y) {
    return values[x] != values[y] ? values[x] > values[y] : x < y;
  });
  return out;
}

// Bits that come together: a token, as it is seen from outside.
struct Token {
  std::vector<std::size_t> bits;
  std::vector<std::uint64_t> rows;  // a bit a row: it has most of these bits
  double share = 0;
};

using Columns = std::vector<std::vector<std::uint64_t>>;

Columns columns_of(std::span<const Encoding> rows) {
  Columns out(encoding_bits, std::vector<std::uint64_t>((rows.size() + 63) / 64));
  for (std::size_t i = 0; i < rows.size(); ++i)
    for (std::size_t bit = 0; bit < encoding_bits; ++bit)
      if (bit_of(rows[i], bit)) out[bit][i / 64] |= std::uint64_t{1} << (i % 64);
  return out;
}

double count_of(const std::vector<std::uint64_t>& column) {
  int sum = 0;
  for (const std::uint64_t word : column) sum += std::popcount(word);
  return sum;
}

// How far two bits come together more often than by chance: 0 not at all, 1 always.
double together(const Columns& columns, std::size_t x, std::size_t y,
                const std::vector<double>& counts, double rows) {
  int both = 0;
  for (std::size_t w = 0; w < columns[x].size(); ++w)
    both += std::popcount(columns[x][w] & columns[y][w]);
  const double spread =
      std::sqrt(counts[x] * (rows - counts[x])) * std::sqrt(counts[y] * (rows - counts[y]));
  return spread <= 0 ? 0 : (both * rows - counts[x] * counts[y]) / spread;
}

std::vector<Token> tokens_of(std::span<const Encoding> rows, const ParallelFor& run) {
  constexpr double kTogether = 0.25;
  constexpr std::size_t kFewest = 3;
  const Columns columns = columns_of(rows);
  const double n = static_cast<double>(rows.size());
  std::vector<double> counts;
  for (const auto& column : columns) counts.push_back(count_of(column));
  std::vector<std::vector<std::size_t>> near(encoding_bits);
  run(encoding_bits, [&](std::size_t x) {
    for (std::size_t y = 0; y < encoding_bits; ++y)
      if (y != x && together(columns, x, y, counts, n) >= kTogether) near[x].push_back(y);
  });
  std::vector<Token> out;
  std::vector<bool> taken(encoding_bits);
  for (std::size_t x = 0; x < encoding_bits; ++x) {
    if (taken[x]) continue;
    Token token;
    token.bits.push_back(x);
    for (const std::size_t y : near[x])
      if (!taken[y]) token.bits.push_back(y);
    if (token.bits.size() < kFewest) continue;
    for (const std::size_t bit : token.bits) taken[bit] = true;
    token.rows.resize((rows.size() + 63) / 64);
    for (std::size_t i = 0; i < rows.size(); ++i) {
      std::size_t have = 0;
      for (const std::size_t bit : token.bits) have += bit_of(rows[i], bit);
      if (have * 3 >= token.bits.size() * 2) token.rows[i / 64] |= std::uint64_t{1} << (i % 64);
    }
    token.share = count_of(token.rows) / n;
    out.push_back(std::move(token));
  }
  std::sort(out.begin(), out.end(), [](const Token& x, const Token& y) {
    return x.share != y.share ? x.share > y.share : x.bits < y.bits;
  });
  return out;
}

struct SameToken {
  const Token* own = nullptr;
  const Token* encoded = nullptr;
};

// Tokens that come as often in both lists, each once.
std::vector<SameToken> same_tokens(const std::vector<Token>& own,
                                   const std::vector<Token>& encoded) {
  constexpr double kApart = 0.02;
  std::vector<SameToken> out;
  std::vector<bool> taken(encoded.size());
  for (const Token& one : own) {
    std::size_t best = encoded.size();
    for (std::size_t i = 0; i < encoded.size(); ++i) {
      const double apart = std::abs(encoded[i].share - one.share);
      if (taken[i] || apart > kApart) continue;
      if (best == encoded.size() || apart < std::abs(encoded[best].share - one.share)) best = i;
    }
    if (best == encoded.size()) continue;
    taken[best] = true;
    out.push_back({&one, &encoded[best]});
  }
  return out;
}

using Signature = std::vector<std::uint64_t>;

std::vector<Signature> signatures(std::size_t rows, const std::vector<SameToken>& tokens,
                                  const Token* SameToken::* side) {
  std::vector<Signature> out(rows, Signature((tokens.size() + 63) / 64));
  for (std::size_t t = 0; t < tokens.size(); ++t)
    for (std::size_t i = 0; i < rows; ++i)
      if ((((tokens[t].*side)->rows[i / 64]) >> (i % 64) & 1) != 0)
        out[i][t / 64] |= std::uint64_t{1} << (t % 64);
  return out;
}

}  // namespace

Guesses attack_other_key(const AttackInput& input, const ParallelFor& run) {
  const BitTable table(input.encoded);
  Guesses out(input.own.size(), no_guess);
  std::vector<double> best(input.own.size());
  constexpr std::size_t kLooked = 4;
  for (const ClosePair& pair :
       close_pairs(input.own, table, dice_floor(input.own, table, kLooked), run))
    if (pair.dice() > best[pair.a]) {
      best[pair.a] = pair.dice();
      out[pair.a] = pair.b;
    }
  return out;
}

Guesses attack_frequency(const AttackInput& input, const ParallelFor&) {
  const auto own = in_order_of(usualness(input.own));
  const auto encoded = in_order_of(usualness(input.encoded));
  Guesses out(own.size(), no_guess);
  for (std::size_t i = 0; i < own.size(); ++i)
    out[own[i]] = encoded[i * encoded.size() / own.size()];
  return out;
}

Guesses attack_pattern(const AttackInput& input, const ParallelFor& run) {
  const std::vector<Token> own = tokens_of(input.own, run);
  const std::vector<Token> encoded = tokens_of(input.encoded, run);
  const std::vector<SameToken> tokens = same_tokens(own, encoded);
  Guesses out(input.own.size(), no_guess);
  if (tokens.empty()) return out;
  const auto mine = signatures(input.own.size(), tokens, &SameToken::own);
  const auto theirs = signatures(input.encoded.size(), tokens, &SameToken::encoded);
  run(mine.size(), [&](std::size_t i) {
    int best = static_cast<int>(tokens.size()) + 1;
    for (std::uint32_t k = 0; k < theirs.size(); ++k) {
      int apart = 0;
      for (std::size_t w = 0; w < mine[i].size(); ++w)
        apart += std::popcount(mine[i][w] ^ theirs[k][w]);
      if (apart >= best) continue;
      best = apart;
      out[i] = k;
    }
  });
  return out;
}

}  // namespace filrouge::linkage
