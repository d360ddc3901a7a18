// The persons a team follows, last contact first, by pages; a search reads the candidates that the
// tokens give, opens them and compares. One ledger row names whoever is on the page.
#include <algorithm>

#include "core/pathway/signal.h"
#include "server/app/paging.h"
#include "server/app/rounds.h"
#include "server/app/rows.h"
#include "server/app/search_tokens.h"
#include "server/app/use_cases.h"

namespace filrouge {

namespace {

api::PersonRow row_of(SubjectId id, const PersonState& person) {
  api::PersonRow row;
  row.id = id;
  row.shown = shown_name(person);
  if (!person.recognise.values.empty()) row.recognise = person.recognise.shown();
  row.level = person.level;
  row.age_band = person.age_band.value;
  row.last_contact = person.last_contact;
  if (!person.recent.empty()) {
    row.next_step = person.recent.front().next_step;
    row.next_on = person.recent.front().next_on;
  }
  row.disputed = person.alias.is_disputed() || person.first_name.is_disputed() ||
                 person.surname.is_disputed() || person.reach.is_disputed();
  return row;
}

// Of the team; with a query, those whose names begin with its words.
Result<std::vector<KnownPtr>> found_people(App& app, SubjectId organisation,
                                           const api::PeopleQuery& query) {
  if (!query.query || query.query->empty())
    return all_known(app, {.collection = Collection::person, .teams = {query.team}});
  FILROUGE_TRY(candidates, find_candidates(app, organisation, *query.query));
  std::vector<KnownPtr> found;
  if (!candidates) return found;
  for (const SubjectId& id : *candidates) {
    auto known = find_known(app, id);
    if (!known.ok() && known.error().code == Code::not_found) continue;  // erased meanwhile
    if (!known.ok()) return std::move(known.error());
    const auto person = state_in<PersonState>(*known);
    if (person != nullptr && (*known)->row.team == query.team && answers(*person, *query.query))
      found.push_back(std::move(*known));
  }
  return found;
}

}  // namespace

Result<api::PeopleList> list_people(App& app, const Caller& caller, const api::PeopleQuery& query) {
  FILROUGE_TRY(target, team_target(app, query.team));
  FILROUGE_CHECK(require(app, caller, "person.list", target));
  FILROUGE_TRY(people, found_people(app, target.organisation, query));
  std::vector<api::PersonRow> rows;
  for (const KnownPtr& known : people) {
    const auto person = state_in<PersonState>(known);
    if (person != nullptr && !person->erased && !is_unmet(*person))
      rows.push_back(row_of(known->row.subject, *person));
  }
  std::sort(rows.begin(), rows.end(), [](const api::PersonRow& a, const api::PersonRow& b) {
    return std::tie(b.last_contact, a.shown, a.id) < std::tie(a.last_contact, b.shown, b.id);
  });
  api::PeopleList list;
  list.total = static_cast<std::int64_t>(rows.size());
  list.rows = page_of(std::move(rows), query.page);
  std::vector<SubjectId> named;
  for (const api::PersonRow& row : list.rows) named.push_back(row.id);
  FILROUGE_CHECK(disclose(app, caller, "person.list", "list", std::move(named)));
  return list;
}

}  // namespace filrouge
