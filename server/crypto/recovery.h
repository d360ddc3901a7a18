// The node's master key in two halves, for two people who keep them apart (safety.md 2.3): each
// half alone says nothing of the key, both together give it back. `init` prints them; `restore`
// asks for them when the key file is lost.
//
// A half is written in 17 groups of four (digits and capitals without I, L, O, U), with a checksum
// of its own and a tag of the key, so that a slip of the pen and halves of two different nodes are
// told from one another. Small letters, blanks, O for 0, I and L for 1 are read as well.
// Errors: `malformed` "half_text", "half_checksum"; `invalid` "same_half", "other_key".
//
//   RecoveryHalves halves = split_master_key(master, *random, *crypto);
//   Result<Bytes32> again = join_master_key(halves.first, halves.second, *crypto);
#pragma once

#include <string>
#include <string_view>

#include "server/ports/crypto.h"
#include "server/ports/environment.h"

namespace filrouge {

struct RecoveryHalves {
  std::string first;
  std::string second;
};

RecoveryHalves split_master_key(const Bytes32& master, Random& random, Crypto& crypto);
// In either order.
Result<Bytes32> join_master_key(std::string_view one, std::string_view other, Crypto& crypto);

}  // namespace filrouge
