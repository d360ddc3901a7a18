// Is a body about one person well formed? Limits are in core/base/limits.h; a purpose whose basis
// is public interest cannot be noted as a consent (core/people/consent.h).
#pragma once

#include "core/journal/draft.h"

namespace filrouge {

Status check_person_created(const Draft& draft);
Status check_person_described(const Draft& draft);
Status check_identity_given(const Draft& draft);
Status check_consent_recorded(const Draft& draft);
Status check_minor_informed(const Draft& draft);
Status check_concern_reported(const Draft& draft);
Status check_person_erased(const Draft& draft);

}  // namespace filrouge
