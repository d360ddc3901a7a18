// Encounters keep hour and place for the team for limits::encounter_detail_days, then day and
// commune or district only: their entries are deleted but for their leaves, their facts are written
// back in groups without an hour or a key that leads anywhere, and their round keeps its number.
#include <algorithm>
#include <map>

#include "core/journal/body.h"
#include "server/app/rows.h"
#include "server/app/stamps.h"
#include "server/app/write.h"

namespace filrouge {

namespace {

constexpr std::string_view expired_detail = "expired";  // of a fact that was written back
constexpr std::size_t batch_encounters_max = 200;
constexpr std::int32_t window_days = 90;
constexpr std::size_t window_facts_max = 1'000'000;

struct Batch {
  std::vector<Fact> facts;
  std::vector<EntryId> undone;                  // of the same rounds, taken back before
  std::map<SubjectId, std::int64_t> of_rounds;  // persons that each round keeps as a number
};

// Facts that say the same of several encounters become one row.
std::vector<Fact> grouped(App& app, const std::vector<Fact>& facts) {
  std::map<std::string, Fact> groups;
  for (Fact fact : facts) {
    const std::int64_t number = fact.number;
    fact.entry = {};
    fact.number = 0;
    fact.detail = std::string(expired_detail);
    auto& group = groups.try_emplace(json::encode(fact), fact).first->second;
    if (group.entry.is_nil()) group.entry = app.random.id<EntryId>();
    group.number += number;
  }
  std::vector<Fact> list;
  for (auto& [text, fact] : groups) list.push_back(std::move(fact));
  return list;
}

template <class Body>
Result<Incoming> by_program(App& app, std::string_view kind, SubjectId subject, const Body& body) {
  const Draft draft = desk_draft(app, kind, subject, SubjectId{}, body);
  return check_incoming(draft, json::encode(draft), app.clock.now());
}

// Encounters that were taken back have no fact; they go with the others of their round.
Status add_undone(App& app, CivilDate before, Batch& batch) {
  for (const auto& [round, number] : batch.of_rounds) {
    FILROUGE_TRY(state, find_state<RoundState>(app, round));
    if (state == nullptr || state->undone.empty()) continue;
    FILROUGE_TRY(entries, open_entries(app, state->undone));
    for (const OpenedEntry& entry : entries)
      if (entry.draft.kind == "encounter" && entry.draft.occurred.field_day() < before)
        batch.undone.push_back(entry.draft.id);
  }
  return Done{};
}

// The batch of these facts, as far as their entries are still there.
Result<Batch> batch_of(App& app, CivilDate before, const std::vector<Fact>& facts) {
  std::map<EntryId, const Fact*> by_entry;
  std::vector<EntryId> ids;
  for (const Fact& fact : facts) {
    by_entry.emplace(fact.entry, &fact);
    ids.push_back(fact.entry);
  }
  FILROUGE_TRY(entries, open_entries(app, ids));
  Batch batch;
  for (const OpenedEntry& entry : entries) {
    FILROUGE_TRY(undone, app.store.is_undone(entry.draft.id));  // since the facts were read
    if (undone) continue;
    const Fact& fact = *by_entry.at(entry.draft.id);
    batch.facts.push_back(fact);
    Encounter body;
    if (reads_into(entry.draft, body) && body.round) batch.of_rounds[*body.round] += fact.number;
  }
  FILROUGE_CHECK(add_undone(app, before, batch));
  return batch;
}

// How many encounters let their detail go. Another program may have been faster with some: what is
// still there is looked at again in each try.
Result<std::int64_t> expire(App& app, CivilDate before, const std::vector<Fact>& facts) {
  return retry_conflicts([&]() -> Result<std::int64_t> {
    FILROUGE_TRY(batch, batch_of(app, before, facts));
    if (batch.facts.empty()) return 0;
    std::vector<EntryId> ids = batch.undone;
    for (const Fact& fact : batch.facts) ids.push_back(fact.entry);
    FILROUGE_TRY(there, app.store.entries(ids));
    Intake intake(app, app.clock.now());
    FactsRetained body;
    body.gone.emplace();
    for (const StoredEntry& entry : there) body.gone->push_back(entry.recv_seq);
    body.because = RetainedBecause::detail_expired;
    body.facts = grouped(app, batch.facts);
    FILROUGE_TRY(retained, by_program(app, "facts_retained", app.random.id<SubjectId>(), body));
    FILROUGE_CHECK(intake.add(retained, nullptr));
    for (const auto& [round, number] : batch.of_rounds) {
      FILROUGE_TRY(expired,
                   by_program(app, "encounters_expired", round, EncountersExpired{number}));
      FILROUGE_CHECK(intake.add_expired(expired, number));
    }
    intake.let_go(ids);
    FILROUGE_CHECK(intake.commit());
    return static_cast<std::int64_t>(batch.facts.size());
  });
}

Result<std::int64_t> expire_window(App& app, FactFilter filter, CivilDate before) {
  FILROUGE_TRY(facts, app.store.facts(filter, window_facts_max));
  std::erase_if(facts, [](const Fact& fact) { return fact.detail == expired_detail; });
  std::int64_t expired = 0;
  for (std::size_t first = 0; first < facts.size() && !app.stopping->load();
       first += batch_encounters_max) {
    const std::size_t last = std::min(first + batch_encounters_max, facts.size());
    const std::vector<Fact> some(facts.begin() + static_cast<std::ptrdiff_t>(first),
                                 facts.begin() + static_cast<std::ptrdiff_t>(last));
    FILROUGE_TRY(gone, expire(app, before, some));
    expired += gone;
  }
  return expired;
}

}  // namespace

Result<std::int64_t> expire_encounter_detail(App& app, Instant now) {
  const CivilDate before = utc_day(now).plus_days(-limits::encounter_detail_days);
  FILROUGE_TRY(oldest, CivilDate::of(2000, 1, 1));
  FactFilter filter;
  filter.kind = FactKind::encounter;
  filter.from = {INT32_MIN};
  filter.to = oldest;
  std::int64_t expired = 0;
  while (filter.from < before) {
    filter.to = std::min(filter.to, before.plus_days(-1));
    FILROUGE_TRY(some, expire_window(app, filter, before));
    expired += some;
    filter.from = filter.to.plus_days(1);
    filter.to = filter.from.plus_days(window_days);
  }
  return expired;
}

}  // namespace filrouge
