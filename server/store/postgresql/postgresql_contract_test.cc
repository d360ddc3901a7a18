// The contract of the Store port, run on PostgreSQL.
#include "server/store/postgresql/postgresql_harness_testing.h"

namespace filrouge {

INSTANTIATE_TEST_SUITE_P(Postgresql, StoreContract,
                         testing::Values(StoreEngine{"Postgresql", &make_postgresql_harness}),
                         engine_name);

}  // namespace filrouge
