// Records that may be the same person, asked when an alias becomes identified; and, in the inbox of
// relays, that a partner looks for somebody of the same name.
#pragma once

#include "core/people/namesake.h"
#include "server/app/api/people.h"

namespace filrouge::api {

// GET /api/v1/people/{person}/duplicates: of the own organisation alone. Linked, or told apart, by
// POST /api/v1/people/{person}/links and .../links/{other}/distinct, they are in it no more.
struct PossibleDuplicate {
  SubjectId person;
  std::string shown;  // first name, or alias
  std::optional<std::string> recognise;
  std::optional<CivilDate> since;
  std::string team;
  bool own_team = false;  // her card opens
  NameMarks marks;
};
BOOST_DESCRIBE_STRUCT(PossibleDuplicate, (),
                      (person, shown, recognise, since, team, own_team, marks))
struct PossibleDuplicates {
  std::vector<PossibleDuplicate> rows;  // the nearest first, at most limits::duplicates_shown_max
  std::int64_t total = 0;
};
BOOST_DESCRIBE_STRUCT(PossibleDuplicates, (), (rows, total))

// In the inbox: this organisation asks to be called about somebody whom the reader's team follows.
struct SoughtRow {
  SubjectId person;
  std::string shown;  // as the reader's team calls her
  SubjectId organisation;
  std::string organisation_name;
};
BOOST_DESCRIBE_STRUCT(SoughtRow, (), (person, shown, organisation, organisation_name))

// POST /api/v1/people/{person}/sought: seen; the notice goes.
struct SeeSought {
  SubjectId person;
  SubjectId organisation;
};
BOOST_DESCRIBE_STRUCT(SeeSought, (), (person, organisation))

}  // namespace filrouge::api
