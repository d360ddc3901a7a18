// The group in which two owners compare what they hold without showing it and without a key in
// common (linkage design 5): a text becomes an element, an element is blinded by a secret of one
// owner, then by the other's; the order does not matter, so equal texts meet, and nobody who lacks
// one of the two secrets can try texts. Elements and secrets are 32 bytes.
//
//   blind(b, blind_text(a, "x")) == blind(a, blind_text(b, "x"))
#pragma once

#include <string_view>

#include "core/base/result.h"
#include "core/journal/envelope.h"

namespace filrouge {

class Blinding {
 public:
  virtual ~Blinding() = default;
  virtual Bytes32 make_secret() = 0;
  virtual Bytes32 blind_text(const Bytes32& secret, std::string_view text) = 0;
  // `malformed` "element" for bytes that are no element, or the neutral one.
  virtual Result<Bytes32> blind(const Bytes32& secret, const Bytes32& element) = 0;
  // An element that nobody knows a text for.
  virtual Bytes32 random_element() = 0;
};

}  // namespace filrouge
