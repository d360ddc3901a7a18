// The Blinding port on libsodium's ristretto255: Curve25519 as a group of prime order, so that no
// element has a twin or a short order. Texts go in through SHA-512. Safe to use from several
// threads at once.
//
//   std::unique_ptr<Blinding> blinding = make_ristretto_blinding();
#pragma once

#include <memory>

#include "server/ports/blinding.h"

namespace filrouge {

std::unique_ptr<Blinding> make_ristretto_blinding();

}  // namespace filrouge
