#include "server/store/sqlite/journal_reads.h"

#include <algorithm>

namespace filrouge::sqlite {

namespace {

// Columns from `at`: those of the entry in the order of the table, after recv_seq and leaf.
SealedEntry read_entry(const Row& row, int at, const Bytes32& leaf) {
  SealedEntry entry;
  Envelope& e = entry.envelope;
  e.id = row.id<EntryId>(at);
  e.subject = row.id<SubjectId>(at + 1);
  e.organisation = row.id<SubjectId>(at + 2);
  e.author = row.id<SubjectId>(at + 3);
  e.device = row.id<SubjectId>(at + 4);
  e.device_sequence = row.integer(at + 5);
  e.hlc = Hlc{row.integer(at + 6), static_cast<std::uint32_t>(row.integer(at + 7))};
  e.received = Instant{row.integer(at + 8)};
  e.key = row.id<KeyId>(at + 9);
  entry.salt = row.array<Bytes16>(at + 10);
  entry.ciphertext = row.text(at + 11);
  entry.leaf = leaf;
  return entry;
}

StoredEntry read_stored(const Row& row) {
  return StoredEntry{row.integer(0), read_entry(row, 2, row.array<Bytes32>(1))};
}

}  // namespace

Result<std::optional<std::int64_t>> find_entry(Connection& db, EntryId id) {
  return db.one(
      "SELECT recv_seq FROM ids WHERE id = ? AND recv_seq IS NOT NULL",
      [](const Row& row) { return row.integer(0); }, id);
}

Result<bool> is_undone(Connection& db, EntryId id) {
  FILROUGE_TRY(found, db.one(
                          "SELECT undone FROM ids WHERE id = ?",
                          [](const Row& row) { return row.boolean(0); }, id));
  return found.value_or(false);
}

Result<std::vector<StoredEntry>> entries_of(Connection& db, SubjectId subject) {
  std::vector<StoredEntry> list;
  FILROUGE_CHECK(db.each(
      "SELECT l.recv_seq, l.leaf, e.id, e.subject, e.organisation, e.author, e.device, "
      "e.device_sequence, e.hlc_ms, e.hlc_counter, e.received, e.key, e.salt, e.ciphertext "
      "FROM entries e JOIN log l ON l.recv_seq = e.recv_seq WHERE e.subject = ? "
      "ORDER BY e.recv_seq",
      [&](const Row& row) { list.push_back(read_stored(row)); }, subject));
  return list;
}

Result<std::vector<StoredEntry>> entries(Connection& db, const std::vector<EntryId>& ids) {
  std::vector<StoredEntry> list;
  for (const EntryId& id : ids) {
    FILROUGE_CHECK(db.each(
        "SELECT l.recv_seq, l.leaf, e.id, e.subject, e.organisation, e.author, e.device, "
        "e.device_sequence, e.hlc_ms, e.hlc_counter, e.received, e.key, e.salt, e.ciphertext "
        "FROM ids i JOIN entries e ON e.recv_seq = i.recv_seq "
        "JOIN log l ON l.recv_seq = e.recv_seq WHERE i.id = ?",
        [&](const Row& row) { list.push_back(read_stored(row)); }, id));
  }
  std::sort(list.begin(), list.end(),
            [](const StoredEntry& a, const StoredEntry& b) { return a.recv_seq < b.recv_seq; });
  const auto same = [](const StoredEntry& a, const StoredEntry& b) {
    return a.recv_seq == b.recv_seq;
  };
  list.erase(std::unique(list.begin(), list.end(), same), list.end());
  return list;
}

Result<std::vector<EntryCount>> count_entries(Connection& db, const std::vector<EntryId>& ids) {
  std::vector<EntryCount> list;
  for (const EntryId& id : ids) {
    FILROUGE_CHECK(db.each(
        "SELECT e.author, "
        "(SELECT count(*) FROM entries WHERE subject = e.subject AND id = ?1), "
        "(SELECT count(*) FROM facts WHERE kind = i.fact_kind AND day = i.fact_day AND entry = ?1) "
        "FROM ids i JOIN entries e ON e.recv_seq = i.recv_seq WHERE i.id = ?1",
        [&](const Row& row) {
          list.push_back({id, row.id<SubjectId>(0), row.integer(1), row.integer(2)});
        },
        id));
  }
  return list;
}

Result<std::vector<LogRow>> log_after(Connection& db, std::int64_t recv_seq, std::size_t limit) {
  std::vector<LogRow> list;
  FILROUGE_CHECK(db.each(
      "SELECT l.recv_seq, l.leaf, e.id, e.subject, e.organisation, e.author, e.device, "
      "e.device_sequence, e.hlc_ms, e.hlc_counter, e.received, e.key, e.salt, e.ciphertext "
      "FROM log l LEFT JOIN entries e ON e.recv_seq = l.recv_seq WHERE l.recv_seq > ? "
      "ORDER BY l.recv_seq LIMIT ?",
      [&](const Row& row) {
        LogRow& one = list.emplace_back();
        one.recv_seq = row.integer(0);
        one.leaf = row.array<Bytes32>(1);
        if (!row.is_null(2)) one.entry = read_entry(row, 2, one.leaf);
      },
      recv_seq, static_cast<std::int64_t>(limit)));
  return list;
}

}  // namespace filrouge::sqlite
