#include "core/network/settings.h"

#include <algorithm>
#include <tuple>

#include "core/journal/body.h"

namespace filrouge {

namespace {

template <class Set, class State>
void fold_setting(State& state, const Draft& draft) {
  Set body;
  if (!reads_into(draft, body)) return;
  if (std::tie(draft.hlc, draft.id) <= std::tie(state.hlc, state.entry)) return;
  state = State{std::move(body), draft.hlc, draft.id};
}

// Rows of another copy of the same entry are not added twice.
template <class Row, class Key>
void merge_rows(std::vector<Row>& rows, std::vector<Row> more, Key key) {
  for (Row& row : more) {
    const auto at =
        std::lower_bound(rows.begin(), rows.end(), key(row),
                         [&](const Row& r, const auto& wanted) { return key(r) < wanted; });
    if (at == rows.end() || key(*at) != key(row)) rows.insert(at, std::move(row));
  }
}

}  // namespace

void fold_organisation(OrganisationState& state, const Draft& draft) {
  if (draft.kind == "organisation_set") fold_setting<OrganisationSet>(state, draft);
}

void fold_team(TeamState& state, const Draft& draft) {
  if (draft.kind == "team_set") fold_setting<TeamSet>(state, draft);
}

void fold_project(ProjectState& state, const Draft& draft) {
  if (draft.kind == "project_set") fold_setting<ProjectSet>(state, draft);
}

void fold_place(PlaceState& state, const Draft& draft) {
  if (draft.kind == "place_set") fold_setting<PlaceSet>(state, draft);
}

void fold_retained(FactsRetained& state, const Draft& draft) {
  FactsRetained body;
  if (draft.kind != "facts_retained" || !reads_into(draft, body)) return;
  const bool fresh = state.facts.empty() && state.persons.empty();
  state.because = fresh ? body.because : std::min(state.because, body.because);
  merge_rows(state.facts, std::move(body.facts), [](const Fact& f) { return f.entry; });
  merge_rows(state.persons, std::move(body.persons), [](const PersonFact& p) { return p.person; });
  if (!body.gone) return;
  std::vector<std::int64_t> gone = state.gone.value_or(std::vector<std::int64_t>{});
  merge_rows(gone, std::move(*body.gone), [](std::int64_t position) { return position; });
  state.gone = std::move(gone);
}

}  // namespace filrouge
