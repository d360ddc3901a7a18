// The read model of one subject computed again from its entries: what `verify` compares and what
// refresh_facts writes after a place or an outline changed. Pure but for the places and teams that
// are looked up around the entries.
//
//   FILROUGE_TRY(entries, open_entries_of(app, subject));
//   FILROUGE_TRY(again, recompute(app, source, entries));
#pragma once

#include <map>
#include <vector>

#include "server/app/rows.h"
#include "server/app/surroundings.h"

namespace filrouge {

struct Recomputed {
  Collection collection = Collection::person;
  State state;
  bool has_state = false;  // a team known by its encounters alone has none
  FactChange facts;        // put and persons
};

// `invalid` "mixed": entries that say the subject is two things.
Result<Recomputed> recompute(App& app, StateSource& source,
                             const std::vector<OpenedEntry>& entries);

// A short digest of a row of facts, equal when nothing in it differs.
Bytes16 digest_of(App& app, const Fact& fact);
Bytes16 digest_of(App& app, const PersonFact& person);

// Every stored fact, by the key of its entry. Read in small windows of days.
Result<std::map<EntryId, Bytes16>> stored_fact_digests(App& app);

}  // namespace filrouge
