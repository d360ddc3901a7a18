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

#include <string>
#include <string_view>

#include "core/base/json_shape.h"
#include "core/base/json_value.h"

namespace filrouge::json {

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

// The same few functions read and write every type, led by its table (json_shape.h).
template <class T>
struct Codec {
  static Result<T> read(const Value& value, Unknown unknown, const Path& path) {
    Result<T> thing{T{}};
    Reader reader{unknown, {}};
    if (!shape_of<T>.read(shape_of<T>, &*thing, value, reader, path))
      return std::move(reader.error);
    return thing;
  }
  static void write(std::string& out, const T& thing) {
    shape_of<T>.write(shape_of<T>, out, &thing);
  }
};

template <DescribedStruct T>
struct Codec<T> {
  using Members = MembersOf<T>;

  static Result<T> read(const Value& value, Unknown unknown, const Path& path) {
    Result<T> thing{T{}};
    Reader reader{unknown, {}};
    if (!shape_of<T>.read(shape_of<T>, &*thing, value, reader, path))
      return std::move(reader.error);
    return thing;
  }
  static void write(std::string& out, const T& thing) {
    shape_of<T>.write(shape_of<T>, out, &thing);
  }
};

}  // namespace filrouge::json
