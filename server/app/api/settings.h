// Setting up: organisations, teams, projects, places, accounts. No person who is helped is read.
// A new account takes two administrators: one proposes, another confirms and hands the activation
// code (72 h) to the person; no administrator ever sets or sees a password.
#pragma once

#include "server/app/api/street.h"
#include "server/ports/store.h"

namespace filrouge::api {

// GET/POST /api/v1/organisations. `id` absent: a new one.
struct SetOrganisation {
  std::optional<SubjectId> id;
  OrganisationSet set;
};
BOOST_DESCRIBE_STRUCT(SetOrganisation, (), (id, set))
struct OrganisationRow {
  SubjectId id;
  OrganisationSet set;
};
BOOST_DESCRIBE_STRUCT(OrganisationRow, (), (id, set))
struct OrganisationList {
  std::vector<OrganisationRow> rows;
};
BOOST_DESCRIBE_STRUCT(OrganisationList, (), (rows))

// GET/POST /api/v1/teams
struct SetTeam {
  std::optional<SubjectId> id;
  TeamSet set;
};
BOOST_DESCRIBE_STRUCT(SetTeam, (), (id, set))
struct TeamSettingsRow {
  SubjectId id;
  TeamSet set;
};
BOOST_DESCRIBE_STRUCT(TeamSettingsRow, (), (id, set))
struct TeamList {
  std::vector<TeamSettingsRow> rows;
};
BOOST_DESCRIBE_STRUCT(TeamList, (), (rows))

// GET/POST /api/v1/projects
struct SetProject {
  std::optional<SubjectId> id;
  ProjectSet set;
};
BOOST_DESCRIBE_STRUCT(SetProject, (), (id, set))
struct ProjectRow {
  SubjectId id;
  ProjectSet set;
};
BOOST_DESCRIBE_STRUCT(ProjectRow, (), (id, set))
struct ProjectList {
  std::vector<ProjectRow> rows;
};
BOOST_DESCRIBE_STRUCT(ProjectList, (), (rows))

// GET/POST /api/v1/places
struct SetPlace {
  std::optional<SubjectId> id;
  PlaceSet set;
};
BOOST_DESCRIBE_STRUCT(SetPlace, (), (id, set))
struct PlaceList {
  std::vector<PlaceRow> rows;
};
BOOST_DESCRIBE_STRUCT(PlaceList, (), (rows))

// The answer to every "set": the subject that was made or changed.
struct Made {
  SubjectId id;
};
BOOST_DESCRIBE_STRUCT(Made, (), (id))

// GET /api/v1/accounts; POST /api/v1/accounts (propose)
struct ProposeAccount {
  AccountProposed account;
};
BOOST_DESCRIBE_STRUCT(ProposeAccount, (), (account))
struct AccountRow {
  SubjectId id;
  std::string login;
  std::string display_name;
  Role role = Role::volunteer;
  AccountStatus status = AccountStatus::proposed;
  Named organisation;
  std::vector<Named> teams;
  std::string proposed_by;
  bool may_confirm = false;      // by whoever asks: not the one who proposed it
  std::int64_t referent_of = 0;  // open pathways: she hands over before she leaves
};
BOOST_DESCRIBE_STRUCT(AccountRow, (),
                      (id, login, display_name, role, status, organisation, teams, proposed_by,
                       may_confirm, referent_of))
struct AccountList {
  std::vector<AccountRow> rows;
};
BOOST_DESCRIBE_STRUCT(AccountList, (), (rows))

// POST /api/v1/accounts/{account}/confirm and /code: the one-time code, shown once.
struct AccountQuery {
  SubjectId account;
};
BOOST_DESCRIBE_STRUCT(AccountQuery, (), (account))
struct ActivationCode {
  std::string login;
  std::string code;
  Instant valid_until;
};
BOOST_DESCRIBE_STRUCT(ActivationCode, (), (login, code, valid_until))
// POST /api/v1/accounts/{account}/revoke, /teams
struct SetAccountTeams {
  SubjectId account;
  std::vector<SubjectId> teams;
};
BOOST_DESCRIBE_STRUCT(SetAccountTeams, (), (account, teams))
// The answer to both: how many pathways she was the referent of passed
// to a coordinator par intérim, and wait for a referent.
struct PassedOn {
  std::int64_t pathways = 0;
};
BOOST_DESCRIBE_STRUCT(PassedOn, (), (pathways))

// GET /api/v1/communes?query=
struct CommuneQuery {
  std::string query;
};
BOOST_DESCRIBE_STRUCT(CommuneQuery, (), (query))
struct CommuneList {
  std::vector<Commune> rows;
};
BOOST_DESCRIBE_STRUCT(CommuneList, (), (rows))

}  // namespace filrouge::api
