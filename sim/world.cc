#include "sim/world.h"

#include <algorithm>
#include <utility>

#include <sqlite3.h>

#include "server/app/checkpoint.h"
#include "sim/crypto.h"
#include "sim/planted.h"

namespace filrouge::sim {

namespace {

constexpr Instant kStart{1'795'300'000'000};
constexpr std::int64_t kMinuteMs = 60'000;
constexpr std::int64_t kHourMs = 60 * kMinuteMs;
constexpr std::int64_t kDayMs = 24 * kHourMs;
constexpr std::int64_t kTimeoutMs = 8'000;  // of a phone, web/src/api

std::int64_t some(Chance& chance, std::int64_t in_hundred, std::int64_t most) {
  return chance.percent(in_hundred) ? chance.between(1, most) : 0;
}

// Each fault is absent from about half of the worlds: what only shows without the others shows.
Weather weather_of(Chance chance) {
  Weather weather;
  weather.days = chance.percent(70) ? chance.between(1, 4) : chance.between(16, 48);
  weather.acts = chance.between(40, 140);
  weather.servers = chance.percent(50) ? 2 : 1;
  weather.lost_percent = some(chance, 50, 30);
  weather.doubled_percent = some(chance, 50, 20);
  weather.slow_percent = some(chance, 50, 30);
  weather.cut_percent = some(chance, 40, 20);
  weather.offline_percent = some(chance, 60, 70);
  weather.node_crash_percent = some(chance, 60, 6);
  weather.phone_crash_percent = some(chance, 50, 8);
  weather.wrong_clock_percent = some(chance, 50, 60);
  weather.overtaken_percent = some(chance, 70, 60);
  weather.together_percent = some(chance, 50, 85);
  weather.restores = chance.percent(30) ? chance.between(1, 2) : 0;
  weather.thread_acts = chance.percent(80) ? chance.between(20, 110) : 0;
  weather.at_desk_percent = some(chance, 70, 80);
  weather.outdated_percent = some(chance, 50, 25);
  weather.crossing_percent = some(chance, 50, 35);
  return weather;
}

}  // namespace

World::World(std::uint64_t seed)
    : seed_(seed),
      chance_(seed),
      of_acts_(chance_.fork("acts")),
      of_network_(chance_.fork("network")),
      of_faults_(chance_.fork("faults")),
      of_threads_(chance_.fork("threads")),
      weather_(weather_of(chance_.fork("weather"))),
      story_(kStart),
      disk_(chance_.fork("disk")),
      in_use_(disk_),
      random_(chance_.fork("random")),
      crypto_(make_seeded_crypto(chance_.fork("crypto"))),
      node_(disk_, *crypto_, random_, clock_,
            {.servers = weather_.servers,
             .checkpoint_every = chance_.fork("checkpoint").between(3, 80),
             .before_append = [this](std::size_t server) { overtake(server); }}) {
  // SQLite's own chance, for the salts of its WAL.
  sqlite3_test_control(SQLITE_TESTCTRL_PRNG_SEED, static_cast<int>(seed & 0x7fffffff) | 1, nullptr);
  disk_.forget_flushes(is_planted(Bug::skip_fsync));
  clock_.set(kStart);
}

std::string World::weather_text() const {
  const Weather& w = weather_;
  return std::to_string(w.days) + " days, " + std::to_string(w.acts) + " acts, " +
         std::to_string(w.thread_acts) + " in threads, " + std::to_string(w.servers) +
         (w.servers == 1 ? " server" : " servers") + ", of 100: " + std::to_string(w.lost_percent) +
         " lost, " + std::to_string(w.doubled_percent) + " doubled, " +
         std::to_string(w.slow_percent) + " slow, " + std::to_string(w.cut_percent) + " cut, " +
         std::to_string(w.offline_percent) + " offline, " + std::to_string(w.node_crash_percent) +
         " node crashes, " + std::to_string(w.phone_crash_percent) + " phone crashes, " +
         std::to_string(w.wrong_clock_percent) + " wrong clocks, " +
         std::to_string(w.overtaken_percent) + " overtaken, " + std::to_string(w.together_percent) +
         " together, " + std::to_string(w.at_desk_percent) + " at a desk, " +
         std::to_string(w.outdated_percent) + " outdated, " + std::to_string(w.crossing_percent) +
         " crossing; " + std::to_string(w.restores) + " restores";
}

void World::run() {
  if (!found_town()) return find("the town could not be founded");
  schedule_acts();
  schedule_threads();
  schedule_node_life();
  play_until({kStart.ms + weather_.days * kDayMs});
  heal();
  if (findings_.empty()) check_everything();
  node_.stop();
  story_.mix(node_.image());
}

void World::at(Instant when, Work work) {
  events_.emplace(std::pair(when.ms, ++events_made_), std::move(work));
}

void World::play_until(Instant end) {
  while (!events_.empty() && events_.begin()->first.first <= end.ms && findings_.empty()) {
    auto next = events_.extract(events_.begin());
    if (next.key().first > clock_.now().ms) clock_.set({next.key().first});
    next.mapped()();
  }
  if (clock_.now() < end && findings_.empty()) clock_.set(end);
}

// ---- the network

// `hear` is called once, unless the phone has restarted since: with the answer, or with nothing.
void World::post(std::size_t phone, Serve serve_it, Hear hear) {
  const std::int64_t life = phones_[phone].life;
  const auto hear_alive = [this, phone, life, hear](std::optional<Reply> reply) {
    if (phones_[phone].life == life && !phones_[phone].off) hear(reply);
  };
  const bool calm = healing_;
  const auto happens = [&](std::int64_t percent) { return !calm && of_network_.percent(percent); };
  if (phones_[phone].offline && !calm)
    return after(kTimeoutMs, [hear_alive] { hear_alive(std::nullopt); });
  const bool slow = happens(weather_.slow_percent);
  const std::int64_t there = slow ? of_network_.between(500, 20'000) : of_network_.between(20, 400);
  const bool lost = happens(weather_.lost_percent);
  const bool answer_lost = happens(weather_.lost_percent);
  const bool doubled = happens(weather_.doubled_percent);
  // Whoever waits gives up after the time of the phone; what comes later is not heard.
  auto given_up = std::make_shared<bool>(false);
  after(kTimeoutMs, [hear_alive, given_up] {
    if (!std::exchange(*given_up, true)) hear_alive(std::nullopt);
  });
  if (lost) return;
  const std::size_t server = phone % node_.servers();  // sessions live in the memory of one
  const auto deliver = [this, serve_it, hear_alive, given_up, answer_lost, server](bool heard) {
    std::optional<Reply> reply;
    const bool served = serve(server, [&](App& app) { reply = serve_it(app); });
    // A node that died over it answers nothing, unless it has answered too early.
    if (!served && !is_planted(Bug::ack_before_durable)) reply.reset();
    if (!heard || answer_lost) return;
    const std::int64_t back = of_network_.between(20, 300);
    after(back, [hear_alive, given_up, reply] {
      if (!std::exchange(*given_up, true)) hear_alive(reply);
    });
  };
  const auto travel = [&](std::int64_t ms, bool heard) {
    const std::int64_t number = ++events_made_;
    arrivals_[number] = {server, [deliver, heard] { deliver(heard); }};
    after(ms, [this, number] { arrive(number); });
  };
  travel(there, true);
  if (doubled) travel(there + of_network_.between(10, 30'000), false);
}

void World::arrive(std::int64_t number) {
  auto arrival = arrivals_.extract(number);
  if (!arrival.empty()) arrival.mapped().work();
}

// Inside a server that is about to append, always the other one: a server takes one at a time.
std::size_t World::any_server() {
  if (overtaking_) return *overtaking_;
  return static_cast<std::size_t>(of_network_.below(static_cast<std::int64_t>(node_.servers())));
}

// ---- the node's life

// False when no answer leaves the node: it was down, or died over it.
bool World::serve(std::size_t server, const std::function<void(App&)>& work) {
  if (!node_.is_up() || disk_.is_off()) return false;
  const bool outermost = serving_ == 0;
  if (outermost && !healing_ && of_faults_.percent(weather_.node_crash_percent))
    disk_.cut_after(of_faults_.between(1, 30));
  ++serving_;
  work(node_.server(server));
  --serving_;
  const bool died = disk_.is_off();
  if (outermost && died) crash_node();
  if (outermost && !died) disk_.cut_after(0);
  return !died;
}

// Another server takes a request while this one is about to append: one that is on its way, or one
// that somebody sends at this moment about the same person.
void World::overtake(std::size_t server) {
  if (serving_ != 1 || node_.servers() < 2 || healing_) return;
  if (!of_faults_.percent(weather_.overtaken_percent)) return;
  ++overtaken_;
  overtaking_ = 1 - server;
  const auto of_other = [&](const auto& one) { return one.second.server != server; };
  auto next = std::find_if(arrivals_.begin(), arrivals_.end(), of_other);
  if (next == arrivals_.end()) {
    speak_of_the_same(1 - server);
    next = std::find_if(arrivals_.begin(), arrivals_.end(), of_other);
  }
  overtaking_.reset();
  if (next == arrivals_.end()) return;
  story_.tell(clock_.now(), "server " + std::to_string(server + 1),
              "is overtaken by server " + std::to_string(2 - server));
  arrive(next->first);
}

void World::speak_of_the_same(std::size_t server) {
  if (!serving_about_) return;
  const auto is_theirs = [&](std::size_t account) {
    return truth_.accounts[account].teams.contains(truth_.persons[*serving_about_].team);
  };
  std::vector<std::size_t> able;
  for (std::size_t i = 0; i < phones_.size(); ++i) {
    const Phone& phone = phones_[i];
    const bool speaks = is_theirs(phone.account) || is_worker(truth_.accounts[phone.account].role);
    if (i % node_.servers() == server && !phone.off && !phone.offline && speaks) able.push_back(i);
  }
  if (able.empty()) return;
  // Or an account is closed on the other server, maybe of who is being named.
  if (of_faults_.percent(6)) return revoke_somebody();
  const std::size_t phone = of_faults_.pick(able);
  const Actor speaker{phones_[phone].account, phone};
  const bool works = is_worker(truth_.accounts[speaker.account].role);
  if (works && (!is_theirs(speaker.account) || of_faults_.percent(40)))
    return say_anything(speaker, *serving_about_, seen_by(speaker, *serving_about_));
  switch (of_faults_.below(3)) {
    case 0:
      return note_described(phone, *serving_about_);
    case 1:
      return note_consent(phone, *serving_about_);
    default:
      return note_contact(phone, *serving_about_);
  }
}

void World::crash_node() {
  const bool power = of_faults_.percent(60);
  story_.great(clock_.now(), "node", power ? "loses its power" : "dies (kill -9)");
  node_.die();
  if (power)
    disk_.power_back();
  else
    disk_.process_died();
  after(of_faults_.between(5'000, 30 * kMinuteMs), [this] { open_node(); });
}

void World::open_node() {
  if (node_.is_up()) return;
  if (!healing_ && of_faults_.percent(weather_.node_crash_percent))
    disk_.cut_after(of_faults_.between(1, 20));
  const Status opened = node_.open();
  if (disk_.is_off()) return crash_node();
  disk_.cut_after(0);
  if (!opened.ok()) return find("the node does not open: " + opened.error().rule);
  story_.great(clock_.now(), "node", "is up again");
  learn_of_erasures();
}

void World::restore_node() {
  if (backups_ == 0) return;
  const std::int64_t oldest = std::max<std::int64_t>(1, backups_ - 2);
  const std::string name = std::to_string(of_faults_.between(oldest, backups_));
  // The list of erasures lies in keys.db of the folder that is given up, if that can be read.
  std::vector<SubjectId> erased;
  const bool listed = node_.is_up() && of_faults_.percent(60);
  if (listed)
    if (auto list = node_.keys().destroyed(); list.ok()) erased = std::move(*list);
  story_.great(
      clock_.now(), "node",
      "is lost, and restored from backup " + name + (listed ? " with its list of erasures" : ""));
  node_.die();
  disk_.process_died();
  const Status restored = node_.restore(name, erased);
  if (!restored.ok())
    return find("backup " + name + " cannot be restored: " + restored.error().rule);
  ++restored_;
  ++truth_.version;
  const bool healing = std::exchange(healing_, true);  // nothing goes wrong meanwhile
  redo_on_paper();
  healing_ = healing;
}

// What administrators did since the backup they do again, from paper, before anybody comes.
void World::redo_on_paper() {
  for (Person& person : truth_.persons) {
    if (!person.erased && !person.erasing) continue;
    person.erasing = false;
    person.erased = false;
    person.erasure_undone = true;
  }
  learn_of_erasures();
  std::vector<std::size_t> again;
  for (std::size_t i = 0; i < truth_.accounts.size(); ++i) {
    const Role role = truth_.accounts[i].role;
    if (truth_.accounts[i].revoked || (role != Role::administrator && role != Role::evaluator))
      again.push_back(i);
  }
  // One after the other: until its turn an account is what the backup says of it.
  truth_.unsure.insert(again.begin(), again.end());
  for (const std::size_t account : again)
    truth_.accounts[account].revoked ? revoke(account) : set_teams(account);
  for (const std::size_t phone : truth_.lost_phones) declare_phone_lost(phone);
  for (std::size_t i = 0; i < truth_.persons.size(); ++i)
    if (truth_.persons[i].erasure_undone) erase(i);
}

// What server/jobs does by itself, one turn.
void World::do_jobs() {
  for (std::size_t number = 0; node_.is_up() && number < node_.servers(); ++number) {
    serve(number, [&](App& app) {
      static_cast<void>(keep_checkpoint(app).ok());
      if (!app.facts_stale->load()) return;
      const auto changed = refresh_facts(app);
      story_.tell(clock_.now(), "node",
                  changed.ok() ? "locates " + std::to_string(*changed) + " facts again"
                               : "could not locate facts again: " + changed.error().rule);
    });
  }
}

void World::schedule_node_life() {
  const std::int64_t end = weather_.days * kDayMs;
  for (std::int64_t ms = 10 * kMinuteMs; ms < end; ms += 2 * kHourMs)
    at({kStart.ms + ms}, [this] { do_jobs(); });
  for (std::int64_t day = 0; day < weather_.days; ++day)
    at({kStart.ms + day * kDayMs + kHourMs}, [this] {
      serve(0, [&](App& app) {
        const auto expired = expire_encounter_detail(app, clock_.now());
        if (expired.ok() && *expired > 0)
          story_.tell(clock_.now(), "node",
                      "lets the detail of " + std::to_string(*expired) + " encounters go");
      });
    });
  const std::int64_t every = of_faults_.between(6, 30) * kHourMs;
  for (std::int64_t ms = kHourMs / 2; ms < end && weather_.restores > 0; ms += every)
    at({kStart.ms + ms}, [this] {
      if (!node_.is_up()) return;
      const Status made = node_.backup(std::to_string(backups_ + 1));
      if (!made.ok()) return find("a backup failed: " + made.error().rule);
      last_backup_ = clock_.now();
      story_.great(clock_.now(), "node",
                   "is backed up (backup " + std::to_string(++backups_) + ")");
    });
  for (std::int64_t i = 0; i < weather_.restores; ++i)
    at({kStart.ms + of_faults_.between(end / 3, end - 1)}, [this] { restore_node(); });
  const std::int64_t restarts = weather_.node_crash_percent > 0 ? of_faults_.between(0, 4) : 0;
  for (std::int64_t i = 0; i < restarts; ++i)
    at({kStart.ms + of_faults_.below(end)}, [this] {
      if (!node_.is_up()) return;
      const auto server = any_server();
      story_.tell(clock_.now(), "server " + std::to_string(server + 1), "restarts");
      node_.restart_server(server);
    });
}

}  // namespace filrouge::sim
