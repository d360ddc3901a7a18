// All JSON enters and leaves here (architecture 6). parse() is strict: limits on bytes, depth and
// count, duplicate keys refused ("duplicate_key"), UTF-8 checked, integers only unless decimals
// are allowed (they then stay text: core folds no floating point). Structs described with
// Boost.Describe get a codec for nothing:
//
//   struct Stop { std::string place; std::optional<int> minutes; };
//   BOOST_DESCRIBE_STRUCT(Stop, (), (place, minutes))
//   Result<Stop> stop = json::decode<Stop>(R"({"place":"Gare"})");
//   json::encode(*stop) == R"({"place":"Gare"})"
//
// Reading: std::optional fields and std::vector fields may be absent, every other field must be
// there ("missing"); a field nobody knows is an error ("unknown_field") unless Unknown::keep.
// Writing: members in declared order, absent optionals left out, no white space: one value has
// one text, the same on every machine. Errors name the field by its path ("stops[2].minutes").
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

#include <boost/describe/class.hpp>
#include <boost/describe/enum.hpp>
#include <boost/describe/enum_from_string.hpp>
#include <boost/describe/enum_to_string.hpp>
#include <boost/describe/enumerators.hpp>
#include <boost/describe/members.hpp>
#include <boost/mp11/algorithm.hpp>

#include "core/base/hlc.h"
#include "core/base/ids.h"
#include "core/base/limits.h"
#include "core/base/result.h"
#include "core/base/time.h"

namespace filrouge::json {

enum class Kind { null, boolean, integer, decimal, string, array, object };

// A parsed document. An object holds keys()[i] with items()[i], in the order they came.
class Value {
 public:
  Value() = default;
  explicit Value(bool b) : kind_(Kind::boolean), integer_(b ? 1 : 0) {}
  explicit Value(std::int64_t n) : kind_(Kind::integer), integer_(n) {}
  explicit Value(std::string s) : kind_(Kind::string), text_(std::move(s)) {}
  explicit Value(std::string_view s) : kind_(Kind::string), text_(s) {}
  explicit Value(const char* s) : kind_(Kind::string), text_(s) {}
  explicit Value(std::vector<Value> items) : kind_(Kind::array), items_(std::move(items)) {}
  static Value decimal(std::string text);
  static Value object();
  static Value array() { return Value(std::vector<Value>{}); }

  Kind kind() const { return kind_; }
  bool is(Kind kind) const { return kind_ == kind; }
  bool boolean() const { return integer_ != 0; }
  std::int64_t integer() const { return integer_; }
  const std::string& text() const { return text_; }  // of a string, or the digits of a decimal
  const std::vector<Value>& items() const { return items_; }
  std::vector<Value>& items() { return items_; }
  const std::vector<std::string>& keys() const { return keys_; }
  const Value* find(std::string_view key) const;  // of an object; nullptr when absent
  Value& set(std::string key, Value value);       // appends or replaces; returns the object
  Value& append(std::string key, Value value);    // the same, for a key known to be new

 private:
  Kind kind_ = Kind::null;
  std::int64_t integer_ = 0;
  std::string text_;
  std::vector<Value> items_;
  std::vector<std::string> keys_;
};

struct ParseLimits {
  std::size_t bytes = limits::json_bytes_max;
  std::size_t depth = limits::json_depth_max;
  std::size_t values = limits::json_values_max;
  bool decimals = false;
};

Result<Value> parse(std::string_view text, const ParseLimits& limits = {});
std::string write(const Value& value);
void write_value(std::string& out, const Value& value);
void write_string(std::string& out, std::string_view text);

// What to do with a key that no field answers: API bodies refuse it, journal entries keep it
// (kinds only grow: an older program must not refuse a newer phone).
enum class Unknown { refuse, keep };

// Where in the document we are; a chain on the stack, turned into text only for an error.
struct Path {
  const Path* parent = nullptr;
  std::string_view name;
  std::int64_t index = -1;
  std::string text() const;
};

Error wrong_type(const Path& path, std::string_view expected);
Error wrong_value(const Path& path, std::string_view rule, std::string detail);

template <class T>
struct Codec;

template <class T>
Result<T> read(const Value& value, Unknown unknown = Unknown::refuse, const Path& path = {}) {
  return Codec<T>::read(value, unknown, path);
}
template <class T>
Result<T> decode(std::string_view text, Unknown unknown = Unknown::refuse) {
  auto value = parse(text);
  if (!value.ok()) return std::move(value.error());
  return read<T>(*value, unknown);
}
template <class T>
std::string encode(const T& thing) {
  std::string out;
  Codec<T>::write(out, thing);
  return out;
}

// ---- codecs of the basic types ----

template <>
struct Codec<Value> {
  static Result<Value> read(const Value& v, Unknown, const Path&) { return v; }
  static void write(std::string& out, const Value& v) { write_value(out, v); }
};

template <>
struct Codec<bool> {
  static Result<bool> read(const Value& v, Unknown, const Path& path) {
    if (!v.is(Kind::boolean)) return wrong_type(path, "true or false");
    return v.boolean();
  }
  static void write(std::string& out, bool b) { out += b ? "true" : "false"; }
};

Result<std::int64_t> read_integer(const Value& v, std::int64_t lowest, std::int64_t highest,
                                  const Path& path);

template <class T>
  requires(std::is_integral_v<T> && !std::is_same_v<T, bool>)
struct Codec<T> {
  static Result<T> read(const Value& v, Unknown, const Path& path) {
    constexpr bool kWide = sizeof(T) == 8;
    constexpr std::int64_t kLow = std::is_signed_v<T> ? (kWide ? INT64_MIN : -(1LL << (sizeof(T) * 8 - 1))) : 0;
    constexpr std::int64_t kHigh =
        kWide ? INT64_MAX : (1LL << (sizeof(T) * 8 - (std::is_signed_v<T> ? 1 : 0))) - 1;
    auto n = read_integer(v, kLow, kHigh, path);
    if (!n.ok()) return std::move(n.error());
    return static_cast<T>(*n);
  }
  static void write(std::string& out, T n) { out += std::to_string(n); }
};

template <>
struct Codec<std::string> {
  static Result<std::string> read(const Value& v, Unknown, const Path& path) {
    if (!v.is(Kind::string)) return wrong_type(path, "text");
    return v.text();
  }
  static void write(std::string& out, const std::string& s) { write_string(out, s); }
};

// Types that are one string: parse(text) -> Result<T>, text() or hex().
template <class T>
concept TextLike = requires(const T& t, std::string_view s) {
  { T::parse(s) } -> std::same_as<Result<T>>;
  { t.text() } -> std::same_as<std::string>;
};

template <TextLike T>
struct Codec<T> {
  static Result<T> read(const Value& v, Unknown, const Path& path) {
    if (!v.is(Kind::string)) return wrong_type(path, "text");
    auto t = T::parse(v.text());
    if (!t.ok()) t.error().field = path.text();
    return t;
  }
  static void write(std::string& out, const T& t) { write_string(out, t.text()); }
};

template <class Tag>
struct Codec<Id<Tag>> {
  static Result<Id<Tag>> read(const Value& v, Unknown, const Path& path) {
    if (!v.is(Kind::string)) return wrong_type(path, "text");
    auto id = Id<Tag>::parse(v.text());
    if (!id.ok()) id.error().field = path.text();
    return id;
  }
  static void write(std::string& out, const Id<Tag>& id) {
    out += '"';
    out += id.hex();
    out += '"';
  }
};

template <>
struct Codec<Instant> {
  static Result<Instant> read(const Value& v, Unknown, const Path& path) {
    auto ms = read_integer(v, 0, 1LL << 46, path);
    if (!ms.ok()) return std::move(ms.error());
    return Instant{*ms};
  }
  static void write(std::string& out, Instant t) { out += std::to_string(t.ms); }
};

template <class T>
struct Codec<std::optional<T>> {
  static Result<std::optional<T>> read(const Value& v, Unknown unknown, const Path& path) {
    if (v.is(Kind::null)) return std::optional<T>{};
    auto inner = Codec<T>::read(v, unknown, path);
    if (!inner.ok()) return std::move(inner.error());
    return std::optional<T>(std::move(*inner));
  }
  static void write(std::string& out, const std::optional<T>& t) {
    if (t) return Codec<T>::write(out, *t);
    out += "null";
  }
};

template <class T>
struct Codec<std::vector<T>> {
  static Result<std::vector<T>> read(const Value& v, Unknown unknown, const Path& path) {
    if (!v.is(Kind::array)) return wrong_type(path, "a list");
    std::vector<T> list;
    list.reserve(v.items().size());
    std::int64_t index = 0;
    for (const Value& item : v.items()) {
      auto one = Codec<T>::read(item, unknown, Path{&path, {}, index++});
      if (!one.ok()) return std::move(one.error());
      list.push_back(std::move(*one));
    }
    return list;
  }
  static void write(std::string& out, const std::vector<T>& list) {
    out += '[';
    bool first = true;
    for (const T& item : list) {
      if (!first) out += ',';
      first = false;
      Codec<T>::write(out, item);
    }
    out += ']';
  }
};

template <class T>
inline constexpr bool is_optional = false;
template <class T>
inline constexpr bool is_optional<std::optional<T>> = true;
template <class T>
inline constexpr bool is_vector = false;
template <class T>
inline constexpr bool is_vector<std::vector<T>> = true;

template <class T>
concept DescribedEnum = std::is_enum_v<T> && boost::describe::has_describe_enumerators<T>::value;

template <class T>
concept DescribedStruct = std::is_class_v<T> && !TextLike<T> &&
                          boost::describe::has_describe_members<T>::value;

// A trailing underscore in an enumerator is not written ("new_" is a C++ way to say "new").
template <DescribedEnum T>
std::string_view enum_text(T value) {
  std::string_view text = boost::describe::enum_to_string(value, "");
  if (text.ends_with('_')) text.remove_suffix(1);
  return text;
}
template <DescribedEnum T>
std::optional<T> enum_value(std::string_view text) {
  std::optional<T> found;
  boost::mp11::mp_for_each<boost::describe::describe_enumerators<T>>([&](auto d) {
    if (enum_text(d.value) == text) found = d.value;
  });
  return found;
}

template <DescribedEnum T>
struct Codec<T> {
  static Result<T> read(const Value& v, Unknown, const Path& path) {
    if (!v.is(Kind::string)) return wrong_type(path, "text");
    if (const auto value = enum_value<T>(v.text())) return *value;
    std::string known = "one of";
    boost::mp11::mp_for_each<boost::describe::describe_enumerators<T>>([&](auto d) {
      known += ' ';
      known += enum_text(d.value);
    });
    return wrong_value(path, "choice", std::move(known));
  }
  static void write(std::string& out, T value) { write_string(out, enum_text(value)); }
};

template <DescribedStruct T>
struct Codec<T> {
  using Members =
      boost::describe::describe_members<T, boost::describe::mod_public |
                                               boost::describe::mod_inherited>;

  static Result<T> read(const Value& v, Unknown unknown, const Path& path) {
    if (!v.is(Kind::object)) return wrong_type(path, "an object");
    T thing{};
    std::optional<Error> error;
    std::size_t used = 0;
    boost::mp11::mp_for_each<Members>([&](auto d) {
      if (!error) error = read_member(thing.*d.pointer, d.name, v, unknown, path, used);
    });
    if (error) return std::move(*error);
    if (unknown == Unknown::refuse && used != v.keys().size())
      return unknown_member(v, path);
    return thing;
  }

  static void write(std::string& out, const T& thing) {
    out += '{';
    bool first = true;
    boost::mp11::mp_for_each<Members>([&](auto d) {
      const auto& field = thing.*d.pointer;
      using F = std::remove_cvref_t<decltype(field)>;
      if constexpr (is_optional<F>)
        if (!field) return;
      if (!first) out += ',';
      first = false;
      write_string(out, d.name);
      out += ':';
      Codec<F>::write(out, field);
    });
    out += '}';
  }

 private:
  template <class F>
  static std::optional<Error> read_member(F& field, std::string_view name, const Value& v,
                                          Unknown unknown, const Path& path, std::size_t& used) {
    const Value* value = v.find(name);
    if (value == nullptr) {
      if constexpr (is_optional<F> || is_vector<F>) return std::nullopt;
      return wrong_value(Path{&path, name}, "missing", "this field must be there");
    }
    ++used;
    auto read_field = Codec<F>::read(*value, unknown, Path{&path, name});
    if (!read_field.ok()) return std::move(read_field.error());
    field = std::move(*read_field);
    return std::nullopt;
  }

  static Error unknown_member(const Value& v, const Path& path) {
    for (const std::string& key : v.keys()) {
      bool known = false;
      boost::mp11::mp_for_each<Members>([&](auto d) { known = known || key == d.name; });
      if (!known) return wrong_value(Path{&path, key}, "unknown_field", "nobody reads this");
    }
    return wrong_value(path, "unknown_field", "nobody reads this");
  }
};

}  // namespace filrouge::json
