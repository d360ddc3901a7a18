// A comparison of lists from its opening to its end: what it is for is said first, everything that
// the lists held goes at its end or after its last day, and numbers stay (law 9).
#include <algorithm>

#include "server/app/comparison_found.h"
#include "server/app/comparison_run.h"
#include "server/app/erasure.h"
#include "server/app/use_cases.h"

namespace filrouge {

namespace {

constexpr std::string_view manage = "comparison.manage";
constexpr std::string_view review = "comparison.review";

Result<api::ComparisonList> list_of(App& app, const ComparedList& list) {
  FILROUGE_TRY(by, name_of(app, list.by.author));
  return api::ComparisonList{list.added.number,  list.added.name,    list.added.role,
                             list.added.rows,    list.added.refused, list.added.rows.has_value(),
                             list.added.columns, std::move(by),      list.by.on};
}

// What it is for, until when, and who opened it: in the list and on its own screen.
template <class Shown>
Result<Shown> opened_as(App& app, const FoundComparison& found) {
  const ComparisonState& state = found.state();
  Shown shown;
  shown.id = found.id();
  shown.purpose = state.opened->purpose;
  shown.words = state.opened->words;
  shown.opened = state.by.on;
  shown.until = state.opened->until;
  FILROUGE_TRY(by, name_of(app, state.by.author));
  shown.by = std::move(by);
  return shown;
}

Result<api::ComparisonRow> row_of(App& app, const FoundComparison& found) {
  FILROUGE_TRY(row, opened_as<api::ComparisonRow>(app, found));
  row.lists = static_cast<std::int64_t>(found.state().lists.size());
  FILROUGE_TRY(view, found_in(app, found));
  if (view) {
    row.state = api::ComparisonStep::compared;
    const api::ComparisonPairs pairs = view->pairs();
    row.to_review = pairs.to_review + pairs.second_opinion;
  }
  return row;
}

// What stays: no name, no word of anybody.
Draft ended_draft(App& app, const FoundComparison& found) {
  const ComparisonState& state = found.state();
  ComparisonEnded body;
  body.organisation = found.known->row.organisation;
  body.purpose = state.opened->purpose;
  body.opened = state.by.on;
  body.lists = static_cast<std::int64_t>(state.lists.size());
  for (const ComparedList& list : state.lists) body.rows += list.added.rows.value_or(0);
  for (std::size_t i = 0; i < state.words.size(); ++i)
    body.judged += i == 0 || state.words[i].said.pair != state.words[i - 1].said.pair ? 1 : 0;
  return desk_draft(app, "comparison_ended", app.random.id<SubjectId>(), SubjectId{}, body);
}

Status end(App& app, const FoundComparison& found, const Actor* by) {
  LedgerRow row;
  row.at = app.clock.now();
  if (by != nullptr) row.account = by->account;
  row.organisation = found.known->row.organisation;
  row.action = std::string(manage);
  row.purpose = std::string(json::enum_text(found.state().opened->purpose));
  row.subjects = {found.id()};
  const Draft ended = ended_draft(app, found);
  app.runs->cancel(found.id());
  FILROUGE_CHECK(app.keys.destroy(found.id()));
  app.states->drop(found.id());
  FILROUGE_CHECK(finish_erasure(app, found.id(), false, row, &ended));
  return Done{};
}

}  // namespace

Result<api::OpenedComparison> open_comparison(App& app, const Caller& caller,
                                              const api::OpenComparison& request) {
  if (!caller.actor) return Error{Code::unauthenticated, "", "signed_out", "sign in first"};
  FILROUGE_CHECK(require(app, caller, manage, {.organisation = caller.actor->state.organisation}));
  const api::OpenedComparison opened{app.random.id<SubjectId>()};
  const ComparisonOpened body{request.purpose, request.words, request.until};
  FILROUGE_CHECK(write_about(app, caller, opened.id, "comparison_opened", body));
  return opened;
}

Result<api::ComparisonRows> list_comparisons(App& app, const Caller& caller, const api::Empty&) {
  if (!caller.actor) return Error{Code::unauthenticated, "", "signed_out", "sign in first"};
  const SubjectId organisation = caller.actor->state.organisation;
  FILROUGE_CHECK(require(app, caller, review, {.organisation = organisation}));
  FILROUGE_TRY(
      all, all_known(app, {.collection = Collection::comparison, .organisation = organisation}));
  api::ComparisonRows rows;
  for (const KnownPtr& known : all) {
    if (const auto state = state_in<ComparisonState>(known); !state || !state->opened) continue;
    auto row = row_of(app, {known});
    if (!row.ok() && row.error().code == Code::not_found) continue;  // ended meanwhile
    if (!row.ok()) return std::move(row.error());
    rows.rows.push_back(std::move(*row));
  }
  std::sort(rows.rows.begin(), rows.rows.end(), [](const auto& a, const auto& b) {
    return std::tie(b.opened, a.id) < std::tie(a.opened, b.id);
  });
  return rows;
}

Result<api::Comparison> comparison(App& app, const Caller& caller,
                                   const api::ComparisonQuery& query) {
  FILROUGE_TRY(found, find_comparison(app, caller, query.comparison, review));
  FILROUGE_TRY(shown, opened_as<api::Comparison>(app, found));
  for (const ComparedList& list : found.state().lists) {
    FILROUGE_TRY(one, list_of(app, list));
    shown.lists.push_back(std::move(one));
  }
  FILROUGE_TRY(view, found_in(app, found));
  if (view) {
    FILROUGE_TRY(result, result_of(app, found, *view));
    shown.run = std::move(result);
  }
  shown.progress = app.runs->progress(found.id());
  return shown;
}

Result<api::Empty> end_comparison(App& app, const Caller& caller,
                                  const api::ComparisonQuery& query) {
  FILROUGE_TRY(found, find_comparison(app, caller, query.comparison, manage));
  FILROUGE_CHECK(end(app, found, &*caller.actor));
  return api::Empty{};
}

Result<std::int64_t> end_comparisons(App& app) {
  const CivilDate today = utc_day(app.clock.now());
  FILROUGE_TRY(all, all_known(app, {.collection = Collection::comparison}));
  std::int64_t ended = 0;
  for (const KnownPtr& known : all) {
    if (app.stopping->load()) break;
    const auto state = state_in<ComparisonState>(known);
    if (state == nullptr || !state->opened || today <= state->opened->until) continue;
    FILROUGE_CHECK(end(app, {known}, nullptr));
    ++ended;
  }
  return ended;
}

}  // namespace filrouge
