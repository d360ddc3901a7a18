// POST /api/v1/people/{person}/entries: one draft from a signed-in desk, where a refusal must be
// read at once. The same checks, the same judgement and the same append as a phone's batch; what
// would wait in the quarantine is answered in words that name the field and the rule.
#include "server/app/person_view.h"
#include "server/app/stamps.h"
#include "server/app/use_cases.h"
#include "server/app/write.h"

namespace filrouge {

namespace {

Error wrong(std::string_view field, std::string_view rule, std::string_view detail) {
  return {Code::invalid, field, rule, detail};
}

// A subject's first entry: nobody is there yet to be asked about.
bool begins_a_person(const Draft& draft) {
  return draft.kind == "person_created" || draft.kind == "signal_received";
}

Status check_request(App& app, const Caller& caller, const api::WriteEntry& request) {
  const Draft& draft = request.draft;
  if (draft.subject != request.person)
    return wrong("draft.subject", "mismatch", "the person of the address expected");
  const KindInfo* kind = find_kind(draft.kind);
  if (kind == nullptr)
    return Error{Code::unsupported, "draft.kind", "unknown_kind", "this program does not know it"};
  FILROUGE_TRY(collection, collection_of(draft));
  if (collection != Collection::person || !kind->from_phone)
    return wrong("draft.kind", "choice", "an entry about a person expected");
  if (draft.author != caller.actor->account)
    return wrong("draft.author", "mismatch", "everybody writes in their own name");
  const CivilDate today = utc_day(app.clock.now());
  if (draft.occurred.date > today.plus_days(1) ||
      draft.occurred.date < today.plus_days(-occurred_days_ago_max))
    return wrong("draft.occurred", "clock", "a day that nobody can mean");
  return Done{};
}

// Written before, by the same account: the same answer again.
Result<std::optional<api::WrittenEntry>> written_before(App& app, const Draft& draft) {
  FILROUGE_TRY(recv_seq, app.store.find_entry(draft.id));
  if (!recv_seq) return std::optional<api::WrittenEntry>{};
  FILROUGE_TRY(stored, app.store.entries({draft.id}));
  const bool same = !stored.empty() && stored.front().entry.envelope.author == draft.author &&
                    stored.front().entry.envelope.subject == draft.subject;
  if (!same) return Error{Code::conflict, "draft.id", "known_entry", "this id is somebody else's"};
  return std::optional(api::WrittenEntry{draft.id, *recv_seq});
}

}  // namespace

Result<api::WrittenEntry> write_entry(App& app, const Caller& caller,
                                      const api::WriteEntry& request) {
  if (!caller.actor) return Error{Code::unauthenticated, "", "signed_out", "sign in first"};
  // First: what it says may have ended that its author follows her.
  if (request.draft.author == caller.actor->account) {
    FILROUGE_TRY(before, written_before(app, request.draft));
    if (before && request.draft.subject == request.person) return *before;
  }
  FILROUGE_TRY(known, find_known(app, request.person));
  Target target;
  if (known != nullptr && known->row.collection == Collection::person) {
    FILROUGE_TRY(found, person_target(app, *caller.actor, *known));
    target = found;
  }
  if (known != nullptr || !begins_a_person(request.draft))
    FILROUGE_CHECK(require(app, caller, "person.entry", target));
  FILROUGE_CHECK(check_request(app, caller, request));
  auto written = write_draft(app, *caller.actor, request.draft);
  if (written.ok()) return api::WrittenEntry{request.draft.id, *written};
  if (written.error().rule != "known_entry") return std::move(written.error());
  FILROUGE_TRY(meanwhile, written_before(app, request.draft));
  if (!meanwhile) return Error{Code::unavailable, "", "busy", "try again"};
  return *meanwhile;
}

}  // namespace filrouge
