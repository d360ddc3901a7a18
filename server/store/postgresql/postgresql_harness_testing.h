// A PostgreSQL store on an empty database of the tests' own server, for the contract suite and for
// the tests of what only PostgreSQL does.
#pragma once

#include <memory>

#include "server/store/contract/store_contract_testing.h"
#include "server/store/postgresql/postgresql_server_testing.h"
#include "server/store/postgresql/postgresql_store.h"

namespace filrouge {

// Fails the test when the store does not open. Each has a name of its own on the database.
std::unique_ptr<Store> open_test_store(PostgresqlOptions options);
std::unique_ptr<StoreHarness> make_postgresql_harness();

}  // namespace filrouge
