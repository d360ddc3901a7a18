#include "server/app/path_figures.h"

#include <algorithm>
#include <set>
#include <tuple>

#include "server/app/counted_persons.h"

namespace filrouge {

namespace {

constexpr std::size_t facts_max = 2'000'000;

using Persons = std::map<Pseudonym, PersonFact>;

// What each indicator looks at, so that nothing else is read.
std::vector<FactKind> kinds_of(Indicator indicator) {
  using K = FactKind;
  switch (indicator) {
    case Indicator::I03b:
      return {K::contact, K::enrolment, K::side, K::relay};
    case Indicator::I03c:
      return {K::enrolment};
    case Indicator::I03d:
      return {K::exit, K::enrolment};
    case Indicator::I08:
      return {K::trust};
    case Indicator::I11:
      return {K::delivery};
    case Indicator::I12:
      return {K::barrier};
    case Indicator::I13:
      return {K::exit};
    case Indicator::I18:
      return {K::enrolment, K::appointment};
    case Indicator::I19:
    case Indicator::I19b:
    case Indicator::I21:
      return {K::relay};
    case Indicator::I20:
      return {K::contact, K::enrolment, K::side, K::relay, K::appointment, K::delivery};
    case Indicator::I22:
      return {K::survey};
    case Indicator::I24:
      return {K::contact, K::appointment, K::exit};
    case Indicator::I25:
      return {K::contact, K::signal};
    case Indicator::I26:
      return {K::enrolment, K::side, K::relay, K::step};
    default:
      return {};
  }
}

bool is_territory(Dimension by) { return by == Dimension::commune || by == Dimension::district; }

// Records that a human linked count as one person.
Status add_links(App& app, PathRows& rows) {
  std::set<Pseudonym> ids;
  for (const Fact& fact : rows.facts)
    if (fact.person) ids.insert(*fact.person);
  FILROUGE_TRY(persons, app.store.person_facts({ids.begin(), ids.end()}));
  for (const PersonFact& person : persons)
    if (person.counts_as) rows.counts_as.emplace(person.person, *person.counts_as);
  return Done{};
}

Result<PathRows> rows_of(App& app, Indicator indicator, FactFilter filter, Dimension by) {
  std::vector<FactKind> kinds = kinds_of(indicator);
  std::set<FactKind> wanted(kinds.begin(), kinds.end());
  if (is_territory(by)) wanted.insert(FactKind::contact);
  PathRows rows;
  filter.from = {INT32_MIN};
  filter.to = {INT32_MAX};
  for (const FactKind kind : wanted) {
    filter.kind = kind;
    FILROUGE_TRY(facts, app.store.facts(filter, facts_max));
    rows.facts.insert(rows.facts.end(), std::make_move_iterator(facts.begin()),
                      std::make_move_iterator(facts.end()));
  }
  FILROUGE_TRY(counted, CountedPersons::read(app));
  rows.counts_as = counted.all();
  FILROUGE_CHECK(add_links(app, rows));
  return rows;
}

Result<Persons> persons_of(App& app, const std::vector<Unit>& units) {
  std::set<Pseudonym> ids;
  for (const Unit& unit : units)
    if (unit.person) ids.insert(*unit.person);
  FILROUGE_TRY(counted, CountedPersons::read(app));
  FILROUGE_TRY(facts, counted.known(app, {ids.begin(), ids.end()}));
  Persons persons;
  for (PersonFact& fact : facts) persons.emplace(fact.person, std::move(fact));
  return persons;
}

class GroupKeys {
 public:
  GroupKeys(Dimension by, Persons persons, std::map<Pseudonym, const Fact*> first)
      : by_(by), persons_(std::move(persons)), first_(std::move(first)) {}

  std::string key_of(const Unit& unit) const {
    switch (by_) {
      case Dimension::none:
        return {};
      case Dimension::project:
        return unit.at->project ? unit.at->project->hex() : kUnknown;
      case Dimension::team:
        return unit.at->team.is_nil() ? kUnknown : unit.at->team.hex();
      case Dimension::detail:
        return unit.detail.empty() ? kUnknown : unit.detail;
      case Dimension::commune:
        return place_of(unit, &Fact::commune);
      case Dimension::district:
        return place_of(unit, &Fact::district);
      case Dimension::age_band:
        return word_of(unit, &PersonFact::age_band);
      case Dimension::sex:
        return word_of(unit, &PersonFact::sex);
    }
    return kUnknown;
  }

 private:
  std::string place_of(const Unit& unit, std::optional<std::string> Fact::* where) const {
    if (unit.at->*where) return *(unit.at->*where);
    const auto first = unit.person ? first_.find(*unit.person) : first_.end();
    if (first == first_.end()) return kUnknown;
    return (first->second->*where).value_or(kUnknown);
  }

  template <class Value>
  std::string word_of(const Unit& unit, std::optional<Value> PersonFact::* what) const {
    const auto person = unit.person ? persons_.find(*unit.person) : persons_.end();
    if (person == persons_.end() || !(person->second.*what)) return kUnknown;
    return std::string(json::enum_text(*(person->second.*what)));
  }

  inline static const std::string kUnknown = "unknown";

  Dimension by_;
  Persons persons_;
  std::map<Pseudonym, const Fact*> first_;
};

}  // namespace

Result<PathFigure> count_path_figure(App& app, const PathQuestion& question, FactFilter perimeter,
                                     Dimension by) {
  FILROUGE_TRY(rows, rows_of(app, question.indicator, std::move(perimeter), by));
  PathCount count = count_path(question, rows);
  Persons persons;
  if (by == Dimension::age_band || by == Dimension::sex) {
    FILROUGE_TRY(known, persons_of(app, count.units));
    persons = std::move(known);
  }
  const GroupKeys keys(
      by, std::move(persons),
      is_territory(by) ? first_contacts(rows) : std::map<Pseudonym, const Fact*>{});
  std::map<std::string, Cell> cells;
  for (const Unit& unit : count.units) {
    std::string key = keys.key_of(unit);
    Cell& cell = cells.try_emplace(key, Cell{key, {}, 0, 0}).first->second;
    cell.number += unit.number;
    cell.denominator += unit.denominator;
  }
  PathFigure figure;
  for (auto& [key, cell] : cells) figure.cells.push_back(std::move(cell));
  figure.beside = std::move(count.beside);
  figure.unknown = count.unknown;
  return figure;
}

Result<std::vector<EntryId>> path_entries(App& app, const PathQuestion& question,
                                          FactFilter perimeter) {
  std::vector<EntryId> entries;
  if (question.indicator == Indicator::I08) return entries;
  FILROUGE_TRY(rows, rows_of(app, question.indicator, std::move(perimeter), Dimension::none));
  PathCount count = count_path(question, rows);
  std::sort(count.units.begin(), count.units.end(), [](const Unit& a, const Unit& b) {
    return std::tie(b.at->day, b.at->entry) < std::tie(a.at->day, a.at->entry);
  });
  for (const Unit& unit : count.units)
    if (unit.number > 0) entries.push_back(unit.at->entry);
  return entries;
}

}  // namespace filrouge
