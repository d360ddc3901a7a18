#include "core/people/check.h"

#include "core/base/limits.h"
#include "core/journal/body.h"
#include "core/people/consent.h"
#include "core/people/entries.h"

namespace filrouge {

Status check_person_created(const Draft& draft) {
  PersonCreated body;
  FILROUGE_CHECK(read_into(draft, body));
  FILROUGE_CHECK(text_present(body.alias, limits::alias_characters_max, "body.alias"));
  return text_optional(body.recognise, limits::label_characters_max, "body.recognise");
}

Status check_person_described(const Draft& draft) {
  PersonDescribed body;
  FILROUGE_CHECK(read_into(draft, body));
  FILROUGE_CHECK(list_bounded(body.replaces.size(), "body.replaces"));
  if (body.alias)
    FILROUGE_CHECK(text_present(*body.alias, limits::alias_characters_max, "body.alias"));
  return text_optional(body.recognise, limits::label_characters_max, "body.recognise");
}

Status check_identity_given(const Draft& draft) {
  IdentityGiven body;
  FILROUGE_CHECK(read_into(draft, body));
  FILROUGE_CHECK(text_present(body.first_name, limits::alias_characters_max, "body.first_name"));
  FILROUGE_CHECK(text_optional(body.surname, limits::alias_characters_max, "body.surname"));
  FILROUGE_CHECK(text_optional(body.reach, limits::label_characters_max, "body.reach"));
  FILROUGE_CHECK(list_bounded(body.replaces.size(), "body.replaces"));
  if (body.reach && !body.reach_kind)
    return invalid_field("body.reach_kind", "missing", "how to reach: which way is it?");
  const bool by_word = body.reach_kind && *body.reach_kind != ReachKind::in_person;
  if (by_word && !body.reach) return invalid_field("body.reach", "missing", "number or address");
  return Done{};
}

Status check_consent_recorded(const Draft& draft) {
  ConsentRecorded body;
  FILROUGE_CHECK(read_into(draft, body));
  if (body.answers.empty()) return invalid_field("body.answers", "missing", "at least one answer");
  for (std::size_t i = 0; i < body.answers.size(); ++i) {
    const std::string field = "body.answers[" + std::to_string(i) + "]";
    if (body.answers[i].basis != basis_of(body.answers[i].purpose))
      return invalid_field(field + ".basis", "basis", "the purpose decides the basis");
    for (std::size_t k = 0; k < i; ++k)
      if (body.answers[k].purpose == body.answers[i].purpose)
        return invalid_field(field + ".purpose", "repeated", "one answer for one use");
  }
  FILROUGE_CHECK(text_present(body.wording, limits::alias_characters_max, "body.wording"));
  FILROUGE_CHECK(list_bounded(body.replaces.size(), "body.replaces"));
  return text_allowed(body.receipt_number, limits::alias_characters_max, "body.receipt_number");
}

Status check_minor_informed(const Draft& draft) {
  MinorInformed body;
  FILROUGE_CHECK(read_into(draft, body));
  return text_allowed(body.wording, limits::alias_characters_max, "body.wording");
}

Status check_concern_reported(const Draft& draft) {
  ConcernReported body;
  FILROUGE_CHECK(read_into(draft, body));
  return text_present(body.recipient, limits::label_characters_max, "body.recipient");
}

Status check_person_erased(const Draft& draft) {
  PersonErased body;
  FILROUGE_CHECK(read_into(draft, body));
  if (body.asked_by == "person" || body.asked_by == "representative") return Done{};
  return invalid_field("body.asked_by", "choice", "one of person representative");
}

}  // namespace filrouge
