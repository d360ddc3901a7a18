#include "server/app/duplicates.h"

#include <algorithm>

#include "core/base/limits.h"
#include "server/app/rows.h"
#include "server/app/search_tokens.h"
#include "server/app/stamps.h"
#include "server/app/use_cases.h"

namespace filrouge {

namespace {

Result<PersonState> as_seen(App& app, const Actor& reader, const Known& known) {
  const auto& whole = std::get<PersonState>(known.state);
  if (is_only_ours(whole, utc_day(app.clock.now()))) return whole;
  return seen_by(app, reader, known);
}

bool is_of(const Actor& reader, const Known& known) {
  const auto* person = std::get_if<PersonState>(&known.state);
  return person != nullptr && !person->erased && person->created && !is_signal_alone(*person) &&
         known.row.organisation == reader.state.organisation;
}

// The nearest first; of two that are as near, the one that has been known longer.
auto order(const Alike& one) {
  const auto far = [](NameAgreement agreement) {
    return agreement == NameAgreement::same ? 0 : agreement == NameAgreement::close ? 1 : 2;
  };
  return std::tuple(likeness(one.marks) == Likeness::strong ? 0 : 1,
                    far(one.marks.given) + far(one.marks.surname) + far(one.marks.born),
                    one.seen.created ? one.seen.created->date : CivilDate{},
                    one.known->row.subject);
}

}  // namespace

Result<std::vector<Alike>> possible_duplicates(App& app, const Actor& reader, const Known& person) {
  FILROUGE_TRY(seen, as_seen(app, reader, person));
  const Namesake names = namesake_of(seen);
  std::vector<std::string> words = names.given;
  words.insert(words.end(), names.surnames.begin(), names.surnames.end());
  FILROUGE_TRY(candidates, find_namesakes(app, reader.state.organisation, words));
  std::vector<Alike> alike;
  for (const SubjectId& id : candidates) {
    if (id == person.row.subject || is_settled(seen.links, id)) continue;
    auto known = find_known(app, id);
    if (!known.ok() && known.error().code == Code::not_found) continue;  // erased meanwhile
    if (!known.ok()) return std::move(known.error());
    if (*known == nullptr || !is_of(reader, **known)) continue;
    FILROUGE_TRY(other, as_seen(app, reader, **known));
    const NameMarks marks = compare(names, namesake_of(other));
    if (likeness(marks) == Likeness::none) continue;
    alike.push_back({std::move(*known), std::move(other), marks});
  }
  std::sort(alike.begin(), alike.end(),
            [](const Alike& a, const Alike& b) { return order(a) < order(b); });
  return alike;
}

Result<bool> may_answer_about(App& app, const Actor& reader, const Known& person,
                              const Known& other) {
  if (!is_of(reader, person) || !is_of(reader, other)) return false;
  Target target;
  target.organisation = other.row.organisation;
  if (permit(reader, "duplicate.join", target) != Verdict::permitted) return false;
  if (is_settled(std::get<PersonState>(person.state).links, other.row.subject)) return true;
  FILROUGE_TRY(mine, as_seen(app, reader, person));
  FILROUGE_TRY(theirs, as_seen(app, reader, other));
  return likeness(compare(namesake_of(mine), namesake_of(theirs))) != Likeness::none;
}

Result<api::PossibleDuplicates> list_duplicates(App& app, const Caller& caller,
                                                const api::PersonQuery& query) {
  FILROUGE_TRY(person, open_person(app, caller, query.person, "duplicate.read"));
  api::PossibleDuplicates answer;
  std::vector<SubjectId> named{query.person};
  if (person.seen.level == IdentityLevel::identified) {
    const Actor& reader = *caller.actor;
    FILROUGE_TRY(alike, possible_duplicates(app, reader, *person.known));
    answer.total = static_cast<std::int64_t>(alike.size());
    if (alike.size() > limits::duplicates_shown_max) alike.resize(limits::duplicates_shown_max);
    Names names(app);
    for (const Alike& one : alike) {
      const StoredState& row = one.known->row;
      api::PossibleDuplicate shown{row.subject, shown_name(one.seen)};
      if (!one.seen.recognise.values.empty()) shown.recognise = one.seen.recognise.shown();
      if (one.seen.created) shown.since = one.seen.created->date;
      FILROUGE_TRY(team, names.of(row.team));
      shown.team = std::move(team);
      const auto& teams = reader.state.teams;
      shown.own_team = std::find(teams.begin(), teams.end(), row.team) != teams.end();
      shown.marks = one.marks;
      answer.rows.push_back(std::move(shown));
      named.push_back(row.subject);
    }
  }
  FILROUGE_CHECK(disclose(app, caller, "duplicate.read", "duplicates", std::move(named)));
  return answer;
}

}  // namespace filrouge
