// Lists by limits::page_rows. Pages are numbered from 1; absent is the first; past the end is
// empty.
#pragma once

#include <algorithm>
#include <optional>
#include <vector>

#include "core/base/limits.h"

namespace filrouge {

template <class Row>
std::vector<Row> page_of(std::vector<Row> rows, std::optional<std::int32_t> page) {
  const auto number = static_cast<std::size_t>(std::max(page.value_or(1), 1));
  const std::size_t first = std::min((number - 1) * limits::page_rows, rows.size());
  const std::size_t last = std::min(first + limits::page_rows, rows.size());
  return {std::make_move_iterator(rows.begin() + static_cast<std::ptrdiff_t>(first)),
          std::make_move_iterator(rows.begin() + static_cast<std::ptrdiff_t>(last))};
}

}  // namespace filrouge
