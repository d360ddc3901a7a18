// One relay as a state: the acts that were noted, and what follows from them. The acts form a chain
// (each names the one it answers); a withdrawal by the person ends it from wherever it stands. The
// words of a meeting (held, nobody came) are kept for each side. Any order of arrival gives the
// same state: acts wait until the one they answer is there.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include <boost/describe/class.hpp>
#include <boost/describe/enum.hpp>

#include "core/base/hlc.h"
#include "core/base/time.h"
#include "core/relay/entries.h"

namespace filrouge {

inline constexpr std::size_t kRelayActsMax = 60;
inline constexpr std::size_t kRelaysMax = 40;

struct ActDone {
  EntryId entry;
  Hlc hlc;
  LocalStamp occurred;
  SubjectId author;
  Relay body;
};
BOOST_DESCRIBE_STRUCT(ActDone, (), (entry, hlc, occurred, author, body))

// What a relay is now. `head` is what the next act must name in `after`.
struct RelayStanding {
  RelayAct act = RelayAct::prepared;
  EntryId head;
  SubjectId from;                      // the sending organisation
  SubjectId sender;                    // the account that proposed, or prepared, it
  std::optional<SubjectId> to;         // absent: outside the platform
  std::optional<LocalStamp> since;     // of the act
  std::optional<LocalStamp> proposed;  // first proposal
  std::optional<LocalStamp> taken_over;
  std::optional<MeetingPlan> meeting;
  std::optional<RelayAct> meeting_by_sender;    // meeting_held or no_show
  std::optional<RelayAct> meeting_by_receiver;  // likewise
  std::int32_t no_shows = 0;
  bool crossed = false;  // two acts answered the same one: the rule chose, people are shown both
};
BOOST_DESCRIBE_STRUCT(RelayStanding, (),
                      (act, head, from, sender, to, since, proposed, taken_over, meeting,
                       meeting_by_sender, meeting_by_receiver, no_shows, crossed))

struct RelayState {
  EntryId relay;
  std::vector<ActDone> acts;  // sorted by (hlc, entry)
};
BOOST_DESCRIBE_STRUCT(RelayState, (), (relay, acts))

}  // namespace filrouge
