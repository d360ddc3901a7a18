// Data files of core (policy, round kinds, wording) compiled into the program and the phone.
// The key is the path from the project's root, "core/access/rules.policy". Unknown: empty.
#pragma once

#include <string_view>

namespace filrouge {

std::string_view embedded_file(std::string_view path);

}  // namespace filrouge
