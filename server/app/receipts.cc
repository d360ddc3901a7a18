// Receipts: an author proves that her entry stands in the log, unchanged, without the node and
// without opening it (`filrouge verify --receipt`). Whoever holds an earlier checkpoint proves that
// the log only grew since.
#include "server/app/checkpoint.h"
#include "server/app/use_cases.h"

namespace filrouge {

namespace {

Status require_own_organisation(App& app, const Caller& caller) {
  if (!caller.actor) return Error{Code::unauthenticated, "", "signed_out", "sign in first"};
  Target own;
  own.organisation = caller.actor->state.organisation;
  return require(app, caller, "reference.read", own);
}

}  // namespace

Result<Checkpoint> log_checkpoint(App& app, const Caller& caller, const api::Empty&) {
  FILROUGE_CHECK(require_own_organisation(app, caller));
  return current_checkpoint(app);
}

Result<LogProof> log_since(App& app, const Caller& caller, const api::LogProofQuery& query) {
  FILROUGE_CHECK(require_own_organisation(app, caller));
  return log_proof_since(app, query.from);
}

Result<EntryReceipt> entry_receipt(App& app, const Caller& caller,
                                   const api::OwnEntryQuery& query) {
  FILROUGE_TRY(found, app.store.entries({query.entry}));
  Target target;
  if (!found.empty()) target.account = found.front().entry.envelope.author;
  FILROUGE_CHECK(require(app, caller, "entry.receipt", target));
  return receipt_of(app, query.entry);
}

}  // namespace filrouge
