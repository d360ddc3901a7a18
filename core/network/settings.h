// Settings as states: organisation, team, project, place. The newest write by (hlc, entry id)
// stands; older writes that arrive late change nothing.
#pragma once

#include "core/journal/draft.h"
#include "core/measure/fact.h"
#include "core/network/state.h"

namespace filrouge {

void fold_organisation(OrganisationState& state, const Draft& draft);
void fold_team(TeamState& state, const Draft& draft);
void fold_project(ProjectState& state, const Draft& draft);
void fold_place(PlaceState& state, const Draft& draft);
void fold_retained(FactsRetained& state, const Draft& draft);

}  // namespace filrouge
