// The folded state of a round: open until its end arrives, counted once however many places it
// has, on the field day it starts (a round over midnight or New Year belongs to its first day).
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "core/outreach/entries.h"

namespace filrouge {

struct RoundState {
  std::optional<EntryId> started_entry;
  std::optional<LocalStamp> started;
  std::optional<LocalStamp> ended;
  std::string round_kind;
  std::optional<SubjectId> team;
  std::optional<SubjectId> project;
  std::vector<SubjectId> members;
  std::int32_t volunteers = 0;
  std::vector<SubjectId> stops;     // as planned, then as walked
  std::optional<SubjectId> at;      // where it stands: the last move by (occurred, id)
  std::optional<LocalStamp> moved;
  std::vector<RoundMoved> moves;    // kept to stay independent of the order of arrival
  std::int64_t encounter_count = 0;
  std::int32_t refusals = 0;
  std::optional<Ambience> ambience;
  std::optional<std::int32_t> kilometres;
  std::optional<std::string> observation;
};
BOOST_DESCRIBE_STRUCT(RoundState, (), (started_entry, started, ended, round_kind, team, project,
                                       members, volunteers, stops, at, moved, moves,
                                       encounter_count, refusals, ambience,
                                       kilometres, observation))

}  // namespace filrouge
