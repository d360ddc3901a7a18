#include "core/linkage/dictionary.h"

#include <bit>
#include <utility>

namespace filrouge::linkage {

void Dictionary::reserve(std::size_t texts) {
  if (slots_.size() < texts * 2) spread(std::bit_ceil(texts * 2));
  texts_.reserve(texts);
}

void Dictionary::ids_of(std::span<const std::string_view> texts, std::uint32_t* ids) {
  constexpr std::size_t kTogether = 16;
  std::uint64_t hashes[kTogether] = {};
  if (slots_.empty()) grow();
  for (std::size_t from = 0; from < texts.size(); from += kTogether) {
    const std::size_t count = texts.size() - from < kTogether ? texts.size() - from : kTogether;
    for (std::size_t i = 0; i < count; ++i) {
      hashes[i] = hash_text(texts[from + i]);
      __builtin_prefetch(&slots_[hashes[i] & mask_]);
    }
    for (std::size_t i = 0; i < count; ++i) {
      const std::uint32_t id = slots_[hashes[i] & mask_].id;
      if (id != kEmpty) __builtin_prefetch(&texts_[id]);
    }
    for (std::size_t i = 0; i < count; ++i) {
      const std::uint32_t id = slots_[hashes[i] & mask_].id;
      if (id != kEmpty) __builtin_prefetch(texts_[id].data());
    }
    for (std::size_t i = 0; i < count; ++i) ids[from + i] = id_of(texts[from + i], hashes[i]);
  }
}

void Dictionary::grow() { spread(slots_.empty() ? 1024 : slots_.size() * 4); }

void Dictionary::spread(std::size_t slots) {
  slots_.assign(slots, Slot{});
  mask_ = slots_.size() - 1;
  for (std::size_t id = 0; id < texts_.size(); ++id) {
    const std::uint64_t hash = hash_text(texts_[id]);
    std::size_t at = hash & mask_;
    while (slots_[at].id != kEmpty) at = (at + 1) & mask_;
    slots_[at] = {static_cast<std::uint32_t>(hash >> 32), static_cast<std::uint32_t>(id)};
  }
}

}  // namespace filrouge::linkage
