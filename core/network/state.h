// The folded states of what sets up a consortium. For settings the newest write by (hlc, id) wins;
// for accounts and phones a restriction (revoked, lost) always wins.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "core/base/hlc.h"
#include "core/network/entries.h"

namespace filrouge {

struct OrganisationState {
  OrganisationSet set;
  Hlc hlc;
  EntryId entry;
};
BOOST_DESCRIBE_STRUCT(OrganisationState, (), (set, hlc, entry))

struct TeamState {
  TeamSet set;
  Hlc hlc;
  EntryId entry;
};
BOOST_DESCRIBE_STRUCT(TeamState, (), (set, hlc, entry))

struct ProjectState {
  ProjectSet set;
  Hlc hlc;
  EntryId entry;
};
BOOST_DESCRIBE_STRUCT(ProjectState, (), (set, hlc, entry))

struct PlaceState {
  PlaceSet set;
  Hlc hlc;
  EntryId entry;
};
BOOST_DESCRIBE_STRUCT(PlaceState, (), (set, hlc, entry))

enum class AccountStatus { proposed, confirmed, active, revoked };
BOOST_DESCRIBE_ENUM(AccountStatus, proposed, confirmed, active, revoked)

struct AccountState {
  AccountStatus status = AccountStatus::proposed;
  std::string login;
  std::string display_name;
  Role role = Role::volunteer;
  SubjectId organisation;
  std::vector<SubjectId> teams;
  SubjectId proposed_by;
  std::optional<SubjectId> confirmed_by;
  Hlc teams_hlc;
  EntryId teams_entry;
  Hlc proposed_hlc;
  EntryId proposed_entry;  // nil: not proposed yet
};
BOOST_DESCRIBE_STRUCT(AccountState, (),
                      (status, login, display_name, role, organisation, teams, proposed_by,
                       confirmed_by, teams_hlc, teams_entry, proposed_hlc, proposed_entry))

struct DeviceState {
  SubjectId account;
  SubjectId organisation;
  std::string label;
  std::optional<CivilDate> enrolled;
  bool lost = false;
  Hlc hlc;        // of the enrolment: the first by (hlc, entry) stands
  EntryId entry;  // nil: not enrolled yet
};
BOOST_DESCRIBE_STRUCT(DeviceState, (), (account, organisation, label, enrolled, lost, hlc, entry))

}  // namespace filrouge
