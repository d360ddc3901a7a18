#include "server/http/schema.h"

namespace filrouge::http {

using json::Value;

Value Schemas::simple(std::string_view type) { return Value::object().append("type", Value(type)); }

Value Schemas::text(std::string_view format, std::string_view pattern) {
  Value schema = simple("string");
  if (!format.empty()) schema.append("format", Value(format));
  if (!pattern.empty()) schema.append("pattern", Value(pattern));
  return schema;
}

Value Schemas::integer(std::string_view format, bool positive) {
  Value schema = simple("integer").append("format", Value(format));
  if (positive) schema.append("minimum", Value(std::int64_t{0}));
  return schema;
}

Value Schemas::instant() {
  return integer("int64", true)
      .append("description", Value("milliseconds since 1970-01-01T00:00:00Z"));
}

Value Schemas::any_object() { return simple("object").append("additionalProperties", Value(true)); }

Value Schemas::array_of(Value items) { return simple("array").append("items", std::move(items)); }

Value Schemas::reference(std::string_view name) {
  return Value::object().append("$ref", Value("#/components/schemas/" + std::string(name)));
}

Value Schemas::object_of(const std::vector<Field>& fields) {
  Value properties = Value::object();
  Value required = Value::array();
  for (const Field& field : fields) {
    properties.append(std::string(field.name), field.schema);
    if (field.required) required.items().emplace_back(field.name);
  }
  Value schema = simple("object").append("properties", std::move(properties));
  if (!required.items().empty()) schema.append("required", std::move(required));
  return schema.append("additionalProperties", Value(false));
}

bool Schemas::begin(std::string_view name, std::string_view full_name) {
  const auto found = components_.find(name);
  if (found == components_.end()) {
    components_.emplace(std::string(name), Component{std::string(full_name), Value::object()});
    return true;
  }
  verify(found->second.full_name == full_name);
  return false;
}

void Schemas::finish(std::string_view name, Value schema) {
  components_.find(name)->second.schema = std::move(schema);
}

Value Schemas::components() const {
  Value all = Value::object();
  for (const auto& [name, component] : components_) all.append(name, component.schema);
  return all;
}

}  // namespace filrouge::http
