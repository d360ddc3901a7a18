#include "server/interop/json_list.h"

#include "core/base/text.h"

namespace filrouge {

Result<std::vector<json::Value>> read_json_list(const ChunkSource& source) {
  std::string text;
  std::string chunk;
  while (source(chunk)) {
    text += chunk;
    if (text.size() > list_file_bytes_max)
      return Error{Code::invalid, "", "too_big", "32 MB at most"};
  }
  FILROUGE_TRY(value, json::parse(text, {list_file_bytes_max, limits::json_depth_max,
                                         list_file_values_max, true}));
  if (!value.is(json::Kind::array))
    return Error{Code::invalid, "", "list", "a JSON list of objects is expected"};
  return value.items();
}

std::string text_in(const json::Value& item, std::string_view field) {
  const json::Value* value = item.is(json::Kind::object) ? item.find(field) : nullptr;
  if (value == nullptr) return {};
  if (value->is(json::Kind::integer)) return std::to_string(value->integer());
  if (!value->is(json::Kind::string)) return {};
  auto text = clean_text(value->text(), limits::text_characters_max, field);
  return text.ok() ? std::move(*text) : std::string();
}

}  // namespace filrouge
