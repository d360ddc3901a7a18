// A CSV file as spreadsheets of the house open it: ";" between fields, UTF-8 with a byte order
// mark, CRLF. A text that a spreadsheet would take for a formula gets an apostrophe in front.
//
//   CsvWriter csv; csv.row({"id", "label"}); csv.row({"a", "=1+1"}); csv.text();
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace filrouge {

class CsvWriter {
 public:
  void row(const std::vector<std::string>& fields);
  const std::string& text() const { return text_; }

 private:
  std::string text_ = "\xEF\xBB\xBF";
};

std::string csv_field(std::string_view text);

}  // namespace filrouge
