// The Keys port on a database of its own (decision 0012), shared by all servers: sealed rows as
// server/store/common/sealed_keys.h has them. A key that current() makes is committed before it is
// returned. destroy() deletes the row and has the table written anew, so that no page of it holds
// the key; PostgreSQL's write-ahead log, and backups, hold it until they expire.
//
// Errors of open: `refused` "wrong_master_key", `not_found` "no_keys", and those of the database.
//
//   FILROUGE_TRY(keys, open_postgresql_keys({.address = address.with_database("filrouge_keys"),
//                                            .master = key}, *crypto, *random));
#pragma once

#include <memory>

#include "server/ports/environment.h"
#include "server/ports/keys.h"
#include "server/store/postgresql/address.h"

namespace filrouge {

struct PostgresqlKeysOptions {
  postgresql::Address address;
  Bytes32 master{};
  bool read_only = false;
  bool create = false;  // make the tables, with fresh node secrets, when the database is empty
  std::size_t connections = 4;
  int patience_ms = 10'000;
  int opened_ms_max = 5'000;  // how long an opened key of a person is kept in memory
};

Result<std::unique_ptr<Keys>> open_postgresql_keys(PostgresqlKeysOptions options, Crypto& crypto,
                                                   Random& random);

}  // namespace filrouge
