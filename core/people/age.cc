#include "core/people/age.h"

#include <tuple>

namespace filrouge {

int age_on(CivilDate born, CivilDate day) {
  const bool had_birthday =
      std::tuple(day.month(), day.day()) >= std::tuple(born.month(), born.day());
  return day.year() - born.year() - (had_birthday ? 0 : 1);
}

AgeBand age_band_on(CivilDate born, CivilDate day) {
  const int age = age_on(born, day);
  if (age < 16) return AgeBand::under_16;
  if (age < 18) return AgeBand::from_16_to_17;
  if (age < 21) return AgeBand::from_18_to_20;
  if (age < 26) return AgeBand::from_21_to_25;
  return age < 30 ? AgeBand::from_26_to_29 : AgeBand::from_30;
}

std::optional<AgeBand> age_band_of(const PersonState& person) {
  if (person.age_band.value) return person.age_band.value;
  if (!person.born) return std::nullopt;
  if (person.first_contact) return age_band_on(*person.born, *person.first_contact);
  if (person.created) return age_band_on(*person.born, person.created->date);
  return std::nullopt;
}

}  // namespace filrouge
