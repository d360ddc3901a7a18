#include "core/linkage/field.h"

#include <array>
#include <string>
#include <utility>

#include "core/base/text.h"

namespace filrouge::linkage {

namespace {

constexpr std::array<std::string_view, field_kinds> kNames = {
    "surname",  "given_name", "sex",   "date_of_birth", "place",
    "postcode", "address",    "phone", "email",         "text"};

// Titles after folding: lower case, no accents, blanks for any punctuation.
constexpr std::pair<std::string_view, Field> kTitles[] = {
    {"nom", Field::surname},
    {"nom de famille", Field::surname},
    {"nom de naissance", Field::surname},
    {"nom naissance", Field::surname},
    {"nom usuel", Field::surname},
    {"nom usage", Field::surname},
    {"surname", Field::surname},
    {"last name", Field::surname},
    {"lastname", Field::surname},
    {"family name", Field::surname},
    {"prenom", Field::given_name},
    {"prenoms", Field::given_name},
    {"prenom usuel", Field::given_name},
    {"given name", Field::given_name},
    {"given names", Field::given_name},
    {"first name", Field::given_name},
    {"firstname", Field::given_name},
    {"forename", Field::given_name},
    {"sexe", Field::sex},
    {"genre", Field::sex},
    {"civilite", Field::sex},
    {"sex", Field::sex},
    {"gender", Field::sex},
    {"date naissance", Field::date_of_birth},
    {"date de naissance", Field::date_of_birth},
    {"datenaissance", Field::date_of_birth},
    {"naissance", Field::date_of_birth},
    {"ne le", Field::date_of_birth},
    {"nee le", Field::date_of_birth},
    {"date of birth", Field::date_of_birth},
    {"birth date", Field::date_of_birth},
    {"birthdate", Field::date_of_birth},
    {"dob", Field::date_of_birth},
    {"commune", Field::place},
    {"ville", Field::place},
    {"localite", Field::place},
    {"lieu", Field::place},
    {"commune de residence", Field::place},
    {"place", Field::place},
    {"city", Field::place},
    {"town", Field::place},
    {"suburb", Field::place},
    {"locality", Field::place},
    {"code postal", Field::postcode},
    {"codepostal", Field::postcode},
    {"cp", Field::postcode},
    {"postcode", Field::postcode},
    {"postal code", Field::postcode},
    {"zip", Field::postcode},
    {"zip code", Field::postcode},
    {"zipcode", Field::postcode},
    {"adresse", Field::address},
    {"adresse 1", Field::address},
    {"voie", Field::address},
    {"address", Field::address},
    {"address 1", Field::address},
    {"street", Field::address},
    {"telephone", Field::phone},
    {"tel", Field::phone},
    {"portable", Field::phone},
    {"mobile", Field::phone},
    {"phone", Field::phone},
    {"phone number", Field::phone},
    {"courriel", Field::email},
    {"mel", Field::email},
    {"mail", Field::email},
    {"email", Field::email},
    {"e mail", Field::email},
    {"adresse mail", Field::email},
    {"adresse electronique", Field::email},
    {"email address", Field::email},
};

}  // namespace

std::string_view field_name(Field field) { return kNames[static_cast<std::size_t>(field)]; }

std::optional<Field> field_named(std::string_view name) {
  for (std::size_t i = 0; i < kNames.size(); ++i)
    if (kNames[i] == name) return static_cast<Field>(i);
  return std::nullopt;
}

std::optional<Field> field_of_title(std::string_view title) {
  const std::string folded = fold_for_search(title);
  for (const auto& [name, field] : kTitles)
    if (folded == name) return field;
  return std::nullopt;
}

}  // namespace filrouge::linkage
