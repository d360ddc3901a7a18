#include "server/app/stale_facts.h"

namespace filrouge {

namespace {

SearchToken mark_of(std::string_view what) { return {SubjectId{}, "place", std::string(what)}; }

}  // namespace

TokenWrite awaited(SubjectId place) { return {place, {mark_of("awaited")}}; }

TokenWrite moved(App& app) { return {app.random.id<SubjectId>(), {mark_of("moved")}}; }

Result<std::vector<SubjectId>> stale_marks(App& app) {
  FILROUGE_TRY(marks, app.store.find_tokens(mark_of("moved")));
  FILROUGE_TRY(places, app.store.find_tokens(mark_of("awaited")));
  for (const SubjectId& place : places) {
    FILROUGE_TRY(state, app.store.state(place));
    if (state) marks.push_back(place);
  }
  return std::move(marks);
}

Append without_marks(const std::vector<SubjectId>& marks) {
  Append append;
  for (const SubjectId& mark : marks) append.tokens.push_back({mark, {}});
  return append;
}

}  // namespace filrouge
