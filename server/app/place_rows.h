// A place as screens show it: its point or commune, and where it lies on a day.
#pragma once

#include "server/app/api/street.h"
#include "server/app/states.h"

namespace filrouge {

Result<api::PlaceRow> place_row(App& app, SubjectId id, const PlaceSet& place, CivilDate day);

// The places of an organisation, by name.
Result<std::vector<api::PlaceRow>> places_of(App& app, SubjectId organisation, CivilDate day);

}  // namespace filrouge
