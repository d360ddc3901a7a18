#include "server/store/postgresql/postgresql_keys.h"

#include <cstring>
#include <utility>

#include "server/store/common/sealed_keys.h"
#include "server/store/postgresql/pool.h"
#include "server/store/postgresql/sql.h"
#include "server/store/postgresql/tables.h"

namespace filrouge {

namespace {

using postgresql::Blob;
using postgresql::Connection;
using postgresql::ConnectionOptions;
using postgresql::Pool;
using postgresql::Row;
using postgresql::sql;

constexpr int kAnswerMilliseconds = 10'000;

class PostgresqlKeyTable final : public KeyTable {
 public:
  PostgresqlKeyTable(ConnectionOptions connecting, const PostgresqlKeysOptions& options)
      : pool_(std::move(connecting), options.connections, options.patience_ms),
        read_only_(options.read_only) {}

  Result<std::optional<std::string>> find(Sheet sheet, std::string_view tag) override {
    return pool_.use(
        [&](Connection& db) { return db.one(find_statement(sheet), &sealed, Blob{tag}); });
  }
  Status put(Sheet sheet, std::string_view tag, std::string_view text) override {
    return write(
        [&](Connection& db) { return db.run(put_statement(sheet), Blob{tag}, Blob{text}); });
  }
  Result<std::optional<KeyRow>> key_of(const Bytes16& owner) override {
    return pool_.use([&](Connection& db) { return find_key(db, owner); });
  }
  Result<std::optional<std::string>> key(KeyId id) override {
    return pool_.use([&](Connection& db) { return db.one(sql("key"), &sealed, id); });
  }
  Result<std::optional<KeyRow>> add_key(const Bytes16& owner, const KeyRow& row) override {
    if (read_only_) return read_only();
    return pool_.use([&](Connection& db) -> Result<std::optional<KeyRow>> {
      db.queue_plain(sql("begin"));
      db.queue_plain(sql("lock_keys"));
      db.queue(sql("add_key"), row.id, owner, Blob{row.sealed});
      db.queue_plain(sql("commit"));
      FILROUGE_CHECK(db.send());
      return find_key(db, owner);
    });
  }
  Status destroy(const Bytes16& owner, std::string_view text) override {
    return write([&](Connection& db) -> Status {
      db.queue_plain(sql("begin"));
      db.queue_plain(sql("lock_keys"));
      db.queue(sql("destroy_key"), owner);
      db.queue(sql("note_destroyed"), owner, Blob{text});
      db.queue_plain(sql("commit"));
      FILROUGE_CHECK(db.send());
      // The key is gone for everybody now; whether its page is written anew at once changes nothing
      // of that, and the next destruction does it again.
      db.queue_plain(sql("rewrite_keys"));
      (void)db.send();
      return Done{};
    });
  }
  Result<Sealed> destroyed() override {
    return pool_.use([&](Connection& db) -> Result<Sealed> {
      Sealed rows;
      FILROUGE_CHECK(db.each(sql("destroyed"),
                             [&](const Row& row) { rows.emplace_back(row.text(0), row.text(1)); }));
      return rows;
    });
  }
  Status backup(const std::string&) override {
    return Error{Code::unsupported, "", "backup", "a database is copied with its own tools"};
  }

 private:
  static Error read_only() {
    return Error{Code::refused, "", "read_only", "the keys were opened to be read only"};
  }
  template <class Work>
  Status write(Work&& work) {
    if (read_only_) return read_only();
    return pool_.use(std::forward<Work>(work));
  }
  static std::string sealed(const Row& row) { return row.text(0); }
  static Result<std::optional<KeyRow>> find_key(Connection& db, const Bytes16& owner) {
    return db.one(
        sql("key_of"), [](const Row& row) { return KeyRow{row.id<KeyId>(0), row.text(1)}; }, owner);
  }
  static std::string_view find_statement(Sheet sheet) {
    if (sheet == Sheet::secrets) return sql("find_secret");
    return sheet == Sheet::credentials ? sql("find_credential") : sql("find_device");
  }
  static std::string_view put_statement(Sheet sheet) {
    if (sheet == Sheet::secrets) return sql("put_secret");
    return sheet == Sheet::credentials ? sql("put_credential") : sql("put_device");
  }

  Pool pool_;
  const bool read_only_;
};

}  // namespace

Result<std::unique_ptr<Keys>> open_postgresql_keys(PostgresqlKeysOptions options, Crypto& crypto,
                                                   Random& random) {
  ConnectionOptions connecting{
      .address = options.address, .read_only = options.read_only, .answer_ms = kAnswerMilliseconds};
  FILROUGE_TRY(first, Connection::open(connecting));
  const auto fill = [&](Connection& db) -> Status {
    for (const auto& [name, sealed] : first_secrets(options.master, crypto, random))
      FILROUGE_CHECK(db.run(sql("put_secret"), Blob{name}, Blob{sealed}));
    return Done{};
  };
  FILROUGE_CHECK(open_tables(*first, {.schema = "server/store/postgresql/keys_schema.sql",
                                      .format = 1,
                                      .create = options.create && !options.read_only,
                                      .empty = Error{Code::not_found, "database", "no_keys",
                                                     "this database holds no keys of Fil rouge"},
                                      .fill = fill}));
  auto table = std::make_unique<PostgresqlKeyTable>(std::move(connecting), options);
  auto keys = open_sealed_keys(std::move(table),
                               {.master = options.master, .opened_ms_max = options.opened_ms_max},
                               crypto, random);
  explicit_bzero(options.master.data(), options.master.size());
  return keys;
}

}  // namespace filrouge
