// Data files of the server (SQL, demo tenants) compiled into the program. The key is the path
// from the project's root, "server/store/sqlite/schema.sql". Unknown: empty.
#pragma once

#include <string_view>

namespace filrouge {

std::string_view server_file(std::string_view path);

}  // namespace filrouge
