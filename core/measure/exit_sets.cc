#include "core/measure/exit_sets.h"

#include <algorithm>

#include "core/base/embedded.h"
#include "core/base/json.h"

namespace filrouge {

const std::vector<ExitSet>& exit_sets() {
  static const std::vector<ExitSet> all = [] {
    auto read = json::decode<std::vector<ExitSet>>(embedded_file("core/measure/exit_sets.json"));
    return std::move(read).value();  // an unreadable data file stops the program at start
  }();
  return all;
}

const ExitSet* find_exit_set(std::string_view name) {
  for (const ExitSet& set : exit_sets())
    if (set.name == name) return &set;
  return nullptr;
}

const ExitClass* class_of(const ExitSet& set, std::string_view code, std::int64_t days_held) {
  // A prison is written "other" in a fact.
  const auto type =
      code == "other" ? std::optional(ExitType::prison) : json::enum_value<ExitType>(code);
  if (!type) return nullptr;
  for (const ExitClass& one : set.classes)
    if (days_held >= one.held_days &&
        std::find(one.types.begin(), one.types.end(), *type) != one.types.end())
      return &one;
  return nullptr;
}

}  // namespace filrouge
