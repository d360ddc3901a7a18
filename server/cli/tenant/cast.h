// Who and where of a demonstration, written through the same use cases that administrators use:
// the consortium is founded with its two administrators, who set organisations, teams, projects
// and accounts (one proposes, the other confirms), then every account is activated with the word of
// the file. Reference data (communes, fictitious outlines) goes in first.
//
//   auto cast = set_up(app, tenant);
//   cast->accounts.at("samira"), cast->teams.at("sanitas")
#pragma once

#include <map>
#include <string>

#include "server/app/app.h"
#include "server/cli/tenant/tenant_file.h"

namespace filrouge {

// From the keys of the file to what was made.
struct Cast {
  std::map<std::string, SubjectId> organisations;
  std::map<std::string, SubjectId> teams;
  std::map<std::string, SubjectId> projects;
  std::map<std::string, SubjectId> places;
  std::map<std::string, SubjectId> accounts;  // by login
};

Result<Cast> set_up(App& app, const Tenant& tenant);

// The account that sets a place: the first of its organisation whose role may (rules.policy,
// place.write); nullptr when nobody may.
const TenantAccount* place_author(const Tenant& tenant, const TenantPlace& place);

}  // namespace filrouge
