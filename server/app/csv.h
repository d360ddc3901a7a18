// Lines of a file that opens in a spreadsheet: ";" between fields, CRLF, and no cell that a
// spreadsheet would take for a formula (ASVS 1.2.10).
//
//   csv_line(out, {"commune", "nombre"});
#pragma once

#include <initializer_list>
#include <string>
#include <string_view>

namespace filrouge {

void csv_line(std::string& out, std::initializer_list<std::string_view> fields);

}  // namespace filrouge
