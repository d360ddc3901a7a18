#include "core/journal/body.h"

#include "core/base/limits.h"
#include "core/base/text.h"

namespace filrouge {

Status read_shape_into(const Draft& draft, const json::Shape& shape, void* body) {
  json::Reader reader{json::Unknown::keep, {}};
  if (shape.read(shape, body, draft.body, reader, json::Path{nullptr, "body"})) return Done{};
  return std::move(reader.error);
}

bool read_body_shape(const Draft& draft, const json::Shape& shape, void* body) {
  return read_shape_into(draft, shape, body).ok();
}

Error invalid_field(std::string_view field, std::string_view rule, std::string_view detail) {
  return {Code::invalid, std::string(field), std::string(rule), std::string(detail)};
}

Status number_between(std::int64_t n, std::int64_t lowest, std::int64_t highest,
                      std::string_view field) {
  if (n >= lowest && n <= highest) return Done{};
  return invalid_field(field, "range",
                       "between " + std::to_string(lowest) + " and " + std::to_string(highest));
}

Status text_present(std::string_view text, std::size_t characters_max, std::string_view field) {
  FILROUGE_TRY(clean, clean_text(text, characters_max, field));
  if (clean.empty()) return invalid_field(field, "missing", "this text must not be empty");
  return Done{};
}

Status text_allowed(std::string_view text, std::size_t characters_max, std::string_view field) {
  FILROUGE_CHECK(clean_text(text, characters_max, field));
  return Done{};
}

Status text_optional(const std::optional<std::string>& text, std::size_t characters_max,
                     std::string_view field) {
  return text ? text_allowed(std::string_view(*text), characters_max, field) : Done{};
}

Status list_bounded(std::size_t items, std::string_view field) {
  if (items <= limits::list_items_max) return Done{};
  return invalid_field(field, "too_many",
                       "at most " + std::to_string(limits::list_items_max) + " items");
}

Status subject_is(const Draft& draft, const SubjectId& named, std::string_view field) {
  if (draft.subject == named) return Done{};
  return invalid_field(field, "mismatch", "not the subject of the entry");
}

std::string cleaned(const std::string& text) {
  auto clean = clean_text(text, text.size(), "");
  return clean.ok() ? std::move(*clean) : std::string();
}

}  // namespace filrouge
