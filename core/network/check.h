// Is a body that sets up the consortium well formed? INSEE commune codes, coordinates in 1e-7
// degrees, periods that end after they start, logins without blanks. Errors name the field.
#pragma once

#include "core/journal/draft.h"

namespace filrouge {

Status check_organisation_set(const Draft& draft);
Status check_team_set(const Draft& draft);
Status check_project_set(const Draft& draft);
Status check_place_set(const Draft& draft);
Status check_account_proposed(const Draft& draft);
Status check_account_confirmed(const Draft& draft);
Status check_account_changed(const Draft& draft);
Status check_device_enrolled(const Draft& draft);
Status check_device_lost(const Draft& draft);
Status check_facts_retained(const Draft& draft);

// "37261", "2A004": five characters, as the INSEE writes them.
bool is_commune_code(std::string_view code);

}  // namespace filrouge
