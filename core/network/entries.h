// Bodies of the entries that set up a consortium: organisations with their convention, teams,
// projects, places, accounts, phones. They hold no person who is helped.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include <boost/describe/class.hpp>
#include <boost/describe/enum.hpp>

#include "core/base/ids.h"
#include "core/base/time.h"
#include "core/outreach/vocabulary.h"

namespace filrouge {

enum class PersonWord { jeune, personne, usager };
BOOST_DESCRIBE_ENUM(PersonWord, jeune, personne, usager)

// "organisation_set", subject: the organisation. Writing stops being accepted (quarantine) and
// reading is refused when the convention is over. `zone` is an IANA name; `crip` the number of the
// département's cellule de recueil des informations préoccupantes.
struct OrganisationSet {
  std::string name;
  std::string kind;
  CivilDate convention_from;
  CivilDate convention_to;
  std::string zone;
  PersonWord person_word = PersonWord::jeune;
  std::optional<std::string> crip;
  std::optional<std::string> stop_contact;  // how to stop: phone, address or counter
  std::optional<std::string> department;    // "37": with the name, how it is found again
  std::optional<std::string> other_name;    // as another list calls it
};
BOOST_DESCRIBE_STRUCT(OrganisationSet, (),
                      (name, kind, convention_from, convention_to, zone, person_word, crip,
                       stop_contact, department, other_name))

// "team_set", subject: the team.
struct TeamSet {
  SubjectId organisation;
  std::string name;
  std::optional<SubjectId> site;  // a reception desk's own place
  bool active = true;
};
BOOST_DESCRIBE_STRUCT(TeamSet, (), (organisation, name, site, active))

// "project_set", subject: the project. `axis` groups figures (R61, R73).
struct ProjectSet {
  std::string name;
  std::optional<std::string> funder;
  std::optional<std::string> axis;
  CivilDate from;
  CivilDate to;
  std::vector<SubjectId> organisations;
};
BOOST_DESCRIBE_STRUCT(ProjectSet, (), (name, funder, axis, from, to, organisations))

// How the commune and the district of a place were found.
enum class LocatedBy { outline, asked };
BOOST_DESCRIBE_ENUM(LocatedBy, outline, asked)

// "place_set", subject: the place. Coordinates in 1e-7 degrees. `district` absent and
// `district_known` true means hors QPV; false means inconnu, never hors QPV.
struct PlaceSet {
  std::string name;
  PlaceType type = PlaceType::street;
  std::optional<std::int64_t> latitude_e7;
  std::optional<std::int64_t> longitude_e7;
  std::optional<std::string> commune;  // INSEE code
  std::optional<LocatedBy> located_by;
  bool active = true;
};
BOOST_DESCRIBE_STRUCT(PlaceSet, (),
                      (name, type, latitude_e7, longitude_e7, commune, located_by, active))

enum class Role {
  outreach_worker,
  volunteer,
  reception_agent,
  adviser,
  solution_partner,
  coordinator,
  evaluator,
  funder,
  trainee,
  dpo,
  administrator,
};
BOOST_DESCRIBE_ENUM(Role, outreach_worker, volunteer, reception_agent, adviser, solution_partner,
                    coordinator, evaluator, funder, trainee, dpo, administrator)

// Who may hold a pathway: a worker, an adviser, a coordinator par intérim (law 4).
constexpr bool may_be_referent(Role role) {
  return role == Role::outreach_worker || role == Role::adviser || role == Role::coordinator;
}

// "account_proposed", subject: the account. A second administrator confirms it; a new account
// sees nobody until it acts within a team (architecture 5).
struct AccountProposed {
  std::string login;
  std::string display_name;
  Role role = Role::volunteer;
  SubjectId organisation;
  std::vector<SubjectId> teams;
};
BOOST_DESCRIBE_STRUCT(AccountProposed, (), (login, display_name, role, organisation, teams))

// "account_confirmed": by another administrator than the one who proposed.
struct AccountConfirmed {
  SubjectId confirmed_by;
};
BOOST_DESCRIBE_STRUCT(AccountConfirmed, (), (confirmed_by))

enum class AccountChange { activated, revoked, teams };
BOOST_DESCRIBE_ENUM(AccountChange, activated, revoked, teams)

// "account_changed".
struct AccountChanged {
  AccountChange change = AccountChange::activated;
  std::vector<SubjectId> teams;  // with `teams` only
};
BOOST_DESCRIBE_STRUCT(AccountChanged, (), (change, teams))

// "device_enrolled", subject: the device (a phone, or a desk's browser). Write-only.
struct DeviceEnrolled {
  SubjectId account;
  std::string label;
  std::optional<SubjectId> organisation;  // of the account, on that day
};
BOOST_DESCRIBE_STRUCT(DeviceEnrolled, (), (account, label, organisation))

// "device_lost": what it still sends goes to the quarantine.
struct DeviceLost {
  SubjectId declared_by;
};
BOOST_DESCRIBE_STRUCT(DeviceLost, (), (declared_by))

// "facts_retained", subject: fresh. Written by the program when it erases a person or lets the
// hour and place of old encounters go: the anonymous facts that stay (law 9).
// Its rows are measure/facts.h; the body is kept as JSON by the journal.

}  // namespace filrouge
