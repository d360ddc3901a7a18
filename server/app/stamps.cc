#include "server/app/stamps.h"

namespace filrouge {

Hlc NodeClock::next(Instant now) {
  const std::lock_guard lock(mutex_);
  last_ = last_.tick(now);
  return last_;
}

void put_after(Draft& draft, Hlc replaced) {
  if (draft.hlc <= replaced) draft.hlc = Hlc{replaced.ms, replaced.counter + 1};
}

CivilDate utc_day(Instant now) { return LocalStamp::at(now, 0).date; }

Draft new_draft(App& app, std::string_view kind, SubjectId subject, SubjectId author,
                json::Value body) {
  const Instant now = app.clock.now();
  Draft draft;
  draft.id = app.random.id<EntryId>();
  draft.subject = subject;
  draft.kind = std::string(kind);
  draft.version = find_kind(kind)->version;
  draft.occurred = LocalStamp::at(now, 0);
  draft.hlc = app.stamps->next(now);
  draft.author = author;
  draft.body = std::move(body);
  return draft;
}

}  // namespace filrouge
