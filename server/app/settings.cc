// Organisations, teams, projects and places: what an administrator (or, for places, a team) sets.
// Every change is an entry of the journal; none reads or names a person who is helped.
#include <algorithm>

#include "core/base/text.h"
#include "server/app/place_rows.h"
#include "server/app/stamps.h"
#include "server/app/use_cases.h"
#include "server/app/write.h"

namespace filrouge {

namespace {

Result<const Actor*> actor_of(const Caller& caller) {
  if (!caller.actor) return Error{Code::unauthenticated, "", "sign_in", "sign in first"};
  return &*caller.actor;
}

bool may(const Caller& caller, std::string_view rule, SubjectId organisation) {
  Target target;
  target.organisation = organisation;
  return caller.actor && permit(*caller.actor, rule, target) == Verdict::permitted;
}

// The states of a collection as rows of a list, in the order of their names.
template <class S, class Row>
Result<std::vector<Row>> named_rows(App& app, Collection collection, auto&& shown) {
  StateFilter filter;
  filter.collection = collection;
  FILROUGE_TRY(known, all_known(app, filter));
  std::vector<Row> rows;
  for (const KnownPtr& one : known)
    if (const auto state = state_in<S>(one); state && shown(one->row.subject, state->set))
      rows.push_back({one->row.subject, state->set});
  std::sort(rows.begin(), rows.end(), [](const Row& a, const Row& b) {
    return std::tuple(fold_for_search(a.set.name), a.id) <
           std::tuple(fold_for_search(b.set.name), b.id);
  });
  return rows;
}

// An id that is given must be there already and be of this collection.
template <class S>
Result<SubjectId> id_to_set(App& app, const std::optional<SubjectId>& id) {
  if (!id) return app.random.id<SubjectId>();
  FILROUGE_TRY(known, find_state<S>(app, *id));
  if (!known) return Error{Code::not_found, "id", "unknown", "nothing is set under this id"};
  return *id;
}

template <class Set>
Result<api::Made> write_set(App& app, const Actor& actor, std::string_view kind, SubjectId id,
                            const Set& set) {
  FILROUGE_CHECK(write_draft(app, actor, desk_draft(app, kind, id, actor.account, set)));
  return api::Made{id};
}

template <class S>
Status must_exist(App& app, SubjectId id, std::string_view field) {
  FILROUGE_TRY(known, find_state<S>(app, id));
  if (!known) return Error{Code::invalid, std::string(field), "unknown", "no such id"};
  return Done{};
}

}  // namespace

Result<api::OrganisationList> organisations(App& app, const Caller& caller, const api::Empty&) {
  FILROUGE_TRY(actor, actor_of(caller));
  Target own;
  own.organisation = actor->state.organisation;
  FILROUGE_CHECK(require(app, caller, "organisation.read", own));
  api::OrganisationList list;
  FILROUGE_TRY(rows, named_rows<OrganisationState, api::OrganisationRow>(
                         app, Collection::organisation, [&](SubjectId id, const OrganisationSet&) {
                           return may(caller, "organisation.write", id) ||
                                  may(caller, "organisation.read", id);
                         }));
  list.rows = std::move(rows);
  return list;
}

Result<api::Made> set_organisation(App& app, const Caller& caller,
                                   const api::SetOrganisation& request) {
  FILROUGE_CHECK(require(app, caller, "organisation.write", Target{}));
  if (request.set.convention_to < request.set.convention_from)
    return Error{Code::invalid, "set.convention_to", "order",
                 "the convention ends before it starts"};
  FILROUGE_TRY(id, id_to_set<OrganisationState>(app, request.id));
  return write_set(app, *caller.actor, "organisation_set", id, request.set);
}

Result<api::TeamList> teams(App& app, const Caller& caller, const api::Empty&) {
  FILROUGE_TRY(actor, actor_of(caller));
  Target own;
  own.organisation = actor->state.organisation;
  FILROUGE_CHECK(require(app, caller, "reference.read", own));
  api::TeamList list;
  FILROUGE_TRY(rows, named_rows<TeamState, api::TeamSettingsRow>(
                         app, Collection::team, [&](SubjectId, const TeamSet& set) {
                           return set.organisation == actor->state.organisation ||
                                  may(caller, "team.write", set.organisation);
                         }));
  list.rows = std::move(rows);
  return list;
}

Result<api::Made> set_team(App& app, const Caller& caller, const api::SetTeam& request) {
  FILROUGE_CHECK(require(app, caller, "team.write", Target{}));
  FILROUGE_CHECK(must_exist<OrganisationState>(app, request.set.organisation, "set.organisation"));
  if (request.set.site) FILROUGE_CHECK(must_exist<PlaceState>(app, *request.set.site, "set.site"));
  FILROUGE_TRY(id, id_to_set<TeamState>(app, request.id));
  return write_set(app, *caller.actor, "team_set", id, request.set);
}

Result<api::ProjectList> projects(App& app, const Caller& caller, const api::Empty&) {
  FILROUGE_TRY(actor, actor_of(caller));
  Target own;
  own.organisation = actor->state.organisation;
  FILROUGE_CHECK(require(app, caller, "reference.read", own));
  api::ProjectList list;
  FILROUGE_TRY(rows, named_rows<ProjectState, api::ProjectRow>(
                         app, Collection::project, [&](SubjectId, const ProjectSet& set) {
                           const auto& own_ids = set.organisations;
                           return may(caller, "project.write", own.organisation) ||
                                  std::find(own_ids.begin(), own_ids.end(), own.organisation) !=
                                      own_ids.end();
                         }));
  list.rows = std::move(rows);
  return list;
}

Result<api::Made> set_project(App& app, const Caller& caller, const api::SetProject& request) {
  FILROUGE_CHECK(require(app, caller, "project.write", Target{}));
  if (request.set.to < request.set.from)
    return Error{Code::invalid, "set.to", "order", "the project ends before it starts"};
  for (const SubjectId& organisation : request.set.organisations)
    FILROUGE_CHECK(must_exist<OrganisationState>(app, organisation, "set.organisations"));
  FILROUGE_TRY(id, id_to_set<ProjectState>(app, request.id));
  return write_set(app, *caller.actor, "project_set", id, request.set);
}

Result<api::PlaceList> places(App& app, const Caller& caller, const api::Empty&) {
  FILROUGE_TRY(actor, actor_of(caller));
  Target own;
  own.organisation = actor->state.organisation;
  FILROUGE_CHECK(require(app, caller, "reference.read", own));
  api::PlaceList list;
  FILROUGE_TRY(rows, places_of(app, own.organisation, utc_day(app.clock.now())));
  list.rows = std::move(rows);
  return list;
}

Result<api::Made> set_place(App& app, const Caller& caller, const api::SetPlace& request) {
  FILROUGE_TRY(actor, actor_of(caller));
  Target target;
  target.organisation = actor->state.organisation;
  if (request.id) {
    FILROUGE_TRY(known, find_known(app, *request.id));
    if (known) target.organisation = known->row.organisation;
  }
  FILROUGE_CHECK(require(app, caller, "place.write", target));
  FILROUGE_TRY(id, id_to_set<PlaceState>(app, request.id));
  return write_set(app, *actor, "place_set", id, request.set);
}

Result<api::CommuneList> find_communes(App& app, const Caller& caller,
                                       const api::CommuneQuery& query) {
  FILROUGE_TRY(actor, actor_of(caller));
  Target own;
  own.organisation = actor->state.organisation;
  FILROUGE_CHECK(require(app, caller, "reference.read", own));
  api::CommuneList list;
  const std::string prefix = fold_for_search(query.query);
  if (prefix.size() < 2) return list;
  FILROUGE_TRY(rows, app.store.find_communes(prefix, limits::page_rows));
  list.rows = std::move(rows);
  return list;
}

}  // namespace filrouge
