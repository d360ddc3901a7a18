// The tables of one database: made, all of them or none, when it is empty and that is asked for,
// otherwise checked for the version of this program. Errors: the caller's for an empty database,
// `conflict` "other_tables" for one with tables of somebody else, `unsupported` "other_format".
//
//   FILROUGE_TRY(made, open_tables(*connection, {.schema = "server/store/postgresql/schema.sql",
//                                                .format = 2}));
#pragma once

#include <functional>
#include <string_view>

#include "server/store/postgresql/connection.h"

namespace filrouge::postgresql {

struct TableOptions {
  std::string_view schema;  // a file of server_file()
  std::int64_t format =
      1;  // that it writes into `node`: the journal and its keys each have their own
  bool create = false;
  Error empty;
  // Writes the first rows, in the transaction that makes the tables.
  std::function<Status(Connection&)> fill;
};

// True when the tables were made now.
Result<bool> open_tables(Connection& db, const TableOptions& options);

}  // namespace filrouge::postgresql
