// Body of the entries of a relay, the hand-over of a person from one organisation to another
// (domain.md 6.2, R09). One kind, "relay", one row an act; subject: the person.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include <boost/describe/class.hpp>
#include <boost/describe/enum.hpp>

#include "core/base/ids.h"
#include "core/base/time.h"
#include "core/pathway/vocabulary.h"

namespace filrouge {

// `proposed` noted on a phone without network is an intention: it becomes the proposal at receipt,
// and waits with its reason when the rules say no by then.
enum class RelayAct {
  prepared,
  proposed,
  acknowledged,
  accepted,
  declined,
  meeting_set,
  meeting_held,
  no_show,
  taken_over,
  kept,
  broken,
  returned,
  cancelled,
  withdrawn
};
BOOST_DESCRIBE_ENUM(RelayAct, prepared, proposed, acknowledged, accepted, declined, meeting_set,
                    meeting_held, no_show, taken_over, kept, broken, returned, cancelled, withdrawn)

enum class DeclinedBecause { full, not_our_public, not_our_area, other_better, no_answer, other };
BOOST_DESCRIBE_ENUM(DeclinedBecause, full, not_our_public, not_our_area, other_better, no_answer,
                    other)

struct MeetingPlan {
  CivilDate on;
  std::int32_t minute = 0;  // of the local day
  std::optional<std::string> where;
};
BOOST_DESCRIBE_STRUCT(MeetingPlan, (), (on, minute, where))

struct Relay {
  EntryId relay;  // made by who prepares it
  RelayAct act = RelayAct::prepared;
  std::optional<EntryId> after;  // the act it answers: compare-and-set. Absent: the first one
  SubjectId organisation;        // the author's own, compared at receipt
  // prepared, proposed
  std::optional<SubjectId> to;            // the receiving organisation
  std::optional<std::string> to_outside;  // or one outside the platform, as it is called
  std::optional<std::string> need;        // what is asked, at most a note long
  std::optional<EntryId> step;            // of the plan, that it serves
  std::optional<EntryId> consent;         // the "sharing_agreed" it rests on
  // declined, returned, broken
  std::optional<DeclinedBecause> because;
  std::optional<std::string> suggestion;  // another place that may help
  // meeting_set
  std::optional<MeetingPlan> meeting;
  // taken_over: the new referent. returned after that: the referent at `to`, who sent her
  std::optional<SubjectId> referent;
  std::optional<SubjectId> team;
};
BOOST_DESCRIBE_STRUCT(Relay, (),
                      (relay, act, after, organisation, to, to_outside, need, step, consent,
                       because, suggestion, meeting, referent, team))

}  // namespace filrouge
