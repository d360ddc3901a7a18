// What an organisation may see of a person (law 5): everything that its own people wrote, what she
// agreed to share with it, field by field and for as long as the agreement holds, and who follows
// her. Never the notes of another organisation. Restricted barriers (health, mental health,
// disability, legal) are for the referent and for who wrote them, unless she ticked them. A stage,
// a thread or a page made from the result shows nothing more: it is worked out after the cut.
//
//   const PersonState seen = visible_to(person, {organisation, account}, today, organisation_of);
#pragma once

#include <functional>

#include "core/people/state.h"

namespace filrouge {

struct Reader {
  SubjectId organisation;
  SubjectId account;
  bool reads_pathway = true;  // a reception desk or a volunteer reads the street part alone
  // Where her creation is still on its way: the organisation of the team that met her since.
  SubjectId home;
};
// The organisation of an account or a team; nil: unknown, which is nobody's.
using OrganisationOf = std::function<SubjectId(SubjectId)>;

PersonState visible_to(const PersonState& person, const Reader& reader, CivilDate today,
                       const OrganisationOf& organisation_of);

// May this reader see what `author` said of this barrier?
bool sees_barrier(const PersonState& person, const Reader& reader, CivilDate today,
                  const OrganisationOf& organisation_of, Barrier barrier, SubjectId author);

// The field of an agreement that a restricted barrier needs; `barriers` for the others.
SharedField field_of(Barrier barrier);

}  // namespace filrouge
