// The folded state of a pathway, a part of the person's (decision 0017): stage, referent,
// diagnosis, plan, exits. Lists are sorted by id or by time, so that any order of arrival gives the
// same. What depends on today (a stage, a late step, a rupture) is computed when it is asked:
// core/pathway/ stage.h, referent.h, rupture.h.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include <boost/describe/class.hpp>

#include "core/base/hlc.h"
#include "core/pathway/entries.h"

namespace filrouge {

inline constexpr std::size_t kBarrierHistoryMax = 40;  // of one barrier
inline constexpr std::size_t kStepsMax = 100;
inline constexpr std::size_t kAppointmentsMax = 200;

// When and by whom; the newest by (hlc, entry) of a thing written whole wins.
struct Written {
  EntryId entry;
  Hlc hlc;
  LocalStamp occurred;
  SubjectId author;
};
BOOST_DESCRIBE_STRUCT(Written, (), (entry, hlc, occurred, author))

struct SignalState {
  Written by;
  SubjectId organisation;  // of the team that looks for her
  SignalReceived said;
  std::optional<SignalEnded> ended;
};
BOOST_DESCRIBE_STRUCT(SignalState, (), (by, organisation, said, ended))

// One holder of the referent's role, from the entry that named it to the one that names the next.
struct ReferentClaim {
  Written by;
  std::optional<EntryId> after;  // the claim it replaces; absent: opened the pathway
  SubjectId organisation;
  SubjectId team;
  SubjectId referent;
  bool interim = false;
  std::optional<EntryId> relay;  // by which it came
};
BOOST_DESCRIBE_STRUCT(ReferentClaim, (), (by, after, organisation, team, referent, interim, relay))

struct StageMark {
  Written by;
  StageMarked said;
};
BOOST_DESCRIBE_STRUCT(StageMark, (), (by, said))

// The last word on how she stands beside the stage.
struct SideMark {
  Written by;
  SideState side = SideState::none;
  std::optional<CivilDate> until;
  std::optional<EndedBecause> because;
};
BOOST_DESCRIBE_STRUCT(SideMark, (), (by, side, until, because))

struct BarrierWord {
  Written by;
  std::optional<BarrierSaid> said;        // of a diagnosis
  std::optional<BarrierChanged> changed;  // of its life
};
BOOST_DESCRIBE_STRUCT(BarrierWord, (), (by, said, changed))

struct BarrierState {
  Barrier barrier = Barrier::other;
  std::vector<BarrierWord> history;  // sorted by (hlc, entry), the newest kBarrierHistoryMax
};
BOOST_DESCRIBE_STRUCT(BarrierState, (), (barrier, history))

// The sitting that holds: the newest.
struct DiagnosisHeld {
  Written by;
  std::vector<Barrier> first;
  std::vector<std::string> goals;
  bool validated = false;
  std::int32_t lines = 0;
};
BOOST_DESCRIBE_STRUCT(DiagnosisHeld, (), (by, first, goals, validated, lines))

struct StepState {
  Written by;     // the newest word
  Written first;  // the oldest
  StepSet set;
};
BOOST_DESCRIBE_STRUCT(StepState, (), (by, first, set))

struct AppointmentState {
  Written by;
  AppointmentSet set;
};
BOOST_DESCRIBE_STRUCT(AppointmentState, (), (by, set))

struct ExitState {
  Written by;
  ExitDeclared declared;
  std::vector<CheckIn> checks;         // sorted by (on, entry of check)
  std::vector<EntryId> check_entries;  // of `checks`, in the same order
};
BOOST_DESCRIBE_STRUCT(ExitState, (), (by, declared, checks, check_entries))

struct PathwayState {
  std::optional<SignalState> signal;
  std::vector<ReferentClaim> claims;  // sorted by (hlc, entry): referent.h
  std::vector<StageMark> marks;       // likewise, at most one a stage: the newest
  std::optional<SideMark> side;
  std::vector<Written> endings;                // sorted: each closed what was open then
  std::vector<Written> attempts;               // sorted, the newest ten
  std::vector<DiagnosisHeld> diagnoses;        // sorted, the newest ten
  std::vector<BarrierState> barriers;          // in order of the enumerators
  std::vector<StepState> steps;                // sorted by id of the step
  std::vector<AppointmentState> appointments;  // sorted by id
  std::vector<ExitState> exits;                // sorted by entry
  std::int64_t delivery_count = 0;
  std::vector<LocalStamp> first_contacts;  // the two first days of contact, for S0 and S1
};
BOOST_DESCRIBE_STRUCT(PathwayState, (),
                      (signal, claims, marks, side, endings, attempts, diagnoses, barriers, steps,
                       appointments, exits, delivery_count, first_contacts))

}  // namespace filrouge
