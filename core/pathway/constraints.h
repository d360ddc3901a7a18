// France Travail's constraints, codes 23 to 29 ("Résoudre ses contraintes personnelles"), as
// reference data for Faire le point: each code stands for barriers of domain.md 6.5, with the
// situations and objectives that France Travail names under it. Only the codes are known here; the
// words are imported (`filrouge import constraints`) and written as one entry, "constraints_set".
//
//   barriers_of_constraint("26")  ->  language, literacy
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include <boost/describe/class.hpp>

#include "core/journal/draft.h"
#include "core/outreach/vocabulary.h"

namespace filrouge {

struct ConstraintWord {
  std::string code;
  std::string label;
};
BOOST_DESCRIBE_STRUCT(ConstraintWord, (), (code, label))
struct Constraint {
  std::string code;
  std::string label;
  std::vector<Barrier> barriers;
  std::vector<ConstraintWord> situations;
  std::vector<ConstraintWord> objectives;
};
BOOST_DESCRIBE_STRUCT(Constraint, (), (code, label, barriers, situations, objectives))

// "constraints_set": the list that holds, whole. Subject: constraints_subject().
struct ConstraintsSet {
  std::vector<Constraint> constraints;
};
BOOST_DESCRIBE_STRUCT(ConstraintsSet, (), (constraints))

SubjectId constraints_subject();
// Empty for a code that is none of the seven.
std::span<const Barrier> barriers_of_constraint(std::string_view code);
Status check_constraints_set(const Draft& draft);

}  // namespace filrouge
