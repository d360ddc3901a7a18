// A team's field day (05:00 to 05:00): what was noted, newest first, the rounds that are walked
// now, and what was promised for today. The rows come from the facts of that day; those taken back
// are shown as such.
#include <algorithm>
#include <set>

#include "server/app/person_view.h"
#include "server/app/rounds.h"
#include "server/app/rows.h"
#include "server/app/search_tokens.h"
#include "server/app/use_cases.h"

namespace filrouge {

namespace {

constexpr std::size_t day_facts_max = 2'000;
constexpr std::size_t to_do_max = 50;
// A step is kept in sight so long after its day, or after its contact when it has none; then it is
// on the card alone.
constexpr std::int32_t to_do_days = 30;

Result<std::vector<EntryId>> entries_of_day(App& app, SubjectId team, CivilDate day) {
  FactFilter filter;
  filter.from = filter.to = day;
  filter.teams = {team};
  FILROUGE_TRY(facts, app.store.facts(filter, day_facts_max));
  std::vector<EntryId> ids;
  for (const Fact& fact : facts) ids.push_back(fact.entry);
  return ids;
}

bool is_shown(const Draft& draft) {
  return draft.kind == "encounter" || draft.kind == "contact" || draft.kind == "visit" ||
         draft.kind == "watch_session" || draft.kind == "round_started";
}

// What was taken back on the subjects of the day has no fact any more.
Status add_undone(App& app, CivilDate day, const std::vector<api::OpenRound>& rounds,
                  std::vector<OpenedEntry>& entries) {
  std::set<EntryId> undone;
  const auto add = [&](const std::vector<EntryId>& ids) { undone.insert(ids.begin(), ids.end()); };
  for (const api::OpenRound& round : rounds)
    if (is_open(round.state) || (round.state.started && round.state.started->field_day() == day))
      add(round.state.undone);
  for (const OpenedEntry& entry : entries) {
    FILROUGE_TRY(person, find_state<PersonState>(app, entry.draft.subject));
    if (person != nullptr) add(person->undone);
  }
  if (undone.empty()) return Done{};
  FILROUGE_TRY(opened, open_entries(app, {undone.begin(), undone.end()}));
  for (OpenedEntry& entry : opened)
    if (is_shown(entry.draft) && entry.draft.occurred.field_day() == day)
      entries.push_back(std::move(entry));
  return Done{};
}

CivilDate due_on(const RecentContact& contact) {
  return contact.next_on.value_or(contact.occurred.field_day());
}

bool is_due(const RecentContact& contact, CivilDate day) {
  if (!contact.next_step || *contact.next_step == NextStep::nothing) return false;
  const CivilDate on = due_on(contact);
  return day.plus_days(-to_do_days) <= on && on <= day;
}

using Due = std::pair<CivilDate, api::ToDo>;

// Her last contact that the reader may see, where its next step is due.
Result<std::optional<Due>> due_with(App& app, const Actor& reader, const Known& known,
                                    CivilDate day) {
  std::optional<Due> due;
  const auto* person = std::get_if<PersonState>(&known.state);
  if (person == nullptr || person->erased || person->recent.empty()) return due;
  PersonState cut;
  if (!is_only_ours(*person, day)) {
    FILROUGE_TRY(seen, seen_by(app, reader, known));
    cut = std::move(seen);
    person = &cut;
  }
  if (person->recent.empty() || !is_due(person->recent.front(), day)) return due;
  const RecentContact& last = person->recent.front();
  due.emplace(due_on(last),
              api::ToDo{known.row.subject, shown_name(*person), *last.next_step, last.next_on});
  return due;
}

// What was promised to whom, the latest day first.
Result<std::vector<api::ToDo>> to_do_of(App& app, const Actor& reader, SubjectId team,
                                        CivilDate day) {
  FILROUGE_TRY(people, all_known(app, {.collection = Collection::person, .teams = {team}}));
  FILROUGE_TRY(circle, app.store.find_tokens(circle_token(app, reader.state.organisation, team)));
  for (const SubjectId& id : circle) {
    auto known = find_known(app, id);
    if (!known.ok() && known.error().code == Code::not_found) continue;  // erased meanwhile
    if (!known.ok()) return std::move(known.error());
    if (*known != nullptr && (*known)->row.team != team) people.push_back(std::move(*known));
  }
  std::vector<Due> due;
  for (const KnownPtr& known : people) {
    FILROUGE_TRY(item, due_with(app, reader, *known, day));
    if (item) due.push_back(std::move(*item));
  }
  std::sort(due.begin(), due.end(), [](const auto& a, const auto& b) {
    return std::tie(b.first, a.second.shown, a.second.person) <
           std::tie(a.first, b.second.shown, b.second.person);
  });
  std::vector<api::ToDo> list;
  for (auto& [on, item] : due)
    if (list.size() < to_do_max) list.push_back(std::move(item));
  return list;
}

}  // namespace

Result<api::Today> today(App& app, const Caller& caller, const api::TodayQuery& query) {
  FILROUGE_TRY(target, team_target(app, query.team));
  FILROUGE_CHECK(require(app, caller, "today.read", target));
  api::Today answer;
  answer.day = query.day;
  FILROUGE_TRY(rounds, rounds_of(app, query.team));
  FILROUGE_TRY(ids, entries_of_day(app, query.team, query.day));
  FILROUGE_TRY(entries, open_entries(app, ids));
  FILROUGE_CHECK(add_undone(app, query.day, rounds, entries));
  std::sort(entries.begin(), entries.end(), [](const OpenedEntry& a, const OpenedEntry& b) {
    return std::tie(b.draft.occurred, b.draft.id) < std::tie(a.draft.occurred, a.draft.id);
  });
  RowWriter rows(app, *caller.actor);
  for (const OpenedEntry& entry : entries) {
    FILROUGE_TRY(row, rows.row(entry));
    answer.rows.push_back(std::move(row));
  }
  for (api::OpenRound& round : rounds)
    if (is_open(round.state)) answer.rounds.push_back(std::move(round));
  std::vector<SubjectId> named = rows.named();
  if (permit(*caller.actor, "person.list", target) == Verdict::permitted) {
    FILROUGE_TRY(list, to_do_of(app, *caller.actor, query.team, query.day));
    for (const api::ToDo& item : list)
      if (std::find(named.begin(), named.end(), item.person) == named.end())
        named.push_back(item.person);
    answer.to_do = std::move(list);
  }
  if (!named.empty()) FILROUGE_CHECK(disclose(app, caller, "today.read", "list", std::move(named)));
  return answer;
}

}  // namespace filrouge
