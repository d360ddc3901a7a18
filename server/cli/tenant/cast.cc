#include "server/cli/tenant/cast.h"

#include <algorithm>
#include <utility>

#include "server/app/use_cases.h"

namespace filrouge {

namespace {

class SetUp {
 public:
  SetUp(App& app, const Tenant& tenant) : app_(app), tenant_(tenant) {}

  Result<Cast> run() {
    FILROUGE_CHECK(put_reference());
    FILROUGE_CHECK(found());
    FILROUGE_CHECK(make_organisations());
    // A reception team names its site, and a site is set by somebody of its organisation: teams
    // first, then accounts, then places, then the teams that have a site once more.
    FILROUGE_CHECK(make_teams(false));
    FILROUGE_CHECK(make_projects());
    FILROUGE_CHECK(make_accounts());
    FILROUGE_CHECK(make_places());
    FILROUGE_CHECK(make_teams(true));
    return std::move(cast_);
  }

 private:
  Status put_reference() {
    FILROUGE_CHECK(app_.store.put_communes(tenant_.communes));
    std::vector<Outline> outlines;
    for (const TenantOutline& one : tenant_.outlines) {
      Outline outline{one.kind,       one.code,     one.name, one.department,
                      one.valid_from, one.valid_to, {},       true};
      std::vector<std::int64_t> ring;
      for (const MapPoint& point : one.ring) {
        ring.push_back(point.latitude_e7);
        ring.push_back(point.longitude_e7);
      }
      ring.push_back(one.ring.front().latitude_e7);
      ring.push_back(one.ring.front().longitude_e7);
      outline.rings.push_back(std::move(ring));
      outlines.push_back(std::move(outline));
    }
    return app_.store.put_outlines(outlines);
  }

  Status found() {
    const TenantOrganisation& first = tenant_.organisations.front();
    std::vector<std::string> logins;
    for (const TenantAccount& account : tenant_.accounts)
      if (founds(account)) logins.push_back(account.login);
    FILROUGE_TRY(founders, found_consortium(app_, first.name, logins));
    for (const FirstAccount& one : founders) {
      cast_.accounts[one.login] = one.account;
      FILROUGE_CHECK(activate(app_, {}, {one.login, one.code, password_of(one.login)}));
      FILROUGE_TRY(actor, load_actor(app_, one.account));
      cast_.organisations[first.key] = actor.state.organisation;
      Caller caller;
      caller.actor = std::move(actor);
      administrators_.push_back(std::move(caller));
    }
    return Done{};
  }

  bool founds(const TenantAccount& account) const {
    return account.role == Role::administrator &&
           account.organisation == tenant_.organisations.front().key;
  }

  const std::string& password_of(const std::string& login) const {
    return std::find_if(tenant_.accounts.begin(), tenant_.accounts.end(),
                        [&](const TenantAccount& one) { return one.login == login; })
        ->password;
  }

  Status make_organisations() {
    for (const TenantOrganisation& one : tenant_.organisations) {
      api::SetOrganisation request;
      if (cast_.organisations.contains(one.key)) request.id = cast_.organisations[one.key];
      request.set = {
          one.name,        one.kind, tenant_.convention_from, tenant_.convention_to, tenant_.zone,
          one.person_word, one.crip, one.stop_contact};
      FILROUGE_TRY(made, set_organisation(app_, administrators_[0], request));
      cast_.organisations[one.key] = made.id;
    }
    // Conventions may have changed what an administrator may do.
    for (Caller& caller : administrators_) {
      FILROUGE_TRY(actor, load_actor(app_, caller.actor->account));
      caller.actor = std::move(actor);
    }
    return Done{};
  }

  Status make_teams(bool with_site) {
    for (const TenantTeam& one : tenant_.teams) {
      if (with_site && !one.site) continue;
      api::SetTeam request;
      if (with_site) request.id = cast_.teams.at(one.key);
      request.set.organisation = cast_.organisations.at(one.organisation);
      request.set.name = one.name;
      if (with_site) request.set.site = cast_.places.at(*one.site);
      FILROUGE_TRY(made, set_team(app_, administrators_[0], request));
      cast_.teams[one.key] = made.id;
    }
    return Done{};
  }

  Status make_projects() {
    for (const TenantProject& one : tenant_.projects) {
      api::SetProject request;
      request.set = {one.name, one.funder, one.axis, one.from, one.to, {}};
      for (const std::string& key : one.organisations)
        request.set.organisations.push_back(cast_.organisations.at(key));
      FILROUGE_TRY(made, set_project(app_, administrators_[0], request));
      cast_.projects[one.key] = made.id;
    }
    return Done{};
  }

  Status make_accounts() {
    for (const TenantAccount& one : tenant_.accounts) {
      if (cast_.accounts.contains(one.login)) continue;
      api::ProposeAccount request;
      request.account = {
          one.login, one.name, one.role, cast_.organisations.at(one.organisation), {}};
      for (const std::string& team : one.teams)
        request.account.teams.push_back(cast_.teams.at(team));
      FILROUGE_TRY(made, propose_account(app_, administrators_[0], request));
      FILROUGE_TRY(code, confirm_account(app_, administrators_[1], {made.id}));
      FILROUGE_CHECK(activate(app_, {}, {one.login, code.code, one.password}));
      cast_.accounts[one.login] = made.id;
    }
    return Done{};
  }

  Status make_places() {
    for (const TenantPlace& one : tenant_.places) {
      FILROUGE_TRY(actor, load_actor(app_, cast_.accounts.at(place_author(tenant_, one)->login)));
      Caller caller;
      caller.actor = std::move(actor);
      api::SetPlace request;
      request.set.name = one.name;
      request.set.type = one.type;
      if (one.point) {
        request.set.latitude_e7 = one.point->latitude_e7;
        request.set.longitude_e7 = one.point->longitude_e7;
        request.set.located_by = LocatedBy::outline;
      } else if (one.commune) {
        request.set.commune = one.commune;
        request.set.located_by = LocatedBy::asked;
      }
      FILROUGE_TRY(made, set_place(app_, caller, request));
      cast_.places[one.key] = made.id;
    }
    return Done{};
  }

  App& app_;
  const Tenant& tenant_;
  Cast cast_;
  std::vector<Caller> administrators_;
};

}  // namespace

const TenantAccount* place_author(const Tenant& tenant, const TenantPlace& place) {
  for (const TenantAccount& account : tenant.accounts) {
    const bool writes = account.role == Role::outreach_worker || account.role == Role::adviser ||
                        account.role == Role::coordinator || account.role == Role::administrator;
    if (writes && account.organisation == place.organisation) return &account;
  }
  return nullptr;
}

Result<Cast> set_up(App& app, const Tenant& tenant) { return SetUp(app, tenant).run(); }

}  // namespace filrouge
