// The Store port on PostgreSQL 15 or later (architecture 4), for several servers on one database:
// everything is read and written on the primary, appends of all programs one after the other under
// one lock (writer.h). Follows a fail-over by itself (pool.h); meanwhile callers are told
// `unavailable` "database_away" after `patience_ms`. Durability is the database's: with synchronous
// standbys named, a commit comes back when one of them has it.
//
// Errors of open: `unavailable` "database_away" with libpq's words, `not_found` "no_journal" an
// empty database, `conflict` "other_tables" one with tables of somebody else, `unsupported`
// "other_format". backup() is `unsupported`: that is pg_dump's and pg_basebackup's work
// (docs/postgresql.md).
//
//   FILROUGE_TRY(address, postgresql::Address::parse("postgresql:///filrouge?host=db1,db2"));
//   FILROUGE_TRY(store, open_postgresql_store({.address = address, .hash = hash, .name = random}));
#pragma once

#include <memory>

#include "server/ports/store.h"
#include "server/store/postgresql/address.h"

namespace filrouge {

struct PostgresqlOptions {
  postgresql::Address address;
  HashFunction hash = nullptr;
  Bytes16 name{};  // random: this program among those on the database
  bool read_only = false;
  bool create = false;       // make the tables when the database is empty
  std::size_t readers = 8;   // connections beside the writer's, opened when needed
  int patience_ms = 10'000;  // how long a caller waits while the database is away
  int answer_ms = 10'000;    // and how long the writer waits for one answer
};

Result<std::unique_ptr<Store>> open_postgresql_store(PostgresqlOptions options);

}  // namespace filrouge
