// Reference data of the store: communes of the national list and outlines of communes and districts
// with the days they are valid (R07). Imported from files and importable again; no person in it.
// Rings are kept as binary numbers, so that a start with all of France does not read text.
#pragma once

#include "server/ports/store.h"
#include "server/store/sqlite/connection.h"

namespace filrouge::sqlite {

Status put_communes(Connection& db, const std::vector<Commune>& communes);
Result<std::optional<Commune>> commune(Connection& db, const std::string& code);
// By name, folded as fold_for_search() does; alphabetical.
Result<std::vector<Commune>> find_communes(Connection& db, const std::string& folded_prefix,
                                           std::size_t limit);

Status put_outlines(Connection& db, const std::vector<Outline>& outlines);
Result<std::vector<Outline>> outlines(Connection& db);

}  // namespace filrouge::sqlite
