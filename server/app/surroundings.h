// What facts need from around an entry: the organisation of its team, the commune and district of
// its place on its day, and the pseudonym of its person. The same for an entry that is received,
// one whose facts are written again after a place changed, and one that `verify` recomputes: facts
// are a function of the drafts and of the states around them, never of the order of arrival.
//
//   FILROUGE_TRY(around, surroundings_of(app, source, draft, after, author_organisation));
//   FactChange change = facts_of(draft, after, around);
#pragma once

#include <map>
#include <set>

#include "server/app/states.h"

namespace filrouge {

// Where states are looked up: the read model, or what a request is about to write over it.
class StateSource {
 public:
  virtual ~StateSource() = default;
  // Null when there is none; valid as long as the source.
  virtual Result<const State*> find(SubjectId subject) = 0;
};

// The read model, each subject read once.
class StoredSource : public StateSource {
 public:
  explicit StoredSource(App& app) : app_(app) {}
  Result<const State*> find(SubjectId subject) override;

 private:
  App& app_;
  std::map<SubjectId, KnownPtr> read_;
};

// The team whose work this is: the body's, or that of the round. Nil when none is named yet.
SubjectId team_of(const Draft& draft, const State& after);

// Her records, herself included, sorted: more than one where a human linked them.
Result<std::vector<SubjectId>> linked_records(StateSource& source, SubjectId person,
                                              const std::vector<PersonLink>& links);

// `organisation` stands where the team is not known.
Result<Surroundings> surroundings_of(App& app, StateSource& source, const Draft& draft,
                                     const State& after, SubjectId organisation);

// Facts of several entries in one append: the last word on each row wins.
class FactBasket {
 public:
  void add(FactChange change);
  FactChange take();

 private:
  std::map<EntryId, Fact> put_;
  std::set<EntryId> removed_;
  std::map<Pseudonym, PersonFact> persons_;
};

}  // namespace filrouge
