// A person of whom somebody spoke and whom nobody has met (R48): her record exists, so that what is
// noted next lands on it, and she is in no list, no search and no figure of persons.
#pragma once

#include "core/people/state.h"

namespace filrouge {

// Signalled, and not met: met is "person_created" on the same subject.
bool is_unmet(const PersonState& person);
// Unmet, and nobody has closed the signal: a team looks for her.
bool awaits_meeting(const PersonState& person);

}  // namespace filrouge
