// Could two records be one person, by their names and birth dates alone? Asked when an alias
// becomes identified. A hint for a human, never a decision (law 10): marks field by field and three
// answers, no number. Names are compared as record linkage compares them (core/linkage/compare.h):
// accents, order, spelling and sound are forgiven.
//
//   const Namesake one{{"Inès"}, {"Benali"}, born};
//   likeness(compare(one, {{"Ines"}, {"Ben Ali"}, born})) == Likeness::strong
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "core/people/state.h"

namespace filrouge {

struct Namesake {
  std::vector<std::string> given;  // first names and aliases; all values of a disputed one
  std::vector<std::string> surnames;
  std::optional<CivilDate> born;
};
Namesake namesake_of(const PersonState& person);

enum class NameAgreement { missing, same, close, different };
BOOST_DESCRIBE_ENUM(NameAgreement, missing, same, close, different)

// The nearest of all values of either side.
struct NameMarks {
  NameAgreement given = NameAgreement::missing;
  NameAgreement surname = NameAgreement::missing;
  NameAgreement born = NameAgreement::missing;
};
BOOST_DESCRIBE_STRUCT(NameMarks, (), (given, surname, born))
NameMarks compare(const Namesake& a, const Namesake& b);

// `possible`: worth a question to whoever knows both. `strong`: worth telling another organisation,
// where nobody can look at both.
enum class Likeness { none, possible, strong };
Likeness likeness(const NameMarks& marks);

}  // namespace filrouge
