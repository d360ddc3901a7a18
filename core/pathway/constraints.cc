#include "core/pathway/constraints.h"

#include <array>

#include "core/base/limits.h"
#include "core/journal/body.h"

namespace filrouge {

namespace {

using B = Barrier;

constexpr std::array kMobility{B::mobility};
constexpr std::array kFamily{B::childcare, B::family};
constexpr std::array kHealth{B::health, B::mental_health, B::disability};
constexpr std::array kLetters{B::language, B::literacy};
constexpr std::array kHousing{B::housing};
constexpr std::array kMoney{B::money};
constexpr std::array kRights{B::admin_rights, B::legal};

Status check_words(const std::vector<ConstraintWord>& words, const std::string& field) {
  FILROUGE_CHECK(list_bounded(words.size(), field));
  for (const ConstraintWord& word : words) {
    FILROUGE_CHECK(text_present(word.code, limits::alias_characters_max, field + ".code"));
    FILROUGE_CHECK(text_present(word.label, limits::label_characters_max, field + ".label"));
  }
  return Done{};
}

}  // namespace

SubjectId constraints_subject() {
  SubjectId id;
  id.bytes.fill(0xC0);
  return id;
}

std::span<const Barrier> barriers_of_constraint(std::string_view code) {
  if (code == "23") return kMobility;
  if (code == "24") return kFamily;
  if (code == "25") return kHealth;
  if (code == "26") return kLetters;
  if (code == "27") return kHousing;
  if (code == "28") return kMoney;
  if (code == "29") return kRights;
  return {};
}

Status check_constraints_set(const Draft& draft) {
  ConstraintsSet body;
  FILROUGE_CHECK(read_into(draft, body));
  FILROUGE_CHECK(subject_is(draft, constraints_subject(), "subject"));
  FILROUGE_CHECK(list_bounded(body.constraints.size(), "body.constraints"));
  for (std::size_t i = 0; i < body.constraints.size(); ++i) {
    const Constraint& one = body.constraints[i];
    const std::string field = "body.constraints[" + std::to_string(i) + "]";
    if (barriers_of_constraint(one.code).empty())
      return invalid_field(field + ".code", "choice", "one of 23 to 29");
    FILROUGE_CHECK(text_present(one.label, limits::label_characters_max, field + ".label"));
    FILROUGE_CHECK(check_words(one.situations, field + ".situations"));
    FILROUGE_CHECK(check_words(one.objectives, field + ".objectives"));
  }
  return Done{};
}

}  // namespace filrouge
