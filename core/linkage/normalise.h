// One cell of a list to what is compared (linkage design 4.1). Names and places: no accents, case,
// hyphens or apostrophes; particles apart; civilities and words for "unknown" become missing.
// Anything that cannot be understood is missing, never an error; the caller counts it.
//
//   normalise_name("M. LE GOFF-dit-SAINT-AUBIN", out);   // "le goff st aubin", particle "le"
//   parse_date("31/01/2005") == 0x20050131;  parse_date("31/02/2005") == date_unreadable
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "core/linkage/field.h"

namespace filrouge::linkage {

// Lower-case words between single blanks; letters without accents, digits; empty when missing.
void fold_words(std::string_view raw, std::string& out);
// SNC, INCONNU, SANS PRENOM, one letter again and again, "-", n/a ... after folding.
bool means_missing(std::string_view folded);
// A name: folded, without civilities and the words "dit", "née", "épouse"; st for saint.
void normalise_name(std::string_view raw, std::string& out);
// A commune: st/ste, without "cedex" and a number behind it.
void normalise_place(std::string_view raw, std::string& out);
bool is_particle(std::string_view word);  // de, du, la, el, ben, van ...

// A day as eight decimal digits in hexadecimal, 0x20050131; day and month may be 00 (unknown).
inline constexpr std::uint32_t date_missing = 0;
inline constexpr std::uint32_t date_unreadable = 0xFFFFFFFF;
// 20050131, 2005-01-31, 31/01/2005, 31.1.2005, 2005 alone; a time behind it is passed over.
std::uint32_t parse_date(std::string_view raw);
// The same, but a day that does not exist (31/02, month 24) keeps its digits: it is often one slip
// away from the right one. date_missing where even that makes no sense.
struct ReadDate {
  std::uint32_t digits = date_missing;
  bool exists = true;
};
ReadDate read_date(std::string_view raw);

enum class Sex : std::uint8_t { missing, male, female, other };
Sex parse_sex(std::string_view raw);
// Up to 16 digits, four bits each, most significant first; the French +33 and 0 are taken away.
// 0 when missing, fewer than six digits, or one digit repeated.
std::uint64_t parse_phone(std::string_view raw);
// Letters and digits of the postcode, upper case, at most eight bytes in one number, the first the
// most significant; a zero is put before four digits (spreadsheets lose it). 0: missing.
std::uint64_t parse_postcode(std::string_view raw);
void normalise_email(std::string_view raw, std::string& out);  // lower case; empty without an @

}  // namespace filrouge::linkage
