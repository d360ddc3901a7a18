// A phone's doings: the effects of core/sync (as web/src/sync/engine.ts), sign-in, the lists it
// shows, crashes and evictions.
#include <algorithm>
#include <utility>

#include "core/base/limits.h"
#include "core/base/text.h"
#include "sim/world.h"

namespace filrouge::sim {

namespace {

constexpr int kOk = 200;

int status_of(const Error& error) {
  if (error.code == Code::unauthenticated) return 401;
  if (error.code == Code::forbidden) return 403;
  return error.code == Code::unavailable || error.code == Code::throttled ? 503 : 400;
}

}  // namespace

// ---- sending

void World::step(std::size_t number, SyncEvent event) {
  Phone& phone = phones_[number];
  if (maybe_crash(number)) return;
  event.now = wall(phone);
  SyncStep step = sync_step(phone.storage.sync, event);
  phone.storage.sync = std::move(step.state);
  for (const SyncAction& action : step.actions) {
    if (action.kind != SyncActionKind::forget) continue;
    std::erase_if(phone.storage.outbox, [&](const auto& row) {
      return std::find(action.ids.begin(), action.ids.end(), row.first) != action.ids.end();
    });
  }
  if (maybe_crash(number)) return;
  for (const SyncAction& action : step.actions) {
    if (action.kind == SyncActionKind::send) send(number, action);
    if (action.kind == SyncActionKind::pull) pull(number);
    if (action.kind != SyncActionKind::timer) continue;
    const std::int64_t timer = ++phone.timer;  // in the place of the one before
    after(std::max<std::int64_t>(1, action.at->ms - wall(phone).ms), [this, number, timer] {
      if (phones_[number].timer == timer) wake(number, false);
    });
  }
}

void World::take_in(std::size_t number) {
  Phone& phone = phones_[number];
  std::set<EntryId> known;
  for (const OutboxRow& row : phone.storage.sync.rows) known.insert(row.id);
  const auto outbox = phone.storage.outbox;
  for (const auto& [id, sealed] : outbox) {
    if (known.contains(id)) continue;
    SyncEvent saved{.kind = SyncEventKind::saved, .id = id};
    saved.bytes = static_cast<std::int64_t>(sealed.size());
    step(number, saved);
    if (phones_[number].off) return;
  }
}

void World::wake(std::size_t number, bool forced) {
  if (phones_[number].off) return;
  take_in(number);
  if (!phones_[number].off) step(number, {.kind = SyncEventKind::wake, .forced = forced});
}

void World::send(std::size_t number, const SyncAction& action) {
  Phone& phone = phones_[number];
  api::SyncRequest request;
  std::string names;
  for (const EntryId& id : action.ids) {
    const auto row = std::find_if(phone.storage.outbox.begin(), phone.storage.outbox.end(),
                                  [&](const auto& one) { return one.first == id; });
    if (row == phone.storage.outbox.end()) continue;
    std::int64_t sequence = 0;
    for (const OutboxRow& one : phone.storage.sync.rows)
      if (one.id == id) sequence = one.sequence;
    request.entries.push_back({id, sequence, base64(row->second)});
    names += " " + truth_.notes[*truth_.note_of(id)].name;
  }
  if (phone.storage.vanished) request.database_vanished = true;
  if (phone.storage.token.empty() || request.entries.empty())
    return step(number, {.kind = SyncEventKind::failed});
  if (phone.offline && !healing_) return hear_nothing(number);
  story_.tell(clock_.now(), phone.name, "sends" + names);
  std::string body = json::encode(request);
  if (!healing_ && of_network_.percent(weather_.cut_percent)) {
    body.resize(
        static_cast<std::size_t>(of_network_.below(static_cast<std::int64_t>(body.size()))));
    story_.tell(clock_.now(), phone.name, "is cut after " + std::to_string(body.size()) + " bytes");
  }
  post(
      number,
      [this, number, token = phone.storage.token, body = std::move(body)](App& app) {
        return serve_sync(app, token, number, body);
      },
      [this, number](const std::optional<Reply>& reply) { hear_sync(number, reply); });
}

// Out of the network: the phone knows after its own time.
void World::hear_nothing(std::size_t number) {
  const std::int64_t life = phones_[number].life;
  after(8'000, [this, number, life] {
    if (phones_[number].life == life) step(number, {.kind = SyncEventKind::failed});
  });
}

World::Reply World::serve_sync(App& app, const std::string& token, std::size_t phone,
                               const std::string& body) {
  const auto request = json::decode<api::SyncRequest>(body);
  if (!request.ok()) return {400, {}};
  const auto caller = caller_of_device(app, token, "");
  if (!caller.ok()) return {status_of(caller.error()), {}};
  const std::int64_t version = truth_.version;
  std::set<EntryId> teamless;
  for (const api::SealedDraft& sealed : request->entries)
    if (const auto note = truth_.note_of(sealed.id); note && names_no_team_yet(truth_.notes[*note]))
      teamless.insert(sealed.id);
  serving_about_.reset();
  for (const api::SealedDraft& sealed : request->entries)
    if (const auto note = truth_.note_of(sealed.id); note && truth_.notes[*note].person)
      serving_about_ = truth_.notes[*note].person;
  std::map<std::size_t, Told> told;
  for (const api::SealedDraft& sealed : request->entries)
    if (const auto note = truth_.note_of(sealed.id); note && truth_.notes[*note].person)
      if (const auto heard = heard_of(*truth_.notes[*note].person))
        told[*truth_.notes[*note].person].before = heard->size();
  const auto answer = receive(app, *caller, *request);
  if (!answer.ok()) {
    story_.tell(clock_.now(), "node", "cannot take it: " + answer.error().rule);
    return {status_of(answer.error()), {}};
  }
  // Where the node died over it nobody can say what it had heard.
  for (auto at = told.begin(); at != told.end();) {
    auto heard = heard_of(at->first);
    if (heard) at->second.heard = std::move(*heard);
    at = heard ? std::next(at) : told.erase(at);
  }
  for (const SyncResult& result : answer->results) {
    const auto number = truth_.note_of(result.id);
    if (!number || teamless.contains(result.id)) continue;
    const Note& note = truth_.notes[*number];
    const auto of_person = note.person ? told.find(*note.person) : told.end();
    if (note.person && of_person == told.end()) continue;
    judge(note, result, version, of_person == told.end() ? nullptr : &of_person->second);
  }
  for (const auto& [person, before_and_now] : told) check_thread(app, person);
  static_cast<void>(phone);
  return {kOk, json::encode(*answer)};
}

void World::hear_sync(std::size_t number, const std::optional<Reply>& reply) {
  Phone& phone = phones_[number];
  if (!reply || (reply->status != kOk && reply->status != 401 && reply->status != 403))
    return step(number, {.kind = SyncEventKind::failed});
  if (reply->status != kOk) {
    story_.tell(clock_.now(), phone.name, "is refused");
    phone.storage.token.clear();
    return step(number, {.kind = SyncEventKind::refused});
  }
  const auto answer = json::decode<api::SyncAnswer>(reply->body, json::Unknown::keep);
  if (!answer.ok()) return find("an answer of the node cannot be read", {phone.name});
  std::string heard;
  for (const SyncResult& result : answer->results) {
    const auto known = truth_.note_of(result.id);
    if (!known) continue;
    Note& note = truth_.notes[*known];
    heard += " " + note.name + "=" + std::string(json::enum_text(result.receipt));
    if (result.receipt == Receipt::quarantined) heard += "(" + result.reason.value_or("") + ")";
    note.answered = true;
    note.accepted = result.receipt != Receipt::quarantined;
    note.reason = result.reason.value_or("");
  }
  story_.tell(clock_.now(), phone.name, "hears" + heard);
  phone.storage.vanished = false;
  SyncEvent event{.kind = SyncEventKind::answered, .results = answer->results};
  event.epoch = answer->log.epoch;
  step(number, event);
}

// ---- reading

void World::sign_in(std::size_t number) {
  Phone& phone = phones_[number];
  if (phone.off || phone.gone) return;
  const Account& account = truth_.accounts[phone.account];
  const api::SignIn request{account.login, account.password()};
  const std::string label = phone.name;
  const bool needs_device = phone.storage.token.empty();
  struct Opened {
    std::string token;  // of the device, when it was enrolled again
    std::string epoch;
  };
  auto made = std::make_shared<Opened>();
  post(
      number,
      [request, needs_device, label, made](App& app) -> Reply {
        auto opened = filrouge::sign_in(app, {}, request);
        if (!opened.ok()) return {status_of(opened.error()), {}};
        made->epoch = opened->info.epoch;
        if (!needs_device) return {kOk, opened->token};
        const auto caller = caller_of_session(app, opened->token, "");
        if (!caller.ok()) return {status_of(caller.error()), {}};
        auto enrolled = enrol_device(app, *caller, {label});
        if (!enrolled.ok()) return {status_of(enrolled.error()), {}};
        made->token = enrolled->token;
        return {kOk, opened->token};
      },
      [this, number, needs_device, made](const std::optional<Reply>& reply) {
        if (!reply || reply->status != kOk) return;
        Phone& signed_in = phones_[number];
        signed_in.session = reply->body;
        if (needs_device) signed_in.storage.token = made->token;
        story_.tell(clock_.now(), signed_in.name, "signs in");
        step(number, {.kind = SyncEventKind::signed_in, .epoch = made->epoch});
      });
}

void World::pull(std::size_t number) {
  for (const std::size_t team : truth_.accounts[phones_[number].account].teams)
    read_people(number, team);
}

void World::read_people(std::size_t number, std::size_t team) {
  const Phone& phone = phones_[number];
  const std::size_t reader = phone.account;
  const auto shown = std::make_shared<std::map<SubjectId, std::string>>();
  post(
      number,
      [this, reader, team, shown, session = phone.session](App& app) -> Reply {
        // Who asks is looked up first: overtaken since then, the answer may be one of before.
        const std::int64_t overtaken = overtaken_;
        const auto caller = caller_of_session(app, session, "");
        if (!caller.ok()) return {status_of(caller.error()), {}};
        const auto list = list_people(app, *caller, {truth_.teams[team].id, {}, {}});
        if (!list.ok()) return {status_of(list.error()), {}};
        if (overtaken == overtaken_) judge_people(app, reader, team, *list);
        for (const api::PersonRow& row : list->rows) (*shown)[row.id] = row.shown;
        return {kOk, {}};
      },
      [this, number, team, shown](const std::optional<Reply>& reply) {
        if (reply && reply->status == 401) {
          phones_[number].session.clear();
          return step(number, {.kind = SyncEventKind::pulled});
        }
        if (!reply) return step(number, {.kind = SyncEventKind::failed});
        if (reply->status == kOk) phones_[number].shown[truth_.teams[team].id] = *shown;
        step(number, {.kind = SyncEventKind::pulled, .cursor = 1});
      });
}

// ---- what happens to it

bool World::maybe_crash(std::size_t number) {
  if (phones_[number].off) return true;
  if (healing_ || !of_faults_.percent(weather_.phone_crash_percent)) return false;
  Phone& phone = phones_[number];
  story_.tell(clock_.now(), phone.name, "crashes");
  phone.off = true;
  ++phone.life;
  ++phone.timer;
  after(of_faults_.between(1'000, 3'600'000), [this, number] { restart_phone(number); });
  return true;
}

void World::restart_phone(std::size_t number) {
  Phone& phone = phones_[number];
  if (!phone.off) return;
  phone.off = false;
  ++phone.life;
  phone.session.clear();
  phone.shown.clear();
  story_.tell(clock_.now(), phone.name, "starts again");
  step(number, {.kind = SyncEventKind::restarted});
  wake(number, false);
}

// The browser throws the storage away: what was not sent is lost with it, and the node is told.
void World::evict(std::size_t number) {
  Phone& phone = phones_[number];
  if (phone.off || phone.gone) return;
  std::string lost;
  for (const auto& [id, sealed] : phone.storage.outbox) {
    Note& note = truth_.notes[*truth_.note_of(id)];
    if (note.answered) continue;
    note.lost = true;
    lost += " " + note.name;
  }
  story_.great(clock_.now(), phone.name,
               "loses its storage" + (lost.empty() ? lost : ", and with it" + lost));
  ++phone.life;
  ++phone.timer;
  phone.storage = {};
  phone.storage.vanished = true;
  phone.session.clear();
  sign_in(number);
}

}  // namespace filrouge::sim
