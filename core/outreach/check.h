// Is a body of the street well formed (R21, R22, R49, R50, R74; limits in core/base/limits.h)? The
// same answer on the phone and at receipt; nothing is asked of the state. Errors name the field.
//
//   check_encounter({... "body":{"count":0,"team":"..."}})  ->  "body.count", "range"
#pragma once

#include "core/journal/draft.h"

namespace filrouge {

Status check_round_started(const Draft& draft);
Status check_round_moved(const Draft& draft);
Status check_round_ended(const Draft& draft);
Status check_encounter(const Draft& draft);
Status check_encounters_expired(const Draft& draft);
Status check_watch_session(const Draft& draft);
Status check_contact(const Draft& draft);
Status check_visit(const Draft& draft);
Status check_undone(const Draft& draft);
Status check_confirmed(const Draft& draft);
Status check_day_report(const Draft& draft);

}  // namespace filrouge
