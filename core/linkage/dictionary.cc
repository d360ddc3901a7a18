#include "core/linkage/dictionary.h"

#include <utility>

namespace filrouge::linkage {

void Dictionary::reserve(std::size_t texts) {
  while (slots_.size() < texts * 2) grow();
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
