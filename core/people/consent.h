// Which uses there are, on which basis, and which answer holds (R94, laws 5 and 9).
// The basis is decided by the purpose, never by the worker: following somebody and counting are a
// mission of public interest (she may object); reaching her again and telling the team need her
// agreement (she may take it back).
//
// Two answers to one use meet: a refusal gives way only to an agreement that is later by the
// logical clock and certainly knew of it: from the same author, or naming it in `replaces`, or
// more than limits::consent_concurrent_ms_max later. Otherwise they are concurrent and the
// restriction holds. The result is a function of the last agreement and the last refusal, so that
// any order of arrival gives the same.
#pragma once

#include <vector>

#include "core/journal/draft.h"
#include "core/people/state.h"

namespace filrouge {

constexpr Basis basis_of(Purpose purpose) {
  return purpose == Purpose::follow_up || purpose == Purpose::statistics ? Basis::public_interest
                                                                         : Basis::consent;
}

void hear_answers(PersonState& state, const Draft& draft, const ConsentRecorded& body);
// The answer that holds for this use, nullptr when she was never asked.
const ConsentState* consent_for(const PersonState& state, Purpose purpose);

}  // namespace filrouge
