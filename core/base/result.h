// Result<T>: a value or an Error. Domain refusals and broken input travel as values; programmer
// errors stop the program through verify(), which stays on in production (architecture 7).
// The set of codes is closed; server/http has one table from code to HTTP status, the web one
// table from Error::rule to a sentence in French and English.
//
//   Result<int> half(int n) {
//     if (n % 2 != 0) return Error{Code::invalid, "n", "odd"};
//     return n / 2;
//   }
#pragma once

#include <cstdlib>
#include <string>
#include <string_view>
#include <utility>
#include <variant>

#include <boost/describe/enum.hpp>

namespace filrouge {

// Fifteen canonical codes. `quarantined` is not a failure: the entry waits with its reason.
enum class Code {
  invalid,          // a field has a wrong value                        400
  malformed,        // bytes that are not what they claim to be         400
  unauthenticated,  // no live session or device                        401
  forbidden,        // known, but the rule says no                      403
  not_found,        // absent, or not to be told apart from absent      404
  conflict,         // somebody else changed it first, or duplicate key 409
  too_large,        // over a named limit                               413
  refused,          // a domain rule says no, in words                  422
  throttled,        // too many tries; wait                             429
  quarantined,      // kept apart until a human looks                   202
  unsupported,      // a kind, version or method we do not know         405
  unavailable,      // disk, network, or database; try again            503
  full,             // no space left                                    507
  timeout,          // the peer was too slow                            408
  internal,         // our own fault                                    500
};
BOOST_DESCRIBE_ENUM(Code, invalid, malformed, unauthenticated, forbidden, not_found, conflict,
                    too_large, refused, throttled, quarantined, unsupported, unavailable, full,
                    timeout, internal)

// `field` is the path of the offending input ("body.count", "line 12"), empty when none is.
// `rule` is a stable message key ("too_long", "unknown_field"); `detail` is for humans and never
// holds personal data.
// Made and destroyed out of line: refusals are everywhere and the phone loads every byte of them.
struct Error {
  Code code = Code::internal;
  std::string field;
  std::string rule;
  std::string detail;

  Error();
  Error(Code code, std::string_view field, std::string_view rule = {},
        std::string_view detail = {});
  Error(const Error&);
  Error(Error&&) noexcept;
  Error& operator=(const Error&);
  Error& operator=(Error&&) noexcept;
  ~Error();
  friend bool operator==(const Error&, const Error&) = default;
};

// Stops on a broken invariant: native aborts (the supervisor restarts), WebAssembly traps.
inline void verify(bool condition) {
  if (!condition) std::abort();
}

template <class T>
class [[nodiscard]] Result {
 public:
  Result(T value) : state_(std::in_place_index<0>, std::move(value)) {}      // NOLINT
  Result(Error error) : state_(std::in_place_index<1>, std::move(error)) {}  // NOLINT

  bool ok() const { return state_.index() == 0; }
  explicit operator bool() const { return ok(); }

  T& value() & { return verify(ok()), *std::get_if<0>(&state_); }
  const T& value() const& { return verify(ok()), *std::get_if<0>(&state_); }
  T&& value() && { return verify(ok()), std::move(*std::get_if<0>(&state_)); }
  T& operator*() & { return value(); }
  const T& operator*() const& { return value(); }
  T&& operator*() && { return std::move(*this).value(); }
  T* operator->() { return &value(); }
  const T* operator->() const { return &value(); }

  Error& error() { return verify(!ok()), *std::get_if<1>(&state_); }
  const Error& error() const { return verify(!ok()), *std::get_if<1>(&state_); }

 private:
  std::variant<T, Error> state_;
};

// The value of an operation that returns nothing but may be refused.
struct Done {
  friend bool operator==(Done, Done) = default;
};
using Status = Result<Done>;

}  // namespace filrouge

// FILROUGE_TRY(name, expression): name = the value, or return the error to the caller.
#define FILROUGE_TRY(name, ...)                                     \
  auto name##_result = (__VA_ARGS__);                               \
  if (!name##_result.ok()) return std::move(name##_result).error(); \
  auto& name = name##_result.value()

// FILROUGE_CHECK(expression): return the error of a Status (or any Result) to the caller.
#define FILROUGE_CHECK(...)                                               \
  do {                                                                    \
    auto filrouge_check_ = (__VA_ARGS__);                                 \
    if (!filrouge_check_.ok()) return std::move(filrouge_check_.error()); \
  } while (false)
