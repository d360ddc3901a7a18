// Counting facts (I01, I02, I03a, I16, encounters). A period of a kind is one stretch of the facts
// table; grouping is done here and not by SQL, which would sort every row: 200,000 facts take less
// than 150 ms (bench/store_bench.cc). Contract: server/ports/store.h. Errors: `unavailable`.
//
// First contact (I03a): the earliest contact of a person by (day, entry) inside the filter's
// organisation, project and teams, whatever the period. Second contact (I16): the next one in that
// order, also on the same day; within 30 days counts as returned.
#pragma once

#include "server/ports/store.h"
#include "server/store/sqlite/connection.h"

namespace filrouge::sqlite {

Result<std::vector<Fact>> facts(Connection& db, const FactFilter& filter, std::size_t limit);
Result<std::vector<FactCount>> count_facts(Connection& db, const FactFilter& filter, Dimension by);
Result<std::vector<FirstContactCount>> count_first_contacts(Connection& db,
                                                            const FactFilter& filter, Dimension by,
                                                            CivilDate today);
Result<std::vector<PersonFact>> linked_persons(Connection& db);
Result<std::vector<PersonFact>> person_facts(Connection& db, const std::vector<Pseudonym>& persons);

}  // namespace filrouge::sqlite
