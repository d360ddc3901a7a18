// The kinds of rounds, from the data file core/outreach/round_kinds.json (domain.md 6.3): codes,
// words, group, and whether a round of this kind counts in I01. A consortium that counts otherwise
// changes the file, not the program.
//
//   find_round_kind("maraude")->counts_in_i01 == true
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include <boost/describe/class.hpp>
#include <boost/describe/enum.hpp>

namespace filrouge {

enum class RoundGroup { public_space, mobile_unit, event_offsite, other };
BOOST_DESCRIBE_ENUM(RoundGroup, public_space, mobile_unit, event_offsite, other)

struct RoundKind {
  std::string code;
  std::string fr;
  std::string en;
  RoundGroup group = RoundGroup::public_space;
  bool counts_in_i01 = true;
};
BOOST_DESCRIBE_STRUCT(RoundKind, (), (code, fr, en, group, counts_in_i01))

const std::vector<RoundKind>& round_kinds();
const RoundKind* find_round_kind(std::string_view code);

}  // namespace filrouge
