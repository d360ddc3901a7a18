// Persons as the own team sees them. Every answer here that names a person has its row in the
// access ledger before it leaves (law 8).
#pragma once

#include "server/app/api/street.h"

namespace filrouge::api {

// GET /api/v1/people?team=&query=&page=. Query: whole words or beginnings of three letters or more.
struct PeopleQuery {
  SubjectId team;
  std::optional<std::string> query;
  std::optional<std::int32_t> page;
};
BOOST_DESCRIBE_STRUCT(PeopleQuery, (), (team, query, page))
struct PersonRow {
  SubjectId id;
  std::string shown;  // first name, or alias
  std::optional<std::string> recognise;
  IdentityLevel level = IdentityLevel::alias;
  std::optional<AgeBand> age_band;
  std::optional<CivilDate> last_contact;
  std::optional<NextStep> next_step;
  std::optional<CivilDate> next_on;
  bool disputed = false;  // two values wait for a human
};
BOOST_DESCRIBE_STRUCT(PersonRow, (),
                      (id, shown, recognise, level, age_band, last_contact, next_step, next_on,
                       disputed))
struct PeopleList {
  std::vector<PersonRow> rows;  // last contact first, by 50
  std::int64_t total = 0;
};
BOOST_DESCRIBE_STRUCT(PeopleList, (), (rows, total))

// GET /api/v1/people/{person}
struct PersonQuery {
  SubjectId person;
};
BOOST_DESCRIBE_STRUCT(PersonQuery, (), (person))
struct PersonCard {
  SubjectId id;
  std::string shown;
  PersonState state;
  std::optional<std::string> team_name;
  std::vector<Named> authors;  // of the contacts shown
};
BOOST_DESCRIBE_STRUCT(PersonCard, (), (id, shown, state, team_name, authors))

// GET /api/v1/people/{person}/history?page=
struct HistoryQuery {
  SubjectId person;
  std::optional<std::int32_t> page;
};
BOOST_DESCRIBE_STRUCT(HistoryQuery, (), (person, page))
struct History {
  std::vector<DayRow> rows;
  std::int64_t total = 0;
};
BOOST_DESCRIBE_STRUCT(History, (), (rows, total))

// POST /api/v1/people/{person}/erasure
struct ErasePerson {
  SubjectId person;
  std::string asked_by;  // "person", "representative"
};
BOOST_DESCRIBE_STRUCT(ErasePerson, (), (person, asked_by))

// GET /api/v1/people/{person}/ledger, GET /api/v1/ledger
struct LedgerItem {
  Instant at;
  std::string account_name;  // the function when the reader is of another organisation
  std::string organisation_name;
  std::string action;
  std::string purpose;
  std::int64_t subjects = 0;
};
BOOST_DESCRIBE_STRUCT(LedgerItem, (),
                      (at, account_name, organisation_name, action, purpose, subjects))
struct LedgerList {
  std::vector<LedgerItem> rows;
};
BOOST_DESCRIBE_STRUCT(LedgerList, (), (rows))

}  // namespace filrouge::api
