// The second step of an erasure (erase.cc), for every subject that has a key of its own: a person,
// a comparison of lists. The key was destroyed before.
#pragma once

#include <optional>

#include "server/app/app.h"

namespace filrouge {

// One append deletes what was stored of the subject and writes what stays. False when nothing was
// left of it; `waits`: perhaps something in the quarantine. `beside`: an entry of the program's own
// about another subject, in the same append.
Result<bool> finish_erasure(App& app, SubjectId subject, bool waits,
                            const std::optional<LedgerRow>& ledger, const Draft* beside = nullptr);

}  // namespace filrouge
