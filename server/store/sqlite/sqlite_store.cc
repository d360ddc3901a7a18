#include "server/store/sqlite/sqlite_store.h"

#include <unistd.h>
#include <utility>

#include "server/ports/embedded.h"
#include "server/store/sqlite/append.h"
#include "server/store/sqlite/blobs.h"
#include "server/store/sqlite/figures.h"
#include "server/store/sqlite/folder.h"
#include "server/store/sqlite/journal_reads.h"
#include "server/store/sqlite/model_reads.h"
#include "server/store/sqlite/readers.h"
#include "server/store/sqlite/reference.h"
#include "server/store/sqlite/writer.h"

namespace filrouge {

namespace {

using sqlite::Connection;
using sqlite::ConnectionOptions;
using sqlite::Readers;
using sqlite::Row;
using sqlite::Writer;

constexpr int kWriterCacheKib = 8'192;
constexpr int kReaderCacheKib = 1'024;

class SqliteStore final : public Store {
 public:
  // `writer` is empty for a read-only store.
  SqliteStore(FolderLock lock, std::unique_ptr<Writer> writer, ConnectionOptions reading,
              std::size_t readers)
      : lock_(std::move(lock)), writer_(std::move(writer)), readers_(std::move(reading), readers) {}

  Result<Appended> append(Append&& append) override {
    if (!writer_) return read_only();
    return writer_->append(std::move(append));
  }

  Result<std::optional<std::int64_t>> find_entry(EntryId id) override {
    return read([&](Connection& db) { return sqlite::find_entry(db, id); });
  }
  Result<bool> is_undone(EntryId id) override {
    return read([&](Connection& db) { return sqlite::is_undone(db, id); });
  }
  Result<std::vector<StoredEntry>> entries_of(SubjectId subject) override {
    return read([&](Connection& db) { return sqlite::entries_of(db, subject); });
  }
  Result<std::vector<StoredEntry>> entries(const std::vector<EntryId>& ids) override {
    return read([&](Connection& db) { return sqlite::entries(db, ids); });
  }
  Result<std::vector<EntryCount>> count_entries(const std::vector<EntryId>& ids) override {
    return read([&](Connection& db) { return sqlite::count_entries(db, ids); });
  }
  Result<std::vector<LogRow>> log_after(std::int64_t recv_seq, std::size_t limit) override {
    return read([&](Connection& db) { return sqlite::log_after(db, recv_seq, limit); });
  }
  Result<MerkleFrontier> log_head() override {
    return read([&](Connection& db) { return sqlite::read_log_head(db); });
  }

  Result<std::optional<StoredState>> state(SubjectId subject) override {
    return read([&](Connection& db) { return sqlite::state(db, subject); });
  }
  Result<std::vector<StoredState>> states(const StateFilter& filter) override {
    return read([&](Connection& db) { return sqlite::states(db, filter); });
  }
  Result<std::vector<SubjectId>> find_tokens(const SearchToken& token) override {
    return read([&](Connection& db) { return sqlite::find_tokens(db, token); });
  }

  Result<std::vector<Fact>> facts(const FactFilter& filter, std::size_t limit) override {
    return read([&](Connection& db) { return sqlite::facts(db, filter, limit); });
  }
  Result<std::vector<FactCount>> count_facts(const FactFilter& filter, Dimension by) override {
    return read([&](Connection& db) { return sqlite::count_facts(db, filter, by); });
  }
  Result<std::vector<FirstContactCount>> count_first_contacts(const FactFilter& filter,
                                                              Dimension by,
                                                              CivilDate today) override {
    return read(
        [&](Connection& db) { return sqlite::count_first_contacts(db, filter, by, today); });
  }
  Result<std::vector<PersonFact>> linked_persons() override {
    return read([&](Connection& db) { return sqlite::linked_persons(db); });
  }
  Result<std::vector<PersonFact>> person_facts(const std::vector<Pseudonym>& persons) override {
    return read([&](Connection& db) { return sqlite::person_facts(db, persons); });
  }

  Result<std::vector<QuarantineRow>> quarantine(std::optional<SubjectId> organisation,
                                                bool unresolved_only) override {
    return read(
        [&](Connection& db) { return sqlite::quarantine(db, organisation, unresolved_only); });
  }
  Result<std::optional<QuarantineRow>> quarantined(EntryId id) override {
    return read([&](Connection& db) { return sqlite::quarantined(db, id); });
  }
  Status resolve_quarantine(EntryId id, bool keep_content) override {
    return write([id, keep_content](Connection& db) {
      return sqlite::resolve_quarantine(db, id, keep_content);
    });
  }

  Result<std::vector<LedgerRow>> ledger(std::optional<SubjectId> subject,
                                        std::optional<SubjectId> organisation,
                                        std::size_t limit) override {
    return read([&](Connection& db) { return sqlite::ledger(db, subject, organisation, limit); });
  }
  Result<std::int64_t> opened_since(SubjectId account, Instant since) override {
    return read([&](Connection& db) { return sqlite::opened_since(db, account, since); });
  }

  Status put_blob(const StoredBlob& blob) override {
    return write([&](Connection& db) { return sqlite::put_blob(db, blob); });
  }
  Result<std::optional<StoredBlob>> blob(SubjectId owner, const std::string& name) override {
    return read([&](Connection& db) { return sqlite::blob(db, owner, name); });
  }
  Result<std::vector<std::string>> blob_names(SubjectId owner, const std::string& prefix) override {
    return read([&](Connection& db) { return sqlite::blob_names(db, owner, prefix); });
  }
  Status drop_blobs(SubjectId owner, const std::string& prefix) override {
    return write([&](Connection& db) { return sqlite::drop_blobs(db, owner, prefix); });
  }

  Status put_communes(const std::vector<Commune>& communes) override {
    return write([&](Connection& db) { return sqlite::put_communes(db, communes); });
  }
  Result<std::optional<Commune>> commune(const std::string& code) override {
    return read([&](Connection& db) { return sqlite::commune(db, code); });
  }
  Result<std::vector<Commune>> find_communes(const std::string& folded_prefix,
                                             std::size_t limit) override {
    return read([&](Connection& db) { return sqlite::find_communes(db, folded_prefix, limit); });
  }
  Status put_outlines(const std::vector<Outline>& outlines) override {
    return write([&](Connection& db) { return sqlite::put_outlines(db, outlines); });
  }
  Result<std::vector<Outline>> outlines() override {
    return read([&](Connection& db) { return sqlite::outlines(db); });
  }

  Status backup(const std::string& path) override {
    return read([&](Connection& db) { return sqlite::copy_database(db, path); });
  }

 private:
  static Error read_only() {
    return Error{Code::refused, "", "read_only", "the folder was opened to be read only"};
  }

  template <class Work>
  auto read(Work&& work) -> decltype(work(std::declval<Connection&>())) {
    FILROUGE_TRY(lease, readers_.lend());
    return work(*lease);
  }

  Status write(std::function<Status(Connection&)> work) {
    if (!writer_) return read_only();
    return writer_->write(std::move(work));
  }

  // In this order: the readers close first, then the writer checkpoints, then the lock goes.
  FolderLock lock_;
  std::unique_ptr<Writer> writer_;
  Readers readers_;
};

// An empty journal: the tables first, `format` last, so that a folder that was half made is made
// again.
Status create_journal(Connection& db, const std::string& folder) {
  FILROUGE_TRY(tables, db.one("SELECT count(*) FROM sqlite_schema",
                              [](const Row& row) { return row.integer(0); }));
  if (tables.value_or(0) == 0) {
    FILROUGE_CHECK(db.run("BEGIN IMMEDIATE"));
    FILROUGE_CHECK(db.script(server_file("server/store/sqlite/schema.sql")));
    FILROUGE_CHECK(db.run("COMMIT"));
  }
  return write_format(folder);
}

// A database of another version, put beside the `format` of this one.
Status check_version(Connection& db) {
  FILROUGE_TRY(version,
               db.one("PRAGMA user_version", [](const Row& row) { return row.integer(0); }));
  if (version == store_format_version) return Done{};
  return Error{Code::unsupported, "folder", "other_format",
               "another version of the program made this journal"};
}

Status check_head(Connection& db, const MerkleFrontier& head) {
  FILROUGE_TRY(last, db.one("SELECT ifnull(max(recv_seq), 0) FROM log",
                            [](const Row& row) { return row.integer(0); }));
  if (last != static_cast<std::int64_t>(head.size))
    return Error{Code::unavailable, "folder", "damaged",
                 "the journal and its head do not agree: restore a backup"};
  return Done{};
}

}  // namespace

Result<std::unique_ptr<Store>> open_sqlite_store(SqliteOptions options) {
  verify(options.hash != nullptr);
  ConnectionOptions reading{.path = journal_path(options.folder),
                            .read_only = true,
                            .cache_kib = kReaderCacheKib,
                            .vfs = options.vfs};
  if (options.read_only) {
    FILROUGE_CHECK(read_format(options.folder));
    // Fails here rather than at the first question.
    FILROUGE_TRY(first, Connection::open(reading));
    FILROUGE_CHECK(check_version(*first));
    return std::unique_ptr<Store>(
        std::make_unique<SqliteStore>(FolderLock{}, nullptr, std::move(reading), options.readers));
  }
  auto format = read_format(options.folder);
  const bool fresh = !format.ok() && format.error().code == Code::not_found && options.create;
  if (!format.ok() && !fresh) return std::move(format.error());
  if (fresh) FILROUGE_CHECK(create_folder(options.folder));
  FILROUGE_TRY(lock, FolderLock::take(options.folder));
  FILROUGE_TRY(writing, Connection::open({.path = reading.path,
                                          .create = fresh,
                                          .cache_kib = kWriterCacheKib,
                                          .vfs = options.vfs}));
  if (fresh) FILROUGE_CHECK(create_journal(*writing, options.folder));
  FILROUGE_CHECK(check_version(*writing));
  FILROUGE_TRY(head, sqlite::read_log_head(*writing));
  FILROUGE_CHECK(check_head(*writing, head));
  if (!options.on_disk_failure) options.on_disk_failure = &stop_on_disk_failure;
  auto writer = std::make_unique<Writer>(std::move(writing), options.hash, std::move(head),
                                         std::move(options.on_disk_failure),
                                         Ballast(options.folder, options.ballast_bytes));
  return std::unique_ptr<Store>(std::make_unique<SqliteStore>(std::move(lock), std::move(writer),
                                                              std::move(reading), options.readers));
}

}  // namespace filrouge
