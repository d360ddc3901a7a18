#include "server/cli/tenant/diary.h"

#include <algorithm>
#include <set>
#include <utility>

#include "server/app/use_cases.h"
#include "server/app/write.h"

namespace filrouge {

EntryId Diary::keep(std::string_view kind, SubjectId author, SubjectId subject,
                    const LocalStamp& at, json::Value body) {
  Draft draft;
  draft.id = app_.random.id<EntryId>();
  draft.subject = subject;
  draft.kind = kind;
  draft.occurred = at;
  last_ = last_.tick(at.instant);
  draft.hlc = last_;
  draft.author = author;
  draft.body = std::move(body);
  waiting_.push_back(std::move(draft));
  return waiting_.back().id;
}

Result<const Actor*> Diary::actor_of(SubjectId account) {
  const auto known = actors_.find(account);
  if (known != actors_.end()) return &known->second;
  FILROUGE_TRY(actor, load_actor(app_, account));
  return &actors_.emplace(account, std::move(actor)).first->second;
}

Status Diary::flush() {
  Instant last = clock_.now();
  for (const Draft& draft : waiting_) last = std::max(last, draft.occurred.instant);
  clock_.set({last.ms + 1'000});
  while (!waiting_.empty()) {
    const SubjectId author = waiting_.front().author;
    std::vector<Draft> own;
    std::vector<Draft> others;
    std::set<SubjectId> of_others;  // somebody else wrote on these before: their turn comes first
    for (Draft& one : waiting_) {
      const bool now = one.author == author && !of_others.contains(one.subject);
      if (!now) of_others.insert(one.subject);
      (now ? own : others).push_back(std::move(one));
    }
    waiting_ = std::move(others);
    if (author.is_nil()) {
      FILROUGE_CHECK(write_as_program(app_, own));
    } else {
      FILROUGE_TRY(actor, actor_of(author));
      FILROUGE_CHECK(write_drafts(app_, *actor, own));
    }
    written_ += static_cast<std::int64_t>(own.size());
  }
  return Done{};
}

}  // namespace filrouge
