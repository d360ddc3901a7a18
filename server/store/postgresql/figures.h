// Counting facts (I01, I02, I03a, I16, encounters), grouped by the database. Contract and meaning
// of the columns: server/ports/store.h and figures.sql. Errors: `unavailable`.
#pragma once

#include "server/ports/store.h"
#include "server/store/postgresql/connection.h"

namespace filrouge::postgresql {

Result<std::vector<Fact>> facts(Connection& db, const FactFilter& filter, std::size_t limit);
Result<std::vector<FactCount>> count_facts(Connection& db, const FactFilter& filter, Dimension by);
Result<std::vector<FirstContactCount>> count_first_contacts(Connection& db,
                                                            const FactFilter& filter, Dimension by,
                                                            CivilDate today);
Result<std::vector<PersonFact>> linked_persons(Connection& db);
Result<std::vector<PersonFact>> person_facts(Connection& db, const std::vector<Pseudonym>& persons);

}  // namespace filrouge::postgresql
