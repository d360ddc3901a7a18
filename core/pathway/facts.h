// The facts of a pathway, one row each, of closed words only: a restricted barrier is "restricted",
// so is who told of her where that is a court or a carer; a prison is "other". No text of anybody.
//
//   kind         key               day             detail                      number        counts
//   signal       entry             of the entry    prescriber                  1             true
//   enrolment    pathway_opened    of the entry                                1             true
//   side         entry             of the entry    paused, back, lost_contact, days paused   true
//                                                  ended/refused, resumed
//   delivery     entry             of the entry    barrier, or none            1 (+minutes)  true
//   barrier      entry             of the entry    mobility/lifted             1             lifted
//   exit         exit              it began        cdi/holds (ended, unknown,  days it held  true
//                                                  unchecked)                  for certain
//   relay        its first act     first proposed  where it stands: kept       days until    taken
//   over
//                                                                              taken over
//   appointment  its id            it is on        planned, kept, ...          1             kept
//   step         its id            first written   proposed, accepted, ...     1             she
//   agrees trust        entry             of the entry    confiance-1                 mean x 10 2
//   items or more survey       entry             of the entry    sipa-1/exit job_centre=yes  items
//   said    answered
//
// `refusals` is 1 where she would not answer (trust, survey); `outside` of a relay: to somebody off
// the platform. A row that several entries make (exit, relay, appointment, step) follows from the
// person's state, the others from their entry and her team: when she is created after them, or
// something is taken back, the intake puts the rows of her other entries again.
//
//   add_pathway_facts(draft, person, surroundings, change);   // in facts_of, for every person
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "core/journal/fold.h"

namespace filrouge {

void add_pathway_facts(const Draft& draft, const PersonState& after, const Surroundings& around,
                       FactChange& change);

// The row of a step or an appointment has the id of the thing, not of an entry: which, so that it
// goes when its only entry is taken back.
std::optional<EntryId> row_key_in(const Draft& draft);

// The two halves of "cdi/holds"; the second is empty where there is one only.
std::string_view code_of(const Fact& fact);
std::string_view outcome_of(const Fact& fact);

}  // namespace filrouge
