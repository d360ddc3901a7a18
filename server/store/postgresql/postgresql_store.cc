#include "server/store/postgresql/postgresql_store.h"

#include <utility>

#include "server/store/postgresql/figures.h"
#include "server/store/postgresql/pool.h"
#include "server/store/postgresql/reads.h"
#include "server/store/postgresql/sql.h"
#include "server/store/postgresql/tables.h"
#include "server/store/postgresql/writer.h"

namespace filrouge {

namespace {

using postgresql::Connection;
using postgresql::ConnectionOptions;
using postgresql::Pool;
using postgresql::Writer;

// Counting years takes longer than any write.
constexpr int kReadAnswerMilliseconds = 30'000;

class PostgresqlStore final : public Store {
 public:
  PostgresqlStore(ConnectionOptions reading, const PostgresqlOptions& options)
      : pool_(std::move(reading), options.readers, options.patience_ms) {
    if (options.read_only) return;
    writer_ = std::make_unique<Writer>(
        ConnectionOptions{.address = options.address, .answer_ms = options.answer_ms}, options.hash,
        options.name, options.patience_ms);
  }

  Result<Appended> append(Append&& append) override {
    if (!writer_) return read_only();
    return writer_->append(std::move(append));
  }

  Result<std::optional<std::int64_t>> find_entry(EntryId id) override {
    return pool_.use([&](Connection& db) { return postgresql::find_entry(db, id); });
  }
  Result<bool> is_undone(EntryId id) override {
    return pool_.use([&](Connection& db) { return postgresql::is_undone(db, id); });
  }
  Result<std::vector<StoredEntry>> entries_of(SubjectId subject) override {
    return pool_.use([&](Connection& db) { return postgresql::entries_of(db, subject); });
  }
  Result<std::vector<StoredEntry>> entries(const std::vector<EntryId>& ids) override {
    return pool_.use([&](Connection& db) { return postgresql::entries(db, ids); });
  }
  Result<std::vector<EntryCount>> count_entries(const std::vector<EntryId>& ids) override {
    return pool_.use([&](Connection& db) { return postgresql::count_entries(db, ids); });
  }
  Result<std::vector<LogRow>> log_after(std::int64_t recv_seq, std::size_t limit) override {
    return pool_.use([&](Connection& db) { return postgresql::log_after(db, recv_seq, limit); });
  }
  Result<MerkleFrontier> log_head() override {
    return pool_.use([](Connection& db) { return postgresql::log_head(db); });
  }

  Result<std::optional<StoredState>> state(SubjectId subject) override {
    return pool_.use([&](Connection& db) { return postgresql::state(db, subject); });
  }
  Result<std::vector<StoredState>> states(const StateFilter& filter) override {
    return pool_.use([&](Connection& db) { return postgresql::states(db, filter); });
  }
  Result<std::vector<SubjectId>> find_tokens(const SearchToken& token) override {
    return pool_.use([&](Connection& db) { return postgresql::find_tokens(db, token); });
  }

  Result<std::vector<Fact>> facts(const FactFilter& filter, std::size_t limit) override {
    return pool_.use([&](Connection& db) { return postgresql::facts(db, filter, limit); });
  }
  Result<std::vector<FactCount>> count_facts(const FactFilter& filter, Dimension by) override {
    return pool_.use([&](Connection& db) { return postgresql::count_facts(db, filter, by); });
  }
  Result<std::vector<FirstContactCount>> count_first_contacts(const FactFilter& filter,
                                                              Dimension by,
                                                              CivilDate today) override {
    return pool_.use(
        [&](Connection& db) { return postgresql::count_first_contacts(db, filter, by, today); });
  }
  Result<std::vector<PersonFact>> linked_persons() override {
    return pool_.use([&](Connection& db) { return postgresql::linked_persons(db); });
  }
  Result<std::vector<PersonFact>> person_facts(const std::vector<Pseudonym>& persons) override {
    return pool_.use([&](Connection& db) { return postgresql::person_facts(db, persons); });
  }

  Result<std::vector<QuarantineRow>> quarantine(std::optional<SubjectId> organisation,
                                                bool unresolved_only) override {
    return pool_.use(
        [&](Connection& db) { return postgresql::quarantine(db, organisation, unresolved_only); });
  }
  Result<std::optional<QuarantineRow>> quarantined(EntryId id) override {
    return pool_.use([&](Connection& db) { return postgresql::quarantined(db, id); });
  }
  Status resolve_quarantine(EntryId id, bool keep_content) override {
    return write(
        [&](Connection& db) { return postgresql::resolve_quarantine(db, id, keep_content); });
  }

  Result<std::vector<LedgerRow>> ledger(std::optional<SubjectId> subject,
                                        std::optional<SubjectId> organisation,
                                        std::size_t limit) override {
    return pool_.use(
        [&](Connection& db) { return postgresql::ledger(db, subject, organisation, limit); });
  }
  Result<std::int64_t> opened_since(SubjectId account, Instant since) override {
    return pool_.use([&](Connection& db) { return postgresql::opened_since(db, account, since); });
  }

  Status put_blob(const StoredBlob& blob) override {
    return write([&](Connection& db) { return postgresql::put_blob(db, blob); });
  }
  Result<std::optional<StoredBlob>> blob(SubjectId owner, const std::string& name) override {
    return pool_.use([&](Connection& db) { return postgresql::blob(db, owner, name); });
  }
  Result<std::vector<std::string>> blob_names(SubjectId owner, const std::string& prefix) override {
    return pool_.use([&](Connection& db) { return postgresql::blob_names(db, owner, prefix); });
  }
  Status drop_blobs(SubjectId owner, const std::string& prefix) override {
    return write([&](Connection& db) { return postgresql::drop_blobs(db, owner, prefix); });
  }

  Status put_communes(const std::vector<Commune>& communes) override {
    return write([&](Connection& db) { return postgresql::put_communes(db, communes); });
  }
  Result<std::optional<Commune>> commune(const std::string& code) override {
    return pool_.use([&](Connection& db) { return postgresql::commune(db, code); });
  }
  Result<std::vector<Commune>> find_communes(const std::string& folded_prefix,
                                             std::size_t limit) override {
    return pool_.use(
        [&](Connection& db) { return postgresql::find_communes(db, folded_prefix, limit); });
  }
  Status put_outlines(const std::vector<Outline>& outlines) override {
    return write([&](Connection& db) { return postgresql::put_outlines(db, outlines); });
  }
  Result<std::vector<Outline>> outlines() override {
    return pool_.use([](Connection& db) { return postgresql::outlines(db); });
  }

  Status backup(const std::string&) override {
    return Error{Code::unsupported, "", "backup", "a database is copied with its own tools"};
  }

 private:
  static Error read_only() {
    return Error{Code::refused, "", "read_only", "the journal was opened to be read only"};
  }

  template <class Work>
  Status write(Work&& work) {
    if (!writer_) return read_only();
    return pool_.use(std::forward<Work>(work));
  }

  Pool pool_;
  std::unique_ptr<Writer> writer_;  // empty for a read-only store
};

Status check_head(Connection& db) {
  FILROUGE_TRY(head, postgresql::log_head(db));
  FILROUGE_TRY(after, postgresql::log_after(db, static_cast<std::int64_t>(head.size) - 1, 2));
  const std::size_t expected = head.size == 0 ? 0 : 1;
  if (after.size() == expected) return Done{};
  return Error{Code::unavailable, "database", "damaged",
               "the journal and its head do not agree: restore a backup"};
}

}  // namespace

Result<std::unique_ptr<Store>> open_postgresql_store(PostgresqlOptions options) {
  verify(options.hash != nullptr);
  ConnectionOptions reading{.address = options.address,
                            .read_only = options.read_only,
                            .answer_ms = kReadAnswerMilliseconds};
  FILROUGE_TRY(first, Connection::open(reading));
  FILROUGE_CHECK(postgresql::open_tables(
      *first, {.schema = "server/store/postgresql/schema.sql",
               .format = 3,
               .create = options.create && !options.read_only,
               .empty = Error{Code::not_found, "database", "no_journal",
                              "this database holds no journal of Fil rouge"}}));
  FILROUGE_CHECK(check_head(*first));
  if (!options.read_only) FILROUGE_CHECK(first->run(postgresql::sql("forget_writers")));
  return std::unique_ptr<Store>(std::make_unique<PostgresqlStore>(std::move(reading), options));
}

}  // namespace filrouge
