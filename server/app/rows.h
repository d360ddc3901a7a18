// Entries opened for a screen. A row names a person only to an account that may read her card; for
// anybody else (a coordinator counting the day, a volunteer after the round) the row stays and is
// about nobody: no subject, no name, no note. Who was named is kept for the ledger.
//
//   RowWriter rows(app, *caller.actor);
//   FILROUGE_TRY(row, rows.row(entry));
//   FILROUGE_CHECK(disclose(app, caller, "today.read", "list", rows.named()));
#pragma once

#include <map>
#include <set>
#include <vector>

#include "server/app/api/street.h"
#include "server/app/states.h"

namespace filrouge {

struct OpenedEntry {
  Draft draft;
  Envelope envelope;
};

// In the order asked; those that are gone, or whose key was destroyed, are left out.
Result<std::vector<OpenedEntry>> open_entries(App& app, const std::vector<EntryId>& ids);
Result<std::vector<OpenedEntry>> open_entries_of(App& app, SubjectId subject);

// First name or alias.
std::string shown_name(const PersonState& person);

// Of the pathway, a relay or what is shared: read through the pathway's own pages.
bool is_of_pathway(const Draft& draft);

class RowWriter {
 public:
  // What is in the body of a pathway's entry stays away, unless it was cut for this reader before.
  enum class Bodies { street, cut };
  RowWriter(App& app, const Actor& reader, Bodies bodies = Bodies::street)
      : app_(app), reader_(reader), bodies_(bodies) {}

  Result<api::DayRow> row(const OpenedEntry& entry);
  // Persons whose names or notes are in the rows so far, each once.
  std::vector<SubjectId> named() const { return {named_.begin(), named_.end()}; }

 private:
  Result<bool> may_name(const OpenedEntry& entry, const Known& person);
  Result<bool> volunteer_round_is_open(const Draft& draft, SubjectId team);
  Result<bool> is_confirmed(const OpenedEntry& entry, const Known* subject);
  Result<std::string> author_name(SubjectId author);
  Result<std::string> name_for_reader(SubjectId id, const Known& person);

  App& app_;
  const Actor& reader_;
  Bodies bodies_;
  std::set<SubjectId> named_;
  std::map<SubjectId, std::string> authors_;
  std::map<SubjectId, std::string> shown_;
};

// Is a round of the team being walked now?
Result<bool> team_walks(App& app, SubjectId team);

}  // namespace filrouge
