#include "server/app/use_cases.h"

namespace filrouge {

Result<api::KnownEntries> entries_known(App& app, const Caller& caller,
                                        const api::EntryList& request) {
  if (!caller.actor) return Error{Code::unauthenticated, "", "signed_out", "sign in first"};
  Target own;
  own.account = caller.actor->account;
  FILROUGE_CHECK(require(app, caller, "entry.own_text", own));
  if (request.ids.size() > limits::known_entries_max)
    return Error{Code::too_large, "ids", "too_many", "at most 1000 entries at once"};
  FILROUGE_TRY(counts, app.store.count_entries(request.ids));
  api::KnownEntries known;
  for (const EntryCount& one : counts)
    if (one.author == caller.actor->account)
      known.rows.push_back({one.entry, one.journal, one.facts});
  return known;
}

}  // namespace filrouge
