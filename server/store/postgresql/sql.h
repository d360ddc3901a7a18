// The statements of this folder's .sql files by their names: each begins with a line
// "-- name: NAME" and ends at the next one. An unknown name stops the program.
//
//   connection.one(sql("find_entry"), read, id);
#pragma once

#include <string_view>

namespace filrouge::postgresql {

// Lives as long as the program.
std::string_view sql(std::string_view name);

}  // namespace filrouge::postgresql
