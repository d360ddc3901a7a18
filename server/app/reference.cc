// What a phone needs to write offline, and nothing about a person: the account's own teams, its
// organisation's projects and places, and the outlines around these places.
#include <algorithm>

#include "server/app/place_rows.h"
#include "server/app/stamps.h"
#include "server/app/territory.h"
#include "server/app/use_cases.h"

namespace filrouge {

namespace {

constexpr std::int64_t kAroundE7 = 2'000'000;  // 0.2 degrees, about 20 km

struct Area {
  std::int64_t south = INT64_MAX, north = INT64_MIN, west = INT64_MAX, east = INT64_MIN;

  bool is_empty() const { return south > north; }
  void add(std::int64_t latitude, std::int64_t longitude) {
    south = std::min(south, latitude - kAroundE7);
    north = std::max(north, latitude + kAroundE7);
    west = std::min(west, longitude - kAroundE7);
    east = std::max(east, longitude + kAroundE7);
  }
  bool holds(std::int64_t latitude, std::int64_t longitude) const {
    return latitude >= south && latitude <= north && longitude >= west && longitude <= east;
  }
};

bool touches(const Outline& outline, const Area& area) {
  for (const std::vector<std::int64_t>& ring : outline.rings)
    for (std::size_t i = 0; i + 1 < ring.size(); i += 2)
      if (area.holds(ring[i], ring[i + 1])) return true;
  return false;
}

// The active accounts of the team, by name; and those of them who may hold a pathway.
void add_members(const std::vector<KnownPtr>& accounts, api::TeamRow& team) {
  for (const KnownPtr& one : accounts) {
    const auto account = state_in<AccountState>(one);
    if (!account || account->status != AccountStatus::active) continue;
    if (std::find(account->teams.begin(), account->teams.end(), team.id) == account->teams.end())
      continue;
    team.members.push_back({one->row.subject, account->display_name});
    if (may_be_referent(account->role)) team.referents.push_back(team.members.back());
  }
  for (auto* list : {&team.members, &team.referents})
    std::sort(list->begin(), list->end(),
              [](const api::Named& a, const api::Named& b) { return a.name < b.name; });
}

Status add_teams(App& app, const Actor& actor, api::Reference& reference) {
  StateFilter filter;
  filter.collection = Collection::account;
  FILROUGE_TRY(accounts, all_known(app, filter));
  for (const SubjectId& id : actor.state.teams) {
    FILROUGE_TRY(team, find_state<TeamState>(app, id));
    if (!team || !team->set.active) continue;
    reference.teams.push_back({id, team->set.name, team->set.site, {}, {}});
    add_members(accounts, reference.teams.back());
  }
  return Done{};
}

Status add_projects(App& app, const Actor& actor, CivilDate today, api::Reference& reference) {
  StateFilter filter;
  filter.collection = Collection::project;
  FILROUGE_TRY(projects, all_known(app, filter));
  for (const KnownPtr& one : projects) {
    const auto project = state_in<ProjectState>(one);
    if (!project || project->set.to < today) continue;
    const auto& ours = project->set.organisations;
    if (std::find(ours.begin(), ours.end(), actor.state.organisation) == ours.end()) continue;
    reference.projects.push_back({one->row.subject, project->set.name});
  }
  return Done{};
}

Status add_organisations(App& app, const Actor& actor, CivilDate today, api::Reference& reference) {
  FILROUGE_TRY(all, all_known(app, {.collection = Collection::organisation}));
  for (const KnownPtr& one : all) {
    const auto organisation = state_in<OrganisationState>(one);
    if (!organisation || one->row.subject == actor.state.organisation) continue;
    const OrganisationSet& set = organisation->set;
    if (today < set.convention_from || set.convention_to < today) continue;
    reference.organisations.push_back({one->row.subject, set.name, set.kind});
  }
  std::sort(reference.organisations.begin(), reference.organisations.end(),
            [](const api::ReceiverRow& a, const api::ReceiverRow& b) {
              return std::tie(a.name, a.id) < std::tie(b.name, b.id);
            });
  return Done{};
}

Status add_outlines(App& app, CivilDate today, api::Reference& reference) {
  Area area;
  for (const api::PlaceRow& place : reference.places)
    if (place.latitude_e7 && place.longitude_e7) area.add(*place.latitude_e7, *place.longitude_e7);
  FILROUGE_TRY(index, app.territory->index(app));
  for (const Outline& outline : index->outlines()) {
    if (outline.valid_to && *outline.valid_to < today) continue;
    // Without a place yet, all of them: the first places are drawn on this phone.
    if (area.is_empty() || touches(outline, area)) reference.outlines.push_back(outline);
  }
  return Done{};
}

}  // namespace

Result<api::Reference> reference(App& app, const Caller& caller, const api::Empty&) {
  if (!caller.actor) return Error{Code::unauthenticated, "", "sign_in", "sign in first"};
  const Actor& actor = *caller.actor;
  Target own;
  own.organisation = actor.state.organisation;
  FILROUGE_CHECK(require(app, caller, "reference.read", own));
  const CivilDate today = utc_day(app.clock.now());
  api::Reference reference;
  FILROUGE_CHECK(add_teams(app, actor, reference));
  FILROUGE_CHECK(add_projects(app, actor, today, reference));
  FILROUGE_CHECK(add_organisations(app, actor, today, reference));
  FILROUGE_TRY(places, places_of(app, own.organisation, today));
  reference.places = std::move(places);
  FILROUGE_CHECK(add_outlines(app, today, reference));
  return reference;
}

}  // namespace filrouge
