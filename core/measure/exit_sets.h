// Which exits a funder calls positive: named, versioned sets of data, core/measure/exit_sets.json
// (domain.md 6.4, R37). The same exits give one number under SIPA-2019 and another under IAE, so a
// figure of exits always names its set. A class may ask that the situation still held after so many
// days ("confirmed at J+30", "at 6 months"); `neutral` exits leave the count altogether.
//
//   const ExitSet* set = find_exit_set("sipa-2019");
//   class_of(*set, "cdi", 0)->positive == true
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include <boost/describe/class.hpp>

#include "core/pathway/vocabulary.h"

namespace filrouge {

struct ExitClass {
  std::string key;  // "durable"
  std::string fr;
  std::string en;
  bool positive = false;
  bool neutral = false;        // neither a success nor a failure: not counted
  std::int32_t held_days = 0;  // the situation was seen to hold so long
  std::vector<ExitType> types;
};
BOOST_DESCRIBE_STRUCT(ExitClass, (), (key, fr, en, positive, neutral, held_days, types))

struct ExitSet {
  std::string name;
  std::int32_t version = 1;
  std::string fr;
  std::string en;
  std::string source;
  std::vector<ExitClass> classes;  // the first that fits; none: not positive
};
BOOST_DESCRIBE_STRUCT(ExitSet, (), (name, version, fr, en, source, classes))

inline constexpr std::string_view kDefaultExitSet = "tmvl";

const std::vector<ExitSet>& exit_sets();
const ExitSet* find_exit_set(std::string_view name);  // nullptr when there is none
// `code`: of a fact (core/pathway/facts.h), an exit type; nullptr where no class fits.
const ExitClass* class_of(const ExitSet& set, std::string_view code, std::int64_t days_held);

}  // namespace filrouge
