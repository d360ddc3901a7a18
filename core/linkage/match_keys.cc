#include "core/linkage/match_keys.h"

#include <algorithm>
#include <string_view>

#include "core/linkage/normalise.h"
#include "core/linkage/phonetic.h"
#include "core/linkage/value_table.h"

namespace filrouge::linkage {

namespace {

constexpr std::size_t kCellBytesMax = 1 << 12;

// What of a row keys are made of.
struct Facts {
  std::string surname;  // by sound
  std::string given;
  std::string first_given;  // the first word of it
  std::string postcode;
  std::string phone;
  std::string email;
  std::uint32_t date = date_missing;
};

std::string sound_of_name(std::string_view folded) {
  std::string compact;
  for (const char c : folded)
    if (c != ' ') compact += c;
  return sound_of(compact);
}

void read_cell(Facts& facts, Field field, std::string_view cell) {
  if (cell.size() > kCellBytesMax) return;
  std::string folded;
  switch (field) {
    case Field::surname:
      normalise_name(cell, folded);
      facts.surname = sound_of_name(folded);
      return;
    case Field::given_name:
      normalise_name(cell, folded);
      facts.given = sound_of_name(folded);
      facts.first_given = sound_of_name(folded.substr(0, folded.find(' ')));
      return;
    case Field::date_of_birth:
      facts.date = read_date(cell).digits;
      return;
    case Field::postcode:
      if (const std::uint64_t code = parse_postcode(cell)) facts.postcode = std::to_string(code);
      return;
    case Field::phone:
      if (const std::uint64_t phone = parse_phone(cell)) facts.phone = std::to_string(phone);
      return;
    case Field::email:
      return normalise_email(cell, facts.email);
    default:
      return;
  }
}

// The key of a kind, or nothing where one of its parts is missing.
std::string key_of(char kind, std::initializer_list<std::string_view> parts) {
  std::string out(1, kind);
  for (const std::string_view part : parts) {
    if (part.empty()) return {};
    out += '|';
    out += part;
  }
  return out;
}

MatchKeys keys_of(const Facts& facts) {
  // Which of the two is the surname is often wrong: they go in order of letters.
  const std::string_view low = std::min(facts.surname, facts.first_given);
  const std::string_view high = std::max(facts.surname, facts.first_given);
  const bool day_known = facts.date != date_missing && (facts.date & 0xFF) != 0;
  const std::uint32_t turned =
      (facts.date & 0xFFFF0000) | (facts.date & 0xFF) << 8 | (facts.date >> 8 & 0xFF);
  const std::string date = day_known ? std::to_string(facts.date) : "";
  const std::string other = day_known && turned != facts.date ? std::to_string(turned) : "";
  const std::string year = facts.date == date_missing ? "" : std::to_string(facts.date >> 16);
  const std::string month_day = day_known ? std::to_string(facts.date & 0xFFFF) : "";
  const std::string names =
      low.empty() || high.empty() ? "" : std::string(low) + "|" + std::string(high);
  return {key_of('1', {names, date}),
          key_of('1', {names, other}),  // the same kind: it meets the date that was not turned
          key_of('2', {names, year, facts.postcode}),
          key_of('3', {facts.phone, facts.first_given}),
          key_of('4', {facts.email, facts.first_given}),
          key_of('5', {names, month_day, facts.postcode}),
          key_of('6', {facts.surname, date, facts.postcode}),
          key_of('7', {facts.first_given, date, facts.postcode}),
          key_of('8', {facts.phone})};
}

}  // namespace

std::vector<MatchKeys> match_keys(const InputList& list) {
  std::vector<MatchKeys> out(list.rows);
  for (std::size_t row = 0; row < list.rows; ++row) {
    Facts facts;
    for (const InputColumn& column : list.columns) {
      const Slice at = column.cells[row];
      read_cell(facts, column.field, trimmed(list.text.substr(at.start, at.length)));
    }
    out[row] = keys_of(facts);
  }
  return out;
}

}  // namespace filrouge::linkage
