// A register that never loses a concurrent value (architecture 3: no last-writer-wins on names and
// ways to reach). A write names the writes it saw and replaces; two writes that did not see each
// other both stay until a human writes one that replaces both. Any order of arrival, repeated or
// late, gives the same register.
#pragma once

#include <algorithm>
#include <string>
#include <vector>

#include <boost/describe/class.hpp>

#include "core/base/ids.h"

namespace filrouge {

struct RegisterValue {
  EntryId entry;
  std::string value;
  SubjectId author;  // whose organisation sees it without being told (law 5)
  friend auto operator<=>(const RegisterValue&, const RegisterValue&) = default;
};
BOOST_DESCRIBE_STRUCT(RegisterValue, (), (entry, value, author))

struct TextRegister {
  std::vector<RegisterValue> values;  // sorted by entry; more than one: a human must choose
  std::vector<EntryId> replaced;      // sorted; also of writes that have not arrived yet

  void write(const EntryId& entry, const SubjectId& author, std::string value,
             const std::vector<EntryId>& replaces);
  // The value to show: the last in order of id when several live, or empty.
  std::string shown() const { return values.empty() ? std::string() : values.back().value; }
  bool is_disputed() const { return values.size() > 1; }
  friend bool operator==(const TextRegister&, const TextRegister&) = default;
};
BOOST_DESCRIBE_STRUCT(TextRegister, (), (values, replaced))

}  // namespace filrouge
