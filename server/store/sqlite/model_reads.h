// Reading the read model: states, search tokens, quarantine, access ledger. Contract:
// server/ports/store.h. Everything nominative in it is sealed; these functions open nothing.
// Errors: `unavailable` from the disk.
#pragma once

#include "server/ports/store.h"
#include "server/store/sqlite/connection.h"

namespace filrouge::sqlite {

Result<std::optional<StoredState>> state(Connection& db, SubjectId subject);
Result<std::vector<StoredState>> states(Connection& db, const StateFilter& filter);
Result<std::vector<SubjectId>> find_tokens(Connection& db, const SearchToken& token);

Result<std::vector<QuarantineRow>> quarantine(Connection& db, std::optional<SubjectId> organisation,
                                              bool unresolved_only);
Result<std::optional<QuarantineRow>> quarantined(Connection& db, EntryId id);
// Of the writer's connection. `not_found` for an unknown id.
Status resolve_quarantine(Connection& db, EntryId id, bool keep_content);

Result<std::vector<LedgerRow>> ledger(Connection& db, std::optional<SubjectId> subject,
                                      std::optional<SubjectId> organisation, std::size_t limit);
Result<std::int64_t> opened_since(Connection& db, SubjectId account, Instant since);

}  // namespace filrouge::sqlite
