// How two rows agree, field by field (linkage design 4.4): one level of at most 15 a dimension, all
// of them packed in one number. Names are two dimensions compared in the better of both orders;
// `crossed` says that surname and given name stand in each other's place. Level 0 is always
// "missing" and counts for nothing; the others go from equal to different.
//
// Comparing is symmetric: compare(a, b) == compare(b, a). Two names are compared once: `Memo` keeps
// their level, one for each task.
//
//   Comparer comparer(records); Memo memo;
//   level_of(comparer.compare(3, 9, memo), Dimension::date) == date_one_edit;
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "core/linkage/records.h"

namespace filrouge::linkage {

// Four bits a dimension, the first lowest.
using Pattern = std::uint64_t;

enum class Dimension : std::uint8_t {
  surname,
  given,
  crossed,
  date,
  sex,
  place,
  phone,
  email,
  address,
  text,  // and the five after it
};
inline constexpr std::size_t dimensions_max = 9 + text_columns_max;
inline constexpr std::size_t levels_max = 16;

inline std::size_t level_of(Pattern pattern, std::size_t dimension) {
  return pattern >> (4 * dimension) & 15;
}
inline std::size_t level_of(Pattern pattern, Dimension dimension) {
  return level_of(pattern, static_cast<std::size_t>(dimension));
}

// Names: equal in four steps of rarity (records.h), then further and further.
enum NameLevel : std::uint8_t {
  name_missing,
  name_equal,             // and rare
  name_equal_common = 4,  // steps 1 to 4
  name_contained,         // one has the words of the other, and more
  name_near,              // one edit, or the same sound
  name_similar,           // two edits in a longer name, Jaro-Winkler 0.92, or cut short
  name_loose,             // Jaro-Winkler 0.82, or one of several words
  name_faint,             // Jaro-Winkler 0.65
  name_different,
};
enum DateLevel : std::uint8_t {
  date_none,
  date_equal,             // and rare
  date_equal_common = 3,  // steps 1 to 3
  date_turned,            // day and month in each other's place
  date_one_edit,          // one digit, or two neighbours turned
  date_two_parts,         // two of day, month and year
  date_first_january,     // same year, and 01/01 or an unknown day in one of them
  date_year,              // same year
  date_different,
};
// Sex depends on the given name: its levels are weighed within each of the two groups.
enum SexLevel : std::uint8_t {
  sex_missing,
  sex_same_given_same,
  sex_differs_given_same,
  sex_same_given_differs,
  sex_differs_given_differs,
};
enum PlaceLevel : std::uint8_t {
  place_missing,
  place_equal_postcode_equal,
  place_equal_postcode_near,  // or absent
  place_equal_same_region,    // first two characters of the postcode
  place_equal_other_region,
  place_similar_postcode_fits,
  place_similar,
  place_differs_postcode_equal,
  place_same_region,
  place_different,
};
enum ContactLevel : std::uint8_t {
  contact_missing,
  contact_equal,
  contact_near,
  contact_different
};
enum TextLevel : std::uint8_t {
  text_missing,
  text_equal,  // and rare
  text_equal_common,
  text_near,
  text_similar,
  text_loose,
  text_different,
};
// Says nothing by itself: who shares a name by chance writes it crossed as often as who is the
// same.
enum CrossedLevel : std::uint8_t { crossed_missing, crossed_no, crossed_yes };

// Levels of a dimension, 0 included.
std::size_t level_count(std::size_t dimension);
// A word for each: "surname", "near"; for models and explanations.
std::string_view dimension_name(std::size_t dimension);
std::string_view level_name(std::size_t dimension, std::size_t level);

// Levels of pairs of ids, the last that fell on each place.
class Memo {
 public:
  // The level of a pair of ids, from `make` when it is not known.
  template <class Make>
  std::uint8_t get(std::uint32_t a, std::uint32_t b, const Make& make) {
    if (slots_.empty()) slots_.resize(std::size_t{1} << kBits);
    if (a > b) std::swap(a, b);
    const std::uint64_t key = static_cast<std::uint64_t>(a) << 28 | b;
    std::uint64_t& slot = slots_.data()[key * 0x9E3779B97F4A7C15ULL >> (64 - kBits)];
    if (slot >> 8 == key) return static_cast<std::uint8_t>(slot);
    const std::uint8_t level = make(a, b);
    slot = key << 8 | level;
    return level;
  }

 private:
  static constexpr unsigned kBits = 14;
  std::vector<std::uint64_t> slots_;
};

struct Memos {
  Memo names;
  Memo places;
  Memo texts;
};

// Crossed names: true where `a` most likely has them in their places, and `b` not. Never true for
// both orders of the same two rows.
bool first_is_straight(const Records& records, const Record& a, const Record& b);

class Comparer {
 public:
  explicit Comparer(const Records& records);
  Pattern compare(std::uint32_t a, std::uint32_t b, Memos& memos) const;
  // Asks the memory for what compare() will need, some pairs before.
  void fetch(std::uint32_t a, std::uint32_t b) const {
    if (rows_[a].surname != rows_[b].surname) {
      __builtin_prefetch(names_ + rows_[a].surname);
      __builtin_prefetch(names_ + rows_[b].surname);
    }
    if (rows_[a].given != rows_[b].given) {
      __builtin_prefetch(names_ + rows_[a].given);
      __builtin_prefetch(names_ + rows_[b].given);
    }
  }
  // Dimensions that can be other than missing.
  bool used(std::size_t dimension) const { return used_[dimension]; }
  const Records& records() const { return records_; }

 private:
  Pattern names(const Record& a, const Record& b, Memo& memo) const;
  Pattern crossed_names(const Record& a, const Record& b, Memo& memo) const;
  Pattern place(const Record& a, const Record& b, Memo& memo) const;
  std::uint8_t name_level(std::uint32_t a, std::uint32_t b, Memo& memo) const;
  std::uint8_t text_level(std::uint32_t a, std::uint32_t b, Memo& memo) const;
  bool email_near(std::uint32_t a, std::uint32_t b, Memo& memo) const;

  const Records& records_;
  // Their first ones: what is looked at for every pair is not checked again.
  const Record* rows_;
  const Value* names_;
  const std::uint32_t* dates_;
  const std::uint64_t* postcodes_;
  std::vector<bool> used_;
  bool address_ = false;
  bool email_ = false;
};

}  // namespace filrouge::linkage
