// What a list gives to record linkage: columns of text, each with its meaning. The library reads
// no file and starts no thread: the caller holds the text of a list in one piece, says where each
// cell lies, and hands over a function that runs tasks (sequential() when it has no threads).
// Results do not depend on how tasks are run: each writes its own place, sums are taken in order.
//
//   std::string text = "MARTINdurand";
//   std::vector<Slice> names = {{0, 6}, {6, 6}};
//   InputList list{text, 2, {{Field::surname, names}}};
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

namespace filrouge::linkage {

// `text`: any further column to compare; only it may come several times (text_columns_max).
enum class Field : std::uint8_t {
  surname,
  given_name,
  sex,
  date_of_birth,
  place,
  postcode,
  address,
  phone,
  email,
  text,
};
inline constexpr std::size_t field_kinds = 10;
inline constexpr std::size_t text_columns_max = 6;
inline constexpr std::size_t lists_max = 16;
inline constexpr std::size_t rows_max = std::size_t{1} << 27;  // of all lists together

std::string_view field_name(Field field);                 // "surname"
std::optional<Field> field_named(std::string_view name);  // by that name
// The field that a column title means in French or English ("Nom", "date_naissance", "suburb").
std::optional<Field> field_of_title(std::string_view title);

// A cell: `length` bytes of the text of its list, from `start`.
struct Slice {
  std::uint32_t start = 0;
  std::uint32_t length = 0;
};

struct InputColumn {
  Field field = Field::text;
  std::span<const Slice> cells;  // as many as the list has rows
};

struct InputList {
  std::string_view text;  // UTF-8; bytes that are not are passed over
  std::size_t rows = 0;
  std::vector<InputColumn> columns;
};

// Runs task(0) ... task(count - 1), each once, in any order, and returns when all are done.
using ParallelFor =
    std::function<void(std::size_t count, const std::function<void(std::size_t)>& task)>;

inline ParallelFor sequential() {
  return [](std::size_t count, const std::function<void(std::size_t)>& task) {
    for (std::size_t i = 0; i < count; ++i) task(i);
  };
}

}  // namespace filrouge::linkage
