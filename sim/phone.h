// One phone: what its storage keeps, what its memory holds, and the outbox machine of the product
// (core/sync) between them, as the browser runs it: a sealed draft is durable first, then the
// machine hears of it; the machine's state is durable before anything it asks for is done.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "core/base/hlc.h"
#include "core/sync/sync.h"

namespace filrouge::sim {

struct Phone {
  std::string name;
  std::size_t account = 0;
  std::int64_t clock_off_ms = 0;  // its wall less the true time

  // ---- in its storage; written whole or not at all
  struct Storage {
    SyncState sync;
    std::vector<std::pair<EntryId, std::string>> outbox;  // sealed, in the order of writing
    std::string token;                                    // of the device; empty: not enrolled
    Hlc hlc;
    bool vanished = false;
  } storage;

  // ---- in its memory; gone when it restarts
  std::string session;
  std::int64_t life = 0;   // moves at each restart: what was awaited before is not heard
  std::int64_t timer = 0;  // the one that is set
  // What it shows of the people of each team, by their names.
  std::map<SubjectId, std::map<SubjectId, std::string>> shown;

  // ---- what happens to it
  bool off = false;      // a crash; it comes back
  bool gone = false;     // declared lost, in somebody else's hands: it still sends
  bool offline = false;  // no network
};

}  // namespace filrouge::sim
