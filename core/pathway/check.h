// Are the entries of a pathway well formed? The same answer on the phone and at receipt.
#pragma once

#include "core/journal/draft.h"

namespace filrouge {

Status check_signal_received(const Draft& draft);
Status check_signal_closed(const Draft& draft);
Status check_pathway_opened(const Draft& draft);
Status check_referent_named(const Draft& draft);
Status check_stage_marked(const Draft& draft);
Status check_pause_agreed(const Draft& draft);
Status check_attempt_made(const Draft& draft);
Status check_contact_lost(const Draft& draft);
Status check_following_ended(const Draft& draft);
Status check_following_resumed(const Draft& draft);
Status check_diagnosis(const Draft& draft);
Status check_barrier_changed(const Draft& draft);
Status check_step_set(const Draft& draft);
Status check_appointment_set(const Draft& draft);
Status check_delivery(const Draft& draft);
Status check_exit(const Draft& draft);
Status check_check_in(const Draft& draft);

}  // namespace filrouge
