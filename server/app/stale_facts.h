// Facts that were located before their place was known, or where it is no more: said durably, in
// the same append as what makes them stale, so that a stop before the job, or another server, does
// not leave them wrong for good. The marks are rows beside the search tokens: a place that entries
// name and nobody has set yet is awaited; a place, or the outlines around it, that changed leaves a
// mark under a fresh id. refresh_facts() looks and takes them away.
//
//   append.tokens.push_back(awaited(place));      // an entry names it
//   append.tokens.push_back(moved(app));          // a known place changed
#pragma once

#include <vector>

#include "server/app/app.h"

namespace filrouge {

TokenWrite awaited(SubjectId place);
TokenWrite moved(App& app);

// The marks that ask for work now: what changed, and the awaited places that have arrived.
Result<std::vector<SubjectId>> stale_marks(App& app);
// Takes them away.
Append without_marks(const std::vector<SubjectId>& marks);

}  // namespace filrouge
