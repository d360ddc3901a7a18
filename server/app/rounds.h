// The rounds of a team, from the read model.
#pragma once

#include <vector>

#include "server/app/api/street.h"
#include "server/app/app.h"

namespace filrouge {

// Newest start first; rounds whose start has not arrived come first of all.
Result<std::vector<api::OpenRound>> rounds_of(App& app, SubjectId team);
bool is_open(const RoundState& round);

// organisation and team, as the policy asks of everything that a team reads.
Result<Target> team_target(App& app, SubjectId team);

}  // namespace filrouge
