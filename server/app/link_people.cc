// Two records of one person, linked by somebody who may read both, and unlinked again: the same
// entry on both in one append, so that there is never half a link. Or told apart, so that nobody is
// asked about them again. Records of several organisations are never linked (law 5).
#include "server/app/duplicates.h"
#include "server/app/stamps.h"
#include "server/app/use_cases.h"
#include "server/app/write.h"

namespace filrouge {

namespace {

Result<KnownPtr> found_person(App& app, SubjectId id) {
  auto known = find_known(app, id);
  if (!known.ok() && known.error().code != Code::not_found) return std::move(known.error());
  const auto person = known.ok() ? state_in<PersonState>(*known) : nullptr;
  return person == nullptr || person->erased || !person->created ? KnownPtr() : std::move(*known);
}

Status require_own(App& app, const Caller& caller, const KnownPtr& known) {
  Target target;
  if (known != nullptr) {
    FILROUGE_TRY(found, person_target(app, *caller.actor, *known));
    target = found;
  }
  FILROUGE_CHECK(require(app, caller, "person.link", target));
  if (known == nullptr)
    return Error{Code::not_found, "person", "not_found", "nothing here for this account"};
  return Done{};
}

// The first is of the own team; the other as well, or alike and of another team of the
// organisation.
Status require_both(App& app, const Caller& caller, const api::LinkPeople& request) {
  if (!caller.actor) return Error{Code::unauthenticated, "", "signed_out", "sign in first"};
  FILROUGE_TRY(person, found_person(app, request.person));
  FILROUGE_CHECK(require_own(app, caller, person));
  if (request.person == request.other)
    return Error{Code::invalid, "other", "linked_to_herself", "two records, not one twice"};
  FILROUGE_TRY(other, found_person(app, request.other));
  if (other != nullptr) {
    FILROUGE_TRY(alike, may_answer_about(app, *caller.actor, *person, *other));
    if (alike) return Done{};
  }
  return require_own(app, caller, other);
}

// After the last word about these two, on either record.
Result<Draft> half_of(App& app, std::string_view kind, SubjectId person, SubjectId other,
                      SubjectId author) {
  Draft draft = desk_draft(app, kind, person, author, PersonsLinked{other});
  FILROUGE_TRY(state, find_state<PersonState>(app, person));
  if (state != nullptr)
    for (const PersonLink& link : state->links)
      if (link.other == other) put_after(draft, link.hlc);
  return draft;
}

Result<api::Empty> write_on_both(App& app, const Caller& caller, const api::LinkPeople& request,
                                 std::string_view kind) {
  FILROUGE_CHECK(require_both(app, caller, request));
  const SubjectId author = caller.actor->account;
  FILROUGE_TRY(one, half_of(app, kind, request.person, request.other, author));
  FILROUGE_TRY(other, half_of(app, kind, request.other, request.person, author));
  FILROUGE_CHECK(write_judged(app, *caller.actor, {one, other}));
  return api::Empty{};
}

}  // namespace

Result<api::Empty> link_people(App& app, const Caller& caller, const api::LinkPeople& request) {
  return write_on_both(app, caller, request, "persons_linked");
}

Result<api::Empty> unlink_people(App& app, const Caller& caller, const api::LinkPeople& request) {
  return write_on_both(app, caller, request, "persons_unlinked");
}

Result<api::Empty> tell_apart(App& app, const Caller& caller, const api::LinkPeople& request) {
  return write_on_both(app, caller, request, "persons_distinct");
}

}  // namespace filrouge
