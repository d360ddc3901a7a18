#include "server/cli/tenant/chance.h"

#include <algorithm>

#include "core/base/result.h"

namespace filrouge {

Chance::Chance(std::initializer_list<std::string_view> names) : state_(0xCBF29CE484222325ULL) {
  // FNV-1a over the names, each ended by a zero so that "ab","c" is not "a","bc".
  const auto take = [this](std::uint8_t byte) { state_ = (state_ ^ byte) * 0x100000001B3ULL; };
  for (const std::string_view name : names) {
    for (const char c : name) take(static_cast<std::uint8_t>(c));
    take(0);
  }
}

std::uint64_t Chance::next() {
  state_ += 0x9E3779B97F4A7C15ULL;
  std::uint64_t z = state_;
  z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9ULL;
  z = (z ^ (z >> 27)) * 0x94D049BB133111EBULL;
  return z ^ (z >> 31);
}

std::int64_t Chance::below(std::int64_t below) {
  verify(below > 0);
  return static_cast<std::int64_t>(next() % static_cast<std::uint64_t>(below));
}

std::int64_t Chance::between(const Span& span) {
  return span.lowest + below(span.highest - span.lowest + 1);
}

bool Chance::percent(std::int64_t chances) { return below(100) < chances; }

const std::string& Chance::pick(const Weights& weights) {
  std::int64_t total = 0;
  for (const Weight& one : weights.list) total += one.weight;
  std::int64_t left = below(total);
  for (const Weight& one : weights.list) {
    left -= one.weight;
    if (left < 0) return one.word;
  }
  return weights.list.back().word;
}

std::vector<std::size_t> Chance::positions(std::size_t size, std::size_t count) {
  std::vector<std::size_t> chosen;
  std::size_t wanted = std::min(count, size);
  for (std::size_t i = 0; i < size && wanted > 0; ++i) {
    // Each position with the chance that the rest of the list leaves it.
    if (static_cast<std::size_t>(below(static_cast<std::int64_t>(size - i))) >= wanted) continue;
    chosen.push_back(i);
    --wanted;
  }
  return chosen;
}

std::vector<std::int64_t> share_out(std::int64_t total, const std::vector<std::int64_t>& weights) {
  std::int64_t sum = 0;
  for (const std::int64_t weight : weights) sum += weight;
  std::vector<std::int64_t> parts;
  parts.reserve(weights.size());
  std::int64_t before = 0;
  std::int64_t given = 0;
  for (const std::int64_t weight : weights) {
    before += weight;
    const std::int64_t upto = sum == 0 ? 0 : total * before / sum;
    parts.push_back(upto - given);
    given = upto;
  }
  return parts;
}

}  // namespace filrouge
