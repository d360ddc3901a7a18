// A JSON document in memory, its strict parser and its writer: what json.h and json_shape.h stand
// on. parse() refuses what passes a limit, duplicate keys and bad UTF-8; write() has no white space
// and one text for one value.
//
//   Result<json::Value> v = json::parse(R"({"n":1})");   v->find("n")->integer() == 1
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "core/base/limits.h"
#include "core/base/result.h"

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
Result<std::int64_t> read_integer(const Value& v, std::int64_t lowest, std::int64_t highest,
                                  const Path& path);

}  // namespace filrouge::json
