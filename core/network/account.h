// Accounts and phones as states. An account takes two people: one administrator proposes, another
// confirms (architecture 5); only then can it be activated. A restriction always wins: revoked and
// lost cannot be taken back, whatever arrives later.
#pragma once

#include "core/journal/draft.h"
#include "core/network/state.h"

namespace filrouge {

// Refused: "already_proposed", "not_proposed", "same_administrator" (proposer and confirmer are
// one), "confirmed_by" (the author confirms for somebody else), "not_confirmed", "revoked".
Status decide_account(const Draft& draft, const AccountState& before);
void fold_account(AccountState& state, const Draft& draft);

// Refused: "already_enrolled" for another account, "lost".
Status decide_device(const Draft& draft, const DeviceState& before);
void fold_device(DeviceState& state, const Draft& draft);

}  // namespace filrouge
