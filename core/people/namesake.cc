#include "core/people/namesake.h"

#include <algorithm>
#include <array>

#include "core/linkage/compare.h"

namespace filrouge {

namespace {

using linkage::Dimension;
using linkage::Field;
using linkage::Slice;

// One row for each way to write her: every given name with every surname.
class Rows {
 public:
  explicit Rows(const Namesake& of) {
    const std::vector<std::string> nothing{""};
    for (const std::string& given : of.given.empty() ? nothing : of.given)
      for (const std::string& surname : of.surnames.empty() ? nothing : of.surnames) {
        given_.push_back(add(given));
        surname_.push_back(add(surname));
        born_.push_back(add(of.born ? of.born->text() : ""));
      }
  }
  linkage::InputList list() const {
    return {
        text_,
        given_.size(),
        {{Field::given_name, given_}, {Field::surname, surname_}, {Field::date_of_birth, born_}}};
  }

 private:
  Slice add(std::string_view cell) {
    const Slice slice{static_cast<std::uint32_t>(text_.size()),
                      static_cast<std::uint32_t>(cell.size())};
    text_ += cell;
    return slice;
  }
  std::string text_;
  std::vector<Slice> given_, surname_, born_;
};

NameAgreement of_name(std::size_t level) {
  if (level == linkage::name_missing) return NameAgreement::missing;
  if (level <= linkage::name_equal_common) return NameAgreement::same;
  return level <= linkage::name_similar ? NameAgreement::close : NameAgreement::different;
}

NameAgreement of_date(std::size_t level) {
  if (level == linkage::date_none) return NameAgreement::missing;
  if (level <= linkage::date_equal_common) return NameAgreement::same;
  const bool slip = level == linkage::date_turned || level == linkage::date_one_edit ||
                    level == linkage::date_first_january;
  return slip ? NameAgreement::close : NameAgreement::different;
}

// How much a pair of values says for "the same": what is missing says nothing.
int weight(NameAgreement agreement) {
  constexpr std::array kWeights{0, 3, 2, -1};
  return kWeights[static_cast<std::size_t>(agreement)];
}
int weight(const NameMarks& marks) {
  return weight(marks.given) + weight(marks.surname) + weight(marks.born);
}

bool agrees(NameAgreement agreement) {
  return agreement == NameAgreement::same || agreement == NameAgreement::close;
}

void add_values(std::vector<std::string>& names, const TextRegister& from) {
  for (const RegisterValue& value : from.values)
    if (!value.value.empty()) names.push_back(value.value);
}

}  // namespace

Namesake namesake_of(const PersonState& person) {
  Namesake of;
  add_values(of.given, person.first_name);
  add_values(of.given, person.alias);
  add_values(of.surnames, person.surname);
  of.born = person.born;
  return of;
}

NameMarks compare(const Namesake& a, const Namesake& b) {
  const Rows left(a), right(b);
  const auto records = linkage::prepare({left.list(), right.list()}, linkage::sequential());
  if (!records.ok()) return {};  // no name that can be read on one of the sides
  const linkage::Comparer comparer(*records);
  linkage::Memos memos;
  std::optional<NameMarks> nearest;
  for (std::uint32_t i = 0; i < records->list_begin[1]; ++i)
    for (std::uint32_t j = records->list_begin[1]; j < records->list_begin[2]; ++j) {
      const linkage::Pattern pattern = comparer.compare(i, j, memos);
      const NameMarks marks{of_name(level_of(pattern, Dimension::given)),
                            of_name(level_of(pattern, Dimension::surname)),
                            of_date(level_of(pattern, Dimension::date))};
      if (!nearest || weight(*nearest) < weight(marks)) nearest = marks;
    }
  return nearest.value_or(NameMarks{});
}

Likeness likeness(const NameMarks& marks) {
  const bool given = agrees(marks.given), surname = agrees(marks.surname);
  const bool alike = marks.given == NameAgreement::same && marks.surname == NameAgreement::same;
  const bool against = marks.born == NameAgreement::different;
  if (given && surname)
    return !against && (alike || agrees(marks.born)) ? Likeness::strong : Likeness::possible;
  if (marks.given == NameAgreement::same && marks.surname == NameAgreement::missing) {
    if (marks.born == NameAgreement::same) return Likeness::strong;
    return against ? Likeness::none : Likeness::possible;
  }
  // Another name of the same day: a nickname, a married name, a slip.
  return (given || surname) && marks.born == NameAgreement::same ? Likeness::possible
                                                                 : Likeness::none;
}

}  // namespace filrouge
