// The way back from a team's own figure to the entries it counts (law 6), newest first. Entries
// whose detail was let go, and those of erased persons, count in the total and are no rows.
#include <algorithm>
#include <set>

#include "core/measure/figures.h"
#include "server/app/counted_persons.h"
#include "server/app/path_figures.h"
#include "server/app/rounds.h"
#include "server/app/rows.h"
#include "server/app/stamps.h"
#include "server/app/use_cases.h"

namespace filrouge {

namespace {

constexpr std::size_t rows_max = 200;
constexpr std::size_t facts_max = 200'000;

bool is_about_persons(Indicator indicator) {
  return indicator == Indicator::I03a || indicator == Indicator::I16;
}

FactKind kind_of(Indicator indicator) {
  if (indicator == Indicator::I01) return FactKind::round;
  if (indicator == Indicator::I02) return FactKind::watch;
  return indicator == Indicator::encounters ? FactKind::encounter : FactKind::contact;
}

// First contacts stand for the persons they brought.
void keep_first_contacts(const CountedPersons& counted, std::vector<Fact>& facts, CivilDate from) {
  std::set<Pseudonym> met;
  std::erase_if(facts, [&](const Fact& fact) {
    const bool first = fact.person && met.insert(counted.of(*fact.person)).second;
    return !first || fact.day < from;
  });
}

// I03a counts ages 16 to 29 only; unknown ages are printed apart.
Status keep_young(App& app, const CountedPersons& counted, std::vector<Fact>& facts) {
  std::vector<Pseudonym> ids;
  for (const Fact& fact : facts) ids.push_back(counted.of(*fact.person));
  FILROUGE_TRY(persons, counted.known(app, ids));
  std::set<Pseudonym> young;
  for (const PersonFact& person : persons)
    if (person.age_band && counts_as_young(*person.age_band)) young.insert(person.person);
  std::erase_if(facts, [&](const Fact& fact) { return !young.contains(counted.of(*fact.person)); });
  return Done{};
}

Result<std::vector<Fact>> facts_behind(App& app, const api::FigureQuery& query) {
  FILROUGE_TRY(period, parse_period(query.period));
  FactFilter filter;
  filter.kind = kind_of(query.indicator);
  filter.from = is_about_persons(query.indicator) ? CivilDate{INT32_MIN} : period.from;
  filter.to = period.to;
  filter.project = query.project;
  filter.teams = {*query.team};
  filter.counting_only = query.indicator == Indicator::I01 || query.indicator == Indicator::I02;
  FILROUGE_TRY(facts, app.store.facts(filter, facts_max));
  std::sort(facts.begin(), facts.end(), [](const Fact& a, const Fact& b) {
    return std::tie(a.day, a.entry) < std::tie(b.day, b.entry);
  });
  FILROUGE_TRY(counted, CountedPersons::read(app));
  if (is_about_persons(query.indicator)) keep_first_contacts(counted, facts, period.from);
  if (query.indicator == Indicator::I03a) FILROUGE_CHECK(keep_young(app, counted, facts));
  std::reverse(facts.begin(), facts.end());
  return std::move(facts);
}

Result<std::vector<EntryId>> ids_behind(App& app, const api::FigureQuery& query,
                                        std::int64_t& total) {
  std::vector<EntryId> ids;
  if (is_of_path(query.indicator)) {
    FILROUGE_TRY(period, parse_period(query.period));
    const ExitSet* set = find_exit_set(query.exit_set.value_or(std::string(kDefaultExitSet)));
    FactFilter filter;
    filter.project = query.project;
    filter.teams = {*query.team};
    FILROUGE_TRY(
        found,
        path_entries(app, {query.indicator, period.from, period.to, utc_day(app.clock.now()), set},
                     filter));
    total = static_cast<std::int64_t>(found.size());
    return found;
  }
  FILROUGE_TRY(facts, facts_behind(app, query));
  for (const Fact& fact : facts) {
    total += query.indicator == Indicator::encounters ? fact.number : 1;
    ids.push_back(fact.entry);
  }
  return ids;
}

}  // namespace

Result<api::FigureEntries> figure_entries(App& app, const Caller& caller,
                                          const api::FigureQuery& query) {
  if (!query.team) return Error{Code::invalid, "team", "missing", "entries are those of one team"};
  FILROUGE_TRY(target, team_target(app, *query.team));
  FILROUGE_CHECK(require(app, caller, "figures.entries", target));
  api::FigureEntries answer;
  FILROUGE_TRY(ids, ids_behind(app, query, answer.total));
  if (ids.size() > rows_max) ids.resize(rows_max);
  FILROUGE_TRY(entries, open_entries(app, ids));
  RowWriter rows(app, *caller.actor);
  for (const OpenedEntry& entry : entries) {
    FILROUGE_TRY(row, rows.row(entry));
    // Who and when; what a pathway's entry says stays on the person's own page.
    if (is_of_path(query.indicator) && entry.draft.kind != "contact")
      row.body = json::Value::object();
    answer.rows.push_back(std::move(row));
  }
  if (auto named = rows.named(); !named.empty())
    FILROUGE_CHECK(disclose(app, caller, "figures.entries", "report", std::move(named)));
  return answer;
}

}  // namespace filrouge
