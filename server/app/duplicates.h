// Possible duplicates: records of one organisation whose names and birth dates may be one person's
// (core/people/namesake.h). Found through the search tokens of the reader's own organisation, so
// that the answer, and the time it takes, say nothing about any other.
//
//   FILROUGE_TRY(alike, possible_duplicates(app, reader, known));
#pragma once

#include "core/people/namesake.h"
#include "server/app/person_view.h"

namespace filrouge {

struct Alike {
  KnownPtr known;
  PersonState seen;  // as the reader's organisation may see her
  NameMarks marks;
};
// Those about whom nobody has answered, the nearest first. Whoever asks may read `person`.
Result<std::vector<Alike>> possible_duplicates(App& app, const Actor& reader, const Known& person);

// May this reader answer about these two: both of the own organisation, linked or alike?
Result<bool> may_answer_about(App& app, const Actor& reader, const Known& person,
                              const Known& other);

}  // namespace filrouge
