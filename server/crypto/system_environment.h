// The machine's own clock and randomness behind their ports; a simulator gives others. The clock
// is the wall clock in UTC and may jump: nothing that must be ordered relies on it (architecture
// 3). Randomness is libsodium's (getrandom), safe from several threads.
//
//   std::unique_ptr<Random> random = make_system_random();
//   EntryId id = random->id<EntryId>();
#pragma once

#include <memory>

#include "server/ports/environment.h"

namespace filrouge {

std::unique_ptr<Clock> make_system_clock();
std::unique_ptr<Random> make_system_random();

}  // namespace filrouge
