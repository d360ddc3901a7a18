// One relay in the words of a screen, for either side. Shared by the person's page, the inbox and
// the coordinator's board.
//
//   FILROUGE_TRY(view, relay_view(names, reader, id, person.seen, person.whole(), relay, today));
#pragma once

#include "server/app/api/pathway.h"
#include "server/app/person_view.h"

namespace filrouge {

// `relay` is out of `seen`, so that no word is in it that was not for the reader; `whole` says what
// is shared with the receiver.
Result<api::RelayView> relay_view(Names& names, const Actor& reader, SubjectId person,
                                  const PersonState& seen, const PersonState& whole,
                                  const RelayState& relay, CivilDate today);
// 0: in time, or nothing is awaited.
std::int32_t days_late(const RelayStanding& standing, CivilDate today);

}  // namespace filrouge
