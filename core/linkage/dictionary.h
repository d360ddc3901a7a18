// Texts to small numbers, so that equality is one comparison and each distinct text is worked on
// once. Ids are dense and in order of first insertion, hence the same for the same input. A
// dictionary keeps views: the texts must outlive it.
//
//   Dictionary names; names.id_of("martin") == 0; names.id_of("durand") == 1; names.size() == 2;
#pragma once

#include <cstdint>
#include <cstring>
#include <span>
#include <string_view>
#include <vector>

namespace filrouge::linkage {

inline std::uint64_t mix64(std::uint64_t a, std::uint64_t b) {
  const unsigned __int128 product = static_cast<unsigned __int128>(a) * b;
  return static_cast<std::uint64_t>(product) ^ static_cast<std::uint64_t>(product >> 64);
}

inline std::uint64_t read_bytes(const char* from, std::size_t count) {  // count <= 8
  std::uint64_t word = 0;
  std::memcpy(&word, from, count);
  return word;
}

inline std::uint64_t hash_text(std::string_view text) {
  constexpr std::uint64_t k1 = 0xA0761D6478BD642FULL;
  constexpr std::uint64_t k2 = 0xE7037ED1A0B428DBULL;
  std::uint64_t state = text.size() * k1 ^ k2;
  const char* at = text.data();
  std::size_t left = text.size();
  for (; left > 8; at += 8, left -= 8) state = mix64(state ^ read_bytes(at, 8), k1);
  return mix64(state ^ read_bytes(at, left), k2);
}

// Joins two hashes, in this order.
inline std::uint64_t hash_pair(std::uint64_t a, std::uint64_t b) {
  return mix64(a ^ 0x8EBC6AF09C88C6E3ULL, b ^ 0x589965CC75374CC3ULL);
}

// Numbers that look drawn at random, the same on every machine (splitmix64).
inline std::uint64_t next_number(std::uint64_t& state) {
  std::uint64_t z = (state += 0x9E3779B97F4A7C15ULL);
  z = (z ^ z >> 30) * 0xBF58476D1CE4E5B9ULL;
  z = (z ^ z >> 27) * 0x94D049BB133111EBULL;
  return z ^ z >> 31;
}

class Dictionary {
 public:
  std::uint32_t id_of(std::string_view text) { return id_of(text, hash_text(text)); }
  std::uint32_t id_of(std::string_view text, std::uint64_t hash) {
    if ((texts_.size() + 1) * 2 > slots_.size()) grow();
    const std::uint32_t tag = static_cast<std::uint32_t>(hash >> 32);
    for (std::size_t at = hash & mask_;; at = (at + 1) & mask_) {
      Slot& slot = slots_[at];
      if (slot.id == kEmpty) {
        slot = {tag, static_cast<std::uint32_t>(texts_.size())};
        texts_.push_back(text);
        return slot.id;
      }
      if (slot.tag == tag && texts_[slot.id] == text) return slot.id;
    }
  }
  // ids_of(texts)[i] == id_of(texts[i]), some texts at a time, so that memory is waited for once.
  void ids_of(std::span<const std::string_view> texts, std::uint32_t* ids);
  // What id_of() will look at first, asked of the memory now.
  void fetch(std::uint64_t hash) const { __builtin_prefetch(&slots_[hash & mask_]); }
  std::size_t size() const { return texts_.size(); }
  std::string_view operator[](std::size_t id) const { return texts_[id]; }
  void reserve(std::size_t texts);

 private:
  static constexpr std::uint32_t kEmpty = 0xFFFFFFFF;
  struct Slot {
    std::uint32_t tag = 0;
    std::uint32_t id = kEmpty;
  };
  void grow();
  void spread(std::size_t slots);
  std::vector<Slot> slots_;
  std::size_t mask_ = 0;
  std::vector<std::string_view> texts_;
};

}  // namespace filrouge::linkage
