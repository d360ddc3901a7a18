#include "server/app/write.h"

namespace filrouge {

namespace {

enum class Judged { no, yes };

Result<std::vector<std::int64_t>> write_all(App& app, const Actor* actor, Judged judged,
                                            const std::vector<Draft>& drafts,
                                            const std::vector<LedgerRow>& ledger = {}) {
  const Instant received = app.clock.now();
  std::vector<Incoming> incoming;
  incoming.reserve(drafts.size());
  for (const Draft& draft : drafts) {
    FILROUGE_TRY(one, check_incoming(draft, json::encode(draft), received));
    if (actor != nullptr && one.draft.author != actor->account)
      return Error{Code::invalid, "author", "mismatch", "everybody writes in their own name"};
    warm_keys(app, one.draft);
    incoming.push_back(std::move(one));
  }
  if (incoming.empty()) return std::vector<std::int64_t>{};
  return retry_conflicts([&]() -> Result<std::vector<std::int64_t>> {
    Intake intake(app, received);
    for (const Incoming& one : incoming) {
      FILROUGE_TRY(known, app.store.find_entry(one.draft.id));
      if (known) return Error{Code::conflict, "id", "known_entry", "this entry was written before"};
      FILROUGE_CHECK(intake.add(one, actor, judged == Judged::yes));
    }
    intake.append().ledger = ledger;
    FILROUGE_TRY(appended, intake.commit());
    return std::move(appended.recv_seqs);
  });
}

}  // namespace

Result<std::int64_t> write_draft(App& app, const Actor& actor, const Draft& draft) {
  FILROUGE_TRY(written, write_all(app, &actor, Judged::no, {draft}));
  return written.front();
}

Result<std::vector<std::int64_t>> write_drafts(App& app, const Actor& actor,
                                               const std::vector<Draft>& drafts) {
  return write_all(app, &actor, Judged::no, drafts);
}

Result<std::vector<std::int64_t>> write_judged(App& app, const Actor& actor,
                                               const std::vector<Draft>& drafts) {
  return write_all(app, &actor, Judged::yes, drafts);
}

Result<std::vector<std::int64_t>> write_as_program(App& app, const std::vector<Draft>& drafts,
                                                   const std::vector<LedgerRow>& ledger) {
  return write_all(app, nullptr, Judged::yes, drafts, ledger);
}

}  // namespace filrouge
