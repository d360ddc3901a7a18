// Rows of a CSV file as they come, in pieces of any size (RFC 4180, with what spreadsheets do:
// a byte order mark, "," or ";" or tab told from the first line, LF or CRLF, quoted fields with
// line breaks). A broken row is handed over with its reason and reading goes on at the next line:
// nothing is dropped in silence. Rows have a size limit, so that an open quote cannot swallow a
// file: past it the row is refused and the next line is read as a new row.
//
//   CsvReader reader([&](CsvRow&& row) { use(row.line, row.fields); });
//   while (read(chunk)) reader.feed(chunk);
//   reader.finish();
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/result.h"

namespace filrouge {

inline constexpr std::size_t csv_row_bytes_max = 64 << 10;
inline constexpr std::size_t csv_fields_max = 256;

// `line` is that of the row's first byte, 1 for the header. With an error, `fields` is empty:
// rules "quote" (a quote in the middle of a field or never closed), "too_long", "too_many"
// (fields), "utf8".
struct CsvRow {
  std::int64_t line = 0;
  std::vector<std::string> fields;
  std::optional<Error> error;
};

class CsvReader {
 public:
  using OnRow = std::function<void(CsvRow&&)>;
  // `separator` 0: told from the first line.
  explicit CsvReader(OnRow on_row, char separator = 0);

  void feed(std::string_view chunk);
  void finish();

 private:
  enum class At { field_start, plain, quoted, quote_seen, skipping };

  void take(char c);
  void take_quoted(char c);
  void take_field_start(char c);
  void end_field();
  void end_row();
  void fail(std::string_view rule, std::string_view detail);
  void choose_separator();

  OnRow on_row_;
  char separator_ = 0;
  std::string head_;  // the first line, until the separator is known
  bool started_ = false;
  At at_ = At::field_start;
  CsvRow row_;
  std::string field_;
  std::size_t row_bytes_ = 0;
  std::int64_t line_ = 1;
  bool any_byte_ = false;  // of this row
};

}  // namespace filrouge
