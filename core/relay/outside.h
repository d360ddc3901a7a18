// A relay to an organisation outside the platform (issue point 5): a link that the sender copies or
// prints, and a six-digit code said by voice. The link alone shows nothing and consumes nothing;
// the code opens initials, need and ways to answer, once. Five wrong codes end the link, five open
// days as well, and so does a newer link for the same relay. Only keyed hashes of link, code and
// answer are kept, in hexadecimal.
//
//   const OutsideState* link = live_outside(person.outside, token_hash, today);   // null: over
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <boost/describe/class.hpp>

#include "core/journal/draft.h"

namespace filrouge {

inline constexpr std::size_t kOutsideTriesMax = 5;
inline constexpr std::int32_t kOutsideOpenDays = 5;

// "outside_link": made by the sender's organisation.
struct OutsideMade {
  EntryId relay;
  std::string token;
  std::string code;
  CivilDate until;  // last day
};
BOOST_DESCRIBE_STRUCT(OutsideMade, (), (relay, token, code, until))
// "outside_failed": a wrong code. This and the next two are written by the program.
struct OutsideFailed {
  EntryId link;
};
BOOST_DESCRIBE_STRUCT(OutsideFailed, (), (link))
// "outside_opened": with the hash of what the answer must show.
struct OutsideOpened {
  EntryId link;
  std::string answer;
};
BOOST_DESCRIBE_STRUCT(OutsideOpened, (), (link, answer))
// "outside_answered": in the same append as the act of the relay.
struct OutsideAnswered {
  EntryId link;
  bool accepts = false;
  std::optional<std::string> words;
};
BOOST_DESCRIBE_STRUCT(OutsideAnswered, (), (link, accepts, words))

struct OutsideOpening {
  EntryId entry;
  CivilDate on;
  std::string answer;
};
BOOST_DESCRIBE_STRUCT(OutsideOpening, (), (entry, on, answer))
struct OutsideAnswer {
  EntryId entry;
  CivilDate on;
  bool accepts = false;
  std::optional<std::string> words;
};
BOOST_DESCRIBE_STRUCT(OutsideAnswer, (), (entry, on, accepts, words))

// One link; the first opening and the first answer by entry id stand (decide lets one in).
struct OutsideState {
  EntryId link;
  Hlc hlc;
  std::optional<OutsideMade> made;  // absent: what follows it came first
  std::vector<EntryId> tries;       // wrong codes, sorted
  std::optional<OutsideOpening> opened;
  std::optional<OutsideAnswer> answered;
};
BOOST_DESCRIBE_STRUCT(OutsideState, (), (link, hlc, made, tries, opened, answered))

bool is_outside_kind(std::string_view kind);
void fold_outside(std::vector<OutsideState>& links, const Draft& draft);
Status decide_outside(const std::vector<OutsideState>& links, const Draft& draft);
Status check_outside(const Draft& draft);

// What a worker may know of them: no hash.
std::vector<OutsideState> without_hashes(std::vector<OutsideState> links);

// The link of this token while a code may still open it; null otherwise.
const OutsideState* live_outside(const std::vector<OutsideState>& links, std::string_view token,
                                 CivilDate today);
// The opened link of this answer while it may still be given; null otherwise.
const OutsideState* open_answer(const std::vector<OutsideState>& links, std::string_view answer,
                                CivilDate today);
// Hashes by which the person is found: of tokens, or answers, that may still be shown.
std::vector<std::string> outside_tokens(const std::vector<OutsideState>& links);
std::vector<std::string> outside_answers(const std::vector<OutsideState>& links);

}  // namespace filrouge
