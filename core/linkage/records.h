// The rows of all lists as numbers, ready to be compared: one Record of 64 bytes a row,
// dictionaries for what is text. Row numbers run through the lists: list l has rows list_begin[l]
// up to list_begin[l + 1]. An id 0 means missing.
//
//   auto records = prepare(lists, sequential());
//   records->dates[records->rows[7].date] == 0x20050131;
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/result.h"
#include "core/linkage/field.h"
#include "core/linkage/unset_vector.h"

namespace filrouge::linkage {

inline constexpr std::size_t name_words_max = 4;

inline constexpr std::size_t value_bytes_inside = 16;

// A distinct name, place or text after normalisation, in one line of the processor's cache.
struct alignas(64) Value {
  std::array<char, value_bytes_inside> inside;  // its bytes, where they are so few
  std::uint64_t letters;                        // letters_of()
  std::uint32_t text;   // where its bytes begin in Values::letters, if they are not inside
  std::uint32_t sound;  // hash of its phonetic code; 0 for none
  std::array<std::uint32_t, name_words_max> word;       // hash of each word that is no particle
  std::array<std::uint8_t, name_words_max> word_begin;  // in the bytes without blanks
  std::array<std::uint8_t, name_words_max> word_length;
  std::uint8_t length;     // bytes without blanks, at most compared_bytes_max
  std::uint8_t words;      // at most name_words_max
  std::uint8_t different;  // letters: how many bits
  bool number;             // digits only
};
static_assert(sizeof(Value) == 64);

// What keys take from a value (blocking.h); 0 for none.
struct ValueParts {
  std::uint32_t sound;  // hash of the phonetic code of the first word that is no particle
  std::uint32_t bones;  // of its consonants
  std::uint32_t start;  // first three letters
  std::uint32_t end;    // last three letters
};

// Ids are those of the bytes without blanks: "le gac" and "legac" are one value.
struct Values {
  UnsetVector<Value> of;          // by id; 0 stands for missing
  UnsetVector<ValueParts> parts;  // by id; of names alone
  std::string letters;
  std::string_view text(const Value& value) const {
    return {value.length <= value_bytes_inside ? value.inside.data() : letters.data() + value.text,
            value.length};
  }
  std::string_view text(std::uint32_t id) const { return text(of[id]); }
};

// How often a value occurs: the share of the rows with a value that hold it, in the list where it
// is most frequent. Rarity goes in steps: 0 below 1/4096, 1 below 1/512, 2 below 1/64, 3.
struct Frequencies {
  std::vector<float> of;           // by id
  std::vector<float> bits;         // log2 of it, never below that of one row among all
  std::vector<std::uint8_t> step;  // by id
  std::uint64_t distinct = 0;      // values that occur
};
inline constexpr std::size_t rarity_steps = 4;

struct alignas(64) Record {
  std::uint64_t phone;
  std::uint32_t surname;  // both in Records::names
  std::uint32_t given;
  std::uint32_t date;      // in Records::dates
  std::uint32_t place;     // in Records::places
  std::uint32_t postcode;  // in Records::postcodes
  std::uint32_t email;     // in Records::texts, as are address and text
  std::uint32_t address;
  std::array<std::uint32_t, text_columns_max> text;
  std::uint8_t sex;
  std::uint8_t list;
  std::uint16_t rarity;  // steps of surname, given name, date, place: two bits each
};
static_assert(sizeof(Record) == 64);

// What a column gave, for the report.
struct ColumnReport {
  Field field = Field::text;
  std::size_t list = 0;
  std::uint64_t missing = 0;     // empty, or a word for unknown
  std::uint64_t unreadable = 0;  // dates like 31/02, phones of three digits
  std::uint64_t distinct = 0;    // values that can be read, where they are counted
};

struct Records {
  UnsetVector<Record> rows;
  std::vector<std::uint32_t> list_begin;
  Values names;
  Values places;
  Values texts;
  std::vector<std::uint64_t> postcodes;  // parse_postcode() by id
  Frequencies surname_frequency;         // by id in names
  Frequencies given_frequency;           // by id in names
  Frequencies place_frequency;           // by id in places
  Frequencies text_frequency;            // by id in texts: address, email, text
  std::vector<std::uint32_t> dates;      // read_date() by id
  Frequencies date_frequency;            // by id in dates
  std::array<bool, field_kinds> has{};   // fields that two rows can be compared on
  std::size_t text_columns = 0;
  std::vector<ColumnReport> columns;

  std::size_t lists() const { return list_begin.size() - 1; }
  // The first row after those of the list that `row` is in.
  std::uint32_t list_end(std::uint32_t row) const {
    std::size_t l = 1;
    while (row >= list_begin[l]) ++l;
    return list_begin[l];
  }
};

// Refuses: no list, no row, no usable column ("no_column"), more than the limits ("too_many").
Result<Records> prepare(const std::vector<InputList>& lists, const ParallelFor& run);

}  // namespace filrouge::linkage
