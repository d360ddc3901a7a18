#include "core/linkage/dictionary.h"

#include <utility>

namespace filrouge::linkage {

void Dictionary::reserve(std::size_t texts) {
  while (slots_.size() < texts * 2) grow();
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

void Dictionary::grow() {
  std::vector<Slot> old = std::move(slots_);
  slots_.assign(old.empty() ? 1024 : old.size() * 2, Slot{});
  mask_ = slots_.size() - 1;
  for (std::size_t id = 0; id < texts_.size(); ++id) {
    const std::uint64_t hash = hash_text(texts_[id]);
    std::size_t at = hash & mask_;
    while (slots_[at].id != kEmpty) at = (at + 1) & mask_;
    slots_[at] = {static_cast<std::uint32_t>(hash >> 32), static_cast<std::uint32_t>(id)};
  }
}

}  // namespace filrouge::linkage
