#include "server/store/postgresql/tables.h"

#include "server/ports/embedded.h"
#include "server/store/postgresql/sql.h"

namespace filrouge::postgresql {

namespace {

Status make_tables(Connection& db, const TableOptions& options) {
  // Two programs at once: the second finds the first one's table and gives up.
  FILROUGE_CHECK(db.script("BEGIN;" + std::string(server_file(options.schema))));
  if (options.fill) FILROUGE_CHECK(options.fill(db));
  return db.script("COMMIT;");
}

}  // namespace

Result<bool> open_tables(Connection& db, const TableOptions& options) {
  struct Found {
    bool ours;
    std::int64_t tables;
  };
  FILROUGE_TRY(found, db.one(sql("has_tables"),
                             [](const Row& row) { return Found{row.boolean(0), row.integer(1)}; }));
  if (!found->ours && found->tables > 0)
    return Error{Code::conflict, "database", "other_tables",
                 "this database holds tables of something else"};
  if (!found->ours) {
    if (!options.create) return options.empty;
    Status made = make_tables(db, options);
    if (!made.ok()) {
      if (!db.broken()) (void)db.script("ROLLBACK;");
      return std::move(made.error());
    }
    return true;
  }
  FILROUGE_TRY(format, db.one(sql("format"), [](const Row& row) { return row.integer(0); }));
  if (format == options.format) return false;
  return Error{Code::unsupported, "database", "other_format",
               "another version of the program made this database"};
}

}  // namespace filrouge::postgresql
