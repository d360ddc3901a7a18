// "Un partenaire cherche à joindre": somebody whom another organisation identified bears the name
// of a person whom this one follows (law 5). Her team is told who asks to be called, and nothing
// else; the other side learns nothing, not even that there is something to learn. The notice itself
// is never written: it is worked out when her team looks, from the identifications of the last days
// (server/app/sought.h). What is written, on her record and by her team alone, is that it was seen.
//
//   is_due(person.sought_seen, mission_locale, today)    // not seen in the last kSoughtDays
#pragma once

#include <vector>

#include <boost/describe/class.hpp>

#include "core/journal/draft.h"

namespace filrouge {

// So long an identification is news to a partner, and so long a notice that was seen stays away.
inline constexpr std::int32_t kSoughtDays = 30;

// "sought_seen": her team has read that this organisation looks for her.
struct SoughtSeen {
  SubjectId organisation;
};
BOOST_DESCRIBE_STRUCT(SoughtSeen, (), (organisation))

// The newest word about one organisation, by (hlc, entry).
struct NoticeSeen {
  SubjectId organisation;
  CivilDate on;
  Hlc hlc;
  EntryId entry;
};
BOOST_DESCRIBE_STRUCT(NoticeSeen, (), (organisation, on, hlc, entry))

void fold_sought(std::vector<NoticeSeen>& seen, const Draft& draft);
Status check_sought(const Draft& draft);
bool is_due(const std::vector<NoticeSeen>& seen, SubjectId organisation, CivilDate today);

}  // namespace filrouge
