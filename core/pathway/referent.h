// Law 4: an open pathway has exactly one referent at every moment. The claims (opened, named, taken
// over) stand in order of the logical clock; the last one since the pathway was last closed holds.
// decide() lets no claim in that is not later than the one that holds, so that the order of the
// clock is the order of acceptance, and any order of arrival gives the same referent.
//
//   const ReferentClaim* claim = current_claim(person);   // null: no pathway is open
#pragma once

#include "core/people/state.h"

namespace filrouge {

void add_claim(PathwayState& pathway, ReferentClaim claim);
const ReferentClaim* current_claim(const PersonState& person);
// Who held her before this relay passed her on, while its receiver still holds her: to whom she
// returns. Null: nobody did, or somebody else holds her now.
const ReferentClaim* claim_before(const PersonState& person, EntryId relay);
// Last day of a référent par intérim: then the coordinator's board shows it.
CivilDate interim_until(const ReferentClaim& claim);

Status decide_opened(const Draft& draft, const PersonState& person);
Status decide_named(const Draft& draft, const PersonState& person);

}  // namespace filrouge
