// The checkers. Some look at each answer as it leaves the node; the others at everything, once the
// faults have ended and the phones have sent what they had. All of them compare with sim/truth.h.
#include <algorithm>

#include "server/app/stamps.h"
#include "sim/world.h"

namespace filrouge::sim {

namespace {

constexpr int kRoundsToQuiet = 3;
constexpr std::int64_t kMinuteMs = 60'000;
constexpr std::int64_t kClockAheadMs = 5 * kMinuteMs;

template <class Tag>
std::string bytes_of(const Id<Tag>& id) {
  return {reinterpret_cast<const char*>(id.bytes.data()), id.bytes.size()};
}

bool contains(const std::string& all, std::string_view piece) {
  return all.find(piece) != std::string::npos;
}

}  // namespace

void World::find(std::string what, std::vector<std::string> names) {
  story_.great(clock_.now(), "CHECKER", what);
  findings_.push_back({std::move(what), std::move(names)});
}

// ---- as answers leave

// Accepted and it should wait, or the other way round, whatever the node knew of her when it
// decided.
bool World::is_wrong(const Note& note, bool accepted, const Told* told, std::string& why) {
  const auto opinion_at = [&](std::size_t count) {
    if (told == nullptr) return truth_.opinion(note, clock_.now(), nullptr);
    const Thread thread = thread_of(told->heard, count);
    return truth_.opinion(note, clock_.now(), &thread);
  };
  if (accepted) {
    std::size_t own = 0;
    while (told != nullptr && own < told->heard.size() &&
           told->heard[own].draft->id != note.draft.id)
      ++own;
    if (told != nullptr && own == told->heard.size()) return false;  // erased meanwhile
    const Opinion opinion = opinion_at(own);
    why = " is accepted, and " + opinion.why;
    return opinion.sure && !opinion.why.empty();
  }
  const std::size_t all = told == nullptr ? 0 : told->heard.size();
  for (std::size_t count = told == nullptr ? 0 : told->before; count <= all; ++count) {
    const Opinion opinion = opinion_at(count);
    if (!opinion.sure || !opinion.why.empty()) return false;
  }
  why = " is refused, and nothing is wrong with it";
  return true;
}

void World::judge(const Note& note, const SyncResult& result, std::int64_t version_before,
                  const Told* told) {
  // Who may what was changed while it was being made, or nobody knows whether it was.
  if (truth_.version != version_before || truth_.unsure.contains(note.account)) return;
  const std::vector<std::string> about{note.name, phones_[note.phone].name,
                                       note.person ? truth_.persons[*note.person].name : note.name};
  std::string why;
  const std::string reason = result.reason.value_or("");
  if (result.receipt == Receipt::duplicate) return;
  if (!is_wrong(note, result.receipt == Receipt::accepted, told, why)) return;
  if (result.receipt == Receipt::accepted) return find(note.name + why, about);
  if (note.answered) return;
  // It waits although nothing is wrong with it. Others know of it than the node of today:
  if (reason == "too_late" || reason == "discarded") return;
  const bool returns = note.person && (truth_.persons[*note.person].erasing ||
                                       truth_.persons[*note.person].erasure_undone);
  const auto before = node_.store().quarantined(note.draft.id);
  const bool waited_before = before.ok() && *before && (*before)->received < clock_.now();
  if (!returns && !waited_before)
    find(note.name + " waits (" + reason + "), and nothing is wrong with it", about);
}

// About somebody or something that the node has not heard of, in words that name no team.
bool World::names_no_team_yet(const Note& note) {
  if (note.draft.body.find("team") != nullptr) return false;
  const auto state = node_.store().state(note.draft.subject);
  return state.ok() && (!*state || (*state)->team.is_nil());
}

void World::judge_people(App& app, std::size_t reader, std::size_t team,
                         const api::PeopleList& list) {
  const Account& who = truth_.accounts[reader];
  if (truth_.unsure.contains(reader)) return;
  std::vector<SubjectId> named;
  for (const api::PersonRow& row : list.rows) {
    const auto number = truth_.person_of(row.id);
    if (!number) return find("a list names somebody whom nobody met", {who.name});
    const Person& person = truth_.persons[*number];
    named.push_back(row.id);
    if (person.erasing || person.erasure_undone) continue;
    const auto thread = thread_now(*number);
    if (!thread) return;
    judge_words(reader, *number, *thread, json::encode(row), "a list");
    Account of_team = who;  // one team at a time
    of_team.teams = {team};
    if (!thread->met || truth_.may_see(of_team, person, *thread, today())) continue;
    return find("a list of " + truth_.teams[team].name + " shows " + person.name + " to " +
                    who.name + ", who may not see her",
                {who.name, person.name});
  }
  judge_ledger(app, reader, named);
}

// Law 8: the row is there before the answer leaves.
void World::judge_ledger(App&, std::size_t reader, const std::vector<SubjectId>& named) {
  for (const SubjectId& subject : named) {
    const auto rows = node_.store().ledger(subject, std::nullopt, 1);
    if (!rows.ok()) return;  // the disk fails: no answer leaves
    const bool written = !rows->empty() && rows->front().at == clock_.now() &&
                         rows->front().account == truth_.accounts[reader].id;
    const auto number = truth_.person_of(subject);
    if (!written && !disk_.is_off())
      return find("a disclosure has no row in the ledger",
                  {truth_.accounts[reader].name, number ? truth_.persons[*number].name : ""});
  }
}

// ---- after the last day

// The faults end; everybody comes back into the network and opens their phone, three times.
void World::heal() {
  if (!findings_.empty()) return;
  healing_ = true;
  story_.great(clock_.now(), "world", "no more faults");
  if (!node_.is_up()) open_node();
  play_until({clock_.now().ms + 2 * 60 * kMinuteMs});
  for (std::size_t i = 0; i < phones_.size(); ++i) {
    phones_[i].offline = false;
    restart_phone(i);
  }
  play_until({clock_.now().ms + 10 * kMinuteMs});
  for (int round = 1; round <= kRoundsToQuiet && findings_.empty(); ++round) {
    story_.tell(clock_.now(), "world", "round " + std::to_string(round) + " of sending");
    for (std::size_t i = 0; i < phones_.size(); ++i) sign_in(i);
    play_until({clock_.now().ms + kMinuteMs});
    for (std::size_t i = 0; i < phones_.size(); ++i) wake(i, true);
    play_until({clock_.now().ms + 5 * kMinuteMs});
  }
  // What came back of persons erased before a restore goes again; then one more look at the lists.
  for (std::size_t i = 0; i < truth_.persons.size(); ++i)
    if (truth_.persons[i].erasure_undone) erase(i);
  for (std::size_t i = 0; i < phones_.size(); ++i)
    if (!phones_[i].session.empty()) pull(i);
  play_until({clock_.now().ms + 5 * kMinuteMs});
  do_jobs();
  if (findings_.empty()) check_quiet();
}

void World::check_quiet() {
  for (const Phone& phone : phones_) {
    if (phone.storage.token.empty()) continue;  // its owner may not sign in any more
    for (const OutboxRow& row : phone.storage.sync.rows) {
      if (row.state == RowState::sent || row.state == RowState::to_check) continue;
      const std::string name = truth_.notes[*truth_.note_of(row.id)].name;
      return find(phone.name + " still has " + name + " after three rounds", {phone.name, name});
    }
  }
}

std::optional<Instant> World::received(const Note& note) {
  const std::size_t number = *truth_.note_of(note.draft.id);
  const auto known = received_.find(number);
  if (known != received_.end()) return known->second;
  const auto found = node_.store().entries({note.draft.id});
  std::optional<Instant> when;
  if (found.ok() && !found->empty()) {
    when = found->front().entry.envelope.received;
  } else if (const auto gone = node_.store().find_entry(note.draft.id); gone.ok() && *gone) {
    when = clock_.now();  // deleted for good: erased, or its detail was let go
  }
  received_[number] = when;
  return when;
}

void World::check_everything() {
  App app = node_.sound_app();
  received_.clear();
  check_verify(app);
  check_acknowledged();
  check_quarantine(app);
  check_clocks();
  check_cards(app);
  check_lists(app);
  check_threads(app);
  check_facts(app);
  check_erased();
}

void World::check_verify(App& app) {
  const auto report = verify_folder(app);
  if (!report.ok()) return find("verify cannot read the folder: " + report.error().rule);
  for (std::string finding : report->findings) {
    std::vector<std::string> names;
    for (const Note& note : truth_.notes)
      if (contains(finding, note.draft.id.hex())) names.push_back(note.name);
    for (const Person& person : truth_.persons)
      if (contains(finding, person.id.hex())) names.push_back(person.name);
    for (const Round& round : truth_.rounds)
      if (contains(finding, round.id.hex())) names.push_back(round.name);
    for (const std::string& name : names) finding += ", " + name;
    return find("verify: " + finding, names);
  }
}

// Law 1. Once, or in the quarantine, or gone for a reason that is written down.
void World::check_acknowledged() {
  for (const Note& note : truth_.notes) {
    const std::vector<std::string> about{note.name, truth_.accounts[note.account].name};
    const auto times =
        node_.store().count("SELECT count(*) FROM entries WHERE id = ?", bytes_of(note.draft.id));
    if (times.ok() && *times > 1)
      return find(note.name + " is " + std::to_string(*times) + " times in the journal", about);
    if (!note.answered || received(note)) continue;
    const auto waits = node_.store().quarantined(note.draft.id);
    if (waits.ok() && *waits) continue;
    // Of an erased person nothing waits either.
    if (note.person && truth_.persons[*note.person].erased) continue;
    if (note.phone == kAtDesk && restored_ > 0) {  // nothing is kept at a desk
      ++excused_;
      continue;
    }
    if (note.phone == kAtDesk)
      return find(note.name + " was written at a desk, and the node has it nowhere", about);
    const Phone& phone = phones_[note.phone];
    const bool kept = std::any_of(phone.storage.outbox.begin(), phone.storage.outbox.end(),
                                  [&](const auto& row) { return row.first == note.draft.id; });
    // Restored from a backup that lacks it, and no phone that somebody still signs in on keeps it:
    // it is older than the backup horizon, or its phone lost its storage, or was lost, or its
    // owner's account is closed (a phone hears of a restore when it sends, or at a sign-in).
    const bool nobodys = phone.gone || truth_.accounts[phone.account].revoked;
    if (restored_ > 0 && (!kept || nobodys)) {
      ++excused_;
      continue;
    }
    return find(note.name + " was acknowledged, and the node has it nowhere", about);
  }
}

// Law 7: what was not accepted is there, with the reason that its author was told.
void World::check_quarantine(App& app) {
  for (const Note& note : truth_.notes) {
    if (note.phone == kAtDesk || !note.answered || note.accepted || received(note)) continue;
    const auto row = node_.store().quarantined(note.draft.id);
    if (!row.ok() || !*row || (*row)->resolved) continue;
    // A request that comes twice, the second time after her erasure, waits for that.
    const bool erased_since =
        note.person && truth_.persons[*note.person].erased && (*row)->reason == "erased_person";
    if ((*row)->reason != note.reason && restored_ == 0 && !erased_since)
      return find(
          note.name + " waits for " + (*row)->reason + ", its author was told " + note.reason,
          {note.name});
    std::optional<std::size_t> coordinator;
    for (std::size_t i = 0; i < truth_.accounts.size(); ++i)
      if (truth_.accounts[i].role == Role::coordinator &&
          truth_.accounts[i].organisation == truth_.accounts[note.account].organisation)
        coordinator = i;
    const auto caller = caller_of(app, *coordinator);
    const auto list = caller ? list_quarantine(app, *caller, {})
                             : Result<api::QuarantineList>(Error{Code::internal, ""});
    const bool shown = list.ok() && std::any_of(list->rows.begin(), list->rows.end(),
                                                [&](const api::QuarantineItem& item) {
                                                  return item.entry == note.draft.id;
                                                });
    if (!shown) return find(note.name + " waits, and its coordinator does not see it", {note.name});
  }
}

// A phone far ahead must not drag the journal with it.
void World::check_clocks() {
  for (const Note& note : truth_.notes) {
    const auto found = node_.store().entries({note.draft.id});
    if (!found.ok() || found->empty()) continue;
    const Envelope& envelope = found->front().entry.envelope;
    if (envelope.hlc.ms > envelope.received.ms + kClockAheadMs)
      return find(note.name + " stands in the journal with a clock of the future",
                  {note.name, truth_.accounts[note.account].name});
  }
}

// Only her creation and her contacts name a team: without one of them nobody may see her yet. While
// her creation is on its way she is with the team of the contact that came first; where that is
// another organisation's, her own has no whole card of her (law 5).
bool World::is_with(std::size_t person, std::size_t team) {
  const auto has = [&](std::string_view kind) {
    return std::any_of(truth_.notes.begin(), truth_.notes.end(), [&](const Note& note) {
      return note.person == person && note.draft.kind == kind && received(note);
    });
  };
  const Person& her = truth_.persons[person];
  if (has("person_created")) return her.team == team;
  if (!has("contact")) return false;
  const auto state = node_.store().state(her.id);
  return state.ok() && *state && (*state)->team == truth_.teams[team].id;
}

bool World::has_card(std::size_t person) { return is_with(person, truth_.persons[person].team); }

void World::check_cards(App& app) {
  const auto got = [this](const Note& note) { return received(note); };
  for (std::size_t i = 0; i < truth_.persons.size(); ++i) {
    const Person& person = truth_.persons[i];
    const auto reader = worker_of(person.team);
    if (person.erased || !reader) continue;
    const auto caller = caller_of(app, *reader);
    if (!caller) return find("a worker cannot sign in any more", {truth_.accounts[*reader].name});
    const auto card = person_card(app, *caller, {person.id});
    const bool noted = has_card(i);
    // Not created here: her circle may see her, when she has one.
    if (const auto thread = thread_now(i); !noted && thread && !thread->met) continue;
    if (card.ok() != noted)
      return find(
          noted ? person.name + " has notes and no card" : person.name + " has a card and no note",
          {person.name});
    if (!noted) continue;
    const CardView view = truth_.card(i, got);
    const PersonState& state = card->state;
    std::set<std::string> aliases;
    for (const RegisterValue& value : state.alias.values) aliases.insert(value.value);
    std::map<Purpose, bool> consents;
    for (const ConsentState& consent : state.consents) consents[consent.purpose] = consent.agreed;
    std::string wrong;
    if (state.contact_count != view.contacts)
      wrong += ", " + std::to_string(state.contact_count) + " contacts for " +
               std::to_string(view.contacts);
    if (state.last_contact != view.last_contact) wrong += ", another last contact";
    if (aliases != view.aliases) wrong += ", other aliases";
    if (consents != view.consents) wrong += ", another answer on consent";
    if (state.age_band.value != view.age_band) wrong += ", another age";
    if (!wrong.empty())
      return find("the card of " + person.name + " is wrong" + wrong, {person.name});
  }
}

// Every phone shows the same people of a team, and those that there are.
void World::check_lists(App& app) {
  for (std::size_t team = 0; team < truth_.teams.size(); ++team) {
    const auto reader = worker_of(team);
    if (!reader) continue;
    const auto caller = caller_of(app, *reader);
    if (!caller) return find("a worker cannot sign in any more", {truth_.accounts[*reader].name});
    const auto list = list_people(app, *caller, {truth_.teams[team].id, {}, {}});
    if (!list.ok()) return find("a list cannot be read: " + list.error().rule);
    std::map<SubjectId, std::string> shown;
    for (const api::PersonRow& row : list->rows) shown[row.id] = row.shown;
    for (std::size_t i = 0; i < truth_.persons.size(); ++i) {
      const Person& person = truth_.persons[i];
      if (person.team != team || person.erased || shown.contains(person.id)) continue;
      if (has_card(i))
        return find("the list of " + truth_.teams[team].name + " leaves " + person.name + " out",
                    {person.name});
    }
    for (const Phone& phone : phones_) {
      const auto own = phone.shown.find(truth_.teams[team].id);
      const Account& owner = truth_.accounts[phone.account];
      if (own == phone.shown.end() || owner.revoked || phone.gone || !owner.teams.contains(team))
        continue;
      if (owner.role == Role::volunteer) continue;
      // A reception desk reads the people of its site, and nobody's circle.
      std::map<SubjectId, std::string> theirs = shown;
      if (!is_worker(owner.role))
        std::erase_if(
            theirs, [&](const auto& row) { return !is_with(*truth_.person_of(row.first), team); });
      if (own->second == theirs) continue;
      std::string words =
          phone.name + " shows other people of " + truth_.teams[team].name + " than the node has:";
      for (const auto& [id, name] : theirs)
        if (!own->second.contains(id) || own->second.at(id) != name) words += " " + name;
      for (const auto& [id, name] : own->second)
        if (!theirs.contains(id)) words += " -" + name;
      return find(words, {phone.name});
    }
  }
}

// Law 6: the figures are the sum of what was noted and not taken back, erased persons included.
void World::check_facts(App&) {
  const auto got = [this](const Note& note) { return received(note); };
  std::map<FactKind, std::int64_t> expected;
  for (std::size_t i = 0; i < truth_.notes.size(); ++i) {
    const Note& note = truth_.notes[i];
    if (!received(note) || truth_.is_taken_back(i, got)) continue;
    std::int64_t number = 1;
    if (const json::Value* count = note.draft.body.find("count")) number = count->integer();
    if (note.draft.kind == "encounter") expected[FactKind::encounter] += number;
    if (note.draft.kind == "visit") expected[FactKind::visit] += number;
    if (note.draft.kind == "contact") expected[FactKind::contact] += 1;
    if (note.draft.kind == "watch_session") expected[FactKind::watch] += 1;
  }
  for (const FactKind kind :
       {FactKind::encounter, FactKind::visit, FactKind::contact, FactKind::watch}) {
    FactFilter filter;
    filter.kind = kind;
    filter.from = {INT32_MIN};
    filter.to = {INT32_MAX};
    const auto counted = node_.store().count_facts(filter, Dimension::none);
    if (!counted.ok()) return find("figures cannot be counted");
    const FactCount& all = counted->front();
    const bool by_rows = kind == FactKind::contact || kind == FactKind::watch;
    const std::int64_t number = by_rows ? all.rows : all.number;
    if (number != expected[kind])
      return find("figures say " + std::to_string(number) + " of " +
                  std::string(json::enum_text(kind)) + ", noted were " +
                  std::to_string(expected[kind]));
  }
}

// Law 9: not a byte.
void World::check_erased() {
  for (const Person& person : truth_.persons) {
    if (!person.erased) continue;
    for (const char* table : {"entries", "states", "tokens", "quarantine"}) {
      const auto rows = node_.store().count(
          "SELECT count(*) FROM " + std::string(table) + " WHERE subject = ?", bytes_of(person.id));
      if (!rows.ok() || *rows != 0)
        return find(person.name + " was erased, and " + table + " has rows of her", {person.name});
    }
  }
  node_.stop();
  const std::string image = node_.image();
  for (const Person& person : truth_.persons) {
    if (contains(image, person.canary))
      return find("the name of " + person.name + " can be read on the disk", {person.name});
    if (!person.erased) continue;
    for (const std::string& piece : person.key_pieces)
      if (contains(image, piece))
        return find(person.name + " was erased, and her wrapped key is on the disk", {person.name});
    for (const std::string& piece : person.pieces)
      if (contains(image, piece))
        return find(person.name + " was erased, and sealed bytes of her are on the disk",
                    {person.name});
  }
}

}  // namespace filrouge::sim
