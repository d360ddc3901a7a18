// Figures: facts selected by a definition, counted by the store, published through disclosure
// control (architecture 2, "A figure"; domain.md 5).
#include "core/measure/figures.h"

#include <algorithm>
#include <map>

#include "server/app/figure_labels.h"
#include "server/app/path_figures.h"
#include "server/app/stamps.h"
#include "server/app/use_cases.h"

namespace filrouge {

namespace {

// What is counted before anything is masked.
struct Counted {
  std::vector<Cell> cells;
  std::optional<std::int64_t> unknown;  // what the definition prints apart
  std::vector<api::CountLine> beside;
};

struct Scope {
  Perimeter perimeter = Perimeter::consortium;
  FactFilter filter;
};

// The own team sees exact figures; everybody else what the consortium or the public may see.
Result<Scope> scope_of(App& app, const Caller& caller, const api::FigureQuery& query,
                       const Period& period) {
  Scope scope;
  scope.filter.from = period.from;
  scope.filter.to = period.to;
  scope.filter.project = query.project;
  scope.perimeter = query.perimeter.value_or(Perimeter::consortium);
  if (query.team) {
    Target team;
    team.teams = {*query.team};
    FILROUGE_CHECK(require(app, caller, "figures.read_team", team));
    scope.filter.teams = team.teams;
    scope.perimeter = Perimeter::team;
    return scope;
  }
  if (scope.perimeter == Perimeter::team)
    return Error{Code::invalid, "team", "missing", "exact figures are those of one team"};
  if (!caller.command_line) FILROUGE_CHECK(require(app, caller, "figures.read", Target{}));
  return scope;
}

void add_beside(Counted& counted, std::string_view key, std::int64_t number, Perimeter perimeter) {
  const bool small = number >= 1 && number <= masked_up_to(perimeter);
  if (!small) counted.beside.push_back({std::string(key), number});
}

Result<Counted> count_rows(App& app, const Scope& scope, Indicator indicator, Dimension by) {
  FactFilter filter = scope.filter;
  filter.kind = indicator == Indicator::I01   ? FactKind::round
                : indicator == Indicator::I02 ? FactKind::watch
                                              : FactKind::encounter;
  filter.counting_only = indicator != Indicator::encounters;
  FILROUGE_TRY(rows, app.store.count_facts(filter, by));
  Counted counted;
  FactCount sum;
  for (const FactCount& row : rows) {
    const std::int64_t number = indicator == Indicator::encounters ? row.number : row.rows;
    counted.cells.push_back({row.key.value_or("unknown"), {}, number, 0});
    sum.minutes += row.minutes;
    sum.refusals += row.refusals;
    sum.replies += row.replies;
    sum.conversations += row.conversations;
  }
  if (indicator == Indicator::I02) {
    add_beside(counted, "minutes", sum.minutes, scope.perimeter);
    add_beside(counted, "replies", sum.replies, scope.perimeter);
    add_beside(counted, "conversations", sum.conversations, scope.perimeter);
  }
  if (indicator != Indicator::I01) return counted;
  filter.kind = FactKind::encounter;
  filter.counting_only = false;
  FILROUGE_TRY(encounters, app.store.count_facts(filter, Dimension::none));
  add_beside(counted, "hours", (sum.minutes + 30) / 60, scope.perimeter);
  for (const FactCount& row : encounters)
    add_beside(counted, "encounters", row.number, scope.perimeter);
  add_beside(counted, "refusals", sum.refusals, scope.perimeter);
  return counted;
}

Result<Counted> count_persons(App& app, const Scope& scope, Indicator indicator, Dimension by,
                              CivilDate today) {
  FILROUGE_TRY(rows, app.store.count_first_contacts(scope.filter, by, today));
  Counted counted;
  if (indicator == Indicator::I03a) counted.unknown = 0;
  std::map<std::string, Cell> cells;
  for (const FirstContactCount& row : rows) {
    Cell cell{row.key.value_or("unknown"), {}, row.returned, row.due};
    if (indicator == Indicator::I03a) {
      if (!row.age_band) *counted.unknown += row.persons;
      if (!row.age_band || !counts_as_young(*row.age_band)) continue;
      cell.number = row.persons;
      cell.denominator = 0;
    }
    Cell& into = cells.try_emplace(cell.key, Cell{cell.key, {}, 0, 0}).first->second;
    into.number += cell.number;
    into.denominator += cell.denominator;
  }
  for (auto& [key, cell] : cells) counted.cells.push_back(std::move(cell));
  return counted;
}

bool is_about_first_contacts(Indicator indicator) {
  return indicator == Indicator::I03a || indicator == Indicator::I16;
}

bool has_detail(Indicator indicator) {
  return indicator == Indicator::I01 || indicator == Indicator::I02 ||
         (is_of_path(indicator) && indicator != Indicator::I03c && indicator != Indicator::I21 &&
          indicator != Indicator::I24);
}

Result<const ExitSet*> exit_set_of(const api::FigureQuery& query) {
  const ExitSet* set = find_exit_set(query.exit_set.value_or(std::string(kDefaultExitSet)));
  if (set == nullptr) return Error{Code::invalid, "exit_set", "choice", "no such set of exits"};
  return set;
}

Result<Counted> count_path(App& app, const Scope& scope, const PathQuestion& question,
                           Dimension by) {
  FILROUGE_TRY(figure, count_path_figure(app, question, scope.filter, by));
  Counted counted;
  counted.cells = std::move(figure.cells);
  counted.unknown = figure.unknown;
  // A median says something of whom it is made: shown where their number would be.
  for (const Beside& one : figure.beside)
    if (one.basis == 0 || one.basis > masked_up_to(scope.perimeter))
      counted.beside.push_back({one.key, one.number});
  return counted;
}

// Ages and sexes in their own order; the rest by size; outside and unknown at the end.
void sort_cells(std::vector<Cell>& cells, Dimension by) {
  const auto rank = [&](const Cell& cell) -> std::int64_t {
    if (cell.key == "unknown") return 3;
    if (cell.key == kOutsideDistricts) return 2;
    return 1;
  };
  const auto order = [&](const Cell& cell) -> std::int64_t {
    if (by == Dimension::age_band)
      if (const auto band = json::enum_value<AgeBand>(cell.key)) return static_cast<int>(*band);
    if (by == Dimension::sex)
      if (const auto sex = json::enum_value<Sex>(cell.key)) return static_cast<int>(*sex);
    return -std::max(cell.number, cell.denominator);
  };
  std::sort(cells.begin(), cells.end(), [&](const Cell& a, const Cell& b) {
    return std::tuple(rank(a), order(a), a.label, a.key) <
           std::tuple(rank(b), order(b), b.label, b.key);
  });
}

std::vector<api::FigureRow> rows_of(const PublishedTable& table) {
  std::vector<api::FigureRow> rows;
  for (const PublishedCell& cell : table.rows)
    rows.push_back(
        {cell.key, cell.label, cell.number, cell.denominator, cell.percent, cell.masked});
  return rows;
}

void fill_definition(api::Figure& figure, bool english) {
  const Definition& definition = definition_of(figure.indicator);
  figure.definition_version = definition.version;
  figure.label = english ? definition.label_en : definition.label_fr;
  figure.definition = english ? definition.text_en : definition.text_fr;
  if (is_about_first_contacts(figure.indicator) || is_of_path(figure.indicator))
    figure.notes.push_back(english ? "People erased at their request stay counted, with nothing "
                                     "that leads back to them."
                                   : "Les personnes effacées à leur demande restent comptées, sans "
                                     "rien qui ramène à elles.");
}

void fill_numbers(api::Figure& figure, const PublishedTable& table, const Counted& counted,
                  bool by_none) {
  const bool rate = definition_of(figure.indicator).is_rate;
  figure.total = table.total;
  figure.denominator = table.denominator;
  figure.percent = rate ? table.percent : std::nullopt;
  figure.n = rate ? table.denominator.value_or(0) : table.total.value_or(0);
  figure.masked = table.masked;
  figure.beside = table.total ? counted.beside : std::vector<api::CountLine>{};
  const std::int64_t hidden_to = masked_up_to(figure.perimeter);
  if (counted.unknown) {
    const bool small = *counted.unknown >= 1 && *counted.unknown <= hidden_to;
    if (!small) figure.unknown = counted.unknown;
    figure.masked += small ? 1 : 0;
  }
  if (by_none) {
    // The one line is the total itself: it is not masked twice.
    if (!table.total) figure.masked = std::min<std::int64_t>(figure.masked, 1);
    return;
  }
  figure.rows = rows_of(table);
  if (counted.unknown) return;
  figure.unknown = 0;
  for (const PublishedCell& cell : table.rows)
    if (cell.key == "unknown") figure.unknown = rate ? cell.denominator : cell.number;
}

// One line for the whole where the store found nothing, so that a total of 0 is printed as such.
void give_total_line(std::vector<Cell>& cells, Dimension by) {
  if (by == Dimension::none && cells.empty()) cells.push_back({});
}

}  // namespace

Result<api::Figure> figure(App& app, const Caller& caller, const api::FigureQuery& query) {
  FILROUGE_TRY(period, parse_period(query.period));
  FILROUGE_TRY(scope, scope_of(app, caller, query, period));
  const Dimension by = query.by.value_or(Dimension::none);
  if (by == Dimension::detail && !has_detail(query.indicator))
    return Error{Code::invalid, "by", "no_detail", "this figure has one line only"};
  const bool english = query.language == "en";
  const Instant now = app.clock.now();
  // Only the command line may say another day, to print an old report again.
  const CivilDate today = caller.command_line ? query.today.value_or(utc_day(now)) : utc_day(now);
  FILROUGE_TRY(exit_set, exit_set_of(query));
  const PathQuestion question{query.indicator, period.from, period.to, today, exit_set};
  FILROUGE_TRY(counted, is_of_path(query.indicator) ? count_path(app, scope, question, by)
                        : is_about_first_contacts(query.indicator)
                            ? count_persons(app, scope, query.indicator, by, today)
                            : count_rows(app, scope, query.indicator, by));
  give_total_line(counted.cells, by);
  FILROUGE_TRY(fictitious, label_cells(app, counted.cells, by, english));
  sort_cells(counted.cells, by);

  api::Figure figure;
  figure.indicator = query.indicator;
  figure.period = period.text;
  figure.from = period.from;
  figure.to = period.to;
  figure.perimeter = scope.perimeter;
  figure.by = query.by;
  figure.computed_at = now;
  fill_definition(figure, english);
  if (query.indicator == Indicator::I03d) {
    figure.exit_set = exit_set->name + " v" + std::to_string(exit_set->version);
    figure.notes.push_back(english ? exit_set->en : exit_set->fr);
  }
  fill_numbers(figure,
               publish(counted.cells, scope.perimeter, definition_of(query.indicator).is_rate),
               counted, by == Dimension::none);
  if (fictitious)
    figure.notes.push_back(english ? "Fictitious outlines (demonstration)."
                                   : "Contours fictifs (démonstration).");
  FILROUGE_TRY(label, perimeter_label(app, query.team, query.project, english));
  figure.perimeter_label = std::move(label);
  Target team;
  team.teams = scope.filter.teams;
  figure.entries_open = query.team.has_value() && query.indicator != Indicator::I08 &&
                        caller.actor.has_value() &&
                        permit(*caller.actor, "figures.entries", team) == Verdict::permitted;
  return figure;
}

}  // namespace filrouge
