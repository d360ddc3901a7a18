#include "sim/node_store.h"

#include <mutex>
#include <utility>

#include <sqlite3.h>

#include "server/ports/embedded.h"
#include "server/store/sqlite/append.h"
#include "server/store/sqlite/blobs.h"
#include "server/store/sqlite/figures.h"
#include "server/store/sqlite/folder.h"
#include "server/store/sqlite/journal_reads.h"
#include "server/store/sqlite/model_reads.h"
#include "server/store/sqlite/reference.h"
#include "sim/disk.h"

namespace filrouge::sim {

namespace {

using sqlite::Blob;
using sqlite::Connection;
using sqlite::Row;

constexpr int kCacheKib = 2'048;

class OneConnectionStore final : public NodeStore {
 public:
  OneConnectionStore(std::unique_ptr<Connection> connection, HashFunction hash, MerkleFrontier head,
                     std::int64_t checkpoint_every)
      : db_(std::move(connection)),
        hash_(hash),
        head_(std::move(head)),
        checkpoint_every_(checkpoint_every) {}

  Result<Appended> append(Append&& append) override {
    const std::lock_guard lock(mutex_);
    if (append.queued) append.queued();
    const MerkleFrontier before = head_;
    auto appended = write(append);
    if (!appended.ok()) {
      head_ = before;
      if (db_->in_transaction()) (void)db_->run("ROLLBACK");
      return appended;
    }
    checkpoint(append.erase || !append.forget.empty());
    return appended;
  }

  Result<std::optional<std::int64_t>> find_entry(EntryId id) override {
    return alone([&] { return sqlite::find_entry(*db_, id); });
  }
  Result<bool> is_undone(EntryId id) override {
    return alone([&] { return sqlite::is_undone(*db_, id); });
  }
  Result<std::vector<StoredEntry>> entries_of(SubjectId subject) override {
    return alone([&] { return sqlite::entries_of(*db_, subject); });
  }
  Result<std::vector<StoredEntry>> entries(const std::vector<EntryId>& ids) override {
    return alone([&] { return sqlite::entries(*db_, ids); });
  }
  Result<std::vector<EntryCount>> count_entries(const std::vector<EntryId>& ids) override {
    return alone([&] { return sqlite::count_entries(*db_, ids); });
  }
  Result<std::vector<LogRow>> log_after(std::int64_t recv_seq, std::size_t limit) override {
    return alone([&] { return sqlite::log_after(*db_, recv_seq, limit); });
  }
  Result<MerkleFrontier> log_head() override {
    return alone([&] { return sqlite::read_log_head(*db_); });
  }

  Result<std::optional<StoredState>> state(SubjectId subject) override {
    return alone([&] { return sqlite::state(*db_, subject); });
  }
  Result<std::vector<StoredState>> states(const StateFilter& filter) override {
    return alone([&] { return sqlite::states(*db_, filter); });
  }
  Result<std::vector<SubjectId>> find_tokens(const SearchToken& token) override {
    return alone([&] { return sqlite::find_tokens(*db_, token); });
  }

  Result<std::vector<Fact>> facts(const FactFilter& filter, std::size_t limit) override {
    return alone([&] { return sqlite::facts(*db_, filter, limit); });
  }
  Result<std::vector<FactCount>> count_facts(const FactFilter& filter, Dimension by) override {
    return alone([&] { return sqlite::count_facts(*db_, filter, by); });
  }
  Result<std::vector<FirstContactCount>> count_first_contacts(const FactFilter& filter,
                                                              Dimension by,
                                                              CivilDate today) override {
    return alone([&] { return sqlite::count_first_contacts(*db_, filter, by, today); });
  }
  Result<std::vector<PersonFact>> linked_persons() override {
    return alone([&] { return sqlite::linked_persons(*db_); });
  }
  Result<std::vector<PersonFact>> person_facts(const std::vector<Pseudonym>& persons) override {
    return alone([&] { return sqlite::person_facts(*db_, persons); });
  }

  Result<std::vector<QuarantineRow>> quarantine(std::optional<SubjectId> organisation,
                                                bool unresolved_only) override {
    return alone([&] { return sqlite::quarantine(*db_, organisation, unresolved_only); });
  }
  Result<std::optional<QuarantineRow>> quarantined(EntryId id) override {
    return alone([&] { return sqlite::quarantined(*db_, id); });
  }
  Status resolve_quarantine(EntryId id, bool keep_content) override {
    FILROUGE_CHECK(
        in_transaction([&] { return sqlite::resolve_quarantine(*db_, id, keep_content); }));
    checkpoint(true);
    return Done{};
  }

  Result<std::vector<LedgerRow>> ledger(std::optional<SubjectId> subject,
                                        std::optional<SubjectId> organisation,
                                        std::size_t limit) override {
    return alone([&] { return sqlite::ledger(*db_, subject, organisation, limit); });
  }
  Result<std::int64_t> opened_since(SubjectId account, Instant since) override {
    return alone([&] { return sqlite::opened_since(*db_, account, since); });
  }

  Status put_blob(const StoredBlob& blob) override {
    return in_transaction([&] { return sqlite::put_blob(*db_, blob); });
  }
  Result<std::optional<StoredBlob>> blob(SubjectId owner, const std::string& name) override {
    return alone([&] { return sqlite::blob(*db_, owner, name); });
  }
  Result<std::vector<std::string>> blob_names(SubjectId owner, const std::string& prefix) override {
    return alone([&] { return sqlite::blob_names(*db_, owner, prefix); });
  }
  Status drop_blobs(SubjectId owner, const std::string& prefix) override {
    FILROUGE_CHECK(in_transaction([&] { return sqlite::drop_blobs(*db_, owner, prefix); }));
    checkpoint(true);
    return Done{};
  }

  Status put_communes(const std::vector<Commune>& communes) override {
    return in_transaction([&] { return sqlite::put_communes(*db_, communes); });
  }
  Result<std::optional<Commune>> commune(const std::string& code) override {
    return alone([&] { return sqlite::commune(*db_, code); });
  }
  Result<std::vector<Commune>> find_communes(const std::string& folded_prefix,
                                             std::size_t limit) override {
    return alone([&] { return sqlite::find_communes(*db_, folded_prefix, limit); });
  }
  Status put_outlines(const std::vector<Outline>& outlines) override {
    return in_transaction([&] { return sqlite::put_outlines(*db_, outlines); });
  }
  Result<std::vector<Outline>> outlines() override {
    return alone([&] { return sqlite::outlines(*db_); });
  }

  Status backup(const std::string& path) override {
    return alone([&] { return sqlite::copy_database(*db_, path); });
  }

  Result<std::int64_t> count(const std::string& sql, const std::string& bytes) override {
    FILROUGE_TRY(found, db_->one(sql, [](const Row& row) { return row.integer(0); }, Blob{bytes}));
    return found.value_or(0);
  }
  Status damage(const std::string& sql, const std::string& bytes) override {
    return db_->run(sql, Blob{bytes});
  }

 private:
  Result<Appended> write(const Append& append) {
    const std::uint64_t size_before = head_.size;
    FILROUGE_CHECK(db_->run("BEGIN IMMEDIATE"));
    FILROUGE_TRY(appended, sqlite::apply_append(*db_, hash_, head_, append));
    if (head_.size != size_before) FILROUGE_CHECK(sqlite::write_log_head(*db_, head_));
    FILROUGE_CHECK(db_->run("COMMIT"));
    return std::move(appended);
  }

  template <class Work>
  auto alone(Work&& work) -> decltype(work()) {
    const std::lock_guard lock(mutex_);
    return work();
  }

  template <class Work>
  Status in_transaction(Work&& work) {
    const std::lock_guard lock(mutex_);
    FILROUGE_CHECK(db_->run("BEGIN IMMEDIATE"));
    Status done = work();
    if (done.ok()) done = db_->run("COMMIT");
    if (!done.ok() && db_->in_transaction()) (void)db_->run("ROLLBACK");
    return done;
  }

  // As the product's writer: to the last byte after what deletes, now and then otherwise.
  void checkpoint(bool scrub) {
    if (!scrub && ++since_checkpoint_ < checkpoint_every_) return;
    since_checkpoint_ = 0;
    sqlite3_wal_checkpoint_v2(db_->handle(), nullptr,
                              scrub ? SQLITE_CHECKPOINT_TRUNCATE : SQLITE_CHECKPOINT_PASSIVE,
                              nullptr, nullptr);
  }

  std::mutex mutex_;
  std::unique_ptr<Connection> db_;
  HashFunction hash_;
  MerkleFrontier head_;
  std::int64_t checkpoint_every_;
  std::int64_t since_checkpoint_ = 0;
};

Status create_tables(Connection& db) {
  FILROUGE_CHECK(db.run("BEGIN IMMEDIATE"));
  FILROUGE_CHECK(db.script(server_file("server/store/sqlite/schema.sql")));
  return db.run("COMMIT");
}

}  // namespace

Result<std::unique_ptr<NodeStore>> open_node_store(const NodeStoreOptions& options) {
  FILROUGE_TRY(db, Connection::open({.path = journal_path(options.folder),
                                     .create = options.create,
                                     .cache_kib = kCacheKib,
                                     .vfs = Disk::vfs()}));
  if (options.create) FILROUGE_CHECK(create_tables(*db));
  FILROUGE_TRY(head, sqlite::read_log_head(*db));
  FILROUGE_TRY(last, db->one("SELECT ifnull(max(recv_seq), 0) FROM log",
                             [](const Row& row) { return row.integer(0); }));
  if (last.value_or(0) != static_cast<std::int64_t>(head.size))
    return Error{Code::unavailable, "folder", "damaged", "the journal and its head do not agree"};
  return std::unique_ptr<NodeStore>(std::make_unique<OneConnectionStore>(
      std::move(db), options.hash, std::move(head), options.checkpoint_every));
}

}  // namespace filrouge::sim
