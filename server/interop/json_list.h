// A file that is one JSON array of objects, read whole: what the fixtures of other programs are.
// Errors: `malformed` as core/base/json says, `invalid` "list" for anything but an array,
// "too_big".
#pragma once

#include "core/base/json.h"
#include "server/interop/commune_file.h"

namespace filrouge {

inline constexpr std::size_t list_file_bytes_max = 32 << 20;
inline constexpr std::size_t list_file_values_max = 4'000'000;

Result<std::vector<json::Value>> read_json_list(const ChunkSource& source);

// The text of a field, trimmed; empty when it is absent, null or no text. A whole number is its
// digits.
std::string text_in(const json::Value& item, std::string_view field);

}  // namespace filrouge
