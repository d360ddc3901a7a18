#include "server/store/sqlite/model_reads.h"

#include <algorithm>

namespace filrouge::sqlite {

namespace {

constexpr std::string_view kQuarantineColumns =
    "SELECT id, received, organisation, author, device, kind, reason, sealed, key, resolved, "
    "subject FROM quarantine ";

StoredState read_state(const Row& row) {
  StoredState s;
  s.subject = row.id<SubjectId>(0);
  s.collection = static_cast<Collection>(row.integer(1));
  s.organisation = row.id<SubjectId>(2);
  s.team = row.id<SubjectId>(3);
  s.version = row.integer(4);
  s.key = row.id<KeyId>(5);
  s.sealed = row.text(6);
  return s;
}

QuarantineRow read_quarantine(const Row& row) {
  QuarantineRow q;
  q.id = row.id<EntryId>(0);
  q.received = Instant{row.integer(1)};
  q.organisation = row.id<SubjectId>(2);
  q.author = row.id<SubjectId>(3);
  q.device = row.id<SubjectId>(4);
  q.kind = row.text(5);
  q.reason = row.text(6);
  q.sealed = row.text(7);
  q.key = row.id<KeyId>(8);
  q.resolved = row.boolean(9);
  q.subject = row.id<SubjectId>(10);
  return q;
}

std::vector<SubjectId> read_subjects(std::string_view bytes) {
  std::vector<SubjectId> list(bytes.size() / sizeof(Bytes16));
  for (std::size_t i = 0; i < list.size(); ++i)
    std::copy_n(bytes.begin() + i * sizeof(Bytes16), sizeof(Bytes16), list[i].bytes.begin());
  return list;
}

LedgerRow read_ledger(const Row& row) {
  LedgerRow l;
  l.sequence = row.integer(0);
  l.at = Instant{row.integer(1)};
  l.account = row.id<SubjectId>(2);
  l.organisation = row.id<SubjectId>(3);
  l.action = row.text(4);
  l.purpose = row.text(5);
  l.subjects = read_subjects(row.bytes(6));
  return l;
}

}  // namespace

Result<std::optional<StoredState>> state(Connection& db, SubjectId subject) {
  return db.one(
      "SELECT subject, collection, organisation, team, version, key, sealed FROM states "
      "WHERE subject = ?",
      &read_state, subject);
}

Result<std::vector<StoredState>> states(Connection& db, const StateFilter& filter) {
  // The page is cut on the index alone; only its rows are read whole.
  std::string sql = "SELECT number FROM states WHERE collection = ?";
  std::vector<Argument> arguments = {static_cast<std::int64_t>(filter.collection)};
  if (filter.organisation) {
    sql += " AND organisation = ?";
    arguments.emplace_back(filter.organisation->bytes);
  }
  for (std::size_t i = 0; i < filter.teams.size(); ++i) {
    sql += i == 0 ? " AND team IN (?" : ", ?";
    arguments.emplace_back(filter.teams[i].bytes);
  }
  if (!filter.teams.empty()) sql += ")";
  if (filter.after) {
    sql += " AND subject > ?";
    arguments.emplace_back(filter.after->bytes);
  }
  sql += " ORDER BY subject LIMIT ?";
  arguments.emplace_back(static_cast<std::int64_t>(filter.limit));
  std::vector<StoredState> list;
  FILROUGE_CHECK(db.each_once(
      "SELECT subject, collection, organisation, team, version, key, sealed FROM states "
      "WHERE number IN (" +
          sql + ") ORDER BY subject",
      arguments, [&](const Row& row) { list.push_back(read_state(row)); }));
  return list;
}

Result<std::vector<SubjectId>> find_tokens(Connection& db, const SearchToken& token) {
  std::vector<SubjectId> list;
  FILROUGE_CHECK(db.each(
      "SELECT subject FROM tokens WHERE organisation = ? AND field = ? AND token = ? "
      "ORDER BY subject",
      [&](const Row& row) { list.push_back(row.id<SubjectId>(0)); }, token.organisation,
      token.field, Blob{token.token}));
  return list;
}

Result<std::vector<QuarantineRow>> quarantine(Connection& db, std::optional<SubjectId> organisation,
                                              bool unresolved_only) {
  std::string sql(kQuarantineColumns);
  sql +=
      "WHERE (?1 IS NULL OR organisation = ?1) AND (?2 = 0 OR resolved = 0) "
      "ORDER BY received, number";
  std::vector<QuarantineRow> list;
  FILROUGE_CHECK(db.each(
      sql, [&](const Row& row) { list.push_back(read_quarantine(row)); }, organisation,
      unresolved_only));
  return list;
}

Result<std::optional<QuarantineRow>> quarantined(Connection& db, EntryId id) {
  return db.one(std::string(kQuarantineColumns) + "WHERE id = ?", &read_quarantine, id);
}

Status resolve_quarantine(Connection& db, EntryId id, bool keep_content) {
  FILROUGE_CHECK(
      db.run("UPDATE quarantine SET resolved = 1, sealed = CASE WHEN ? THEN sealed ELSE x'' END "
             "WHERE id = ?",
             keep_content, id));
  if (db.changes() == 0)
    return Error{Code::not_found, "id", "quarantine", "no entry with this id waits"};
  return Done{};
}

Result<std::vector<LedgerRow>> ledger(Connection& db, std::optional<SubjectId> subject,
                                      std::optional<SubjectId> organisation, std::size_t limit) {
  std::vector<LedgerRow> list;
  const auto keep = [&](const Row& row) { list.push_back(read_ledger(row)); };
  const auto most = static_cast<std::int64_t>(limit);
  if (subject) {
    FILROUGE_CHECK(db.each(
        "SELECT l.sequence, l.at, l.account, l.organisation, l.action, l.purpose, l.subjects "
        "FROM ledger_subjects s JOIN ledger l ON l.sequence = s.sequence "
        "WHERE s.subject = ?1 AND (?2 IS NULL OR l.organisation = ?2) "
        "ORDER BY s.sequence DESC LIMIT ?3",
        keep, *subject, organisation, most));
  } else if (organisation) {
    FILROUGE_CHECK(
        db.each("SELECT sequence, at, account, organisation, action, purpose, subjects FROM ledger "
                "WHERE organisation = ? ORDER BY sequence DESC LIMIT ?",
                keep, *organisation, most));
  } else {
    FILROUGE_CHECK(
        db.each("SELECT sequence, at, account, organisation, action, purpose, subjects FROM ledger "
                "ORDER BY sequence DESC LIMIT ?",
                keep, most));
  }
  return list;
}

Result<std::int64_t> opened_since(Connection& db, SubjectId account, Instant since) {
  std::vector<SubjectId> opened;
  FILROUGE_CHECK(db.each(
      "SELECT subjects FROM ledger WHERE account = ? AND at >= ? AND purpose = 'card'",
      [&](const Row& row) {
        for (const SubjectId& subject : read_subjects(row.bytes(0))) opened.push_back(subject);
      },
      account, since));
  std::sort(opened.begin(), opened.end());
  return std::unique(opened.begin(), opened.end()) - opened.begin();
}

}  // namespace filrouge::sqlite
