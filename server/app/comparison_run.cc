// Comparing: the watched lists as one against all known ones (core/linkage), on the worker that
// asked. What is found is written as one sealed piece and then one entry that names it, so that a
// run that stops half way leaves nothing.
#include "server/app/comparison_run.h"

#include <algorithm>
#include <cmath>

#include "core/base/limits.h"
#include "core/linkage/link.h"
#include "core/linkage/normalise.h"
#include "server/app/comparison_found.h"
#include "server/app/use_cases.h"

namespace filrouge {

namespace {

using linkage::Band;
using linkage::Dimension;
using linkage::LinkResult;
using linkage::LinkStep;

constexpr std::string_view manage = "comparison.manage";
constexpr std::size_t places_max = 50'000;

Error cancelled() { return {Code::refused, "", "cancelled", "the run was cancelled"}; }

// One list for the linkage, its text put together from the kept rows.
struct LinkedList {
  std::string text;
  std::vector<ListRow> rows;
  std::vector<ComparedField> fields;  // texts last, in their order
  std::vector<std::vector<linkage::Slice>> cells;

  std::size_t column_of(ComparedField field, std::size_t nth) {
    for (std::size_t i = 0; i < fields.size(); ++i)
      if (fields[i] == field && nth-- == 0) return i;
    fields.push_back(field);
    cells.emplace_back(rows.size());
    return fields.size() - 1;
  }
  linkage::InputList input() const {
    linkage::InputList list{text, rows.size(), {}};
    for (std::size_t i = 0; i < fields.size(); ++i)
      list.columns.push_back({static_cast<linkage::Field>(fields[i]), cells[i]});
    return list;
  }
};

Status add_rows(App& app, const FoundComparison& found, const ComparisonListAdded& list,
                LinkedList& into) {
  std::vector<std::size_t> columns;
  const auto fields = mapped_fields(list);
  for (std::size_t i = 0; i < fields.size(); ++i)
    columns.push_back(into.column_of(
        fields[i], static_cast<std::size_t>(std::count(
                       fields.begin(), fields.begin() + static_cast<int>(i), fields[i]))));
  const auto rows = static_cast<std::size_t>(*list.rows + list.refused.value_or(0));
  std::int32_t number = 0;
  for (std::size_t piece = 0; piece < row_pieces(rows); ++piece) {
    ListReader reader(app, found);  // one piece in memory at a time
    FILROUGE_TRY(kept, reader.piece(list, piece));
    for (std::size_t row = 0; row < kept->size(); ++row) {
      ++number;
      if (kept->refused(row)) continue;
      into.rows.push_back({list.number, number});
      for (auto& cells : into.cells) cells.emplace_back();
      for (std::size_t i = 0; i < columns.size(); ++i) {
        const std::string_view cell = kept->cells(row)[i];
        into.cells[columns[i]].back() = {static_cast<std::uint32_t>(into.text.size()),
                                         static_cast<std::uint32_t>(cell.size())};
        into.text += cell;
      }
    }
  }
  return Done{};
}

Status check_lists(const ComparisonState& state) {
  std::size_t watched = 0;
  for (const ComparedList& list : state.lists) {
    if (!list.added.rows)
      return Error{Code::refused, "lists", "list_not_ready", "a list waits for its columns"};
    watched += list.added.role == ListRole::watched ? 1 : 0;
  }
  if (watched == 0 || watched == state.lists.size())
    return Error{Code::refused, "lists", "two_roles", "one list to watch, one known list at least"};
  return Done{};
}

// The watched lists first, as one.
Result<std::vector<LinkedList>> read_lists(App& app, const FoundComparison& found,
                                           const RunUnderWay& run) {
  std::vector<LinkedList> lists(1);
  for (const ListRole role : {ListRole::watched, ListRole::known})
    for (const ComparedList& list : found.state().lists) {
      if (list.added.role != role) continue;
      if (run.cancelled) return cancelled();
      if (role == ListRole::known) lists.emplace_back();
      FILROUGE_CHECK(add_rows(app, found, list.added, lists.back()));
    }
  return lists;
}

Result<LinkResult> link_lists(const std::vector<LinkedList>& lists, RunUnderWay& run) {
  std::vector<linkage::InputList> inputs;
  for (const LinkedList& list : lists) {
    if (list.rows.empty())
      return Error{Code::refused, "lists", "empty_list", "no line of a list takes part"};
    inputs.push_back(list.input());
  }
  linkage::LinkOptions options;
  options.first_against_rest = true;
  options.on_step = [&](LinkStep step) {
    run.done = 0;
    run.total = 0;
    static_assert(int(api::RunStage::reading) == int(LinkStep::reading) &&
                  int(api::RunStage::deciding) == int(LinkStep::deciding));
    run.stage = static_cast<api::RunStage>(step);
    return !run.cancelled;
  };
  auto linked = linkage::link(inputs, options,
                              [&](std::size_t count, const std::function<void(std::size_t)>& task) {
                                run.total += static_cast<std::int64_t>(count);
                                for (std::size_t i = 0; i < count; ++i, ++run.done) task(i);
                              });
  if (!linked.ok() && linked.error().rule == "no_column")
    return Error{Code::refused, "lists", "no_column", "the lists have no column in common"};
  return linked;
}

// ---- what is kept

api::Agreement name_agreement(std::size_t level, bool crossed) {
  if (level == linkage::name_missing) return api::Agreement::missing;
  if (level <= linkage::name_equal_common && !crossed) return api::Agreement::same;
  return level <= linkage::name_loose ? api::Agreement::close : api::Agreement::different;
}

api::Agreement agreement(std::size_t level, std::size_t same_to, std::size_t close_to) {
  if (level == 0) return api::Agreement::missing;
  if (level <= same_to) return api::Agreement::same;
  return level <= close_to ? api::Agreement::close : api::Agreement::different;
}

api::Agreement sex_agreement(std::size_t level) {
  if (level == linkage::sex_missing) return api::Agreement::missing;
  const bool same =
      level == linkage::sex_same_given_same || level == linkage::sex_same_given_differs;
  return same ? api::Agreement::same : api::Agreement::different;
}

api::Agreement postcode_agreement(const linkage::Records& records, const linkage::Pair& pair) {
  const std::uint32_t a = records.rows[pair.a].postcode;
  const std::uint32_t b = records.rows[pair.b].postcode;
  if (a == 0 || b == 0) return api::Agreement::missing;
  return a == b ? api::Agreement::same : api::Agreement::different;
}

Marks marks_of(const linkage::Records& records, const linkage::Pair& pair) {
  const auto level = [&](Dimension dimension) { return level_of(pair.pattern, dimension); };
  const bool crossed = level(Dimension::crossed) == linkage::crossed_yes;
  Marks marks = 0;
  const auto mark = [&](std::size_t field, api::Agreement agree) {
    marks |= static_cast<Marks>(agree) << (2 * field);
  };
  const auto at = [](ComparedField field) { return static_cast<std::size_t>(field); };
  mark(at(ComparedField::surname), name_agreement(level(Dimension::surname), crossed));
  mark(at(ComparedField::given_name), name_agreement(level(Dimension::given), crossed));
  mark(at(ComparedField::sex), sex_agreement(level(Dimension::sex)));
  mark(at(ComparedField::date_of_birth),
       agreement(level(Dimension::date), linkage::date_equal_common, linkage::date_first_january));
  mark(at(ComparedField::place),
       agreement(level(Dimension::place), linkage::place_equal_other_region,
                 linkage::place_differs_postcode_equal));
  mark(at(ComparedField::postcode), postcode_agreement(records, pair));
  mark(at(ComparedField::address),
       agreement(level(Dimension::address), linkage::text_equal_common, linkage::text_loose));
  mark(at(ComparedField::phone),
       agreement(level(Dimension::phone), linkage::contact_equal, linkage::contact_near));
  mark(at(ComparedField::email),
       agreement(level(Dimension::email), linkage::contact_equal, linkage::contact_near));
  for (std::size_t i = 0; i < linkage::text_columns_max; ++i)
    mark(at(ComparedField::text) + i,
         agreement(linkage::level_of(pair.pattern, static_cast<std::size_t>(Dimension::text) + i),
                   linkage::text_equal_common, linkage::text_loose));
  return marks;
}

// The commune of each watched row, as its list writes it first.
void add_watched(const LinkedList& list, const LinkResult& linked, Found& found) {
  std::vector<std::uint32_t> known(linked.records.places.of.size());
  const auto column =
      std::find(list.fields.begin(), list.fields.end(), ComparedField::place) - list.fields.begin();
  found.places = {""};
  for (std::size_t row = 0; row < list.rows.size(); ++row) {
    const std::uint32_t value = linked.records.rows[row].place;
    if (value != 0 && known[value] == 0 && found.places.size() < places_max) {
      const linkage::Slice cell = list.cells[static_cast<std::size_t>(column)][row];
      known[value] = static_cast<std::uint32_t>(found.places.size());
      found.places.push_back(
          shown_title(std::string_view(list.text).substr(cell.start, cell.length)));
    }
    found.watched.push_back({list.rows[row], known[value], 1});
  }
}

void add_notes(const LinkResult& linked, Found& found) {
  for (const linkage::ColumnReport& column : linked.records.columns) {
    if (column.unreadable == 0) continue;
    const auto field = static_cast<ComparedField>(column.field);
    const auto at = std::find_if(found.notes.begin(), found.notes.end(),
                                 [&](const api::OddityCount& one) { return one.field == field; });
    const auto count = static_cast<std::int64_t>(column.unreadable);
    if (at == found.notes.end())
      found.notes.push_back({api::Oddity::unreadable_values, field, count});
    else
      at->count += count;
  }
  std::uint64_t left_out = 0;
  for (const linkage::Key& key : linked.keys) left_out += key.left_out_pairs;
  if (left_out > 0)
    found.notes.push_back({api::Oddity::pairs_left_out, {}, static_cast<std::int64_t>(left_out)});
}

Found found_of(const std::vector<LinkedList>& lists, const LinkResult& linked) {
  Found found;
  found.lost = linkage::lost_pairs(linked.estimates);
  add_watched(lists.front(), linked, found);
  std::vector<ListRow> rows;
  for (const LinkedList& list : lists) rows.insert(rows.end(), list.rows.begin(), list.rows.end());
  for (const linkage::Link& link : linked.links) {
    if (link.band == Band::non_match) {
      found.watched[link.pair.a].others *= 1 - link.probability;
      continue;
    }
    found.pairs.push_back({rows[link.pair.a], rows[link.pair.b], link.probability,
                           link.band == Band::match, marks_of(linked.records, link.pair)});
  }
  std::sort(found.pairs.begin(), found.pairs.end(), [](const FoundPair& a, const FoundPair& b) {
    return std::tie(a.left, a.right) < std::tie(b.left, b.right);
  });
  add_notes(linked, found);
  return found;
}

ComparisonRun entry_of(App& app, const ComparisonState& state, const Found& found,
                       const LinkResult& linked) {
  ComparisonRun run;
  run.run = fresh_number(app);
  for (const ComparedList& list : state.lists) run.lists.push_back(list.added.number);
  for (const FoundPair& pair : found.pairs) ++(pair.certain ? run.certain : run.to_review);
  const linkage::LinkEstimates& sums = linked.estimates;
  if (sums.matches > 0)
    run.missed_permille = static_cast<std::int64_t>(
        std::lround(1000 * (sums.below + sums.lost_in_blocking) / sums.matches));
  return run;
}

void drop_other_runs(App& app, SubjectId comparison, std::int32_t run) {
  auto names = app.store.blob_names(comparison, "run/");
  if (!names.ok()) return;  // sealed, and gone with the comparison
  for (const std::string& name : *names)
    if (name != run_name(run)) static_cast<void>(app.store.drop_blobs(comparison, name).ok());
}

}  // namespace

Result<RunTable::Ticket> RunTable::start(SubjectId comparison) {
  const std::lock_guard lock(mutex_);
  if (runs_.contains(comparison))
    return Error{Code::conflict, "", "running", "this comparison is under way"};
  if (runs_.size() >= limits::comparison_runs_max)
    return Error{Code::throttled, "", "busy", "other comparisons are under way; try again"};
  auto run = std::make_shared<RunUnderWay>();
  runs_.emplace(comparison, run);
  return Ticket(*this, comparison, std::move(run));
}

bool RunTable::cancel(SubjectId comparison) {
  const std::lock_guard lock(mutex_);
  const auto at = runs_.find(comparison);
  if (at == runs_.end()) return false;
  at->second->cancelled = true;
  return true;
}

std::optional<api::RunProgress> RunTable::progress(SubjectId comparison) {
  const std::lock_guard lock(mutex_);
  const auto at = runs_.find(comparison);
  if (at == runs_.end()) return std::nullopt;
  return api::RunProgress{at->second->stage, at->second->done, at->second->total};
}

void RunTable::end(SubjectId comparison) {
  const std::lock_guard lock(mutex_);
  runs_.erase(comparison);
}

Result<api::ComparisonResult> run_comparison(App& app, const Caller& caller,
                                             const api::ComparisonQuery& query) {
  FILROUGE_TRY(found, find_comparison(app, caller, query.comparison, manage));
  FILROUGE_CHECK(check_lists(found.state()));
  FILROUGE_TRY(ticket, app.runs->start(found.id()));
  RunUnderWay& run = ticket.run();
  FILROUGE_CHECK(disclose_lists(app, caller, found, manage));
  ComparisonRun entry;
  {
    FILROUGE_TRY(lists, read_lists(app, found, run));
    FILROUGE_TRY(linked, link_lists(lists, run));
    run.stage = api::RunStage::writing;
    const Found kept = found_of(lists, linked);
    if (run.cancelled) return cancelled();
    entry = entry_of(app, found.state(), kept, linked);
    FILROUGE_CHECK(put_sealed(app, found.id(), run_name(entry.run), write_found(kept)));
  }
  const auto& last = found.state().run;
  FILROUGE_CHECK(
      write_about(app, caller, found.id(), "comparison_run", entry, last ? last->by.hlc : Hlc{}));
  drop_other_runs(app, found.id(), entry.run);
  FILROUGE_TRY(now, find_comparison(app, caller, query.comparison, manage));
  FILROUGE_TRY(view, view_of(app, now));
  return result_of(app, now, view);
}

Result<api::Empty> cancel_comparison(App& app, const Caller& caller,
                                     const api::ComparisonQuery& query) {
  FILROUGE_TRY(found, find_comparison(app, caller, query.comparison, manage));
  if (!app.runs->cancel(found.id()))
    return Error{Code::refused, "", "not_running", "no run is under way"};
  return api::Empty{};
}

}  // namespace filrouge
