// The product's own cryptography (server/crypto) with the chance of a seed under it, so that every
// nonce and box is the same in every run. Only passwords are not Argon2: 85 ms each would be most
// of a simulated world, and nobody guesses here.
#pragma once

#include <memory>

#include "server/ports/crypto.h"
#include "sim/chance.h"

namespace filrouge::sim {

// One at a time in a program: libsodium has one source of chance.
std::unique_ptr<Crypto> make_seeded_crypto(Chance chance);

}  // namespace filrouge::sim
