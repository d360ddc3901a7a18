// As whom the records of persons count in figures: records that a human linked are one person
// (core/people/links.h), of whom the first record by pseudonym that knows it tells sex and age band.
//
//   FILROUGE_TRY(counted, CountedPersons::read(app));
//   std::set<Pseudonym> persons; persons.insert(counted.of(*fact.person));
#pragma once

#include <map>
#include <vector>

#include "server/app/app.h"

namespace filrouge {

class CountedPersons {
 public:
  static Result<CountedPersons> read(App& app);

  Pseudonym of(const Pseudonym& person) const;
  // Only those that are linked.
  const std::map<Pseudonym, Pseudonym>& all() const { return counts_as_; }
  // What the store knows of these, each as she counts.
  Result<std::vector<PersonFact>> known(App& app, const std::vector<Pseudonym>& counted) const;

 private:
  std::map<Pseudonym, Pseudonym> counts_as_;
  std::map<Pseudonym, PersonFact> merged_;  // by the one they count as
};

}  // namespace filrouge
