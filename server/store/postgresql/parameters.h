// The arguments of a statement in PostgreSQL's binary form: integers and enumerators as bigint,
// days and instants as their numbers, ids and hashes as bytea, a vector as an array of its
// elements, an absent value as NULL. A Blob is bytes where a plain string is text.
//
//   Parameters parameters;
//   parameters.add(subject, std::vector<EntryId>{...}, std::optional<std::int64_t>{});
#pragma once

#include <array>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>
#include <vector>

#include "core/base/ids.h"
#include "core/base/time.h"

namespace filrouge::postgresql {

// Bytes, where a plain string_view would be sent as text.
struct Blob {
  std::string_view bytes;
};

class Parameters {
 public:
  using Oid = unsigned int;

  template <class... Values>
  void add(const Values&... values) {
    (add_one(values), ...);
  }

  int count() const { return static_cast<int>(values_.size()); }
  const Oid* types() const { return types_.data(); }
  // Valid until the next add.
  std::vector<const char*> values() const;
  std::vector<int> lengths() const;

 private:
  struct Type {
    Oid element;
    Oid array;
  };
  static constexpr Type kBigint{20, 1016};
  static constexpr Type kBool{16, 1000};
  static constexpr Type kText{25, 1009};
  static constexpr Type kBytea{17, 1001};

  template <class T>
  struct Unwrap {
    using Value = T;
  };
  template <class T>
  struct Unwrap<std::optional<T>> {
    using Value = T;
  };

  template <class T>
  static constexpr Type type_of() {
    if constexpr (std::is_same_v<T, bool>)
      return kBool;
    else if constexpr (std::is_integral_v<T> || std::is_enum_v<T> || std::is_same_v<T, Instant> ||
                       std::is_same_v<T, CivilDate>)
      return kBigint;
    else if constexpr (std::is_convertible_v<T, std::string_view>)
      return kText;
    else
      return kBytea;
  }

  static void put(std::string& out, bool value) { out += value ? '\1' : '\0'; }
  static void put(std::string& out, std::int64_t value);
  static void put(std::string& out, std::string_view text) { out += text; }
  static void put(std::string& out, Blob blob) { out += blob.bytes; }
  static void put(std::string& out, Instant at) { put(out, at.ms); }
  static void put(std::string& out, CivilDate day) { put(out, std::int64_t{day.days}); }
  template <std::size_t size>
  static void put(std::string& out, const std::array<std::uint8_t, size>& bytes) {
    out.append(reinterpret_cast<const char*>(bytes.data()), size);
  }
  template <class Tag>
  static void put(std::string& out, const Id<Tag>& id) {
    put(out, id.bytes);
  }
  template <class T>
    requires(std::is_enum_v<T> || (std::is_integral_v<T> && !std::is_same_v<T, bool>))
  static void put(std::string& out, T value) {
    put(out, static_cast<std::int64_t>(value));
  }

  static void put_length(std::string& out, std::int32_t length);

  template <class T>
  static void put_element(std::string& out, const T& value) {
    const std::size_t at = out.size();
    put_length(out, 0);
    put(out, value);
    std::string length;
    put_length(length, static_cast<std::int32_t>(out.size() - at - length_bytes));
    out.replace(at, length_bytes, length);
  }
  template <class T>
  static void put_element(std::string& out, const std::optional<T>& value) {
    value ? put_element(out, *value) : put_length(out, -1);
  }

  template <class T>
  void add_one(const T& value) {
    std::string text;
    put(text, value);
    push(type_of<T>().element, std::move(text));
  }
  void add_one(const char* text) { add_one(std::string_view(text)); }
  template <class T>
  void add_one(const std::optional<T>& value) {
    if (value) return add_one(*value);
    push(type_of<T>().element, std::nullopt);
  }
  template <class T>
  void add_one(const std::vector<T>& list) {
    constexpr Type type = type_of<typename Unwrap<T>::Value>();
    std::string text = array_head(list.size(), type.element);
    for (const T& one : list) put_element(text, one);
    push(type.array, std::move(text));
  }

  static std::string array_head(std::size_t size, Oid element);
  void push(Oid type, std::optional<std::string> value);

  static constexpr std::size_t length_bytes = 4;

  std::vector<Oid> types_;
  std::vector<std::optional<std::string>> values_;
};

}  // namespace filrouge::postgresql
