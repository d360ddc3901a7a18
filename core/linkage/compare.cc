#include "core/linkage/compare.h"

#include <algorithm>
#include <array>
#include <bit>
#include <cstring>
#include <utility>

#include "core/linkage/similarity.h"

namespace filrouge::linkage {

namespace {

std::size_t at(Dimension dimension) { return static_cast<std::size_t>(dimension); }

Pattern put(Dimension dimension, std::size_t level) {
  return static_cast<Pattern>(level) << (4 * at(dimension));
}

// Every word of the shorter stands in the longer.
bool words_contained(const Value& a, const Value& b) {
  const Value& less = a.words <= b.words ? a : b;
  const Value& more = a.words <= b.words ? b : a;
  if (less.words == 0) return false;
  for (std::size_t i = 0; i < less.words; ++i) {
    const auto end = more.word.begin() + more.words;
    if (std::find(more.word.begin(), end, less.word[i]) == end) return false;
  }
  return true;
}

bool shares_word(const Value& a, const Value& b) {
  for (std::size_t i = 0; i < a.words; ++i)
    for (std::size_t k = 0; k < b.words; ++k)
      if (a.word[i] == b.word[k] && a.word_length[i] > 1) return true;
  return false;
}

// One is the first letter of the other, or its first three or more.
bool is_cut_short(std::string_view a, std::string_view b) {
  if (a.size() == b.size() || a.size() == 2 || b.size() == 2) return false;
  return a.size() < b.size() ? b.starts_with(a) : a.starts_with(b);
}

// The nearest two words of names of several words are one edit apart.
bool near_words(const Value& a, std::string_view text_a, const Value& b, std::string_view text_b) {
  for (std::size_t i = 0; i < a.words; ++i)
    for (std::size_t k = 0; k < b.words; ++k) {
      const std::string_view word_a(text_a.data() + a.word_begin[i], a.word_length[i]);
      const std::string_view word_b(text_b.data() + b.word_begin[k], b.word_length[k]);
      if (word_a.size() < 4 || word_b.size() < 4) continue;
      // One edit leaves the first letter or the last one as it was.
      if (word_a.front() != word_b.front() && word_a.back() != word_b.back()) continue;
      if (within_one_edit(word_a, word_b)) return true;
    }
  return false;
}

bool are_short(const Value& a, const Value& b) {
  return a.length <= value_bytes_inside && b.length <= value_bytes_inside;
}

// What two texts can reach at best, from the letters that only one of them has: at least so many
// of its letters find no partner in the other.
struct Reach {
  std::size_t common = 0;    // letters, no more than this
  std::size_t distance = 0;  // no less than this
};

Reach reach_of(const Value& a, const Value& b) {
  const auto both = static_cast<std::size_t>(std::popcount(a.letters & b.letters));
  const std::size_t only_a = a.different - both;
  const std::size_t only_b = b.different - both;
  const std::size_t apart = a.length > b.length ? a.length - b.length : b.length - a.length;
  return {std::min(a.length - only_a, b.length - only_b), std::max({only_a, only_b, apart})};
}

std::size_t prefix_of(const Value& a, std::string_view text_a, const Value& b,
                      std::string_view text_b) {
  if (are_short(a, b)) {
    std::uint32_t first_a = 0, first_b = 0;
    std::memcpy(&first_a, a.inside.data(), prefix_max);
    std::memcpy(&first_b, b.inside.data(), prefix_max);
    if constexpr (std::endian::native == std::endian::big) {
      first_a = __builtin_bswap32(first_a);
      first_b = __builtin_bswap32(first_b);
    }
    return static_cast<std::size_t>(std::countr_zero(first_a ^ first_b)) / 8;
  }
  return equal_prefix(text_a, text_b);
}

// Both measures, by the faster way where both texts are short.
struct Measure {
  const Value& a;
  const Value& b;
  std::string_view text_a;
  std::string_view text_b;

  static ShortText short_text(const Value& value) { return {value.inside.data(), value.length}; }

  std::size_t distance() const {
    return are_short(a, b) ? edit_distance(short_text(a), short_text(b))
                           : edit_distance(text_a, text_b);
  }
  // The measure is symmetric but for the order in which letters are paired off: texts are taken in
  // an order that does not depend on which list came first.
  double nearness(const Nearness& least) const {
    const bool turned = text_a.size() == text_b.size() && text_b < text_a;
    if (are_short(a, b))
      return turned ? jaro_winkler(short_text(b), short_text(a), least)
                    : jaro_winkler(short_text(a), short_text(b), least);
    return turned ? jaro_winkler(text_b, text_a, least) : jaro_winkler(text_a, text_b, least);
  }
};

constexpr Nearness kSimilar(0.92);
constexpr Nearness kLooseText(0.84);
constexpr double kLooseName = 0.82;
constexpr Nearness kFaint(0.65);

std::uint8_t level_of_names(const Values& values, std::uint32_t id_a, std::uint32_t id_b) {
  const Value& a = values.of.data()[id_a];
  const Value& b = values.of.data()[id_b];
  const bool several = (a.words | b.words) > 1;
  if (several && words_contained(a, b)) return name_contained;
  const std::string_view text_a = values.text(a);
  const std::string_view text_b = values.text(b);

  if (a.sound == b.sound && a.sound != 0) return name_near;
  const Reach reach = reach_of(a, b);
  const Measure measure{a, b, text_a, text_b};
  const bool faint =
      kFaint.in_reach(reach.common, a.length, b.length, prefix_of(a, text_a, b, text_b));
  if (!several && reach.distance > 2 && !faint) return name_different;
  const std::size_t longer = std::max(text_a.size(), text_b.size());
  const std::size_t distance = reach.distance <= 2 ? measure.distance() : 9;
  if (distance == 1 && longer >= 4) return name_near;
  if (distance == 2 && longer >= 6) return name_similar;
  if (is_cut_short(text_a, text_b)) return name_similar;
  const double nearness = faint ? measure.nearness(kFaint) : 0;
  if (nearness >= kSimilar.wanted && longer >= 4) return name_similar;
  if (several && near_words(a, text_a, b, text_b)) return name_similar;
  if (nearness >= kLooseName && longer >= 4) return name_loose;
  if (several && shares_word(a, b)) return name_loose;
  return nearness >= kFaint.wanted && longer >= 4 ? name_faint : name_different;
}

// Whether two names may be contained, near or similar, for a few instructions; never wrongly no.
bool may_be_alike(const Value& a, const Value& b) {
  if (a.words > 1 || b.words > 1 || a.sound == b.sound || !are_short(a, b)) return true;
  if (a.inside[0] == b.inside[0]) return true;  // one may be the other cut short
  const Reach reach = reach_of(a, b);
  return reach.distance <= 2 || kSimilar.in_reach(reach.common, a.length, b.length, 0);
}

std::uint8_t level_of_texts(const Values& values, std::uint32_t id_a, std::uint32_t id_b) {
  const Value& a = values.of[id_a];
  const Value& b = values.of[id_b];
  const std::string_view text_a = values.text(a);
  const std::string_view text_b = values.text(b);
  const Reach reach = reach_of(a, b);
  const Measure measure{a, b, text_a, text_b};
  const std::size_t longer = std::max(text_a.size(), text_b.size());
  if (a.number || b.number) {
    // Numbers: the longer, the less a likeness is chance.
    const std::size_t distance = longer < 3 ? 9 : measure.distance();
    if (distance == 1 && longer >= 5) return text_near;
    if ((distance == 1 && longer >= 3) || (distance == 2 && longer >= 6)) return text_similar;
    return text_different;
  }
  const std::size_t distance =
      reach.distance <= 1 + longer / 5 ? measure.distance() : compared_bytes_max;
  if (distance <= 1 + longer / 12 && longer >= 4) return text_near;
  if (words_contained(a, b) || (distance <= 1 + longer / 5 && longer >= 6)) return text_similar;
  const bool loose =
      kLooseText.in_reach(reach.common, a.length, b.length, prefix_of(a, text_a, b, text_b));
  const double nearness = loose ? measure.nearness(kLooseText) : 0;
  if (nearness >= kSimilar.wanted && longer >= 4) return text_similar;
  if (nearness >= kLooseText.wanted || shares_word(a, b)) return text_loose;
  return text_different;
}

bool similar_places(const Values& values, std::uint32_t id_a, std::uint32_t id_b) {
  const std::uint8_t level = level_of_names(values, id_a, id_b);
  return level < name_loose;
}

std::uint64_t nibbles_apart(std::uint64_t a, std::uint64_t b) {
  std::uint64_t apart = a ^ b;
  apart |= apart >> 1;
  apart |= apart >> 2;
  return apart & 0x1111111111111111ULL;
}

// One digit differs, or two neighbours are turned.
bool one_edit(std::uint64_t a, std::uint64_t b) {
  const std::uint64_t apart = nibbles_apart(a, b);
  const int count = std::popcount(apart);
  if (count == 1) return true;
  const int low = std::countr_zero(apart);
  if (count != 2 || (apart >> low) != 0x11) return false;
  const std::uint64_t pair_a = a >> low & 0xFF;
  const std::uint64_t pair_b = b >> low & 0xFF;
  return (pair_a >> 4 | (pair_a & 15) << 4) == pair_b;
}

bool bytes_one_edit(std::uint64_t a, std::uint64_t b) {
  const std::uint64_t apart = a ^ b;
  if (apart == 0) return true;
  const int low = std::countr_zero(apart) & ~7;
  const std::uint64_t rest = apart >> low;
  if (rest < 0x100) return true;
  if (rest >= 0x10000) return false;
  const std::uint64_t pair_a = a >> low & 0xFFFF;
  const std::uint64_t pair_b = b >> low & 0xFFFF;
  return (pair_a >> 8 | (pair_a & 0xFF) << 8) == pair_b;
}

// The first two characters of a postcode: in France the département.
std::uint64_t region_of(std::uint64_t code) {
  return code >> std::max(0, 48 - (std::countl_zero(code | 1) & ~7));
}

template <class Near>
std::size_t contact_level(bool equal, const Near& near) {
  if (equal) return contact_equal;
  return near() ? contact_near : contact_different;
}

std::size_t level_of_dates(std::uint32_t a, std::uint32_t b, std::uint16_t rarity) {
  if (a == 0 || b == 0) return date_none;
  const std::uint32_t apart = a ^ b;
  if (apart == 0) return date_equal + std::min<std::size_t>(rarity >> 4 & 3, 2);
  const bool year = apart >> 16 == 0;
  const bool month = (apart & 0xFF00) == 0;
  const bool day = (apart & 0xFF) == 0;
  if (!(year | month | day)) return date_different;  // whatever one edit does, it leaves one equal
  const std::uint32_t turned = (b & 0xFFFF0000) | (b & 0xFF) << 8 | (b >> 8 & 0xFF);
  if (a == turned) return date_turned;
  const bool vague =
      (a & 0xFFFF) == 0x0101 || (b & 0xFFFF) == 0x0101 || (a & 0xFF) == 0 || (b & 0xFF) == 0;
  if (year && vague) return date_first_january;
  if (one_edit(a, b)) return date_one_edit;
  if (year + month + day >= 2) return date_two_parts;
  return year ? date_year : date_different;
}

std::string_view const kDimensionNames[] = {
    "surname", "given_name", "crossed", "date",   "sex",    "place",  "phone", "email",
    "address", "text_1",     "text_2",  "text_3", "text_4", "text_5", "text_6"};
std::string_view const kNameLevels[] = {
    "missing", "equal_rare", "equal_less_rare", "equal_frequent", "equal_common", "contained",
    "near",    "similar",    "loose",           "faint",          "different"};
std::string_view const kCrossedLevels[] = {"missing", "no", "yes"};
std::string_view const kDateLevels[] = {"missing", "equal_rare", "equal_less_rare", "equal_common",
                                        "turned",  "one_edit",   "two_parts",       "first_january",
                                        "year",    "different"};
std::string_view const kSexLevels[] = {"missing", "same_given_same", "differs_given_same",
                                       "same_given_differs", "differs_given_differs"};
std::string_view const kPlaceLevels[] = {
    "missing",           "equal_postcode_equal",   "equal_postcode_near",
    "equal_same_region", "equal_other_region",     "similar_postcode_fits",
    "similar",           "differs_postcode_equal", "same_region",
    "different"};
std::string_view const kContactLevels[] = {"missing", "equal", "near", "different"};
std::string_view const kTextLevels[] = {"missing", "equal_rare", "equal_common", "near",
                                        "similar", "loose",      "different"};

std::span<const std::string_view> names_of_levels(std::size_t dimension) {
  switch (static_cast<Dimension>(dimension)) {
    case Dimension::surname:
    case Dimension::given:
      return kNameLevels;
    case Dimension::crossed:
      return kCrossedLevels;
    case Dimension::date:
      return kDateLevels;
    case Dimension::sex:
      return kSexLevels;
    case Dimension::place:
      return kPlaceLevels;
    case Dimension::phone:
    case Dimension::email:
      return kContactLevels;
    default:
      return kTextLevels;
  }
}

}  // namespace

std::size_t level_count(std::size_t dimension) { return names_of_levels(dimension).size(); }

std::string_view dimension_name(std::size_t dimension) { return kDimensionNames[dimension]; }

std::string_view level_name(std::size_t dimension, std::size_t level) {
  return names_of_levels(dimension)[level];
}

Comparer::Comparer(const Records& records)
    : records_(records),
      rows_(records.rows.data()),
      names_(records.names.of.data()),
      dates_(records.dates.data()),
      postcodes_(records.postcodes.data()),
      used_(dimensions_max) {
  const auto has = [&](Field field) { return records.has[static_cast<std::size_t>(field)]; };
  used_[at(Dimension::surname)] = has(Field::surname);
  used_[at(Dimension::given)] = has(Field::given_name);
  used_[at(Dimension::crossed)] = has(Field::surname) && has(Field::given_name);
  used_[at(Dimension::date)] = has(Field::date_of_birth);
  used_[at(Dimension::sex)] = has(Field::sex);
  used_[at(Dimension::place)] = has(Field::place) || has(Field::postcode);
  used_[at(Dimension::phone)] = has(Field::phone);
  used_[at(Dimension::email)] = email_ = has(Field::email);
  used_[at(Dimension::address)] = address_ = has(Field::address);
  for (std::size_t i = 0; i < records.text_columns; ++i) used_[at(Dimension::text) + i] = true;
}

std::uint8_t Comparer::name_level(std::uint32_t a, std::uint32_t b, Memo& memo) const {
  return memo.get(a, b, [&](std::uint32_t one, std::uint32_t two) {
    return level_of_names(records_.names, one, two);
  });
}

// Both orders are looked at only where the straight one is bad in both names.
Pattern Comparer::names(const Record& a, const Record& b, Memo& memo) const {
  std::size_t surname = name_missing;
  std::size_t given = name_missing;
  if (a.surname != 0 && b.surname != 0)
    surname = a.surname == b.surname ? name_equal + (a.rarity & 3)
                                     : name_level(a.surname, b.surname, memo);
  if (a.given != 0 && b.given != 0)
    given =
        a.given == b.given ? name_equal + (a.rarity >> 2 & 3) : name_level(a.given, b.given, memo);
  if (surname == name_missing || given == name_missing)
    return put(Dimension::surname, surname) | put(Dimension::given, given);
  if (surname >= name_loose && given >= name_loose)
    if (const Pattern crossed = crossed_names(a, b, memo)) return crossed;
  return put(Dimension::surname, surname) | put(Dimension::given, given) |
         put(Dimension::crossed, crossed_no);
}

bool first_is_straight(const Records& records, const Record& a, const Record& b) {
  const auto surname = [&](std::uint32_t id) { return records.surname_frequency.of[id]; };
  const auto given = [&](std::uint32_t id) { return records.given_frequency.of[id]; };
  const float straight = surname(a.surname) * given(a.given) + surname(b.given) * given(b.surname);
  const float turned = surname(a.given) * given(a.surname) + surname(b.surname) * given(b.given);
  if (straight != turned) return straight > turned;
  return std::pair(a.surname, a.given) < std::pair(b.surname, b.given);
}

// 0 where the names do not fit crosswise either.
Pattern Comparer::crossed_names(const Record& a, const Record& b, Memo& memo) const {
  if (!may_be_alike(names_[a.surname], names_[b.given]) ||
      !may_be_alike(names_[a.given], names_[b.surname]))
    return 0;
  std::size_t one =
      a.surname == b.given ? std::size_t{name_equal} : name_level(a.surname, b.given, memo);
  if (one > name_similar) return 0;
  std::size_t two =
      a.given == b.surname ? std::size_t{name_equal} : name_level(a.given, b.surname, memo);
  if (two > name_similar) return 0;
  const bool straight = first_is_straight(records_, a, b);
  const std::size_t surname = straight ? one : two;
  const std::size_t given = straight ? two : one;
  const std::uint32_t surname_id = straight ? a.surname : b.surname;
  const std::uint32_t given_id = straight ? a.given : b.given;
  return put(Dimension::surname, surname > name_equal
                                     ? surname
                                     : name_equal + records_.surname_frequency.step[surname_id]) |
         put(Dimension::given,
             given > name_equal ? given : name_equal + records_.given_frequency.step[given_id]) |
         put(Dimension::crossed, crossed_yes);
}

Pattern Comparer::place(const Record& a, const Record& b, Memo& memo) const {
  const bool codes = a.postcode != 0 && b.postcode != 0;
  const bool places = a.place != 0 && b.place != 0;
  if (!codes && !places) return 0;
  const std::uint64_t code_a = codes ? postcodes_[a.postcode] : 0;
  const std::uint64_t code_b = codes ? postcodes_[b.postcode] : 0;
  const bool same_code = codes && a.postcode == b.postcode;
  const bool near_code = codes && bytes_one_edit(code_a, code_b);
  const bool same_region = codes && region_of(code_a) == region_of(code_b);
  std::size_t level = place_different;
  if (places && a.place == b.place) {
    level = same_code               ? place_equal_postcode_equal
            : (!codes || near_code) ? place_equal_postcode_near
            : same_region           ? place_equal_same_region
                                    : place_equal_other_region;
    return put(Dimension::place, level);
  }
  // Places of two regions that are spelled alike are two places: only neighbours are looked at.
  const bool similar = places && (same_region || near_code || !codes) &&
                       memo.get(a.place, b.place, [&](std::uint32_t x, std::uint32_t y) {
                         return static_cast<std::uint8_t>(similar_places(records_.places, x, y));
                       });
  if (similar) {
    level = near_code || !codes ? place_similar_postcode_fits : place_similar;
  } else if (same_code) {
    level = place_differs_postcode_equal;
  } else if (same_region) {
    level = place_same_region;
  }
  return put(Dimension::place, level);
}

std::uint8_t Comparer::text_level(std::uint32_t a, std::uint32_t b, Memo& memo) const {
  if (a == 0 || b == 0) return text_missing;
  if (a == b) return records_.text_frequency.step[a] < 2 ? text_equal : text_equal_common;
  return memo.get(a, b, [&](std::uint32_t one, std::uint32_t two) {
    return level_of_texts(records_.texts, one, two);
  });
}

// Addresses are made of the name and some digits: two persons of one name differ in the digits
// only, which is no slip.
bool Comparer::email_near(std::uint32_t a, std::uint32_t b, Memo& memo) const {
  if (text_level(a, b, memo) != text_near) return false;
  const auto digits = [&](std::uint32_t id) {
    std::string out;
    for (const char c : records_.texts.text(id))
      if (c >= '0' && c <= '9') out += c;
    return out;
  };
  return digits(a) == digits(b);
}

Pattern Comparer::compare(std::uint32_t row_a, std::uint32_t row_b, Memos& memos) const {
  const Record& a = rows_[row_a];
  const Record& b = rows_[row_b];
  Pattern pattern = names(a, b, memos.names);
  pattern |= put(Dimension::date, level_of_dates(dates_[a.date], dates_[b.date], a.rarity));
  if (a.sex != 0 && b.sex != 0) {
    const bool given = level_of(pattern, Dimension::given) <= name_contained &&
                       level_of(pattern, Dimension::given) != name_missing;
    pattern |= put(Dimension::sex,
                   (given ? sex_same_given_same : sex_same_given_differs) + (a.sex != b.sex));
  }
  pattern |= place(a, b, memos.places);
  if (a.phone != 0 && b.phone != 0)
    pattern |= put(Dimension::phone,
                   contact_level(a.phone == b.phone, [&] { return one_edit(a.phone, b.phone); }));
  if (email_ && a.email != 0 && b.email != 0)
    pattern |=
        put(Dimension::email, a.email == b.email                          ? contact_equal
                              : email_near(a.email, b.email, memos.texts) ? contact_near
                                                                          : contact_different);
  if (address_) pattern |= put(Dimension::address, text_level(a.address, b.address, memos.texts));
  for (std::size_t i = 0; i < records_.text_columns; ++i)
    pattern |= static_cast<Pattern>(text_level(a.text[i], b.text[i], memos.texts))
               << (4 * (at(Dimension::text) + i));
  return pattern;
}

}  // namespace filrouge::linkage
