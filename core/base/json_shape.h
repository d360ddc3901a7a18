// The tables behind json.h: one Shape a type, made at compile time, says how its bytes are read and
// written; the functions that follow the tables are the same for all types (json_shape.cc). The
// phone loads this code over a slow network: a function for each field of each struct would be
// three times its size.
//
//   shape_of<Stop>.read(shape_of<Stop>, &stop, value, reader, path)   false: reader.error says why
#pragma once

#include <array>
#include <concepts>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <type_traits>
#include <vector>

#include <boost/describe/class.hpp>
#include <boost/describe/enum.hpp>
#include <boost/describe/enumerators.hpp>
#include <boost/describe/members.hpp>
#include <boost/mp11/algorithm.hpp>
#include <boost/mp11/list.hpp>

#include "core/base/ids.h"
#include "core/base/json_value.h"
#include "core/base/result.h"
#include "core/base/time.h"

namespace filrouge::json {

struct Reader {
  Unknown unknown = Unknown::refuse;
  Error error;
  bool fail(Error why) { return error = std::move(why), false; }
};

struct Shape;
using ReadFunction = bool (*)(const Shape&, void* thing, const Value&, Reader&, const Path&);
using WriteFunction = void (*)(const Shape&, std::string& out, const void* thing);

struct Field {
  std::string_view name;
  void* (*at)(void* thing);
  const Shape* shape;
  bool may_be_absent;
};

struct Enumerator {
  std::string_view name;
  std::int64_t value;
};

// An optional or a vector without its type.
struct Container {
  void (*clear)(void* thing);
  void* (*add)(void* thing);
  std::size_t (*size)(const void* thing);
  const void* (*at)(const void* thing, std::size_t index);
};

struct Shape {
  ReadFunction read;
  WriteFunction write;
  std::span<const Field> fields = {};            // of a struct
  std::span<const Enumerator> enumerators = {};  // of an enumeration
  const Container* container = nullptr;          // of an optional or a vector
  const Shape* inner = nullptr;                  // likewise
  std::uint8_t size = 0;                         // of a number or an enumeration, in bytes
  bool is_signed = false;
  bool is_optional = false;
};

bool read_value(const Shape&, void* thing, const Value&, Reader&, const Path&);
bool read_boolean(const Shape&, void* thing, const Value&, Reader&, const Path&);
bool read_number(const Shape&, void* thing, const Value&, Reader&, const Path&);
bool read_string(const Shape&, void* thing, const Value&, Reader&, const Path&);
bool read_id(const Shape&, void* thing, const Value&, Reader&, const Path&);
bool read_instant(const Shape&, void* thing, const Value&, Reader&, const Path&);
bool read_enumerator(const Shape&, void* thing, const Value&, Reader&, const Path&);
bool read_optional(const Shape&, void* thing, const Value&, Reader&, const Path&);
bool read_list(const Shape&, void* thing, const Value&, Reader&, const Path&);
bool read_struct(const Shape&, void* thing, const Value&, Reader&, const Path&);
void write_any_value(const Shape&, std::string& out, const void* thing);
void write_boolean(const Shape&, std::string& out, const void* thing);
void write_number(const Shape&, std::string& out, const void* thing);
void write_text(const Shape&, std::string& out, const void* thing);
void write_id(const Shape&, std::string& out, const void* thing);
void write_instant(const Shape&, std::string& out, const void* thing);
void write_enumerator(const Shape&, std::string& out, const void* thing);
void write_optional(const Shape&, std::string& out, const void* thing);
void write_list(const Shape&, std::string& out, const void* thing);
void write_struct(const Shape&, std::string& out, const void* thing);

template <class T>
inline constexpr bool is_optional = false;
template <class T>
inline constexpr bool is_optional<std::optional<T>> = true;
template <class T>
inline constexpr bool is_vector = false;
template <class T>
inline constexpr bool is_vector<std::vector<T>> = true;
template <class T>
inline constexpr bool is_id = false;
template <class Tag>
inline constexpr bool is_id<Id<Tag>> = true;

// Types that are one string: parse(text) -> Result<T>, text().
template <class T>
concept TextLike = requires(const T& t, std::string_view s) {
  { T::parse(s) } -> std::same_as<Result<T>>;
  { t.text() } -> std::same_as<std::string>;
};
template <class T>
concept DescribedEnum = std::is_enum_v<T> && boost::describe::has_describe_enumerators<T>::value;
template <class T>
concept DescribedStruct =
    std::is_class_v<T> && !TextLike<T> && boost::describe::has_describe_members<T>::value;

template <class T>
using MembersOf = boost::describe::describe_members<T, boost::describe::mod_public |
                                                           boost::describe::mod_inherited>;

// A static member, because it is named before it can be defined (g++ 12 then emits it too).
template <class T>
struct ShapeOf {
  static const Shape value;
};
template <class T>
inline constexpr const Shape& shape_of = ShapeOf<T>::value;

// A trailing underscore in an enumerator is not written ("new_" is a C++ way to say "new").
constexpr std::string_view without_underscore(std::string_view name) {
  if (name.ends_with('_')) name.remove_suffix(1);
  return name;
}

template <DescribedEnum T>
inline constexpr auto enumerators_of = []<class... D>(boost::mp11::mp_list<D...>) {
  return std::array{
      Enumerator{without_underscore(D::name), static_cast<std::int64_t>(D::value)}...};
}(boost::mp11::mp_rename<boost::describe::describe_enumerators<T>, boost::mp11::mp_list>{});

std::string_view name_of(std::span<const Enumerator> enumerators, std::int64_t value);
const Enumerator* find_name(std::span<const Enumerator> enumerators, std::string_view name);

template <DescribedEnum T>
std::string_view enum_text(T value) {
  return name_of(enumerators_of<T>, static_cast<std::int64_t>(value));
}
template <DescribedEnum T>
std::optional<T> enum_value(std::string_view text) {
  const Enumerator* found = find_name(enumerators_of<T>, text);
  return found != nullptr ? std::optional<T>(static_cast<T>(found->value)) : std::nullopt;
}

template <class T, class D>
void* member_of(void* thing) {
  return &(static_cast<T*>(thing)->*D::pointer);
}
template <class T, class D>
using MemberType = std::remove_cvref_t<decltype(std::declval<T&>().*D::pointer)>;

template <DescribedStruct T>
inline constexpr auto fields_of = []<class... D>(boost::mp11::mp_list<D...>) {
  return std::array<Field, sizeof...(D)>{
      Field{D::name, &member_of<T, D>, &ShapeOf<MemberType<T, D>>::value,
            is_optional<MemberType<T, D>> || is_vector<MemberType<T, D>>}...};
}(boost::mp11::mp_rename<MembersOf<T>, boost::mp11::mp_list>{});

template <class T>
inline constexpr Container optional_container{
    [](void* thing) { static_cast<std::optional<T>*>(thing)->reset(); },
    [](void* thing) -> void* { return &static_cast<std::optional<T>*>(thing)->emplace(); },
    [](const void* thing) -> std::size_t {
      return static_cast<const std::optional<T>*>(thing)->has_value() ? 1 : 0;
    },
    [](const void* thing, std::size_t) -> const void* {
      return &**static_cast<const std::optional<T>*>(thing);
    }};

template <class T>
inline constexpr Container list_container{
    [](void* thing) { static_cast<std::vector<T>*>(thing)->clear(); },
    [](void* thing) -> void* { return &static_cast<std::vector<T>*>(thing)->emplace_back(); },
    [](const void* thing) -> std::size_t {
      return static_cast<const std::vector<T>*>(thing)->size();
    },
    [](const void* thing, std::size_t index) -> const void* {
      return &(*static_cast<const std::vector<T>*>(thing))[index];
    }};

template <TextLike T>
bool read_text_like(const Shape&, void* thing, const Value& value, Reader& reader,
                    const Path& path) {
  if (!value.is(Kind::string)) return reader.fail(wrong_type(path, "text"));
  auto text = T::parse(value.text());
  if (text.ok()) return *static_cast<T*>(thing) = std::move(*text), true;
  text.error().field = path.text();
  return reader.fail(std::move(text.error()));
}
template <TextLike T>
void write_text_like(const Shape&, std::string& out, const void* thing) {
  write_string(out, static_cast<const T*>(thing)->text());
}

template <class T>
constexpr Shape make_shape() {
  if constexpr (std::is_same_v<T, Value>) {
    return {read_value, write_any_value};
  } else if constexpr (std::is_same_v<T, bool>) {
    return {read_boolean, write_boolean};
  } else if constexpr (std::is_integral_v<T>) {
    return {read_number, write_number, {}, {}, nullptr, nullptr, sizeof(T), std::is_signed_v<T>};
  } else if constexpr (std::is_same_v<T, std::string>) {
    return {read_string, write_text};
  } else if constexpr (std::is_same_v<T, Instant>) {
    return {read_instant, write_instant};
  } else if constexpr (is_id<T>) {
    return {read_id, write_id};
  } else if constexpr (DescribedEnum<T>) {
    return {
        read_enumerator, write_enumerator, {},        enumerators_of<T>,
        nullptr,         nullptr,          sizeof(T), std::is_signed_v<std::underlying_type_t<T>>};
  } else if constexpr (is_optional<T>) {
    using Inner = typename T::value_type;
    return {read_optional,
            write_optional,
            {},
            {},
            &optional_container<Inner>,
            &ShapeOf<Inner>::value,
            0,
            false,
            true};
  } else if constexpr (is_vector<T>) {
    using Inner = typename T::value_type;
    static_assert(!std::is_same_v<Inner, bool>, "a list of bits has no addresses");
    return {read_list, write_list, {}, {}, &list_container<Inner>, &ShapeOf<Inner>::value};
  } else if constexpr (DescribedStruct<T>) {
    return {read_struct, write_struct, fields_of<T>};
  } else {
    static_assert(TextLike<T>, "a type that JSON cannot describe");
    return {read_text_like<T>, write_text_like<T>};
  }
}

template <class T>
constexpr Shape ShapeOf<T>::value = make_shape<T>();

}  // namespace filrouge::json
