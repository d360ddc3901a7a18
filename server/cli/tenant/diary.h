// The notes of a demonstration on their way into the journal: kept until flush(), then written
// through write_drafts, many of one author at a time, in order for each subject, at the moment they
// tell of (the clock of the node is set to it), as if they had been sent that week.
//
//   Diary diary(app, clock);
//   EntryId id = diary.note("encounter", author, round, stamp, Encounter{...});
//   FILROUGE_CHECK(diary.flush());
#pragma once

#include <map>
#include <string_view>
#include <vector>

#include "server/app/stamps.h"
#include "server/cli/node.h"

namespace filrouge {

class Diary {
 public:
  Diary(App& app, SetClock& clock) : app_(app), clock_(clock) {}

  // A nil author: she herself, on her own page.
  template <class Body>
  EntryId note(std::string_view kind, SubjectId author, SubjectId subject, const LocalStamp& at,
               const Body& body) {
    return keep(kind, author, subject, at, json::parse(json::encode(body)).value());
  }
  SubjectId new_subject() { return app_.random.id<SubjectId>(); }
  // For a step, an appointment or a relay, which have an id of their own.
  EntryId new_entry() { return app_.random.id<EntryId>(); }
  // Writes what is kept; all or none for each author.
  Status flush();
  std::size_t waiting() const { return waiting_.size(); }
  std::int64_t written() const { return written_; }

 private:
  EntryId keep(std::string_view kind, SubjectId author, SubjectId subject, const LocalStamp& at,
               json::Value body);
  Result<const Actor*> actor_of(SubjectId account);

  App& app_;
  SetClock& clock_;
  std::vector<Draft> waiting_;
  std::map<SubjectId, Actor> actors_;
  Hlc last_;
  std::int64_t written_ = 0;
};

}  // namespace filrouge
