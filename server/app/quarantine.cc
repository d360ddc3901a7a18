// What waits for a human (law 7): the coordinator of the author's organisation sees date, author,
// kind and reason, never the content; the author reads the own text; one decision ends it.
// Admitting says that the phone, the account or the clock is no reason to leave the note out. It
// gives nobody a right: the role and the team of the author are judged again, so that a note about
// another team's person is still refused.
#include <algorithm>

#include "server/app/sealing.h"
#include "server/app/stamps.h"
#include "server/app/write.h"

namespace filrouge {

namespace {

constexpr std::int64_t reminder_ms = 3LL * 24 * 3'600'000;

Target target_of(const QuarantineRow& row) {
  Target target;
  target.organisation = row.organisation;
  target.account = row.author;
  return target;
}

Result<QuarantineRow> find_waiting(App& app, EntryId id) {
  FILROUGE_TRY(row, app.store.quarantined(id));
  if (!row || row->resolved)
    return Error{Code::not_found, "", "not_found", "nothing waits under this id"};
  return std::move(*row);
}

// The draft inside; `refused` where its text was destroyed or never opened.
Result<Draft> draft_inside(App& app, const QuarantineRow& row) {
  if (row.sealed.empty())
    return Error{Code::refused, "", "no_content", "its text was destroyed or could not be read"};
  FILROUGE_TRY(text, open_quarantined(app, row));
  return json::decode<Draft>(text, json::Unknown::keep);
}

Status admit(App& app, const QuarantineRow& row) {
  FILROUGE_TRY(draft, draft_inside(app, row));
  FILROUGE_TRY(author, actor_on(app, draft.author, draft.occurred.date, draft.occurred.date));
  if (!author) return Error{Code::refused, "", "unknown_author", "its author has no account"};
  author->state.status = AccountStatus::active;
  author->convention_valid = true;
  const auto written = write_drafts(app, *author, {draft});
  if (written.ok() || written.error().rule == "known_entry") return Done{};
  return written.error();
}

}  // namespace

Result<api::QuarantineList> list_quarantine(App& app, const Caller& caller, const api::Empty&) {
  if (!caller.actor) return Error{Code::unauthenticated, "", "signed_out", "sign in first"};
  Target own;
  own.organisation = caller.actor->state.organisation;
  FILROUGE_CHECK(require(app, caller, "quarantine.read", own));
  FILROUGE_TRY(rows, app.store.quarantine(own.organisation, true));
  const Instant now = app.clock.now();
  api::QuarantineList list;
  for (const QuarantineRow& row : rows) {
    FILROUGE_TRY(author, name_of(app, row.author));
    list.rows.push_back({row.id, row.received, std::move(author), row.kind, row.reason,
                         now.ms - row.received.ms >= reminder_ms});
  }
  std::sort(list.rows.begin(), list.rows.end(),
            [](const api::QuarantineItem& a, const api::QuarantineItem& b) {
              return std::tuple(a.received, a.entry) < std::tuple(b.received, b.entry);
            });
  return list;
}

Result<api::Empty> resolve_quarantine(App& app, const Caller& caller,
                                      const api::ResolveQuarantine& request) {
  FILROUGE_TRY(row, app.store.quarantined(request.entry));
  FILROUGE_CHECK(require(app, caller, "quarantine.resolve", row ? target_of(*row) : Target{}));
  FILROUGE_TRY(waiting, find_waiting(app, request.entry));
  const bool accepted = request.decision == api::QuarantineDecision::accept;
  if (accepted) FILROUGE_CHECK(admit(app, waiting));
  FILROUGE_CHECK(
      disclose(app, caller, "quarantine.resolve", accepted ? "accept" : "discard",
               waiting.subject.is_nil() ? std::vector<SubjectId>{} : std::vector{waiting.subject}));
  FILROUGE_CHECK(app.store.resolve_quarantine(request.entry, false));
  return api::Empty{};
}

Result<api::OwnEntry> own_entry(App& app, const Caller& caller, const api::OwnEntryQuery& query) {
  FILROUGE_TRY(row, app.store.quarantined(query.entry));
  FILROUGE_CHECK(require(app, caller, "entry.own_text", row ? target_of(*row) : Target{}));
  FILROUGE_TRY(waiting, find_waiting(app, query.entry));
  FILROUGE_TRY(draft, draft_inside(app, waiting));
  if (!waiting.subject.is_nil())
    FILROUGE_CHECK(disclose(app, caller, "entry.own_text", "own text", {waiting.subject}));
  return api::OwnEntry{draft.kind, draft.occurred, waiting.reason, std::move(draft.body)};
}

}  // namespace filrouge
