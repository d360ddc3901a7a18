// The rings of an outline as bytes, for the adapters that keep them: the size of each ring, then
// its numbers, as unsigned LEB128 of the zigzag difference to the number two places before
// (latitude after latitude), so that most corners take two bytes a number and a start with all of
// France does not read text. Errors: `unavailable` "outline" for bytes that are no rings.
//
//   FILROUGE_TRY(rings, unpack_rings(pack_rings(outline.rings)));
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/result.h"

namespace filrouge {

std::string pack_rings(const std::vector<std::vector<std::int64_t>>& rings);
Result<std::vector<std::vector<std::int64_t>>> unpack_rings(std::string_view in);

}  // namespace filrouge
