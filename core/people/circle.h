// Who follows a person beside her own team (law 5): the teams of the referents, the organisations
// that have a step of her plan, that accepted a relay, that have an open relay and her agreement,
// or her agreement to follow together. Each at the finest grain that is known: a referent's team, a
// step's organisation. Being in the circle shows that somebody follows; what else may be read is
// core/people/visible.h.
//
//   const Circle circle = circle_of(person, today);
//   const bool follows = is_in(circle.organisations, organisation) || is_in(circle.teams, team);
#pragma once

#include <algorithm>
#include <vector>

#include "core/people/state.h"

namespace filrouge {

struct Circle {
  std::vector<SubjectId> teams;          // of the referents, sorted, each once
  std::vector<SubjectId> organisations;  // whole ones, likewise
  // Everybody above by organisation, with those of the teams: their coordinators, their indexes.
  std::vector<SubjectId> all;
};
Circle circle_of(const PersonState& person, CivilDate today);

// Told of and not met: no list, no search and no figure of persons has her (R48).
bool is_signal_alone(const PersonState& person);
// The same, and nobody has closed the signal: a team looks for her.
bool awaits_meeting(const PersonState& person);

inline bool is_in(const std::vector<SubjectId>& sorted, SubjectId id) {
  return std::binary_search(sorted.begin(), sorted.end(), id);
}

}  // namespace filrouge
