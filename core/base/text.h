// Text as it crosses the edge: valid UTF-8, no control characters, trimmed, bounded. Comparison
// for search folds case, accents, ligatures and punctuation ("Éléonore-Zoë" -> "eleonore zoe")
// for the Latin letters of French names; other letters stay as they are. No locale is read.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "core/base/result.h"

namespace filrouge {

bool is_utf8(std::string_view text);
std::size_t count_characters(std::string_view utf8);
// The beginning of so many characters, or all of it.
std::string_view first_characters(std::string_view utf8, std::size_t characters);
// Trims, folds runs of white space to one blank, refuses control characters ("control"), bad
// UTF-8 ("utf8") and more than `characters_max` ("too_long"). `field` names it in the error.
Result<std::string> clean_text(std::string_view text, std::size_t characters_max,
                               std::string_view field);
std::string fold_for_search(std::string_view utf8);
std::string base64(std::string_view bytes);  // standard alphabet, with padding
Result<std::string> from_base64(std::string_view text);

}  // namespace filrouge
