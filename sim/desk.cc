// What is done at a desk, through the use cases of the pages: erasing, revoking, declaring a phone
// lost, moving an account to another team, deciding what waits; and prying, which must show
// nothing.
#include <algorithm>

#include "sim/world.h"

namespace filrouge::sim {

namespace {

constexpr std::size_t kPieceBytes = 24;

}  // namespace

std::optional<std::size_t> World::account_with(Role role, std::optional<std::size_t> team) const {
  for (std::size_t i = 0; i < truth_.accounts.size(); ++i) {
    const Account& one = truth_.accounts[i];
    if (one.role == role && !one.revoked && (!team || one.teams.contains(*team))) return i;
  }
  return std::nullopt;
}

std::optional<std::size_t> World::worker_of(std::size_t team) const {
  const auto worker = account_with(Role::outreach_worker, team);
  return worker ? worker : account_with(Role::adviser, team);
}

// Signed in afresh; absent when the node does not let them.
std::optional<Caller> World::caller_of(App& app, std::size_t account) {
  const Account& who = truth_.accounts[account];
  const auto opened = filrouge::sign_in(app, {}, {who.login, who.password()});
  if (!opened.ok()) return std::nullopt;
  const auto caller = caller_of_session(app, opened->token, "");
  if (!caller.ok()) return std::nullopt;
  return *caller;
}

void World::desk_act() {
  switch (of_acts_.below(8)) {
    case 0:
    case 1: {
      std::vector<std::size_t> there;
      for (std::size_t i = 0; i < truth_.persons.size(); ++i)
        if (!truth_.persons[i].erased) there.push_back(i);
      if (!there.empty()) erase(of_acts_.pick(there));
      return;
    }
    case 2:
      return revoke_somebody();
    case 3:
      if (truth_.lost_phones.size() < 2)
        declare_phone_lost(
            static_cast<std::size_t>(of_acts_.below(static_cast<std::int64_t>(phones_.size()))));
      return;
    case 4:
      return move_account();
    case 5:
      return resolve_waiting();
    default:
      return pry();
  }
}

void World::erase(std::size_t number) {
  const auto worker = worker_of(truth_.persons[number].team);
  if (!worker) return;
  const SubjectId id = truth_.persons[number].id;
  const std::string name = truth_.persons[number].name;
  serve(any_server(), [&](App& app) {
    const auto caller = caller_of(app, *worker);
    if (!caller) return;
    Person& person = truth_.persons[number];
    // What was hers on the disk, to be looked for afterwards.
    if (const auto entries = node_.store().entries_of(id); entries.ok())
      for (const StoredEntry& row : *entries) {
        person.pieces.push_back(row.entry.ciphertext.substr(30, kPieceBytes));
        if (const std::string key = node_.wrapped_key(row.entry.envelope.key); !key.empty())
          person.key_pieces.push_back(key.substr(30, kPieceBytes));
      }
    if (const auto state = node_.store().state(id); state.ok() && *state)
      person.pieces.push_back((*state)->sealed.substr(30, kPieceBytes));
    person.erasing = true;
    ++truth_.version;
    story_.great(clock_.now(), truth_.accounts[*worker].name, "erases " + name);
    const auto erased = erase_person(app, *caller, {id, "person"});
    if (!erased.ok()) {
      story_.tell(clock_.now(), "node", "does not erase " + name + ": " + erased.error().rule);
      if (erased.error().code == Code::not_found) truth_.persons[number].erasing = false;
      return;
    }
    ++truth_.version;
    truth_.persons[number].erasing = false;
    truth_.persons[number].erased = true;
    truth_.persons[number].erasure_undone = false;
  });
}

// After the node died over an erasure: what it has on its list was finished at its start.
void World::learn_of_erasures() {
  const auto destroyed = node_.keys().destroyed();
  if (!destroyed.ok()) return find("the list of erasures cannot be read");
  for (Person& person : truth_.persons) {
    const bool listed =
        std::find(destroyed->begin(), destroyed->end(), person.id) != destroyed->end();
    if (person.erased && !listed) find("an erasure was forgotten", {person.name});
    if (listed) {
      person.erased = true;
      person.erasure_undone = false;
    }
    person.erasing = false;
  }
}

// Whoever decided it tries until the node says that it is done.
void World::try_again(std::size_t account, Work work) {
  truth_.unsure.insert(account);
  ++truth_.version;
  after(40 * 60'000, std::move(work));
}

// Some stay in each organisation.
bool World::may_lose(std::size_t account) const {
  std::size_t all = 0;
  std::size_t beside = 0;
  const Account& who = truth_.accounts[account];
  for (const Account& one : truth_.accounts) {
    if (!is_worker(one.role) || one.revoked) continue;
    ++all;
    if (one.organisation == who.organisation) ++beside;
  }
  return all > 4 && beside > 1 && !who.revoked;
}

void World::revoke_somebody() {
  std::vector<std::size_t> able;
  for (std::size_t i = 0; i < truth_.accounts.size(); ++i)
    if (is_worker(truth_.accounts[i].role) && may_lose(i)) able.push_back(i);
  if (!able.empty()) revoke(of_acts_.pick(able));
}

void World::revoke(std::size_t account) {
  const auto admin = account_with(Role::administrator, std::nullopt);
  bool done = false;
  story_.great(clock_.now(), truth_.accounts[*admin].name,
               "revokes " + truth_.accounts[account].name);
  const bool served = serve(any_server(), [&](App& app) {
    ++truth_.version;
    const auto caller = caller_of(app, *admin);
    done = caller && revoke_account(app, *caller, {truth_.accounts[account].id}).ok();
  });
  if (!served || !done) return try_again(account, [this, account] { revoke(account); });
  truth_.accounts[account].revoked = true;
  truth_.unsure.erase(account);
  ++truth_.version;
  check_passed_on();
}

void World::declare_phone_lost(std::size_t number) {
  const std::size_t owner = phones_[number].account;
  if (truth_.accounts[owner].revoked) return;
  bool done = false;
  const bool served = serve(any_server(), [&](App& app) {
    const auto caller = caller_of(app, owner);
    const auto devices = caller ? own_devices(app, *caller, {})
                                : Result<api::DeviceList>(Error{Code::unavailable, ""});
    if (!devices.ok()) return;
    done = true;
    for (const api::DeviceRow& device : devices->rows)
      if (device.label == phones_[number].name && !device.lost)
        done = done && declare_lost(app, *caller, {device.device}).ok();
  });
  if (!served || !done) return try_again(owner, [this, number] { declare_phone_lost(number); });
  truth_.lost_phones.insert(number);
  truth_.unsure.erase(owner);
  phones_[number].gone = true;
  ++truth_.version;
  story_.great(clock_.now(), truth_.accounts[owner].name,
               "declares " + phones_[number].name + " lost");
}

// Ana and Bilal may go to the team Sud and come back.
void World::move_account() {
  std::vector<std::size_t> able;
  for (std::size_t i = 0; i < truth_.accounts.size(); ++i) {
    const Account& one = truth_.accounts[i];
    if (one.role == Role::outreach_worker && one.organisation == 1 && !one.revoked)
      able.push_back(i);
  }
  if (able.empty()) return;
  const std::size_t account = of_acts_.pick(able);
  if (truth_.unsure.contains(account)) return;
  Account& moved = truth_.accounts[account];
  if (of_acts_.percent(50))
    moved.teams = {0, 1};
  else
    moved.teams = {static_cast<std::size_t>(of_acts_.below(2))};
  set_teams(account);
}

void World::set_teams(std::size_t account) {
  const auto admin = account_with(Role::administrator, std::nullopt);
  const Account& moved = truth_.accounts[account];
  api::SetAccountTeams request{moved.id, {}};
  std::string names;
  for (const std::size_t team : moved.teams) {
    request.teams.push_back(truth_.teams[team].id);
    names += " " + truth_.teams[team].name;
  }
  bool done = false;
  truth_.unsure.insert(account);  // until it is answered, a note may be judged by either
  const bool served = serve(any_server(), [&](App& app) {
    ++truth_.version;
    const auto caller = caller_of(app, *admin);
    done = caller && set_account_teams(app, *caller, request).ok();
  });
  if (!served || !done) return try_again(account, [this, account] { set_teams(account); });
  truth_.unsure.erase(account);
  story_.great(clock_.now(), moved.name, "works in" + names);
  check_passed_on();
}

// A coordinator accepts or discards one of the notes that wait.
void World::resolve_waiting() {
  for (const std::size_t organisation : {1U, 2U, 3U}) {
    std::optional<std::size_t> coordinator;
    for (std::size_t i = 0; i < truth_.accounts.size(); ++i)
      if (truth_.accounts[i].role == Role::coordinator &&
          truth_.accounts[i].organisation == organisation)
        coordinator = i;
    serve(any_server(), [&](App& app) {
      const auto caller = caller_of(app, *coordinator);
      if (!caller) return;
      const auto waiting = list_quarantine(app, *caller, {});
      if (!waiting.ok() || waiting->rows.empty()) return;
      const api::QuarantineItem& item = of_acts_.pick(waiting->rows);
      const bool accepts = of_acts_.percent(60);
      const auto decided =
          resolve_quarantine(app, *caller,
                             {item.entry, accepts ? api::QuarantineDecision::accept
                                                  : api::QuarantineDecision::discard});
      const auto note = truth_.note_of(item.entry);
      story_.tell(clock_.now(), truth_.accounts[*coordinator].name,
                  std::string(accepts ? "accepts " : "discards ") +
                      (note ? truth_.notes[*note].name : "a stranger's note") +
                      (decided.ok() ? "" : ", which is refused: " + decided.error().rule));
    });
  }
}

// Somebody asks for a person by her id, or for a team's list: the answer must be what may be seen.
void World::pry() {
  if (truth_.persons.empty()) return;
  const auto reader =
      static_cast<std::size_t>(of_acts_.below(static_cast<std::int64_t>(truth_.accounts.size())));
  const std::size_t number =
      static_cast<std::size_t>(of_acts_.below(static_cast<std::int64_t>(truth_.persons.size())));
  const std::size_t team =
      static_cast<std::size_t>(of_acts_.below(static_cast<std::int64_t>(truth_.teams.size())));
  serve(any_server(), [&](App& app) {
    // Who asks is looked up first: overtaken since then, the answer may be one of before.
    const std::int64_t overtaken = overtaken_;
    const auto caller = caller_of(app, reader);
    if (!caller || overtaken != overtaken_) return;
    read_all(app, reader, *caller, number);
    const auto list = list_people(app, *caller, {truth_.teams[team].id, {}, {}});
    if (list.ok() && overtaken == overtaken_) judge_people(app, reader, team, *list);
  });
}

}  // namespace filrouge::sim
