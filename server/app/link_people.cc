// Two records of one person, linked by somebody who may read both, and unlinked again: the same
// entry on both in one append, so that there is never half a link. Records of several organisations
// are not compared here: a worker learns of no record that is not her team's (law 5).
#include "server/app/person_view.h"
#include "server/app/stamps.h"
#include "server/app/use_cases.h"
#include "server/app/write.h"

namespace filrouge {

namespace {

Status require_both(App& app, const Caller& caller, const api::LinkPeople& request) {
  if (!caller.actor) return Error{Code::unauthenticated, "", "signed_out", "sign in first"};
  for (const SubjectId& id : {request.person, request.other}) {
    auto known = find_known(app, id);
    if (!known.ok() && known.error().code != Code::not_found) return std::move(known.error());
    const auto person = known.ok() ? state_in<PersonState>(*known) : nullptr;
    Target target;
    if (person != nullptr) {
      FILROUGE_TRY(found, person_target(app, *caller.actor, **known));
      target = found;
    }
    FILROUGE_CHECK(require(app, caller, "person.link", target));
    if (person == nullptr || person->erased || !person->created)
      return Error{Code::not_found, "person", "not_found", "nothing here for this account"};
  }
  if (request.person == request.other)
    return Error{Code::invalid, "other", "linked_to_herself", "two records, not one twice"};
  return Done{};
}

Result<api::Empty> write_on_both(App& app, const Caller& caller, const api::LinkPeople& request,
                                 std::string_view kind) {
  FILROUGE_CHECK(require_both(app, caller, request));
  const SubjectId author = caller.actor->account;
  FILROUGE_CHECK(
      write_judged(app, *caller.actor,
                   {desk_draft(app, kind, request.person, author, PersonsLinked{request.other}),
                    desk_draft(app, kind, request.other, author, PersonsLinked{request.person})}));
  return api::Empty{};
}

}  // namespace

Result<api::Empty> link_people(App& app, const Caller& caller, const api::LinkPeople& request) {
  return write_on_both(app, caller, request, "persons_linked");
}

Result<api::Empty> unlink_people(App& app, const Caller& caller, const api::LinkPeople& request) {
  return write_on_both(app, caller, request, "persons_unlinked");
}

}  // namespace filrouge
