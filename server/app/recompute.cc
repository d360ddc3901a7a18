#include "server/app/recompute.h"

#include <algorithm>
#include <set>

#include "core/journal/body.h"

namespace filrouge {

namespace {

constexpr std::size_t window_facts_max = 1'000'000;

bool is_folded(const Draft& draft, Collection collection) {
  if (collection == Collection::team) return draft.kind == "team_set";
  if (collection == Collection::place) return draft.kind == "place_set";
  return collection != Collection::retained;
}

std::set<EntryId> undone_in(const std::vector<OpenedEntry>& entries) {
  std::set<EntryId> undone;
  for (const OpenedEntry& entry : entries)
    if (Undone body; entry.draft.kind == "undone" && reads_into(entry.draft, body))
      undone.insert(body.entry);
  return undone;
}

template <class Row>
Bytes16 digest_text(App& app, const Row& row) {
  const Bytes32 hash = app.crypto.hash(json::encode(row));
  Bytes16 digest{};
  std::copy_n(hash.begin(), digest.size(), digest.begin());
  return digest;
}

}  // namespace

Result<Recomputed> recompute(App& app, StateSource& source,
                             const std::vector<OpenedEntry>& entries) {
  Recomputed again;
  if (entries.empty()) return again;
  FILROUGE_TRY(collection, collection_of(entries.front().draft));
  again.collection = collection;
  std::vector<Draft> drafts;
  for (const OpenedEntry& entry : entries) {
    FILROUGE_TRY(own, collection_of(entry.draft));
    if (own != collection)
      return Error{Code::invalid, "", "mixed", "entries that say two things of one subject"};
    again.has_state = again.has_state || is_folded(entry.draft, collection);
    drafts.push_back(entry.draft);
  }
  again.state = refold(collection, drafts);
  const std::set<EntryId> undone = undone_in(entries);
  FactBasket basket;
  for (const OpenedEntry& entry : entries) {
    const Draft& draft = entry.draft;
    if (undone.contains(draft.id)) continue;
    if (draft.kind == "undone" && collection != Collection::person) continue;
    FILROUGE_TRY(around,
                 surroundings_of(app, source, draft, again.state, entry.envelope.organisation));
    FactChange change = facts_of(draft, again.state, around);
    if (draft.kind == "undone") change.put.clear();
    change.remove.clear();
    basket.add(std::move(change));
  }
  again.facts = basket.take();
  return again;
}

Bytes16 digest_of(App& app, const Fact& fact) { return digest_text(app, fact); }
Bytes16 digest_of(App& app, const PersonFact& person) { return digest_text(app, person); }

Result<std::map<EntryId, Bytes16>> stored_fact_digests(App& app) {
  FILROUGE_TRY(oldest, CivilDate::of(1990, 1, 1));
  FILROUGE_TRY(newest, CivilDate::of(2060, 1, 1));
  constexpr int window_days = 30;
  std::map<EntryId, Bytes16> digests;
  FactFilter filter;
  filter.from = {INT32_MIN};
  filter.to = oldest.plus_days(-1);
  while (true) {
    FILROUGE_TRY(facts, app.store.facts(filter, window_facts_max));
    for (const Fact& fact : facts) digests.emplace(fact.entry, digest_of(app, fact));
    if (filter.to.days == INT32_MAX) return digests;
    filter.from = filter.to.plus_days(1);
    filter.to = filter.from < newest ? filter.from.plus_days(window_days) : CivilDate{INT32_MAX};
  }
}

}  // namespace filrouge
