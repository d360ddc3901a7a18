// One Append written into the open transaction of the writer: all of it or, after the caller's
// ROLLBACK TO, nothing of it. Order: the versions of the states are checked, then erasure and
// forgetting, then what is new, so that what an erasure writes itself stays.
// Errors: `conflict` "duplicate_entry", "version", "duplicate_login"; `unavailable`, `full` are the
// disk's and end the whole group.
#pragma once

#include "core/journal/merkle.h"
#include "server/ports/store.h"
#include "server/store/sqlite/connection.h"

namespace filrouge::sqlite {

Result<MerkleFrontier> read_log_head(Connection& connection);
Status write_log_head(Connection& connection, const MerkleFrontier& head);

// Moves `head` on by one leaf an entry; recv_seq is the number of the leaf, from 1.
Result<Appended> apply_append(Connection& connection, HashFunction hash, MerkleFrontier& head,
                              const Append& append);

}  // namespace filrouge::sqlite
