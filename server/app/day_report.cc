// Compte rendu du jour: numbers written from the entries of a team's field day (facts for what is
// counted, drafts for services, barriers and places, as long as these are kept), the team's own
// words beside. No name, no alias: nothing of a person leaves, so nothing goes into the ledger.
#include <algorithm>
#include <map>
#include <set>

#include "core/journal/body.h"
#include "server/app/counted_persons.h"
#include "server/app/rounds.h"
#include "server/app/rows.h"
#include "server/app/use_cases.h"

namespace filrouge {

namespace {

constexpr std::size_t day_facts_max = 5'000;

using Counts = std::map<std::string, std::int64_t>;

std::vector<api::CountLine> lines_of(const Counts& counts) {
  std::vector<api::CountLine> lines;
  for (const auto& [key, number] : counts) lines.push_back({key, number});
  std::sort(lines.begin(), lines.end(), [](const auto& a, const auto& b) {
    return std::tie(b.number, a.key) < std::tie(a.number, b.key);
  });
  return lines;
}

struct Tally {
  Counts services, barriers, age_bands, sexes, places;
  std::set<Pseudonym> persons;

  template <class Enum>
  void add_all(Counts& counts, const std::vector<Enum>& values, std::int64_t number) {
    for (const Enum value : values) counts[std::string(json::enum_text(value))] += number;
  }
  template <class Enum>
  void add_known(Counts& counts, const std::optional<Enum>& value, std::int64_t number) {
    counts[value ? std::string(json::enum_text(*value)) : "unknown"] += number;
  }
};

void add_fact(const Fact& fact, api::DayReportView& view, Tally& tally) {
  switch (fact.kind) {
    case FactKind::encounter:
      view.encounters += fact.number;
      tally.add_known(tally.sexes, fact.sex, fact.number);
      tally.add_known(tally.age_bands, fact.age_band, fact.number);
      break;
    case FactKind::contact:
      ++view.contacts;
      break;
    case FactKind::visit:
      view.visits += fact.number;
      break;
    case FactKind::watch:
      view.watch_minutes += fact.minutes;
      view.replies += fact.replies;
      view.conversations += fact.conversations;
      break;
    case FactKind::round:
      view.refusals += fact.refusals;
      break;
    default:
      return;  // a pathway's facts are not the day's work in the street
  }
  if (fact.person) tally.persons.insert(*fact.person);
}

// Persons count once in the day for sex and age, whatever the number of contacts.
Status add_persons(App& app, api::DayReportView& view, Tally& tally) {
  FILROUGE_TRY(counted, CountedPersons::read(app));
  std::set<Pseudonym> once;
  for (const Pseudonym& person : tally.persons) once.insert(counted.of(person));
  const std::vector<Pseudonym> persons(once.begin(), once.end());
  view.persons = static_cast<std::int64_t>(persons.size());
  FILROUGE_TRY(known, counted.known(app, persons));
  for (const PersonFact& person : known) {
    tally.add_known(tally.sexes, person.sex, 1);
    tally.add_known(tally.age_bands, person.age_band, 1);
  }
  return Done{};
}

void add_draft(const Draft& draft, Tally& tally) {
  if (draft.kind == "encounter") {
    if (Encounter body; reads_into(draft, body)) {
      tally.add_all(tally.services, body.services, body.count);
      tally.add_all(tally.barriers, body.barriers, body.count);
    }
  } else if (draft.kind == "contact") {
    if (Contact body; reads_into(draft, body)) {
      tally.add_all(tally.services, body.services, 1);
      tally.add_all(tally.barriers, body.barriers, 1);
    }
  }
}

// Where the day's work was: the entry's own place, or where its round stood.
Status add_place(App& app, const OpenedEntry& entry, Tally& tally) {
  FILROUGE_TRY(subject, find_known(app, entry.draft.subject));
  const SubjectId place = place_of(entry.draft, subject == nullptr ? State{} : subject->state);
  if (place.is_nil() || entry.draft.kind == "round_started") return Done{};
  FILROUGE_TRY(name, name_of(app, place));
  std::int64_t number = 1;
  if (const auto* count = entry.draft.body.find("count"))
    if (count->is(json::Kind::integer)) number = count->integer();
  if (!name.empty()) tally.places[name] += number;
  return Done{};
}

Result<api::ReportRound> report_round(App& app, const RoundState& state) {
  api::ReportRound round;
  round.state = state;
  for (const SubjectId& member : state.members) {
    FILROUGE_TRY(name, name_of(app, member));
    if (!name.empty()) round.member_names.push_back(std::move(name));
  }
  for (const SubjectId& stop : state.stops) {
    FILROUGE_TRY(name, name_of(app, stop));
    round.stop_names.push_back(std::move(name));
  }
  return round;
}

Status add_rounds(App& app, SubjectId team, CivilDate day, api::DayReportView& view) {
  FILROUGE_TRY(rounds, rounds_of(app, team));
  std::reverse(rounds.begin(), rounds.end());  // as the day went
  for (const api::OpenRound& one : rounds) {
    if (!one.state.started || one.state.started->field_day() != day) continue;
    FILROUGE_TRY(round, report_round(app, one.state));
    view.rounds.push_back(std::move(round));
  }
  return Done{};
}

Result<std::int64_t> persons_created(App& app, SubjectId team, CivilDate day) {
  FILROUGE_TRY(people, all_known(app, {.collection = Collection::person, .teams = {team}}));
  std::int64_t created = 0;
  for (const KnownPtr& known : people) {
    const auto person = state_in<PersonState>(known);
    if (person != nullptr && person->created && person->created->field_day() == day) ++created;
  }
  return created;
}

// The last correction by the logical clock; what an older one said is in the journal.
Result<std::string> corrected_text(App& app, SubjectId team, CivilDate day) {
  FILROUGE_TRY(entries, open_entries_of(app, team));
  std::pair<Hlc, EntryId> last;
  std::string text;
  for (const OpenedEntry& entry : entries) {
    if (entry.draft.kind != "day_report") continue;
    DayReport body;
    const std::pair<Hlc, EntryId> stamp(entry.draft.hlc, entry.draft.id);
    if (!reads_into(entry.draft, body) || body.day != day || stamp < last) continue;
    FILROUGE_TRY(undone, app.store.is_undone(entry.draft.id));
    if (undone) continue;
    last = stamp;
    text = body.text;
  }
  return text;
}

}  // namespace

Result<api::DayReportView> day_report(App& app, const Caller& caller,
                                      const api::TodayQuery& query) {
  FILROUGE_TRY(target, team_target(app, query.team));
  FILROUGE_CHECK(require(app, caller, "day_report.read", target));
  api::DayReportView view;
  view.day = query.day;
  FILROUGE_TRY(name, name_of(app, query.team));
  view.team = {query.team, std::move(name)};
  FactFilter filter;
  filter.from = filter.to = query.day;
  filter.teams = {query.team};
  FILROUGE_TRY(facts, app.store.facts(filter, day_facts_max));
  Tally tally;
  std::vector<EntryId> ids;
  for (const Fact& fact : facts) {
    add_fact(fact, view, tally);
    ids.push_back(fact.entry);
  }
  FILROUGE_CHECK(add_persons(app, view, tally));
  FILROUGE_TRY(entries, open_entries(app, ids));
  for (const OpenedEntry& entry : entries) {
    add_draft(entry.draft, tally);
    FILROUGE_CHECK(add_place(app, entry, tally));
  }
  FILROUGE_CHECK(add_rounds(app, query.team, query.day, view));
  FILROUGE_TRY(created, persons_created(app, query.team, query.day));
  view.new_persons = created;
  FILROUGE_TRY(text, corrected_text(app, query.team, query.day));
  view.text = std::move(text);
  view.services = lines_of(tally.services);
  view.barriers = lines_of(tally.barriers);
  view.age_bands = lines_of(tally.age_bands);
  view.sexes = lines_of(tally.sexes);
  view.places = lines_of(tally.places);
  return view;
}

}  // namespace filrouge
