// What every use case works with: the ports, and who calls. Use cases are plain synchronous
// functions, one file each (or one small family), that see core and ports only; HTTP, the command
// line and the simulator call the same ones.
//
//   Result<api::PeopleList> list_people(App&, const Caller&, const api::PeopleQuery&);
#pragma once

#include <atomic>
#include <memory>
#include <optional>
#include <string>

#include "core/access/access.h"
#include "server/ports/crypto.h"
#include "server/ports/environment.h"
#include "server/ports/keys.h"
#include "server/ports/store.h"

namespace filrouge {

class SessionTable;    // sessions.h: bounded, in memory, idle and absolute limits
class MineTable;       // mine.h: sessions of young persons on their own page
class Throttle;        // throttle.h: tries of passwords and codes, by login and by address
class TerritoryCache;  // territory.h: outlines read at first need, again after an import
class StateCache;      // states.h: opened states by version, bounded
class NodeClock;       // stamps.h: the node's own hybrid logical clock
class LogTree;         // log_tree.h: roots of blocks, the checkpoint signed last
class RunTable;        // comparison_run.h: comparisons under way, in memory
class IntakeGate;      // intake.h: one intake at a time, on what the last one is about to write

struct App {
  Store& store;
  Keys& keys;
  Crypto& crypto;
  Clock& clock;
  Random& random;
  std::shared_ptr<SessionTable> sessions;
  std::shared_ptr<MineTable> mine;
  std::shared_ptr<Throttle> throttle;
  std::shared_ptr<TerritoryCache> territory;
  std::shared_ptr<StateCache> states;
  std::shared_ptr<NodeClock> stamps;
  std::shared_ptr<IntakeGate> gate;
  std::shared_ptr<LogTree> log_tree;
  std::shared_ptr<RunTable> runs;
  // A place or an outline may have changed under facts that were located with the former one: a
  // job looks (refresh_facts), also after a start.
  std::shared_ptr<std::atomic<bool>> facts_stale;
  // The process ends: long work stops after the append in hand and goes on at the next start.
  std::shared_ptr<std::atomic<bool>> stopping;
  std::string version;
  bool demo = false;
};

// Makes the tables above; the ports must outlive the App.
App make_app(Store& store, Keys& keys, Crypto& crypto, Clock& clock, Random& random);

// Gives back what only makes the next requests faster; for a server nobody talks to.
void release_memory(App& app);

// Who calls. `actor` is folded anew at each request, from the primary: a revocation is seen at
// once. A device alone (no actor) may only write.
struct Caller {
  std::optional<Actor> actor;
  std::optional<SubjectId> session;  // key into the SessionTable
  std::optional<SubjectId> device;   // enrolled phone that sends
  std::optional<SubjectId> device_account;
  std::optional<SubjectId> mine;  // the young person herself, on her own page
  std::string mine_token;         // of that session
  std::string address;            // for throttling only; never stored
  bool command_line = false;      // `filrouge report` and the like: consortium figures
};

// The actor of an account, or unauthenticated when it is not active.
Result<Actor> load_actor(App& app, SubjectId account);

// forbidden and not_found look the same from outside (safety.md T14): both become not_found for a
// rule that has a target.
Status require(App& app, const Caller& caller, std::string_view rule, const Target& target);

// Writes the ledger row of a disclosure, durable before this returns (law 8).
Status disclose(App& app, const Caller& caller, std::string_view rule, std::string_view purpose,
                std::vector<SubjectId> subjects);

}  // namespace filrouge
