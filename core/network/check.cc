#include "core/network/check.h"

#include "core/base/limits.h"
#include "core/journal/body.h"
#include "core/measure/fact.h"
#include "core/network/entries.h"

namespace filrouge {

namespace {

constexpr std::int64_t kDegree = 10'000'000;  // coordinates are in 1e-7 degrees

Status period(CivilDate from, CivilDate to, std::string_view field) {
  if (from <= to) return Done{};
  return invalid_field(field, "period", "the end comes before the start");
}

bool is_digit(char c) { return c >= '0' && c <= '9'; }

}  // namespace

bool is_commune_code(std::string_view code) {
  if (code.size() != 5 || !is_digit(code[0])) return false;
  const bool corsica = code[0] == '2' && (code[1] == 'A' || code[1] == 'B');
  if (!is_digit(code[1]) && !corsica) return false;
  return is_digit(code[2]) && is_digit(code[3]) && is_digit(code[4]);
}

Status check_organisation_set(const Draft& draft) {
  OrganisationSet body;
  FILROUGE_CHECK(read_into(draft, body));
  FILROUGE_CHECK(text_present(body.name, limits::label_characters_max, "body.name"));
  FILROUGE_CHECK(text_allowed(body.kind, limits::label_characters_max, "body.kind"));
  FILROUGE_CHECK(text_present(body.zone, limits::alias_characters_max, "body.zone"));
  FILROUGE_CHECK(text_optional(body.crip, limits::label_characters_max, "body.crip"));
  FILROUGE_CHECK(
      text_optional(body.stop_contact, limits::label_characters_max, "body.stop_contact"));
  FILROUGE_CHECK(text_optional(body.department, limits::alias_characters_max, "body.department"));
  FILROUGE_CHECK(text_optional(body.other_name, limits::label_characters_max, "body.other_name"));
  return period(body.convention_from, body.convention_to, "body.convention_to");
}

Status check_team_set(const Draft& draft) {
  TeamSet body;
  FILROUGE_CHECK(read_into(draft, body));
  return text_present(body.name, limits::label_characters_max, "body.name");
}

Status check_project_set(const Draft& draft) {
  ProjectSet body;
  FILROUGE_CHECK(read_into(draft, body));
  FILROUGE_CHECK(text_present(body.name, limits::label_characters_max, "body.name"));
  FILROUGE_CHECK(text_optional(body.funder, limits::label_characters_max, "body.funder"));
  FILROUGE_CHECK(text_optional(body.axis, limits::label_characters_max, "body.axis"));
  FILROUGE_CHECK(list_bounded(body.organisations.size(), "body.organisations"));
  return period(body.from, body.to, "body.to");
}

Status check_place_set(const Draft& draft) {
  PlaceSet body;
  FILROUGE_CHECK(read_into(draft, body));
  FILROUGE_CHECK(text_present(body.name, limits::label_characters_max, "body.name"));
  if (body.commune && !is_commune_code(*body.commune))
    return invalid_field("body.commune", "commune", "an INSEE code as 37261");
  if (body.latitude_e7.has_value() != body.longitude_e7.has_value())
    return invalid_field(body.latitude_e7 ? "body.longitude_e7" : "body.latitude_e7", "missing",
                         "a point has a latitude and a longitude");
  FILROUGE_CHECK(number_between(body.latitude_e7.value_or(0), -90 * kDegree, 90 * kDegree,
                                "body.latitude_e7"));
  return number_between(body.longitude_e7.value_or(0), -180 * kDegree, 180 * kDegree,
                        "body.longitude_e7");
}

Status check_account_proposed(const Draft& draft) {
  AccountProposed body;
  FILROUGE_CHECK(read_into(draft, body));
  FILROUGE_CHECK(text_present(body.login, limits::login_characters_max, "body.login"));
  for (const char c : body.login)
    if (c == ' ' || c == '\t' || c == '\n' || c == '\r')
      return invalid_field("body.login", "login", "a login has no blank");
  FILROUGE_CHECK(
      text_present(body.display_name, limits::alias_characters_max, "body.display_name"));
  return list_bounded(body.teams.size(), "body.teams");
}

Status check_account_confirmed(const Draft& draft) {
  AccountConfirmed body;
  return read_into(draft, body);
}

Status check_account_changed(const Draft& draft) {
  AccountChanged body;
  FILROUGE_CHECK(read_into(draft, body));
  FILROUGE_CHECK(list_bounded(body.teams.size(), "body.teams"));
  if (body.change != AccountChange::teams && !body.teams.empty())
    return invalid_field("body.teams", "mismatch", "only a change of teams lists teams");
  return Done{};
}

Status check_device_enrolled(const Draft& draft) {
  DeviceEnrolled body;
  FILROUGE_CHECK(read_into(draft, body));
  return text_allowed(body.label, limits::label_characters_max, "body.label");
}

Status check_device_lost(const Draft& draft) {
  DeviceLost body;
  return read_into(draft, body);
}

Status check_facts_retained(const Draft& draft) {
  FactsRetained body;
  return read_into(draft, body);
}

}  // namespace filrouge
