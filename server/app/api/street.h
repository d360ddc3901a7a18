// The street as the screens show it: reference data for writing offline, the day of a team, the
// day's report, the quarantine. Writing goes through POST /api/v1/sync (session.h), from desks too.
#pragma once

#include "core/outreach/state.h"
#include "core/people/state.h"
#include "core/territory/outline.h"
#include "server/app/api/session.h"

namespace filrouge::api {

struct PlaceRow {
  SubjectId id;
  std::string name;
  PlaceType type = PlaceType::street;
  std::optional<std::int64_t> latitude_e7;
  std::optional<std::int64_t> longitude_e7;
  std::optional<std::string> commune;
  std::optional<std::string> commune_name;
  std::optional<std::string> district;  // code, "none", or absent: inconnu
  std::optional<std::string> district_name;
  bool fictitious = false;  // found in contours fictifs
  bool active = true;
};
BOOST_DESCRIBE_STRUCT(PlaceRow, (),
                      (id, name, type, latitude_e7, longitude_e7, commune, commune_name, district,
                       district_name, fictitious, active))

// GET /api/v1/reference: no person in it; kept in clear on the phone.
struct TeamRow {
  SubjectId id;
  std::string name;
  std::optional<SubjectId> site;
  std::vector<Named> members;
  std::vector<Named> referents;  // those who may hold a pathway
};
BOOST_DESCRIBE_STRUCT(TeamRow, (), (id, name, site, members, referents))
// Another organisation of the consortium, to pass a relay to or to share with.
struct ReceiverRow {
  SubjectId id;
  std::string name;
  std::string kind;
};
BOOST_DESCRIBE_STRUCT(ReceiverRow, (), (id, name, kind))
struct Reference {
  std::vector<TeamRow> teams;  // the account's own
  std::vector<Named> projects;
  std::vector<PlaceRow> places;
  std::vector<Outline> outlines;           // around the organisation's places
  std::vector<ReceiverRow> organisations;  // whose convention holds, but for the own one
};
BOOST_DESCRIBE_STRUCT(Reference, (), (teams, projects, places, outlines, organisations))

// GET /api/v1/today?team=&day=: the team's field day, newest first, opened and in the ledger when
// it names persons. `draft` is the entry itself; `person` the name to show for it.
struct TodayQuery {
  SubjectId team;
  CivilDate day;
};
BOOST_DESCRIBE_STRUCT(TodayQuery, (), (team, day))
struct DayRow {
  EntryId entry;
  SubjectId subject;
  std::string kind;
  LocalStamp occurred;
  std::string author_name;
  bool own = false;
  bool undone = false;
  bool unconfirmed = false;  // noted on a locked phone
  bool late = false;         // received more than sixty days after: saisie tardive
  std::optional<std::string> person;
  json::Value body;  // of the draft
};
BOOST_DESCRIBE_STRUCT(DayRow, (),
                      (entry, subject, kind, occurred, author_name, own, undone, unconfirmed, late,
                       person, body))
struct OpenRound {
  SubjectId id;
  RoundState state;
};
BOOST_DESCRIBE_STRUCT(OpenRound, (), (id, state))
struct ToDo {
  SubjectId person;
  std::string shown;
  NextStep step = NextStep::meet_again;
  std::optional<CivilDate> on;
};
BOOST_DESCRIBE_STRUCT(ToDo, (), (person, shown, step, on))
struct Today {
  CivilDate day;
  std::vector<OpenRound> rounds;  // open ones, whatever day they started
  std::vector<DayRow> rows;
  std::vector<ToDo> to_do;
};
BOOST_DESCRIBE_STRUCT(Today, (), (day, rounds, rows, to_do))

// GET /api/v1/rounds?team=&page=
struct RoundsQuery {
  SubjectId team;
  std::optional<std::int32_t> page;
};
BOOST_DESCRIBE_STRUCT(RoundsQuery, (), (team, page))
struct RoundList {
  std::vector<OpenRound> rows;  // newest first, by 50
  std::int64_t total = 0;
};
BOOST_DESCRIBE_STRUCT(RoundList, (), (rows, total))

// GET /api/v1/reports/day?team=&day=: counts written from the entries, the team's own words beside.
struct CountLine {
  std::string key;  // "listening", "from_18_to_20", a place's name, ...
  std::int64_t number = 0;
};
BOOST_DESCRIBE_STRUCT(CountLine, (), (key, number))
struct ReportRound {
  RoundState state;
  std::vector<std::string> member_names;
  std::vector<std::string> stop_names;
};
BOOST_DESCRIBE_STRUCT(ReportRound, (), (state, member_names, stop_names))
struct DayReportView {
  CivilDate day;
  Named team;
  std::vector<ReportRound> rounds;
  std::int64_t encounters = 0;  // persons counted, no name
  std::int64_t contacts = 0;
  std::int64_t persons = 0;      // distinct, alias or more
  std::int64_t new_persons = 0;  // created that day
  std::int64_t visits = 0;
  std::int64_t watch_minutes = 0;
  std::int64_t replies = 0;
  std::int64_t conversations = 0;
  std::int64_t refusals = 0;
  std::vector<CountLine> services;
  std::vector<CountLine> barriers;
  std::vector<CountLine> age_bands;
  std::vector<CountLine> sexes;
  std::vector<CountLine> places;
  std::string text;  // the team's corrections, empty when none
};
BOOST_DESCRIBE_STRUCT(DayReportView, (),
                      (day, team, rounds, encounters, contacts, persons, new_persons, visits,
                       watch_minutes, replies, conversations, refusals, services, barriers,
                       age_bands, sexes, places, text))

// GET /api/v1/quarantine; POST /api/v1/quarantine/{entry}/resolve
struct QuarantineItem {
  EntryId entry;
  Instant received;
  std::string author_name;
  std::string kind;
  std::string reason;
  bool reminder = false;  // waiting for three days or more
};
BOOST_DESCRIBE_STRUCT(QuarantineItem, (), (entry, received, author_name, kind, reason, reminder))
struct QuarantineList {
  std::vector<QuarantineItem> rows;
};
BOOST_DESCRIBE_STRUCT(QuarantineList, (), (rows))
enum class QuarantineDecision { accept, discard };
BOOST_DESCRIBE_ENUM(QuarantineDecision, accept, discard)
struct ResolveQuarantine {
  EntryId entry;
  QuarantineDecision decision = QuarantineDecision::accept;
};
BOOST_DESCRIBE_STRUCT(ResolveQuarantine, (), (entry, decision))

// GET /api/v1/entries/{entry}/own: the text of one's own entry that waits to be checked.
struct OwnEntryQuery {
  EntryId entry;
};
BOOST_DESCRIBE_STRUCT(OwnEntryQuery, (), (entry))
struct OwnEntry {
  std::string kind;
  LocalStamp occurred;
  std::string reason;
  json::Value body;
};
BOOST_DESCRIBE_STRUCT(OwnEntry, (), (kind, occurred, reason, body))

}  // namespace filrouge::api
