#include "server/store/common/outline_rings.h"

namespace filrouge {

namespace {

void put_number(std::string& out, std::uint64_t n) {
  for (; n >= 0x80; n >>= 7U) out += static_cast<char>(n | 0x80U);
  out += static_cast<char>(n);
}

bool take_number(std::string_view& in, std::uint64_t& n) {
  n = 0;
  for (unsigned shift = 0; shift < 64 && !in.empty(); shift += 7) {
    const auto byte = static_cast<std::uint8_t>(in.front());
    in.remove_prefix(1);
    n |= static_cast<std::uint64_t>(byte & 0x7FU) << shift;
    if (byte < 0x80) return true;
  }
  return false;
}

std::uint64_t zigzag(std::int64_t n) {
  return (static_cast<std::uint64_t>(n) << 1U) ^ static_cast<std::uint64_t>(n >> 63U);
}
std::int64_t unzigzag(std::uint64_t n) {
  return static_cast<std::int64_t>((n >> 1U) ^ (~(n & 1U) + 1));
}

}  // namespace

std::string pack_rings(const std::vector<std::vector<std::int64_t>>& rings) {
  std::string out;
  for (const auto& ring : rings) {
    put_number(out, ring.size());
    for (std::size_t i = 0; i < ring.size(); ++i) {
      const auto before = i < 2 ? std::uint64_t{0} : static_cast<std::uint64_t>(ring[i - 2]);
      put_number(out,
                 zigzag(static_cast<std::int64_t>(static_cast<std::uint64_t>(ring[i]) - before)));
    }
  }
  return out;
}

Result<std::vector<std::vector<std::int64_t>>> unpack_rings(std::string_view in) {
  const Error damaged{Code::unavailable, "", "outline", "an outline in the database is damaged"};
  std::vector<std::vector<std::int64_t>> rings;
  while (!in.empty()) {
    std::uint64_t size = 0;
    if (!take_number(in, size) || size > in.size()) return damaged;
    std::vector<std::int64_t>& ring = rings.emplace_back();
    ring.reserve(size);
    for (std::uint64_t i = 0; i < size; ++i) {
      std::uint64_t number = 0;
      if (!take_number(in, number)) return damaged;
      const auto before = i < 2 ? std::uint64_t{0} : static_cast<std::uint64_t>(ring[i - 2]);
      ring.push_back(
          static_cast<std::int64_t>(static_cast<std::uint64_t>(unzigzag(number)) + before));
    }
  }
  return rings;
}

}  // namespace filrouge
