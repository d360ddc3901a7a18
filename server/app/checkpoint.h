// What the node signs about its log (core/journal/receipt.h). The signing key is made from a secret
// that lies sealed in keys.db. The last checkpoint is kept beside the keys, not beside the journal:
// a journal that was cut short or written again, root and all, no longer fits it, and `verify` says
// so. Whoever rolls back both is found by a checkpoint that somebody else holds: phones get one
// with every answer. Each restore of a backup begins a new epoch, so that phones send again what
// the backup may lack.
#pragma once

#include <optional>

#include "core/journal/receipt.h"
#include "server/app/app.h"

namespace filrouge {

// The public key of the node's signatures.
Bytes32 signing_key(App& app);
// Of the head as it is; durable entries only. Signed once for everybody who asks at one head.
Result<Checkpoint> current_checkpoint(App& app);
Result<std::string> log_epoch(App& app);

// Keeps the current one where verify looks for it. True when the log had grown since.
Result<bool> keep_checkpoint(App& app);
// Absent in a folder that never kept one; `unavailable` "damaged" when it is not ours.
Result<std::optional<Checkpoint>> kept_checkpoint(App& app);

// After a restore: what was signed about entries that the backup lacks is let go.
Status begin_epoch(App& app);

// `not_found` for an entry that is not there, or not any more.
Result<EntryReceipt> receipt_of(App& app, EntryId id);
// `invalid` "range" for a size that the log does not have.
Result<LogProof> log_proof_since(App& app, std::int64_t size);

}  // namespace filrouge
