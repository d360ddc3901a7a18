#include "server/app/intake.h"

#include <algorithm>

#include "core/journal/body.h"
#include "core/pathway/facts.h"
#include "core/pathway/pathway.h"
#include "core/people/person.h"
#include "server/app/sealing.h"
#include "server/app/search_tokens.h"
#include "server/app/stale_facts.h"

namespace filrouge {

namespace {

bool marks(const Draft& draft) { return draft.kind == "undone" || draft.kind == "confirmed"; }

// On a team or a place only its own setting is folded; the rest lives in the facts.
bool is_folded(const Draft& draft, Collection collection) {
  if (collection == Collection::team) return draft.kind == "team_set";
  if (collection == Collection::place) return draft.kind == "place_set";
  return collection != Collection::retained;
}

// What her search tokens are made from: names, and who follows her.
bool changes_names(const Draft& draft, Collection collection) {
  if (collection == Collection::account) return draft.kind == "account_proposed";
  if (collection != Collection::person) return false;
  return draft.kind == "person_created" || draft.kind == "person_described" ||
         draft.kind == "identity_given" || draft.kind == "undone" || draft.kind == "relay" ||
         draft.kind == "card_issued" || draft.kind == "odd_said" || is_link_kind(draft.kind) ||
         is_outside_kind(draft.kind) || draft.kind.starts_with("sharing_") ||
         is_pathway_kind(draft.kind);
}

bool moves_encounters(const Draft& draft, Collection collection) {
  return collection == Collection::round &&
         (draft.kind == "round_started" || draft.kind == "round_moved" || draft.kind == "undone");
}

// Her team is known only now, or something was taken back: rows of her pathway may follow.
bool moves_pathway(const Draft& draft, Collection collection) {
  return collection == Collection::person &&
         (draft.kind == "person_created" || draft.kind == "undone");
}

bool moves_facts(const Draft& draft, Collection collection) {
  return moves_encounters(draft, collection) || moves_pathway(draft, collection);
}

SubjectId organisation_in(const State& state) {
  if (const auto* team = std::get_if<TeamState>(&state)) return team->set.organisation;
  if (const auto* account = std::get_if<AccountState>(&state)) return account->organisation;
  if (const auto* device = std::get_if<DeviceState>(&state)) return device->organisation;
  return {};
}

Error refusal(std::string_view rule, std::string_view detail) {
  return {Code::refused, "", std::string(rule), std::string(detail)};
}

EntryId marked_entry(const Draft& draft) {
  const json::Value* entry = draft.body.find("entry");
  if (entry == nullptr || !entry->is(json::Kind::string)) return {};
  const auto id = EntryId::parse(entry->text());
  return id.ok() ? *id : EntryId{};
}

SubjectId linked_other(const Draft& draft) {
  PersonsLinked body;
  return reads_into(draft, body) ? body.other : SubjectId{};
}

}  // namespace

bool is_environment(const Error& error) {
  return error.code == Code::unavailable || error.code == Code::full ||
         error.code == Code::throttled || error.code == Code::internal ||
         error.code == Code::timeout;
}

std::string_view reason_of(const Error& error) {
  if (error.rule == "unknown_kind") return reason::unknown_kind;
  if (error.rule == "newer_version") return reason::newer_version;
  if (error.rule == "erased" || error.rule == "destroyed") return reason::erased_person;
  if (error.rule == reason::too_late) return reason::too_late;
  if (error.code == Code::forbidden) {
    for (const std::string_view known :
         {reason::account_revoked, reason::account_not_active, reason::convention_over,
          reason::device_lost, reason::unknown_author})
      if (error.rule == known) return known;
    return reason::not_allowed;
  }
  return error.code == Code::refused ? reason::refused : reason::invalid;
}

void warm_keys(App& app, const Draft& draft) {
  // A refusal (an erased person) is met again, and told, inside the intake.
  if (draft.kind == "person_created" || draft.kind == "comparison_opened")
    static_cast<void>(app.keys.current(SealScope::person, draft.subject).ok());
}

Result<Incoming> check_incoming(Draft draft, std::string text, Instant received) {
  Incoming incoming;
  FILROUGE_TRY(newest, upcast(std::move(draft)));
  incoming.draft = std::move(newest);
  FILROUGE_CHECK(check(incoming.draft));
  incoming.draft.hlc = clamped(incoming.draft.hlc, received);
  incoming.text = std::move(text);
  return incoming;
}

Result<std::optional<Actor>> actor_on(App& app, SubjectId account, CivilDate first,
                                      CivilDate last) {
  FILROUGE_TRY(state, find_state<AccountState>(app, account));
  if (state == nullptr) return std::optional<Actor>{};
  Actor actor{account, *state};
  FILROUGE_TRY(organisation, find_state<OrganisationState>(app, state->organisation));
  actor.convention_valid = organisation != nullptr && organisation->set.convention_from <= last &&
                           first <= organisation->set.convention_to;
  return std::optional(std::move(actor));
}

KnownPtr IntakeGate::coming(SubjectId subject) {
  const std::lock_guard lock(coming_mutex_);
  const auto at = coming_.find(subject);
  return at == coming_.end() ? nullptr : at->second;
}

void IntakeGate::await(SubjectId subject) {
  std::unique_lock lock(coming_mutex_);
  arrived_.wait(lock, [&] { return !on_the_way_.contains(subject); });
}

void IntakeGate::await_all() {
  std::unique_lock lock(coming_mutex_);
  arrived_.wait(lock, [&] { return on_the_way_.empty(); });
}

void IntakeGate::depart(const std::vector<SubjectId>& about, const std::vector<KnownPtr>& states) {
  const std::lock_guard lock(coming_mutex_);
  for (const SubjectId& subject : about) ++on_the_way_[subject];
  for (const KnownPtr& known : states) coming_[known->row.subject] = known;
}

void IntakeGate::arrive(const std::vector<SubjectId>& about, const std::vector<KnownPtr>& states) {
  {
    const std::lock_guard lock(coming_mutex_);
    for (const SubjectId& subject : about)
      if (--on_the_way_[subject] == 0) on_the_way_.erase(subject);
    for (const KnownPtr& known : states) {
      const auto at = coming_.find(known->row.subject);
      if (at != coming_.end() && at->second == known) coming_.erase(at);
    }
  }
  arrived_.notify_all();
}

Intake::Intake(App& app, Instant received)
    : app_(app), inside_(app.gate->enter()), received_(received), stored_(app) {}

Result<const State*> Intake::find(SubjectId subject) {
  const auto here = subjects_.find(subject);
  if (here == subjects_.end()) {
    // What others are about to write of an account counts: one revoked a moment ago is revoked.
    const auto seen = coming_.find(subject);
    if (seen != coming_.end()) return &seen->second->state;
    KnownPtr coming = app_.gate->coming(subject);
    if (coming == nullptr || !std::holds_alternative<AccountState>(coming->state))
      return stored_.find(subject);
    return &coming_.emplace(subject, std::move(coming)).first->second->state;
  }
  const bool exists = here->second.row.version > 0 || here->second.changed;
  return exists ? &here->second.state : nullptr;
}

Result<Intake::Subject*> Intake::open_subject(SubjectId id, Collection collection) {
  auto at = subjects_.find(id);
  if (at == subjects_.end()) {
    Subject subject;
    KnownPtr known = app_.gate->coming(id);
    if (known == nullptr) {
      FILROUGE_TRY(stored, find_known(app_, id));
      known = std::move(stored);
    }
    if (known != nullptr) {
      subject.row = known->row;
      subject.state = known->state;
    } else {
      subject.row.subject = id;
      subject.row.collection = collection;
      subject.state = empty_state(collection);
    }
    at = subjects_.emplace(id, std::move(subject)).first;
  }
  if (at->second.row.collection != collection) {
    const bool unused = at->second.row.version == 0 && !at->second.changed;
    if (!unused) return refusal("other_subject", "this id is used for something else");
    at->second.row.collection = collection;
    at->second.state = empty_state(collection);
  }
  return &at->second;
}

Result<Intake::Marked> Intake::marked_by(const Draft& draft) {
  const EntryId id = marked_entry(draft);
  if (const auto here = added_.find(id); here != added_.end()) return here->second;
  FILROUGE_TRY(stored, app_.store.entries({id}));
  if (!stored.empty()) {
    const Envelope& envelope = stored.front().entry.envelope;
    return Marked{envelope.author, envelope.subject, true};
  }
  FILROUGE_TRY(gone, app_.store.find_entry(id));
  if (gone) return refusal(reason::too_late, "its detail was let go after thirty days");
  return Marked{draft.author, draft.subject, false};
}

Status Intake::add(const Incoming& incoming, const Actor* actor, bool judged) {
  const Draft& draft = incoming.draft;
  FILROUGE_TRY(collection, collection_of(draft));
  // What looks at the entries before it must find them in the journal.
  if (marks(draft) || moves_facts(draft, collection)) app_.gate->await(draft.subject);
  FILROUGE_TRY(subject, open_subject(draft.subject, collection));
  Marked marked;
  if (marks(draft)) {
    FILROUGE_TRY(found, marked_by(draft));
    marked = found;
    if (marked.subject != draft.subject)
      return refusal("other_subject", "that entry is about something else");
  }
  if (actor != nullptr && !judged) FILROUGE_CHECK(judge(draft, *subject, marked, *actor));
  FILROUGE_CHECK(decide(draft, subject->state));
  FILROUGE_CHECK(give_key(draft, *subject));

  // From here on nothing is refused any more.
  const SubjectId organisation =
      actor != nullptr ? actor->state.organisation : subject->row.organisation;
  const bool refolds = marked.arrived && refold_needed(draft.kind, collection);
  FILROUGE_CHECK(fold_in(draft, *subject, refolds));
  FILROUGE_CHECK(await_records(draft, subject->state));
  FILROUGE_CHECK(place_row(draft, *subject, organisation));
  FILROUGE_CHECK(add_facts(draft, *subject, organisation));
  FILROUGE_CHECK(seal(incoming, *subject, organisation));
  if (is_link_kind(draft.kind)) FILROUGE_CHECK(count_records_again(draft, *subject));
  subject->added.push_back({draft, organisation});
  added_[draft.id] = Marked{draft.author, draft.subject, true};
  return pass_on(draft, *subject);
}

void Intake::let_go(const std::vector<EntryId>& encounters) {
  FactChange change;
  change.remove = encounters;
  facts_.add(std::move(change));
  append_.forget.insert(append_.forget.end(), encounters.begin(), encounters.end());
}

Status Intake::add_expired(const Incoming& expired, std::int64_t number) {
  FILROUGE_CHECK(add(expired, nullptr));
  auto& round = std::get<RoundState>(subjects_.at(expired.draft.subject).state);
  round.encounter_count -= number;  // the same persons, said by another entry now
  return Done{};
}

Status Intake::give_key(const Draft& draft, Subject& subject) {
  if (state_scope(subject.row.collection) != SealScope::person || subject.key) return Done{};
  auto key = app_.keys.current(SealScope::person, draft.subject);
  if (!key.ok() && key.error().code == Code::not_found)
    return refusal("erased", "this person, or comparison, was erased");
  if (!key.ok()) return std::move(key.error());
  subject.key = *key;
  return Done{};
}

Result<std::vector<Intake::Noted>> Intake::noted_of(const Subject& subject) {
  std::vector<Noted> noted;
  if (subject.row.version > 0) {
    FILROUGE_TRY(stored, app_.store.entries_of(subject.row.subject));
    for (const StoredEntry& row : stored) {
      FILROUGE_TRY(draft, open_entry(app_, row.entry));
      noted.push_back({std::move(draft), row.entry.envelope.organisation});
    }
  }
  noted.insert(noted.end(), subject.added.begin(), subject.added.end());
  return noted;
}

Status Intake::fold_in(const Draft& draft, Subject& subject, bool refolds) {
  const Collection collection = subject.row.collection;
  if (draft.kind == "undone") {
    undone_.insert(marked_entry(draft));
    append_.undone.push_back(marked_entry(draft));
  }
  if (!is_folded(draft, collection)) return Done{};
  if (collection == Collection::place) {
    const bool is_known = !std::get<PlaceState>(subject.state).entry.is_nil();
    if (is_known && !places_moved_) append_.tokens.push_back(moved(app_));
    places_moved_ = places_moved_ || is_known;
    facts_stale_ = true;
  }
  if (refolds) {
    FILROUGE_TRY(noted, noted_of(subject));
    std::vector<Draft> drafts;
    for (Noted& one : noted) drafts.push_back(std::move(one.draft));
    drafts.push_back(draft);
    subject.state = refold(collection, drafts);
  } else {
    fold(subject.state, draft);
  }
  subject.changed = true;
  subject.tokens_changed = subject.tokens_changed || changes_names(draft, collection);
  return Done{};
}

Result<Surroundings> Intake::around(const Draft& draft, const Subject& subject,
                                    SubjectId organisation) {
  if (const SubjectId place = place_of(draft, subject.state); !place.is_nil()) {
    FILROUGE_TRY(known, find(place));
    if (known == nullptr) awaited_.insert(place);
  }
  return surroundings_of(app_, *this, draft, subject.state, organisation);
}

// The clear columns of the row: which organisation and team the subject belongs to.
Status Intake::place_row(const Draft& draft, Subject& subject, SubjectId organisation) {
  StoredState& row = subject.row;
  const Collection collection = row.collection;
  if (collection == Collection::organisation) {
    row.organisation = row.subject;
  } else if (collection == Collection::person || collection == Collection::round) {
    const auto* person = std::get_if<PersonState>(&subject.state);
    const auto* round = std::get_if<RoundState>(&subject.state);
    const auto& known = person != nullptr ? person->team : round->team;
    if (known) row.team = *known;
    if (row.team.is_nil()) row.team = team_of(draft, subject.state);
    FILROUGE_TRY(team, row.team.is_nil() ? Result<const State*>(nullptr) : find(row.team));
    const SubjectId of_team = team == nullptr ? SubjectId{} : organisation_in(*team);
    if (!of_team.is_nil()) row.organisation = of_team;
  } else if (const SubjectId own = organisation_in(subject.state); !own.is_nil()) {
    row.organisation = own;
  }
  if (row.organisation.is_nil()) row.organisation = organisation;
  return Done{};
}

Status Intake::add_facts(const Draft& draft, const Subject& subject, SubjectId organisation) {
  const Collection collection = subject.row.collection;
  if (collection == Collection::team || collection == Collection::place) {
    if (undone_.contains(draft.id)) return Done{};
    FILROUGE_TRY(undone, app_.store.is_undone(draft.id));
    if (undone) return Done{};
  }
  FILROUGE_TRY(surroundings, around(draft, subject, organisation));
  facts_.add(facts_of(draft, subject.state, surroundings));
  return moves_facts(draft, collection) ? add_facts_again(draft, subject) : Status(Done{});
}

// The round's walk changed: the encounters noted during it may have been elsewhere. So may be the
// rows of a person's pathway (moves_pathway).
Status Intake::add_facts_again(const Draft& draft, const Subject& subject) {
  if (subject.row.version == 0 && subject.added.empty()) return Done{};
  FILROUGE_TRY(noted, noted_of(subject));
  const bool undoes = draft.kind == "undone";
  for (const auto& [other, theirs] : noted) {
    if (!undoes || other.id != marked_entry(draft)) continue;
    FactChange gone;
    if (const auto key = row_key_in(other)) gone.remove.push_back(*key);
    facts_.add(std::move(gone));
  }
  for (const auto& [other, theirs] : noted) {
    const bool of_round = subject.row.collection == Collection::round;
    if (of_round && other.kind != "encounter") continue;
    if (other.kind == "undone" || is_undone(subject.state, other.id)) continue;
    if (undoes && other.id == marked_entry(draft)) continue;
    FILROUGE_TRY(surroundings, around(other, subject, theirs));
    facts_.add(facts_of(other, subject.state, surroundings));
  }
  return Done{};
}

// What is on its way about her other records is in the journal before they are looked at.
Status Intake::await_records(const Draft& draft, const State& state) {
  const auto* person = std::get_if<PersonState>(&state);
  if (person == nullptr) return Done{};
  std::vector<SubjectId> others = links_of(person->links);
  if (is_link_kind(draft.kind)) others.push_back(linked_other(draft));
  std::set<SubjectId> seen{draft.subject};
  while (!others.empty()) {
    const SubjectId other = others.back();
    others.pop_back();
    if (!seen.insert(other).second) continue;
    if (!subjects_.contains(other)) app_.gate->await(other);
    auto found = find(other);
    if (!found.ok() && found.error().code == Code::not_found) continue;  // erased
    if (!found.ok()) return std::move(found.error());
    const auto* record = *found == nullptr ? nullptr : std::get_if<PersonState>(*found);
    if (record == nullptr) continue;
    for (const SubjectId& next : links_of(record->links)) others.push_back(next);
  }
  return Done{};
}

// A link was made or undone: all the records of either side may count as another one. Their states
// are written again as they are, so that none of them changes unseen in between.
Status Intake::count_records_again(const Draft& draft, const Subject& subject) {
  const auto& own = std::get<PersonState>(subject.state);
  FILROUGE_TRY(records, linked_records(*this, draft.subject, own.links));
  const SubjectId other = linked_other(draft);
  auto found = find(other);
  if (!found.ok() && found.error().code != Code::not_found) return std::move(found.error());
  if (found.ok() && *found != nullptr)
    if (const auto* there = std::get_if<PersonState>(*found)) {
      FILROUGE_TRY(theirs, linked_records(*this, other, there->links));
      records.insert(records.end(), theirs.begin(), theirs.end());
    }
  for (const SubjectId& record : records) {
    if (record == draft.subject) continue;
    FILROUGE_TRY(opened, open_subject(record, Collection::person));
    opened->changed = true;
    Draft again = draft;
    again.subject = record;
    FILROUGE_TRY(around, surroundings_of(app_, *this, again, opened->state, SubjectId{}));
    FactChange change;
    add_person_facts(again, std::get<PersonState>(opened->state), around, change);
    facts_.add(std::move(change));
  }
  return Done{};
}

Status Intake::seal(const Incoming& incoming, const Subject& subject, SubjectId organisation) {
  const Draft& draft = incoming.draft;
  const SealScope scope = seal_of(draft);
  DataKey key;
  if (scope == SealScope::person && subject.key) {
    key = *subject.key;
  } else {
    FILROUGE_TRY(current, sealing_key(app_, scope, draft.subject, organisation));
    key = current;
  }
  Envelope envelope;
  envelope.id = draft.id;
  envelope.subject = draft.subject;
  envelope.organisation = organisation;
  envelope.author = draft.author;
  envelope.device = incoming.device;
  envelope.device_sequence = incoming.sequence;
  envelope.hlc = draft.hlc;
  envelope.received = received_;
  append_.entries.push_back(seal_entry(app_, envelope, key, incoming.text));
  return Done{};
}

Status Intake::write_states() {
  for (auto& [id, subject] : subjects_) {
    if (!subject.changed) continue;
    advance_version(app_, subject.row);
    const SealScope scope = state_scope(subject.row.collection);
    DataKey key;
    if (subject.key) {
      key = *subject.key;
    } else {
      FILROUGE_TRY(current, sealing_key(app_, scope, id, subject.row.organisation));
      key = current;
    }
    seal_state(app_, subject.row, key, subject.state);
    const auto* person = std::get_if<PersonState>(&subject.state);
    const auto* account = std::get_if<AccountState>(&subject.state);
    if (subject.tokens_changed && person != nullptr) {
      FILROUGE_TRY(tokens, tokens_of(app_, *this, subject.row.organisation, *person));
      append_.tokens.push_back({id, std::move(tokens)});
    }
    if (subject.tokens_changed && account != nullptr)
      append_.tokens.push_back({id, {login_token(app_, account->login)}});
    const std::size_t bytes = subject.row.sealed.size();
    append_.states.push_back(subject.row);
    auto known = std::make_shared<Known>();
    known->row = std::move(subject.row);
    known->row.sealed.clear();
    known->state = std::move(subject.state);
    written_.push_back(std::move(known));
    written_bytes_.push_back(bytes);
  }
  return Done{};
}

Result<Appended> Intake::commit() {
  FILROUGE_CHECK(write_states());
  append_.facts = facts_.take();
  for (const SubjectId& place : awaited_) append_.tokens.push_back(awaited(place));
  facts_stale_ = facts_stale_ || !awaited_.empty();
  std::vector<SubjectId> about;
  for (const auto& [id, subject] : subjects_)
    if (!subject.added.empty()) about.push_back(id);
  app_.gate->depart(about, written_);
  append_.queued = [this] { inside_.unlock(); };
  auto appended = app_.store.append(std::move(append_));
  if (appended.ok())
    for (std::size_t i = 0; i < written_.size(); ++i)
      app_.states->put(written_[i], written_bytes_[i]);
  app_.gate->arrive(about, written_);
  if (!appended.ok()) return std::move(appended.error());
  if (facts_stale_) app_.facts_stale->store(true);
  return appended;
}

}  // namespace filrouge
