// Reading and checking the body of a draft: what every room's check shares. Unknown fields are
// kept (kinds only grow); errors name the field by its path, "body.count".
//
//   Encounter body;
//   FILROUGE_CHECK(read_into(draft, body));
//   FILROUGE_CHECK(number_between(body.count, 1, 500, "body.count"));
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "core/journal/draft.h"

namespace filrouge {

Status read_shape_into(const Draft& draft, const json::Shape& shape, void* body);

template <class Body>
Status read_into(const Draft& draft, Body& body) {
  return read_shape_into(draft, json::shape_of<Body>, &body);
}
// For folds: false when the body cannot be read (the fold then changes nothing).
bool read_body_shape(const Draft& draft, const json::Shape& shape, void* body);

template <class Body>
bool reads_into(const Draft& draft, Body& body) {
  return read_body_shape(draft, json::shape_of<Body>, &body);
}

// "choice", "range", "missing", "too_long", "mismatch": rules that the web has a sentence for.
Error invalid_field(std::string_view field, std::string_view rule, std::string_view detail);
Status number_between(std::int64_t n, std::int64_t lowest, std::int64_t highest,
                      std::string_view field);
// A text that must be there: clean, not empty, at most so many characters.
Status text_present(std::string_view text, std::size_t characters_max, std::string_view field);
// A text that may be empty or absent.
Status text_allowed(std::string_view text, std::size_t characters_max, std::string_view field);
Status text_optional(const std::optional<std::string>& text, std::size_t characters_max,
                     std::string_view field);
Status list_bounded(std::size_t items, std::string_view field);
// The draft's subject must be the very thing that the body names.
Status subject_is(const Draft& draft, const SubjectId& named, std::string_view field);

// The text as it is kept: trimmed, white space folded. Given texts were checked before.
std::string cleaned(const std::string& text);

}  // namespace filrouge
