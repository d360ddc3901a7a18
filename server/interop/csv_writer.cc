#include "server/interop/csv_writer.h"

#include <algorithm>

namespace filrouge {

std::string csv_field(std::string_view text) {
  constexpr std::string_view kFormula = "=+-@\t\r";
  // "-12" is a number, not a formula.
  const bool number =
      text.size() > 1 && text[0] == '-' &&
      std::all_of(text.begin() + 1, text.end(), [](char c) { return c >= '0' && c <= '9'; });
  std::string out;
  if (!text.empty() && kFormula.find(text[0]) != std::string_view::npos && !number) out += '\'';
  out += text;
  if (out.find_first_of("\";\r\n") == std::string::npos) return out;
  std::string quoted = "\"";
  for (const char c : out) {
    quoted += c;
    if (c == '"') quoted += '"';
  }
  return quoted + "\"";
}

void CsvWriter::row(const std::vector<std::string>& fields) {
  for (std::size_t i = 0; i < fields.size(); ++i) {
    if (i != 0) text_ += ';';
    text_ += csv_field(fields[i]);
  }
  text_ += "\r\n";
}

}  // namespace filrouge
