// The constraints of France Travail that were imported last, as reference data.
#include <algorithm>

#include "core/journal/body.h"
#include "server/app/rows.h"
#include "server/app/use_cases.h"

namespace filrouge {

Result<ConstraintsSet> constraints(App& app, const Caller& caller, const api::Empty&) {
  if (!caller.actor) return Error{Code::unauthenticated, "", "signed_out", "sign in first"};
  Target own;
  own.organisation = caller.actor->state.organisation;
  FILROUGE_CHECK(require(app, caller, "reference.read", own));
  FILROUGE_TRY(entries, open_entries_of(app, constraints_subject()));
  ConstraintsSet set;
  Hlc newest;
  for (const OpenedEntry& entry : entries)
    if (ConstraintsSet body; newest <= entry.draft.hlc && reads_into(entry.draft, body)) {
      newest = entry.draft.hlc;
      set = std::move(body);
    }
  return set;
}

}  // namespace filrouge
