// A list of persons as a spreadsheet or a partner's program writes it, read whole and fast: CSV
// with "," ";" or tab, blanks after separators, quotes, a byte order mark, UTF-8 or Latin-1
// (noticed line by line, and counted). Cells are places in the text, so that 100,000 rows cost no
// allocation each. Every line is a row and keeps its number: what cannot be read is empty cells,
// counted, never a row lost. An open quote, or a row beyond row_bytes_max, ends with its line.
//
//   auto list = open_list(std::move(bytes));
//   read_rows(*list, wanted);
//   list->titles[2] == "nom";  list->cell(row, 2) == "MARTIN";
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/result.h"
#include "core/linkage/field.h"

namespace filrouge::linkage {

inline constexpr std::size_t list_bytes_max = std::size_t{3} << 30;
inline constexpr std::size_t list_row_bytes_max = 64 << 10;
inline constexpr std::size_t list_columns_max = 256;

struct ListFile {
  std::string text;                         // UTF-8; every cell lies in it
  std::vector<std::string> titles;          // of the first line
  std::vector<std::vector<Slice>> columns;  // by title, then by row; see `wanted`
  std::size_t rows = 0;
  char separator = ',';
  std::uint64_t latin1_lines = 0;  // read as Latin-1, for they are not UTF-8
  std::uint64_t short_rows = 0;    // fewer cells than titles: the rest is empty
  std::uint64_t long_rows = 0;     // more cells than titles: they are passed over
  std::uint64_t broken_rows = 0;   // an open quote, or more than row_bytes_max bytes

  std::string_view cell(std::size_t row, std::size_t column) const {
    const Slice at = columns[column][row];
    return std::string_view(text).substr(at.start, at.length);
  }
};

// What was odd about a row; the counts of ListFile say how many are.
enum class LineFault : std::uint8_t { none, broken, too_few_cells, too_many_cells };
struct ListLine {
  std::int64_t line = 0;  // of its first byte, 1 for the titles
  LineFault fault = LineFault::none;
};

// Columns whose titles say what they are (field_of_title), each field once.
struct MappedColumn {
  Field field = Field::text;
  std::size_t column = 0;  // in ListFile::titles
};
std::vector<MappedColumn> columns_by_title(const std::vector<std::string>& titles);

// The titles of the first line; `text` is made UTF-8. Refuses an empty file ("empty"), one that
// is too large ("too_large"), UTF-16 and workbooks ("not_csv").
Result<ListFile> open_list(std::string bytes);
// Reads the rows; only columns with wanted[i] get their cells, the others stay without. `lines`
// gets one for each row.
void read_rows(ListFile& list, const std::vector<bool>& wanted,
               std::vector<ListLine>* lines = nullptr);

}  // namespace filrouge::linkage
