#include "core/people/register.h"

#include "core/journal/entry_set.h"

namespace filrouge {

void TextRegister::write(const EntryId& entry, const SubjectId& author, std::string value,
                         const std::vector<EntryId>& replaces) {
  for (const EntryId& old : replaces) {
    if (old == entry) continue;
    add_entry(replaced, old);
    std::erase_if(values, [&](const RegisterValue& v) { return v.entry == old; });
  }
  if (has_entry(replaced, entry)) return;
  const auto at =
      std::lower_bound(values.begin(), values.end(), entry,
                       [](const RegisterValue& v, const EntryId& id) { return v.entry < id; });
  if (at != values.end() && at->entry == entry) return;
  values.insert(at, RegisterValue{entry, std::move(value), author});
}

}  // namespace filrouge
