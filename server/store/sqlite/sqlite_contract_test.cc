// The contract of the Store port, run on SQLite.
#include "server/store/sqlite/sqlite_harness_testing.h"

namespace filrouge {

INSTANTIATE_TEST_SUITE_P(Sqlite, StoreContract,
                         testing::Values(StoreEngine{"Sqlite", &make_sqlite_harness}), engine_name);

}  // namespace filrouge
