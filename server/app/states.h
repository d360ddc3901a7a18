// The read model opened: one folded state a subject. What was opened is kept by subject and
// version (bounded by the size of the sealed texts), so that a request reads the version from the
// primary and opens only what changed since. Nothing is served from here without that read.
//
//   FILROUGE_TRY(team, find_state<TeamState>(app, id));     // null when there is none
//   FILROUGE_CHECK(each_state<PersonState>(app, filter, [&](const StoredState&,
//                                                           const PersonState&) {...}));
#pragma once

#include <list>
#include <map>
#include <memory>
#include <mutex>
#include <vector>

#include "server/app/app.h"

namespace filrouge {

// A subject as stored; row.sealed is empty here.
struct Known {
  StoredState row;
  State state;
};
using KnownPtr = std::shared_ptr<const Known>;

class StateCache {
 public:
  // Null when this version is not here.
  KnownPtr find(SubjectId subject, std::int64_t version);
  void put(KnownPtr known, std::size_t sealed_bytes);
  void drop(SubjectId subject);
  void clear();
  // How often it was asked: unchanged where nobody talks to the server.
  std::uint64_t uses();

 private:
  struct Slot {
    KnownPtr known;
    std::size_t bytes = 0;
    std::list<SubjectId>::iterator used;
  };
  void remove(std::map<SubjectId, Slot>::iterator slot);

  std::mutex mutex_;
  std::map<SubjectId, Slot> slots_;
  std::list<SubjectId> order_;  // least used first
  std::size_t bytes_ = 0;
  std::uint64_t uses_ = 0;
};

// Makes `row` the one that replaces it. The new version is one that no other server gives, so that
// a state made from one that is not written after all never passes for made from another.
void advance_version(App& app, StoredState& row);

// Null when the subject has no state.
Result<KnownPtr> find_known(App& app, SubjectId subject);
// Every state that the filter lets through, whatever its limit.
Result<std::vector<KnownPtr>> all_known(App& app, StateFilter filter);

template <class S>
std::shared_ptr<const S> state_in(const KnownPtr& known) {
  const S* state = known == nullptr ? nullptr : std::get_if<S>(&known->state);
  return std::shared_ptr<const S>(known, state);
}

// Null also when the subject is something else.
template <class S>
Result<std::shared_ptr<const S>> find_state(App& app, SubjectId subject) {
  FILROUGE_TRY(known, find_known(app, subject));
  return state_in<S>(known);
}

// The name of a team, organisation, project, place or account; empty when there is none.
Result<std::string> name_of(App& app, SubjectId subject);

}  // namespace filrouge
