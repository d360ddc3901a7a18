// Degrees as integers of 1e-7 (core folds no floating point), read from decimal text and written
// back. Digits beyond the seventh are rounded, half away from zero.
//
//   *degrees_e7("0.70436975") == 7043698      *degrees_e7("-21") == -210000000
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "core/base/result.h"

namespace filrouge {

// A JSON number: sign, digits, fraction, exponent between -30 and 3; at most 360 degrees.
Result<std::int64_t> degrees_e7(std::string_view text);

}  // namespace filrouge
