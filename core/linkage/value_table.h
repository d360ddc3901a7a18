// Distinct cells of one or more columns, worked on once each: the first half of prepare(). A
// column's cells are numbered as they are (RawColumn), each distinct one is normalised into a
// Value, and equal Values of several columns get one id (merge_values).
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "core/linkage/dictionary.h"
#include "core/linkage/field.h"
#include "core/linkage/records.h"

namespace filrouge::linkage {

// The cells of one field over all lists; id 0 for an empty cell or a list without the field.
struct RawColumn {
  Field field = Field::text;
  Dictionary distinct;              // 0 is the empty text
  std::vector<std::uint32_t> cell;  // by row of all lists
  std::vector<std::uint32_t> id;    // by number in `distinct`: the id of its Value
};

std::string_view trimmed(std::string_view text);

// `columns[l]` is the column of list l, or null.
RawColumn number_cells(Field field, const std::vector<InputList>& lists,
                       const std::vector<const InputColumn*>& columns, std::size_t rows);

// Normalises every distinct cell of these columns and gives RawColumn::id; one Values a group.
std::vector<Values> merge_values(const std::vector<std::vector<RawColumn*>>& groups,
                                 const ParallelFor& run);

}  // namespace filrouge::linkage
