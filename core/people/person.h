// One person as a state (law 3): created under an alias, described, met, perhaps identified, told
// of her rights. Entries arrive in any order, and a contact may come before the entry that created
// the person: it is kept and completed later. An erased person keeps nothing and accepts nothing.
#pragma once

#include "core/journal/fold.h"

namespace filrouge {

// Refused: "erased", and a second creation ("already_created").
Status decide_person(const Draft& draft, const PersonState& before);
void fold_person(PersonState& state, const Draft& draft);
// The row of figures about her (sex, age band, level), when this entry may have changed it.
void add_person_facts(const Draft& draft, const PersonState& after,
                      const Surroundings& surroundings, FactChange& change);

}  // namespace filrouge
