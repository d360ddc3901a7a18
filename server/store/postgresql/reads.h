// Reading journal, read model, ledger and reference data: each function is one statement, so one
// moment of the database; what it writes (quarantine, reference data) changes nothing the second
// time. Contract: server/ports/store.h. Everything nominative is sealed; nothing is opened here.
#pragma once

#include "server/ports/store.h"
#include "server/store/postgresql/connection.h"

namespace filrouge::postgresql {

Result<std::optional<std::int64_t>> find_entry(Connection& db, EntryId id);
Result<bool> is_undone(Connection& db, EntryId id);
Result<std::vector<StoredEntry>> entries_of(Connection& db, SubjectId subject);
Result<std::vector<StoredEntry>> entries(Connection& db, const std::vector<EntryId>& ids);
Result<std::vector<EntryCount>> count_entries(Connection& db, const std::vector<EntryId>& ids);
Result<std::vector<LogRow>> log_after(Connection& db, std::int64_t recv_seq, std::size_t limit);
Result<MerkleFrontier> log_head(Connection& db);

Result<std::optional<StoredState>> state(Connection& db, SubjectId subject);
Result<std::vector<StoredState>> states(Connection& db, const StateFilter& filter);
Result<std::vector<SubjectId>> find_tokens(Connection& db, const SearchToken& token);

Result<std::vector<QuarantineRow>> quarantine(Connection& db, std::optional<SubjectId> organisation,
                                              bool unresolved_only);
Result<std::optional<QuarantineRow>> quarantined(Connection& db, EntryId id);
// `not_found` for an unknown id.
Status resolve_quarantine(Connection& db, EntryId id, bool keep_content);

Result<std::vector<LedgerRow>> ledger(Connection& db, std::optional<SubjectId> subject,
                                      std::optional<SubjectId> organisation, std::size_t limit);
Result<std::int64_t> opened_since(Connection& db, SubjectId account, Instant since);

// Sealed pieces of a subject (server/ports/blobs.h).
Status put_blob(Connection& db, const StoredBlob& blob);
Result<std::optional<StoredBlob>> blob(Connection& db, SubjectId owner, const std::string& name);
Result<std::vector<std::string>> blob_names(Connection& db, SubjectId owner,
                                            const std::string& prefix);
Status drop_blobs(Connection& db, SubjectId owner, const std::string& prefix);

Status put_communes(Connection& db, const std::vector<Commune>& communes);
Result<std::optional<Commune>> commune(Connection& db, const std::string& code);
// By name, folded as fold_for_search() does; alphabetical.
Result<std::vector<Commune>> find_communes(Connection& db, const std::string& folded_prefix,
                                           std::size_t limit);
Status put_outlines(Connection& db, const std::vector<Outline>& outlines);
Result<std::vector<Outline>> outlines(Connection& db);

}  // namespace filrouge::postgresql
