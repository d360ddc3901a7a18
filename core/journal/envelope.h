// The clear part of an entry, and its leaf in the log. Everything else is in the sealed payload
// (the JSON of the Draft). associated_data() is what the seal and the leaf bind together; it does
// not hold recv_seq, which only the commit knows.
//
// Two orders, never confused: `device_sequence` is dense for each device, `recv_seq` is dense for
// the node, in commit order (architecture 3).
#pragma once

#include <array>
#include <cstdint>
#include <string>

#include "core/base/hlc.h"
#include "core/base/ids.h"
#include "core/base/time.h"

namespace filrouge {

using Bytes32 = std::array<std::uint8_t, 32>;

struct Envelope {
  EntryId id;
  SubjectId subject;
  SubjectId organisation;
  SubjectId author;
  SubjectId device;  // nil: written at a desk, under a session
  std::int64_t device_sequence = 0;
  Hlc hlc;
  Instant received;
  KeyId key;
};

// A fixed binary text: "fr1" then every field in order, integers big-endian.
std::string associated_data(const Envelope& envelope);

}  // namespace filrouge
