// Reading the journal: entries, the log with its leaves, what was undone. Each function is one
// statement, so one moment of the database. Contract: server/ports/store.h.
// Errors: `unavailable` from the disk.
#pragma once

#include "server/ports/store.h"
#include "server/store/sqlite/connection.h"

namespace filrouge::sqlite {

Result<std::optional<std::int64_t>> find_entry(Connection& db, EntryId id);
Result<bool> is_undone(Connection& db, EntryId id);
Result<std::vector<StoredEntry>> entries_of(Connection& db, SubjectId subject);
Result<std::vector<StoredEntry>> entries(Connection& db, const std::vector<EntryId>& ids);
Result<std::vector<EntryCount>> count_entries(Connection& db, const std::vector<EntryId>& ids);
Result<std::vector<LogRow>> log_after(Connection& db, std::int64_t recv_seq, std::size_t limit);

}  // namespace filrouge::sqlite
