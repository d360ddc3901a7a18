// Erased means erased (law 9). Two steps, in this order: the person's key goes, with a row on the
// list that is replayed after a restore (from then on nothing of her can be read, by nobody); then
// one append deletes entries, state, tokens and what waited, and writes the anonymous facts back
// under a fresh pseudonym and fresh keys ("facts_retained"). A machine that stops in between ends
// it at the next start.
#include <set>

#include "server/app/erasure.h"
#include "server/app/rows.h"
#include "server/app/sealing.h"
#include "server/app/search_tokens.h"
#include "server/app/stamps.h"
#include "server/app/write.h"

namespace filrouge {

namespace {

constexpr std::size_t facts_an_entry_max = 500;
constexpr std::size_t facts_of_person_max = 100'000;

FactFilter all_of_person(const Pseudonym& person) {
  FactFilter filter;
  filter.from = {INT32_MIN};
  filter.to = {INT32_MAX};
  filter.person = person;
  return filter;
}

// What stays of her, under names that lead nowhere.
struct Retained {
  std::vector<Fact> facts;
  std::vector<PersonFact> persons;
  std::vector<std::int64_t> gone;  // where her entries stood
  bool is_empty() const { return facts.empty() && persons.empty() && gone.empty(); }
};

Result<Retained> retained_of(App& app, const Pseudonym& before) {
  Retained kept;
  FILROUGE_TRY(facts, app.store.facts(all_of_person(before), facts_of_person_max));
  FILROUGE_TRY(persons, app.store.person_facts({before}));
  kept.facts = std::move(facts);
  kept.persons = std::move(persons);
  const auto fresh = app.random.id<Pseudonym>();
  for (Fact& fact : kept.facts) {
    fact.entry = app.random.id<EntryId>();
    fact.person = fresh;
  }
  for (PersonFact& person : kept.persons) {
    person.person = fresh;
    person.erased = true;
    person.counts_as.reset();  // leads to nobody who is still here
  }
  return kept;
}

Status add_retained(App& app, Intake& intake, Retained kept, Instant received) {
  const std::size_t rows = std::max(kept.facts.size(), kept.gone.size());
  for (std::size_t first = 0; first < rows || !kept.persons.empty(); first += facts_an_entry_max) {
    FactsRetained body;
    for (std::size_t i = first; i < std::min(first + facts_an_entry_max, kept.gone.size()); ++i) {
      if (!body.gone) body.gone.emplace();
      body.gone->push_back(kept.gone[i]);
    }
    body.because = RetainedBecause::erased;
    const std::size_t last = std::min(first + facts_an_entry_max, kept.facts.size());
    for (std::size_t i = first; i < last; ++i) body.facts.push_back(std::move(kept.facts[i]));
    body.persons = std::exchange(kept.persons, {});
    const Draft draft =
        desk_draft(app, "facts_retained", app.random.id<SubjectId>(), SubjectId{}, body);
    FILROUGE_TRY(incoming, check_incoming(draft, json::encode(draft), received));
    FILROUGE_CHECK(intake.add(incoming, nullptr));
  }
  return Done{};
}

// Her other records say so no more: who they count as must not be her.
Status unlink_records(App& app, Intake& intake, SubjectId person, Instant received) {
  FILROUGE_TRY(others, app.store.find_tokens(linked_token(app, person)));
  for (const SubjectId& other : others) {
    auto known = find_known(app, other);
    if (!known.ok() && known.error().code == Code::not_found) continue;  // erased as well
    if (!known.ok()) return std::move(known.error());
    const auto state = state_in<PersonState>(*known);
    if (state == nullptr || !is_linked(state->links, person)) continue;
    Draft draft = desk_draft(app, "persons_unlinked", other, SubjectId{}, PersonsLinked{person});
    for (const PersonLink& link : state->links) put_after(draft, link.hlc);
    FILROUGE_TRY(incoming, check_incoming(draft, json::encode(draft), received));
    FILROUGE_CHECK(intake.add(incoming, nullptr));
  }
  return Done{};
}

// Persons about whom something waits in the quarantine: perhaps all that there is of them.
Result<std::set<SubjectId>> waiting_subjects(App& app) {
  FILROUGE_TRY(rows, app.store.quarantine(std::nullopt, false));
  std::set<SubjectId> subjects;
  for (const QuarantineRow& row : rows)
    if (!row.subject.is_nil()) subjects.insert(row.subject);
  return subjects;
}

LedgerRow ledger_row(App& app, const Actor& actor, const api::ErasePerson& request) {
  LedgerRow row;
  row.at = app.clock.now();
  row.account = actor.account;
  row.organisation = actor.state.organisation;
  row.action = "person.erase";
  row.purpose = request.asked_by;
  row.subjects = {request.person};
  return row;
}

}  // namespace

Result<bool> finish_erasure(App& app, SubjectId subject, bool waits,
                            const std::optional<LedgerRow>& ledger, const Draft* beside) {
  const Pseudonym before = pseudonym_of(app, subject);
  return retry_conflicts([&]() -> Result<bool> {
    const Instant received = app.clock.now();
    FILROUGE_TRY(row, app.store.state(subject));
    FILROUGE_TRY(entries, app.store.entries_of(subject));
    FILROUGE_TRY(kept, retained_of(app, before));
    for (const StoredEntry& entry : entries) kept.gone.push_back(entry.recv_seq);
    if (!row && !waits && kept.is_empty()) return false;
    Intake intake(app, received);
    FILROUGE_CHECK(add_retained(app, intake, std::move(kept), received));
    FILROUGE_CHECK(unlink_records(app, intake, subject, received));
    if (beside != nullptr) {
      FILROUGE_TRY(incoming, check_incoming(*beside, json::encode(*beside), received));
      FILROUGE_CHECK(intake.add(incoming, nullptr));
    }
    intake.append().erase = Erasure{subject, before, row ? row->version : 0};
    if (ledger) intake.append().ledger.push_back(*ledger);
    FILROUGE_CHECK(intake.commit());
    return true;
  });
}

Result<api::Empty> erase_person(App& app, const Caller& caller, const api::ErasePerson& request) {
  if (request.asked_by != "person" && request.asked_by != "representative")
    return Error{Code::invalid, "asked_by", "choice", "one of person representative"};
  FILROUGE_TRY(row, app.store.state(request.person));
  Target target;
  if (row && row->collection == Collection::person) {
    target.organisation = row->organisation;
    target.teams = {row->team};
  }
  FILROUGE_CHECK(require(app, caller, "person.erase", target));
  FILROUGE_CHECK(app.keys.destroy(request.person));
  app.states->drop(request.person);
  FILROUGE_CHECK(
      finish_erasure(app, request.person, true, ledger_row(app, *caller.actor, request)));
  return api::Empty{};
}

Result<std::int64_t> finish_erasures(App& app) {
  FILROUGE_TRY(destroyed, app.keys.destroyed());
  if (destroyed.empty()) return 0;
  FILROUGE_TRY(waiting, waiting_subjects(app));
  std::int64_t finished = 0;
  for (const SubjectId& person : destroyed) {
    if (app.stopping->load()) break;
    FILROUGE_TRY(done, finish_erasure(app, person, waiting.contains(person), std::nullopt));
    finished += done ? 1 : 0;
  }
  return finished;
}

}  // namespace filrouge
