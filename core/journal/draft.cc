#include "core/journal/draft.h"

namespace filrouge {

namespace {

constexpr std::size_t kPaddedMin = 256;

}  // namespace

std::size_t padded_size(std::size_t bytes) {
  std::size_t size = kPaddedMin;
  while (size < bytes) size *= 2;
  return size;
}

std::string pad_text(std::string text) {
  text.resize(padded_size(text.size()), ' ');
  return text;
}

}  // namespace filrouge
