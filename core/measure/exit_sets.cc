#include "core/measure/exit_sets.h"

#include <algorithm>
#include <array>

#include "core/base/embedded.h"
#include "core/base/json.h"

namespace filrouge {

namespace {

using T = ExitType;

constexpr std::array kDurable{T::cdi,           T::cdd_6_months, T::interim_6_months,
                              T::apprenticeship, T::own_business, T::public_service,
                              T::qualifying_training};
// What closes a following without being a solution.
constexpr std::array kNoSolution{T::moved, T::refused, T::lost_contact, T::prison, T::death,
                                 T::error};

}  // namespace

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
  const auto type = code == "other" ? std::optional(T::prison) : json::enum_value<ExitType>(code);
  if (!type) return nullptr;
  for (const ExitClass& one : set.classes)
    if (days_held >= one.held_days &&
        std::find(one.types.begin(), one.types.end(), *type) != one.types.end())
      return &one;
  return nullptr;
}

bool is_durable(std::string_view code) {
  const auto type = json::enum_value<ExitType>(code);
  return type && std::find(kDurable.begin(), kDurable.end(), *type) != kDurable.end();
}

bool is_solution(std::string_view code) {
  const auto type = json::enum_value<ExitType>(code);
  return type && std::find(kNoSolution.begin(), kNoSolution.end(), *type) == kNoSolution.end();
}

}  // namespace filrouge
