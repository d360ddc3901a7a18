// The one-time code of an account that was confirmed (72 h, Argon2id on disk, shown once).
#pragma once

#include "server/app/use_cases.h"

namespace filrouge {

Result<api::ActivationCode> give_code(App& app, SubjectId account, const std::string& login);

}  // namespace filrouge
