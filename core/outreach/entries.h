// Bodies of the entries of the street, one struct a kind (kind name above each). Version 1 of all.
// Everything is optional but what domain.md 6.6 prints in bold: a mandatory field must never stand
// between a worker and a note at 22:00 (domain 9). No field holds a handle of a social network
// (R22), and a tally never names anybody (law 3).
#pragma once

#include <optional>
#include <string>
#include <vector>

#include <boost/describe/class.hpp>

#include "core/base/ids.h"
#include "core/base/time.h"
#include "core/outreach/vocabulary.h"

namespace filrouge {

// "round_started", subject: the new round. Which kinds exist, and which count in I01, is the data
// file core/outreach/round_kinds.json. `stops` are place subjects in walking order; the first is
// where the round stands. Volunteers are counted, not named (R49).
struct RoundStarted {
  std::string round_kind;
  SubjectId team;
  std::optional<SubjectId> project;
  std::vector<SubjectId> members;
  std::int32_t volunteers = 0;
  std::vector<SubjectId> stops;
};
BOOST_DESCRIBE_STRUCT(RoundStarted, (), (round_kind, team, project, members, volunteers, stops))

// "round_moved", subject: the round. The team now stands at `place` (added to the stops if new).
struct RoundMoved {
  SubjectId place;
};
BOOST_DESCRIBE_STRUCT(RoundMoved, (), (place))

// "round_ended", subject: the round. `observation` is about the territory, never about a person.
struct RoundEnded {
  std::int32_t refusals = 0;
  std::optional<Ambience> ambience;
  std::optional<std::int32_t> kilometres;
  std::optional<std::string> observation;
};
BOOST_DESCRIBE_STRUCT(RoundEnded, (), (refusals, ambience, kilometres, observation))

// "encounter", subject: the round, or the team outside a round. A number, never a person.
struct Encounter {
  std::int32_t count = 1;
  SubjectId team;
  std::optional<SubjectId> round;
  std::optional<SubjectId> place;
  std::optional<SubjectId> project;
  std::optional<Sex> sex;
  std::optional<AgeBand> age_band;
  std::optional<Acquaintance> acquaintance;
  std::optional<ContactMode> mode;
  std::vector<ImmediateService> services;
  std::vector<Barrier> barriers;  // touched in what was said, by nobody in particular
};
BOOST_DESCRIBE_STRUCT(Encounter, (),
                      (count, team, round, place, project, sex, age_band, acquaintance, mode,
                       services, barriers))

// "encounters_expired", subject: the round. The program's own: so many of its encounters let their
// hour and place go after thirty days; their number stays with the round (R49).
struct EncountersExpired {
  std::int64_t count = 0;
};
BOOST_DESCRIBE_STRUCT(EncountersExpired, (), (count))

// "watch_session", subject: the team (R22, I02). No handle, no profile, no name.
struct WatchSession {
  SubjectId team;
  std::optional<SubjectId> project;
  SocialNetwork network = SocialNetwork::other;
  std::int32_t minutes = 0;
  std::int32_t replies = 0;
  std::int32_t conversations = 0;
};
BOOST_DESCRIBE_STRUCT(WatchSession, (), (team, project, network, minutes, replies, conversations))

// "contact", subject: the person (alias or identified; law 3). `note` is at most 140 characters,
// written under the banner "il ou elle peut lire".
struct Contact {
  SubjectId team;
  std::optional<SubjectId> round;
  std::optional<SubjectId> place;
  std::optional<SubjectId> project;
  ContactMode mode = ContactMode::street;
  std::vector<ImmediateService> services;
  std::vector<Barrier> barriers;
  std::optional<NextStep> next_step;
  std::optional<CivilDate> next_on;
  std::optional<std::string> note;
};
BOOST_DESCRIBE_STRUCT(Contact, (),
                      (team, round, place, project, mode, services, barriers, next_step, next_on,
                       note))

// "visit", subject: the person, or the site's place when nobody is named (R74).
struct Visit {
  SubjectId place;
  SubjectId team;
  std::optional<SubjectId> project;
  std::optional<VisitReason> reason;
  std::int32_t count = 1;
  bool named = false;  // true: the subject is a person
};
BOOST_DESCRIBE_STRUCT(Visit, (), (place, team, project, reason, count, named))

// "undone", subject: that of the entry it takes back. A new entry, never a deletion.
struct Undone {
  EntryId entry;
  std::string collection;  // of the subject: "round", "team", "place", "person"
};
BOOST_DESCRIBE_STRUCT(Undone, (), (entry, collection))

// "confirmed", subject: that of an entry noted while the phone was locked.
struct Confirmed {
  EntryId entry;
  std::string collection;
};
BOOST_DESCRIBE_STRUCT(Confirmed, (), (entry, collection))

// "day_report", subject: the team. The team's corrections to the report of one field day; the
// figures in it stay those of the entries. No name, no alias.
struct DayReport {
  SubjectId team;
  CivilDate day;
  std::string text;
};
BOOST_DESCRIBE_STRUCT(DayReport, (), (team, day, text))

}  // namespace filrouge
