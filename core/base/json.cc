#include "core/base/json.h"

#include <algorithm>

#include "core/base/result.h"
#include "core/base/text.h"

#define JSON_ASSERT(condition) ::filrouge::verify(condition)
#include <nlohmann/json.hpp>

namespace filrouge::json {

Value Value::decimal(std::string text) {
  Value v;
  v.kind_ = Kind::decimal;
  v.text_ = std::move(text);
  return v;
}

Value Value::object() {
  Value v;
  v.kind_ = Kind::object;
  return v;
}

const Value* Value::find(std::string_view key) const {
  for (std::size_t i = 0; i < keys_.size(); ++i)
    if (keys_[i] == key) return &items_[i];
  return nullptr;
}

Value& Value::append(std::string key, Value value) {
  keys_.push_back(std::move(key));
  items_.push_back(std::move(value));
  return *this;
}

Value& Value::set(std::string key, Value value) {
  for (std::size_t i = 0; i < keys_.size(); ++i)
    if (keys_[i] == key) return items_[i] = std::move(value), *this;
  return append(std::move(key), std::move(value));
}

namespace {

// Builds the document from nlohmann's events and stops at the first limit that is passed.
class Builder {
 public:
  using number_integer_t = nlohmann::json::number_integer_t;
  using number_unsigned_t = nlohmann::json::number_unsigned_t;
  using number_float_t = nlohmann::json::number_float_t;
  using string_t = nlohmann::json::string_t;
  using binary_t = nlohmann::json::binary_t;

  explicit Builder(const ParseLimits& limits) : limits_(limits) {}

  bool null() { return put(Value()); }
  bool boolean(bool b) { return put(Value(b)); }
  bool number_integer(number_integer_t n) { return put(Value(static_cast<std::int64_t>(n))); }
  bool number_unsigned(number_unsigned_t n) {
    if (n > static_cast<number_unsigned_t>(INT64_MAX)) return fail("number", "too large a number");
    return put(Value(static_cast<std::int64_t>(n)));
  }
  bool number_float(number_float_t, const string_t& digits) {
    if (!limits_.decimals) return fail("number", "a whole number expected");
    return put(Value::decimal(digits));
  }
  bool string(string_t& text) {
    if (text.size() > limits::json_string_bytes_max) return fail("too_long", "too long a text");
    return put(Value(std::move(text)));
  }
  bool binary(binary_t&) { return fail("syntax", "binary data"); }
  bool start_object(std::size_t) { return open(Value::object()); }
  bool end_object() { return close(); }
  bool start_array(std::size_t) { return open(Value::array()); }
  bool end_array() { return close(); }
  bool key(string_t& name) {
    if (open_.back().value.find(name) != nullptr)
      return fail("duplicate_key", "the same key twice", name);
    open_.back().key = std::move(name);
    return true;
  }
  bool parse_error(std::size_t at, const std::string&, const nlohmann::json::exception& why) {
    // 406: a decimal that no double holds, "1e999". On the phone none is evaluated at all.
    if (why.id == 406) return fail("number", "a whole number expected");
    return fail("syntax", "not JSON at byte " + std::to_string(at));
  }

  Value root;
  std::optional<Error> error;

 private:
  struct Open {
    Value value;
    std::string key;
  };

  bool fail(std::string_view rule, std::string detail, std::string field = {}) {
    if (!error) error = Error{Code::malformed, std::move(field), std::string(rule), detail};
    return false;
  }
  bool put(Value value) {
    if (++count_ > limits_.values) return fail("too_many", "too many values");
    if (open_.empty()) return root = std::move(value), true;
    Open& into = open_.back();
    if (into.value.is(Kind::array)) {
      into.value.items().push_back(std::move(value));
    } else {
      into.value.append(std::move(into.key), std::move(value));
    }
    return true;
  }
  bool open(Value value) {
    if (open_.size() >= limits_.depth) return fail("too_deep", "too many levels");
    if (++count_ > limits_.values) return fail("too_many", "too many values");
    open_.push_back({std::move(value), {}});
    return true;
  }
  bool close() {
    Value done = std::move(open_.back().value);
    open_.pop_back();
    --count_;
    return put(std::move(done));
  }

  ParseLimits limits_;
  std::vector<Open> open_;
  std::size_t count_ = 0;
};

}  // namespace

Result<Value> parse(std::string_view text, const ParseLimits& limits) {
  if (text.size() > limits.bytes)
    return Error{Code::too_large, "", "too_large",
                 "at most " + std::to_string(limits.bytes) + " bytes of JSON"};
  if (!is_utf8(text)) return Error{Code::malformed, "", "utf8", "the text is not UTF-8"};
  Builder builder(limits);
  const bool ok = nlohmann::json::sax_parse(text.begin(), text.end(), &builder,
                                            nlohmann::json::input_format_t::json, true);
  if (!ok || builder.error)
    return builder.error.value_or(Error{Code::malformed, "", "syntax", "not JSON"});
  return std::move(builder.root);
}

void write_string(std::string& out, std::string_view text) {
  constexpr char kHex[] = "0123456789abcdef";
  out += '"';
  std::size_t plain = 0;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const auto c = static_cast<unsigned char>(text[i]);
    if (c >= 0x20 && c != '"' && c != '\\') continue;
    out.append(text.substr(plain, i - plain));
    plain = i + 1;
    out += '\\';
    switch (c) {
      case '"':
        out += '"';
        break;
      case '\\':
        out += '\\';
        break;
      case '\n':
        out += 'n';
        break;
      case '\r':
        out += 'r';
        break;
      case '\t':
        out += 't';
        break;
      default:
        out += "u00";
        out += kHex[c >> 4];
        out += kHex[c & 15];
    }
  }
  out.append(text.substr(plain));
  out += '"';
}

void write_value(std::string& out, const Value& value) {
  switch (value.kind()) {
    case Kind::null:
      out += "null";
      return;
    case Kind::boolean:
      out += value.boolean() ? "true" : "false";
      return;
    case Kind::integer:
      out += std::to_string(value.integer());
      return;
    case Kind::decimal:
      out += value.text();
      return;
    case Kind::string:
      write_string(out, value.text());
      return;
    case Kind::array:
      Codec<std::vector<Value>>::write(out, value.items());
      return;
    case Kind::object:
      break;
  }
  out += '{';
  for (std::size_t i = 0; i < value.keys().size(); ++i) {
    if (i != 0) out += ',';
    write_string(out, value.keys()[i]);
    out += ':';
    write_value(out, value.items()[i]);
  }
  out += '}';
}

std::string write(const Value& value) {
  std::string out;
  write_value(out, value);
  return out;
}

std::string Path::text() const {
  std::string before = parent == nullptr ? std::string() : parent->text();
  if (index >= 0) return before + "[" + std::to_string(index) + "]";
  if (name.empty()) return before;
  if (!before.empty()) before += '.';
  return before + std::string(name);
}

Error wrong_type(const Path& path, std::string_view expected) {
  return {Code::invalid, path.text(), "type", std::string(expected) + " expected"};
}

Error wrong_value(const Path& path, std::string_view rule, std::string detail) {
  return {Code::invalid, path.text(), std::string(rule), std::move(detail)};
}

Result<std::int64_t> read_integer(const Value& v, std::int64_t lowest, std::int64_t highest,
                                  const Path& path) {
  if (!v.is(Kind::integer)) return wrong_type(path, "a whole number");
  if (v.integer() < lowest || v.integer() > highest)
    return wrong_value(path, "range",
                       "between " + std::to_string(lowest) + " and " + std::to_string(highest));
  return v.integer();
}

}  // namespace filrouge::json
