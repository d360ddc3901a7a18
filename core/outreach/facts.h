// The facts of the street: one row an encounter, contact, visit or watch session, keyed by its
// entry; one row a round, keyed by its start, once both its ends are known (I01: a round split
// over places counts once, on the field day it starts).
#pragma once

#include "core/journal/fold.h"

namespace filrouge {

// The encounter's own place, else where the round stood at that moment; a visit's or contact's own
// place; for the round itself its first stop. Nil when there is none.
SubjectId outreach_place(const Draft& draft, const State& after);
void add_outreach_facts(const Draft& draft, const State& after, const Surroundings& surroundings,
                        FactChange& change);
// After an entry was taken back: its row goes, and the round's own row follows the refolded round.
void add_undone_facts(const Draft& draft, const State& after, const Surroundings& surroundings,
                      FactChange& change);

}  // namespace filrouge
