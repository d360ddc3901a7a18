#include "server/app/csv.h"

namespace filrouge {

namespace {

std::string field(std::string_view text) {
  std::string out;
  const bool formula =
      !text.empty() && std::string_view("=+-@\t\r").find(text[0]) != std::string_view::npos;
  if (formula) out += '\'';
  out += text;
  if (out.find_first_of("\";\r\n") == std::string::npos) return out;
  std::string quoted = "\"";
  for (const char c : out) {
    if (c == '"') quoted += '"';
    quoted += c;
  }
  return quoted + '"';
}

}  // namespace

void csv_line(std::string& out, std::initializer_list<std::string_view> fields) {
  bool first = true;
  for (const std::string_view text : fields) {
    if (!first) out += ';';
    first = false;
    out += field(text);
  }
  out += "\r\n";
}

}  // namespace filrouge
