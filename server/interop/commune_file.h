// The national list of communes from a CSV file (columns code_insee, nom, code_postal, under these
// or the usual other names, in any order): what a place is asked when no outline is loaded (R07).
// Several postcodes stand in one field or on several lines. A line that cannot be used is refused
// with its field and rule; the file as a whole is refused only for its header.
//
//   auto read = read_communes([&](std::string& chunk) { return next_piece(chunk); });
//   read->communes[0].code == "37261"; read->report.refusals[0].where == "line 9";
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "server/interop/import_report.h"
#include "server/ports/store.h"

namespace filrouge {

// Fills `chunk` with the next piece of a file; false at its end.
using ChunkSource = std::function<bool(std::string& chunk)>;

struct CommuneImport {
  std::vector<Commune> communes;  // by code
  ImportReport report;
};

// `invalid` with rule "header" when a needed column is absent.
Result<CommuneImport> read_communes(const ChunkSource& source);

// "37" of "37261", "2A" of "2A004", "974" of "97411".
std::string department_of_commune(std::string_view code);

}  // namespace filrouge
