// Writes facts again whose place lies elsewhere now: a place was corrected or arrived after its
// entries, outlines were imported. Subject by subject, each with its state's version, so that a
// note received meanwhile is never overwritten.
#include <set>

#include "server/app/recompute.h"
#include "server/app/sealing.h"
#include "server/app/stale_facts.h"
#include "server/app/use_cases.h"
#include "server/app/write.h"

namespace filrouge {

namespace {

constexpr std::size_t page_rows = 500;

Result<std::set<SubjectId>> subjects_in_log(App& app) {
  std::set<SubjectId> subjects;
  for (std::int64_t last = 0;;) {
    FILROUGE_TRY(rows, app.store.log_after(last, page_rows));
    if (rows.empty()) return subjects;
    for (const LogRow& row : rows)
      if (row.entry) subjects.insert(row.entry->envelope.subject);
    last = rows.back().recv_seq;
  }
}

// The state as it is, under its next version: somebody who writes the subject meanwhile conflicts.
Status hold_version(App& app, const StoredState& row, Append& append) {
  FILROUGE_TRY(state, open_state(app, row));
  FILROUGE_TRY(key, app.keys.open(row.key));
  StoredState next = row;
  advance_version(app, next);
  seal_state(app, next, key, state);
  append.states.push_back(std::move(next));
  return Done{};
}

Result<std::int64_t> refresh_subject(App& app, SubjectId subject,
                                     const std::map<EntryId, Bytes16>& stored) {
  return retry_conflicts([&]() -> Result<std::int64_t> {
    StoredSource source(app);
    FILROUGE_TRY(row, app.store.state(subject));
    FILROUGE_TRY(entries, open_entries_of(app, subject));
    FILROUGE_TRY(again, recompute(app, source, entries));
    Append append;
    for (const Fact& fact : again.facts.put) {
      const auto before = stored.find(fact.entry);
      if (before == stored.end() || before->second != digest_of(app, fact))
        append.facts.put.push_back(fact);
    }
    if (append.facts.put.empty()) return 0;
    const auto changed = static_cast<std::int64_t>(append.facts.put.size());
    if (row) FILROUGE_CHECK(hold_version(app, *row, append));
    FILROUGE_CHECK(app.store.append(std::move(append)));
    return changed;
  });
}

}  // namespace

Result<std::int64_t> refresh_facts(App& app) {
  app.facts_stale->store(false);
  FILROUGE_TRY(marks, stale_marks(app));
  if (marks.empty()) return 0;
  FILROUGE_TRY(stored, stored_fact_digests(app));
  FILROUGE_TRY(subjects, subjects_in_log(app));
  std::int64_t changed = 0;
  for (const SubjectId& subject : subjects) {
    if (app.stopping->load()) return changed;
    auto one = refresh_subject(app, subject, stored);
    if (!one.ok()) {
      app.facts_stale->store(true);
      return std::move(one.error());
    }
    changed += *one;
  }
  FILROUGE_CHECK(app.store.append(without_marks(marks)));
  return changed;
}

}  // namespace filrouge
