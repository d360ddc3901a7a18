// The moments that the program itself writes: its own hybrid logical clock, and the civil day of
// the node. Drafts made at a desk are stamped in UTC (offset 0): the server knows no wall.
//
//   Draft draft = desk_draft(app, "team_set", team, actor.account, set);
#pragma once

#include <mutex>

#include "server/app/app.h"

namespace filrouge {

// Later than everything it gave before, whatever the wall says. Safe from several threads.
class NodeClock {
 public:
  Hlc next(Instant now);

 private:
  std::mutex mutex_;
  Hlc last_;
};

CivilDate utc_day(Instant now);

// A draft that must come after what it replaces, also where another server's clock, or this one's
// before a restart, was ahead.
void put_after(Draft& draft, Hlc replaced);

// A draft written here and now, under a fresh id.
Draft new_draft(App& app, std::string_view kind, SubjectId subject, SubjectId author,
                json::Value body);

template <class Body>
Draft desk_draft(App& app, std::string_view kind, SubjectId subject, SubjectId author,
                 const Body& body) {
  // What a described struct writes is always JSON.
  return new_draft(app, kind, subject, author, json::parse(json::encode(body)).value());
}

}  // namespace filrouge
