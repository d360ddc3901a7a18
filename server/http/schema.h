// JSON Schemas of the types that cross the API, from their Boost.Describe lines alone: what the
// codec of core/base/json.h reads and writes is what the OpenAPI document says. A field is
// required unless it is std::optional. Described structs and enums become named components;
// two types with one name stop the program (the unit test writes the document once).
//
//   Schemas schemas;
//   json::Value ref = schemas.of<api::PersonCard>();   //
//   {"$ref":"#/components/schemas/PersonCard"}
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/hlc.h"
#include "core/base/ids.h"
#include "core/base/json.h"
#include "core/base/time.h"

namespace filrouge::http {

// The name of a type without its namespaces.
template <class T>
constexpr std::string_view type_name() {
  std::string_view text = __PRETTY_FUNCTION__;  // "... [T = filrouge::api::PersonCard]"
  text.remove_prefix(text.find("T = ") + 4);
  text.remove_suffix(1);
  if (const auto colon = text.rfind(':'); colon != text.npos) text.remove_prefix(colon + 1);
  return text;
}

struct Field {
  std::string_view name;
  json::Value schema;
  bool required = true;
};

template <class Tag>
json::Value id_schema(const Id<Tag>*) {
  return json::Value::object()
      .append("type", json::Value("string"))
      .append("pattern", json::Value("^[0-9a-f]{32}$"));
}

class Schemas {
 public:
  // A schema to put where a value of T stands.
  template <class T>
  json::Value of() {
    if constexpr (json::is_optional<T>) {
      return of<typename T::value_type>();
    } else if constexpr (json::is_vector<T>) {
      return array_of(of<typename T::value_type>());
    } else if constexpr (std::is_same_v<T, bool>) {
      return simple("boolean");
    } else if constexpr (std::is_integral_v<T>) {
      return integer(sizeof(T) == 8 ? "int64" : "int32", std::is_unsigned_v<T>);
    } else if constexpr (std::is_same_v<T, Instant>) {
      return instant();
    } else if constexpr (std::is_same_v<T, std::string>) {
      return simple("string");
    } else if constexpr (std::is_same_v<T, json::Value>) {
      return any_object();
    } else if constexpr (std::is_same_v<T, CivilDate>) {
      return text("date", "");
    } else if constexpr (std::is_same_v<T, Hlc>) {
      return text("", "^[0-9]+[.][0-9]+$");
    } else if constexpr (requires { id_schema(static_cast<T*>(nullptr)); }) {
      return id_schema(static_cast<T*>(nullptr));
    } else if constexpr (json::DescribedEnum<T>) {
      return enumeration<T>();
    } else if constexpr (json::DescribedStruct<T>) {
      return structure<T>();
    } else {
      static_assert(json::TextLike<T>, "a type that the API cannot describe");
      return simple("string");
    }
  }

  // The fields of a described struct, one by one: a request is spread over path and query.
  template <class T>
  std::vector<Field> fields() {
    std::vector<Field> found;
    boost::mp11::mp_for_each<typename json::Codec<T>::Members>([&](auto d) {
      using F = std::remove_cvref_t<decltype(std::declval<T>().*d.pointer)>;
      found.push_back({d.name, of<F>(), !json::is_optional<F>});
    });
    return found;
  }

  // All components so far, by name.
  json::Value components() const;

  static json::Value object_of(const std::vector<Field>& fields);
  static json::Value reference(std::string_view name);

 private:
  static json::Value simple(std::string_view type);
  static json::Value text(std::string_view format, std::string_view pattern);
  static json::Value integer(std::string_view format, bool positive);
  static json::Value instant();
  static json::Value any_object();
  static json::Value array_of(json::Value items);

  // False when the component is already there; stops when the name belongs to another type.
  bool begin(std::string_view name, std::string_view full_name);
  void finish(std::string_view name, json::Value schema);

  template <class T>
  json::Value enumeration() {
    constexpr std::string_view kName = type_name<T>();
    if (begin(kName, __PRETTY_FUNCTION__)) {
      json::Value values = json::Value::array();
      boost::mp11::mp_for_each<boost::describe::describe_enumerators<T>>(
          [&](auto d) { values.items().emplace_back(json::enum_text(d.value)); });
      finish(kName, simple("string").append("enum", std::move(values)));
    }
    return reference(kName);
  }
  template <class T>
  json::Value structure() {
    constexpr std::string_view kName = type_name<T>();
    if (begin(kName, __PRETTY_FUNCTION__)) finish(kName, object_of(fields<T>()));
    return reference(kName);
  }

  struct Component {
    std::string full_name;
    json::Value schema;
  };
  std::map<std::string, Component, std::less<>> components_;
};

}  // namespace filrouge::http
