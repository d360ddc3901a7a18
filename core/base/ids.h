// Strong 128-bit identifiers, written as 32 lower-case hexadecimal digits. They are random and
// never derived from an identity (architecture 3). A default id is nil: "none".
//
//   Result<SubjectId> id = SubjectId::parse("00112233445566778899aabbccddeeff");
#pragma once

#include <array>
#include <compare>
#include <cstdint>
#include <string>
#include <string_view>

#include "core/base/result.h"

namespace filrouge {

using Bytes16 = std::array<std::uint8_t, 16>;

std::string to_hex(const std::uint8_t* bytes, std::size_t size);
// False unless `text` is exactly 2*size lower-case hexadecimal digits.
bool from_hex(std::string_view text, std::uint8_t* bytes, std::size_t size);

template <class Tag>
struct Id {
  Bytes16 bytes{};

  static Result<Id> parse(std::string_view text) {
    Id id;
    if (!from_hex(text, id.bytes.data(), id.bytes.size()))
      return Error{Code::invalid, "", "id", "32 hexadecimal digits expected"};
    return id;
  }
  std::string hex() const { return to_hex(bytes.data(), bytes.size()); }
  bool is_nil() const { return *this == Id{}; }
  friend auto operator<=>(const Id&, const Id&) = default;
};

// One subject is one thing that entries are about: a person, a round, a place, a team, an
// account, an organisation, a project, a device. The random key is the same in all rooms.
using SubjectId = Id<struct SubjectTag>;
using EntryId = Id<struct EntryTag>;  // made by the writer, before any network
// A key of the key store; several may exist for one subject (one for each domain).
using KeyId = Id<struct KeyTag>;
// What facts hold instead of the subject: keyed, and not reversible without the node's key.
using Pseudonym = Id<struct PseudonymTag>;

}  // namespace filrouge
