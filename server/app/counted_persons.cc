#include "server/app/counted_persons.h"

namespace filrouge {

Result<CountedPersons> CountedPersons::read(App& app) {
  FILROUGE_TRY(linked, app.store.linked_persons());
  CountedPersons counted;
  for (const PersonFact& record : linked) {
    counted.counts_as_[record.person] = *record.counts_as;
    PersonFact& whole = counted.merged_[*record.counts_as];
    whole.person = *record.counts_as;
    if (!whole.sex) whole.sex = record.sex;
    if (!whole.age_band) whole.age_band = record.age_band;
    whole.identified = whole.identified || record.identified;
  }
  return counted;
}

Pseudonym CountedPersons::of(const Pseudonym& person) const {
  const auto at = counts_as_.find(person);
  return at == counts_as_.end() ? person : at->second;
}

Result<std::vector<PersonFact>> CountedPersons::known(App& app,
                                                      const std::vector<Pseudonym>& counted) const {
  FILROUGE_TRY(facts, app.store.person_facts(counted));
  for (PersonFact& fact : facts)
    if (const auto at = merged_.find(fact.person); at != merged_.end()) fact = at->second;
  return std::move(facts);
}

}  // namespace filrouge
