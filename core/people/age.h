// Age bands (domain.md section 5) from a date of birth, on a given day: who turns 18 today is 18.
//
//   age_band_on(*CivilDate::parse("2010-11-22"), *CivilDate::parse("2026-11-21")) == under_16
#pragma once

#include "core/base/time.h"
#include "core/people/state.h"

namespace filrouge {

int age_on(CivilDate born, CivilDate day);
AgeBand age_band_on(CivilDate born, CivilDate day);
// What she or the worker said; else from the date of birth at the first contact; else unknown.
std::optional<AgeBand> age_band_of(const PersonState& person);

}  // namespace filrouge
