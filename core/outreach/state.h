// The folded state of a round: open until its end arrives, counted once however many places it
// has, on the field day it starts (a round over midnight or New Year belongs to its first day).
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "core/outreach/entries.h"

namespace filrouge {

struct WalkedStop {
  EntryId entry;
  LocalStamp occurred;
  SubjectId place;
};
BOOST_DESCRIBE_STRUCT(WalkedStop, (), (entry, occurred, place))

struct RoundState {
  std::optional<EntryId> started_entry;
  std::optional<LocalStamp> started;
  std::optional<LocalStamp> ended;
  std::string round_kind;
  std::optional<SubjectId> team;
  std::optional<SubjectId> project;
  std::vector<SubjectId> members;
  std::int32_t volunteers = 0;
  std::vector<SubjectId> stops;  // as planned, then as walked
  std::optional<SubjectId> at;   // where it stands: the last move by (occurred, id)
  std::optional<LocalStamp> moved;
  std::vector<WalkedStop> moves;  // by (occurred, entry): any order of arrival, one walk
  std::int64_t encounter_count = 0;
  std::int32_t refusals = 0;
  std::optional<Ambience> ambience;
  std::optional<std::int32_t> kilometres;
  std::optional<std::string> observation;
  std::optional<EntryId> ended_entry;
  std::vector<SubjectId> planned;  // the stops of the start alone
  std::vector<EntryId> undone;     // sorted; also of entries that have not arrived yet
};
BOOST_DESCRIBE_STRUCT(RoundState, (),
                      (started_entry, started, ended, round_kind, team, project, members,
                       volunteers, stops, at, moved, moves, encounter_count, refusals, ambience,
                       kilometres, observation, ended_entry, planned, undone))

}  // namespace filrouge
