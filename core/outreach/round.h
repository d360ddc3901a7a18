// The round as a state (R21, R49): started, moved, ended, encounters added up. Entries may arrive
// in any order (a phone that was off sends its start after another's end): the earliest start and
// the earliest end by (occurred, id) stand, moves are sorted, numbers add up.
#pragma once

#include "core/journal/draft.h"
#include "core/outreach/state.h"

namespace filrouge {

// Refused: a second start ("already_started"). Everything else is accepted late or early.
Status decide_round(const Draft& draft, const RoundState& before);
void fold_round(RoundState& state, const Draft& draft);

}  // namespace filrouge
