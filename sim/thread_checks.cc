// What must hold of every thread, after each answer and at the end: one referent while a pathway is
// open, who may follow her; each relay where the naive telling has it; nobody shown what is not
// theirs at that instant; nobody lost between two organisations. Compared with sim/thread.h.
#include <algorithm>

#include "core/pathway/referent.h"
#include "core/relay/relay.h"
#include "server/app/sealing.h"
#include "server/app/states.h"
#include "sim/world.h"

namespace filrouge::sim {

namespace {

using A = RelayAct;

constexpr std::size_t kReadAtTheEnd = 3;  // persons, with the longest threads

// Monday to Friday; day 0 was a Thursday.
CivilDate open_days_after(CivilDate day, int count) {
  while (count > 0) {
    day = day.plus_days(1);
    const std::int32_t weekday = (day.days + 3) % 7;
    if (weekday < 5) --count;
  }
  return day;
}

// The last day of each state of a relay (domain.md 6.2).
std::optional<CivilDate> last_day(const RelayTold& relay) {
  switch (relay.act) {
    case A::proposed:
      return open_days_after(relay.since, 2);
    case A::acknowledged:
      return open_days_after(relay.proposed, 5);
    case A::accepted:
    case A::no_show:
      return open_days_after(relay.since, 10);
    case A::meeting_set:
      return open_days_after(relay.meets, 5);
    case A::meeting_held:
      return open_days_after(relay.since, 5);
    default:
      return std::nullopt;
  }
}

bool contains(const std::string& all, std::string_view piece) {
  return all.find(piece) != std::string::npos;
}

}  // namespace

// In the order of acceptance; nothing when the node cannot be asked.
std::optional<std::vector<Heard>> World::heard_of(std::size_t person) {
  if (!node_.is_up() || disk_.is_off()) return std::nullopt;
  auto rows = node_.store().entries_of(truth_.persons[person].id);
  if (!rows.ok()) return std::nullopt;
  std::vector<Heard> heard;
  for (const StoredEntry& row : *rows) {
    const Envelope& envelope = row.entry.envelope;
    if (const auto note = truth_.note_of(envelope.id)) {
      const Note& known = truth_.notes[*note];
      heard.push_back(
          {&known.draft, truth_.believed(known, envelope.received), row.recv_seq, false});
      continue;
    }
    if (!by_node_.contains(envelope.id)) {
      auto draft = open_entry(node_.server(0), row.entry);
      if (!draft.ok()) continue;
      by_node_[envelope.id] = std::move(*draft);
    }
    const Hlc hlc = envelope.hlc;
    heard.push_back(
        {&by_node_[envelope.id], {{hlc.ms, hlc.counter}, envelope.id}, row.recv_seq, true});
  }
  std::sort(heard.begin(), heard.end(),
            [](const Heard& a, const Heard& b) { return a.recv_seq < b.recv_seq; });
  last_told_[person] = heard;
  return heard;
}

std::optional<Thread> World::thread_now(std::size_t person) {
  const auto heard = heard_of(person);
  if (!heard) return std::nullopt;
  return thread_of(*heard, heard->size());
}

// ---- law 4, after each answer

void World::check_thread(App& app, std::size_t number) {
  const Person& person = truth_.persons[number];
  const auto thread = thread_now(number);
  if (!thread || person.erased || person.erasing || !findings_.empty()) return;
  const auto known = find_known(app, person.id);
  if (!known.ok() || disk_.is_off()) return;
  const auto state = state_in<PersonState>(*known);
  const PersonState empty;
  const PersonState& told = state == nullptr ? empty : *state;
  std::string wrong = wrong_referent(*thread, told);
  if (wrong.empty()) wrong = wrong_relay(*thread, told);
  std::vector<std::string> names{person.name};
  if (thread->holder)
    if (const auto referent = truth_.account_of(thread->holder->referent))
      names.push_back(truth_.accounts[*referent].name);
  if (!wrong.empty()) find(person.name + wrong, std::move(names));
}

std::string World::wrong_referent(const Thread& thread, const PersonState& state) {
  const ReferentClaim* claim = current_claim(state);
  if (!thread.holder)
    return claim == nullptr ? "" : " has a referent, and no pathway of hers is open";
  if (claim == nullptr) return "'s pathway is open, and nobody is its referent";
  const Holder& holder = *thread.holder;
  if (claim->by.entry != holder.entry || claim->referent != holder.referent ||
      claim->organisation != holder.organisation)
    return " has another referent than the one who was named last";
  const auto number = truth_.account_of(holder.referent);
  if (!number) return "'s referent is nobody";
  const Account& referent = truth_.accounts[*number];
  if (truth_.organisations[referent.organisation].id != holder.organisation)
    return "'s referent is of another organisation";
  if (truth_.unsure.contains(*number)) return {};
  if (holder.interim && referent.role != Role::coordinator)
    return "'s référent par intérim is no coordinator";
  if (referent.revoked) return "'s referent is " + referent.name + ", whose account was revoked";
  const bool of_team =
      referent.role == Role::coordinator || truth_.teams_of(referent).contains(holder.team);
  return of_team ? "" : "'s referent is " + referent.name + ", who left the team";
}

std::string World::wrong_relay(const Thread& thread, const PersonState& state) {
  for (const auto& [id, told] : thread.relays) {
    const RelayState* relay = find_relay(state, id);
    if (relay == nullptr) return "'s relay is nowhere";
    const RelayStanding standing = standing_of(*relay);
    if (standing.act != told.act || standing.head != told.head)
      return "'s relay stands at " + std::string(json::enum_text(standing.act)) +
             ", the last word was " + std::string(json::enum_text(told.act));
    if (told.awaits() && awaited_of(standing).is_nil())
      return "'s relay waits at " + std::string(json::enum_text(told.act)) + " for nobody";
  }
  return {};
}

// The role passes in the same answer that tells of the revocation.
void World::check_passed_on() {
  if (!node_.is_up() || !findings_.empty()) return;
  for (std::size_t i = 0; i < truth_.persons.size(); ++i) check_thread(node_.server(0), i);
}

// ---- law 5, in each answer

void World::judge_words(std::size_t reader, std::size_t number, const Thread& thread,
                        const std::string& answer, std::string_view where, bool on_board) {
  const Account& who = truth_.accounts[reader];
  for (const Note& note : truth_.notes) {
    if (note.person != number) continue;
    for (const Word& word : note.words) {
      if (!contains(answer, word.text)) continue;
      const bool decided = word.of == Word::Of::step &&
                           truth_.accounts[note.account].organisation == who.organisation;
      const bool may = on_board ? decided : truth_.may_read(who, note, word, thread, today());
      if (!may)
        return find(std::string(where) + " shows " + who.name + " what " + note.name + " says of " +
                        truth_.persons[number].name + ": " + word.text,
                    {who.name, note.name, truth_.persons[number].name});
    }
  }
}

void World::judge_barriers(std::size_t reader, std::size_t number, const Thread& thread,
                           const PersonState& shown) {
  const Account& who = truth_.accounts[reader];
  const auto is_hidden = [&](Barrier barrier, SubjectId author) {
    return !truth_.may_read(who, author, barrier, thread, today());
  };
  std::optional<Barrier> wrong;
  for (const BarrierState& barrier : shown.pathway.barriers)
    for (const BarrierWord& word : barrier.history)
      if (is_hidden(barrier.barrier, word.by.author)) wrong = barrier.barrier;
  for (const DiagnosisHeld& held : shown.pathway.diagnoses)
    for (const Barrier barrier : held.first)
      if (is_hidden(barrier, held.by.author)) wrong = barrier;
  if (wrong)
    find(who.name + " is shown " + truth_.persons[number].name + "'s " +
             std::string(json::enum_text(*wrong)),
         {who.name, truth_.persons[number].name});
}

template <class Answer>
void World::judge_shown(std::size_t reader, std::size_t number, const Thread& thread,
                        const Result<Answer>& answer, std::string_view where) {
  if (!findings_.empty() || !answer.ok()) return;
  const Account& who = truth_.accounts[reader];
  const Person& person = truth_.persons[number];
  if (thread.met && !truth_.may_see(who, person, thread, today()))
    return find(who.name + " is shown " + person.name + " (" + std::string(where) +
                    "), whom they may not see",
                {who.name, person.name});
  judge_words(reader, number, thread, json::encode(*answer), where);
}

// Everything that this account can ask about her, judged when nothing happened meanwhile.
void World::read_all(App& app, std::size_t reader, const Caller& caller, std::size_t number) {
  const Account& who = truth_.accounts[reader];
  const Person& person = truth_.persons[number];
  const std::int64_t version = truth_.version;
  const std::int64_t overtaken = overtaken_;
  const auto thread = thread_now(number);
  const auto card = person_card(app, caller, {person.id});
  const auto history = person_history(app, caller, {person.id, {}});
  const auto pathway = person_pathway(app, caller, {person.id});
  const auto knots = person_thread(app, caller, {person.id});
  const auto followers = person_followers(app, caller, {person.id});
  const auto sharing = person_sharing(app, caller, {person.id});
  const bool sure = version == truth_.version && overtaken == overtaken_ &&
                    !truth_.unsure.contains(reader) && thread && !disk_.is_off() &&
                    !person.erasing && !person.erasure_undone;
  if (!sure || who.role == Role::volunteer) return;
  judge_shown(reader, number, *thread, card, "the card");
  judge_shown(reader, number, *thread, history, "the history");
  judge_shown(reader, number, *thread, pathway, "the pathway");
  judge_shown(reader, number, *thread, knots, "the thread");
  judge_shown(reader, number, *thread, followers, "who follows");
  judge_shown(reader, number, *thread, sharing, "what is shared");
  if (card.ok() && findings_.empty()) judge_barriers(reader, number, *thread, card->state);
  if (card.ok() && findings_.empty()) judge_ledger(app, reader, {person.id});
  const auto box = relay_box(app, caller, {});
  if (box.ok() && findings_.empty() && overtaken == overtaken_)
    judge_words(reader, number, *thread, json::encode(*box), "the inbox");
  const auto monday = board(app, caller, {});
  if (monday.ok() && findings_.empty() && overtaken == overtaken_)
    judge_words(reader, number, *thread, json::encode(*monday), "the board", true);
  if (!is_worker(who.role) || !findings_.empty() || disk_.is_off() || overtaken != overtaken_)
    return;
  // And who may see her, is shown her.
  if (thread->met && truth_.may_see(who, person, *thread, today()) && !pathway.ok() &&
      pathway.error().code != Code::throttled && pathway.error().code != Code::unavailable)
    find(who.name + " follows " + person.name + ", and is not shown her: " + pathway.error().rule,
         {who.name, person.name});
}

// ---- at the end

void World::check_threads(App& app) {
  std::vector<std::pair<std::size_t, std::size_t>> longest;
  for (std::size_t i = 0; i < truth_.persons.size() && findings_.empty(); ++i) {
    if (truth_.persons[i].erased) continue;
    check_thread(app, i);
    const auto thread = thread_now(i);
    if (!thread || !findings_.empty()) continue;
    check_boxes(app, i, *thread);
    if (const std::size_t length = thread->relays.size() + thread->agreements.size(); length > 0)
      longest.emplace_back(length, i);
  }
  std::sort(longest.rbegin(), longest.rend());
  if (longest.size() > kReadAtTheEnd) longest.resize(kReadAtTheEnd);
  for (std::size_t reader = 0; reader < truth_.accounts.size() && !longest.empty(); ++reader) {
    const Account& who = truth_.accounts[reader];
    if (who.revoked || who.role == Role::volunteer || who.role == Role::evaluator ||
        !findings_.empty())
      continue;
    const auto caller = caller_of(app, reader);
    if (!caller) return find("somebody cannot sign in any more", {who.name});
    for (const auto& [length, person] : longest)
      if (findings_.empty()) read_all(app, reader, *caller, person);
  }
}

// A relay that waits is in the inbox of both sides, as far as they may see her, and on their boards
// once it is late.
void World::check_boxes(App& app, std::size_t number, const Thread& thread) {
  const Person& person = truth_.persons[number];
  for (const auto& [id, relay] : thread.relays) {
    if (!relay.awaits() || !findings_.empty()) continue;
    std::set<std::size_t> sides;
    for (const SubjectId& side : {relay.from, relay.to.value_or(relay.from)})
      if (const auto organisation = truth_.organisation_of(side)) sides.insert(*organisation);
    const auto due = last_day(relay);
    for (const std::size_t side : sides) {
      const bool receives = truth_.organisations[side].id != relay.from;
      if (receives && !relay.was_proposed) continue;
      std::optional<std::size_t> reader;
      for (std::size_t i = 0; i < truth_.accounts.size(); ++i) {
        const Account& one = truth_.accounts[i];
        // While her creation is on its way no team of hers is known: the circle alone sees her.
        const bool sees = thread.met ? truth_.may_see(one, person, thread, today())
                                     : !one.revoked && thread.is_followed_by(
                                                           truth_.teams_of(one),
                                                           truth_.organisations[side].id, today());
        if (one.organisation == side && is_worker(one.role) && sees) reader = i;
      }
      if (reader && !is_in_box(app, *reader, id))
        return find("a relay of " + person.name + " waits, and is not in the inbox of " +
                        truth_.accounts[*reader].name,
                    {person.name, truth_.accounts[*reader].name});
      if (due && *due < today() && !is_on_board(app, side, id))
        return find("a relay of " + person.name + " is late, and not on the board of " +
                        truth_.organisations[side].name,
                    {person.name});
    }
  }
}

bool World::is_in_box(App& app, std::size_t account, EntryId relay) {
  const auto caller = caller_of(app, account);
  if (!caller) return false;
  const auto box = relay_box(app, *caller, {});
  if (!box.ok()) return false;
  for (const auto* rows : {&box->to_answer, &box->late, &box->received, &box->sent})
    for (const api::RelayView& view : *rows)
      if (view.relay.relay == relay) return true;
  return false;
}

bool World::is_on_board(App& app, std::size_t organisation, EntryId relay) {
  for (std::size_t i = 0; i < truth_.accounts.size(); ++i) {
    const Account& one = truth_.accounts[i];
    if (one.role != Role::coordinator || one.organisation != organisation) continue;
    const auto caller = caller_of(app, i);
    const auto monday =
        caller ? board(app, *caller, {}) : Result<api::Board>(Error{Code::internal, ""});
    if (!monday.ok()) continue;
    for (const api::RelayView& view : monday->stuck)
      if (view.relay.relay == relay) return true;
  }
  return false;
}

}  // namespace filrouge::sim
