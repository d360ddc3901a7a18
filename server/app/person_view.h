// One person as one account may see her: the relation that the policy is asked about, the cut of
// her state (core/people/visible.h), and the door that every answer about her goes through.
//
//   FILROUGE_TRY(open, open_person(app, caller, query.person, "pathway.read"));
//   ... an answer made from open.seen ...
//   FILROUGE_CHECK(note_opened(app, caller, *open.known, "pathway.read", "pathway"));
#pragma once

#include <map>
#include <string>

#include "core/people/circle.h"
#include "core/people/visible.h"
#include "server/app/api/pathway.h"
#include "server/app/states.h"

namespace filrouge {

// The organisation of an account or of a team, each looked up once. An error of the store is kept
// and must be asked for when the last question was put: failed().
class Belonging {
 public:
  explicit Belonging(App& app) : app_(app) {}
  SubjectId of(SubjectId account_or_team);
  OrganisationOf asker() {
    return [this](SubjectId id) { return of(id); };
  }
  Status failed() const { return failed_; }

 private:
  App& app_;
  std::map<SubjectId, SubjectId> known_;
  Status failed_ = Done{};
};

// Names of accounts, teams and organisations, each looked up once.
class Names {
 public:
  explicit Names(App& app) : app_(app) {}
  Result<std::string> of(SubjectId id);

 private:
  App& app_;
  std::map<SubjectId, std::string> known_;
};

// The target of the rules about a person, for this reader: teams and circle; her organisation, or
// the reader's own where it follows her; a volunteer's own entries until the round ends.
Result<Target> person_target(App& app, const Actor& reader, const Known& person);
// The same without the volunteer's entries: pure.
Target circle_target(const PersonState& person, const StoredState& row, SubjectId organisation,
                     CivilDate today);

// What this reader may see of her; her rule was asked before.
Result<PersonState> seen_by(App& app, const Actor& reader, const Known& person);

// Nobody of another organisation can have written about her: her own team sees her whole.
bool is_only_ours(const PersonState& person, CivilDate today);
// Who follows her, everybody by name: for herself alone (who_follows.cc).
Result<api::Followers> all_followers(App& app, const Known& person);

// "N. D.": for boards and outside pages.
std::string initials_of(const PersonState& person);

struct OpenedPerson {
  KnownPtr known;
  PersonState seen;
  const PersonState& whole() const { return std::get<PersonState>(known->state); }
};
// The person when the rule lets this account in; the same answer whether she exists or not.
Result<OpenedPerson> open_person(App& app, const Caller& caller, SubjectId id,
                                 std::string_view rule);
// The ledger row of an opened record, and the daily quota of those outside the own team's list
// (limits::opened_records_a_day_max): where it is reached reading stops, writing never does, and a
// row "stopped" tells the DPO, whose screen shows it as an alert.
Status note_opened(App& app, const Caller& caller, const Known& person, std::string_view rule,
                   std::string_view purpose);

}  // namespace filrouge
