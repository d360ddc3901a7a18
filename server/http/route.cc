#include "server/http/route.h"

#include <charconv>

namespace filrouge::http {
namespace {

Result<json::Value> text_to_json(const std::string& name, const std::string& text, TextKind kind) {
  switch (kind) {
    case TextKind::text:
      return json::Value(text);
    case TextKind::boolean:
      if (text == "true" || text == "false") return json::Value(text == "true");
      return Error{Code::invalid, name, "type", "true or false expected"};
    case TextKind::integer:
      break;
  }
  std::int64_t number = 0;
  const char* end = text.data() + text.size();
  const auto read = std::from_chars(text.data(), end, number);
  if (read.ec != std::errc() || read.ptr != end || text.empty())
    return Error{Code::invalid, name, "type", "a whole number expected"};
  return json::Value(number);
}

TextKind kind_of(std::string_view name, std::span<const FieldKind> fields) {
  for (const FieldKind& field : fields)
    if (field.name == name) return field.kind;
  return TextKind::text;  // nobody's field: refused when the object is read
}

Result<json::Value> body_object(const Input& input) {
  if (input.body.empty()) return json::Value::object();
  FILROUGE_TRY(value, json::parse(input.body));
  if (!value.is(json::Kind::object)) return json::wrong_type({}, "an object");
  return std::move(value);
}

}  // namespace

Result<json::Value> gather(const Input& input, std::span<const FieldKind> fields) {
  json::Value object = json::Value::object();
  if (input.has_body) {
    if (!input.query.empty())
      return Error{Code::invalid, input.query.front().first, "unknown_field",
                   "no parameter is read here"};
    FILROUGE_TRY(body, body_object(input));
    object = std::move(body);
  }
  for (const auto& [name, text] : input.path) {
    FILROUGE_TRY(value, text_to_json(name, text, kind_of(name, fields)));
    const json::Value* given = object.find(name);
    if (given != nullptr && json::write(*given) != json::write(value))
      return Error{Code::invalid, name, "mismatch", "the address says otherwise"};
    object.set(name, std::move(value));
  }
  for (const auto& [name, text] : input.query) {
    FILROUGE_TRY(value, text_to_json(name, text, kind_of(name, fields)));
    if (object.find(name) != nullptr)
      return Error{Code::invalid, name, "duplicate_key", "the address says it already"};
    object.append(name, std::move(value));
  }
  return object;
}

}  // namespace filrouge::http
