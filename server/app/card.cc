// One person's card and history. A card of somebody whom the own team does not follow counts in the
// daily quota (limits::opened_records_a_day_max): where it is reached reading stops, writing never
// does, and a row of the ledger ("stopped") tells the DPO, whose screen shows it as an alert.
#include <algorithm>
#include <set>

#include "core/pathway/signal.h"
#include "server/app/paging.h"
#include "server/app/rows.h"
#include "server/app/use_cases.h"

namespace filrouge {

namespace {

constexpr std::int64_t day_ms = 24LL * 3'600'000;
constexpr std::string_view stopped_purpose = "stopped";

Error no_person() {
  return {Code::not_found, "person", "not_found", "nothing here for this account"};
}

Error too_many_opened() {
  return {Code::throttled, "", "records_a_day", "too many persons opened in one day"};
}

bool is_of_own_team(const Actor& reader, SubjectId team) {
  const auto& teams = reader.state.teams;
  return std::find(teams.begin(), teams.end(), team) != teams.end();
}

// The person when this account may read her; the same answer whether she exists or not.
Result<KnownPtr> readable_person(App& app, const Caller& caller, SubjectId id) {
  if (!caller.actor) return Error{Code::unauthenticated, "", "signed_out", "sign in first"};
  auto known = find_known(app, id);
  if (!known.ok() && known.error().code != Code::not_found) return std::move(known.error());
  const auto person = known.ok() ? state_in<PersonState>(*known) : nullptr;
  if (person == nullptr || is_unmet(*person)) {
    FILROUGE_CHECK(require(app, caller, "person.read", {}));
    return no_person();
  }
  FILROUGE_TRY(target, person_target(app, *caller.actor, **known));
  FILROUGE_CHECK(require(app, caller, "person.read", target));
  return std::move(*known);
}

// The ledger row of a card, and the quota of those outside the own team's list.
Status open_card(App& app, const Caller& caller, const Known& person, std::string_view purpose) {
  if (is_of_own_team(*caller.actor, person.row.team))
    return disclose(app, caller, "person.read", "team_" + std::string(purpose),
                    {person.row.subject});
  const Instant since{app.clock.now().ms - day_ms};
  FILROUGE_TRY(opened, app.store.opened_since(caller.actor->account, since));
  if (opened >= limits::opened_records_a_day_max) return too_many_opened();
  FILROUGE_CHECK(disclose(app, caller, "person.read", "card", {person.row.subject}));
  // Counted again after the row is written: many at once open no more than one after the other.
  FILROUGE_TRY(now_opened, app.store.opened_since(caller.actor->account, since));
  if (now_opened < limits::opened_records_a_day_max) return Done{};
  if (opened < limits::opened_records_a_day_max && now_opened != opened)
    FILROUGE_CHECK(disclose(app, caller, "person.read", stopped_purpose, {}));
  if (now_opened > limits::opened_records_a_day_max) return too_many_opened();
  return Done{};
}

Result<std::vector<api::Named>> authors_of(App& app, const PersonState& person) {
  std::set<SubjectId> ids;
  for (const RecentContact& contact : person.recent) ids.insert(contact.author);
  std::vector<api::Named> authors;
  for (const SubjectId& id : ids) {
    FILROUGE_TRY(name, name_of(app, id));
    authors.push_back({id, std::move(name)});
  }
  return authors;
}

bool is_history(const Draft& draft) {
  return draft.kind != "undone" && draft.kind != "confirmed" && !is_hers_alone(draft.kind) &&
         !is_outside_kind(draft.kind);
}

}  // namespace

Result<api::PersonCard> person_card(App& app, const Caller& caller, const api::PersonQuery& query) {
  FILROUGE_TRY(known, readable_person(app, caller, query.person));
  const auto person = state_in<PersonState>(known);
  api::PersonCard card;
  card.id = query.person;
  card.shown = shown_name(*person);
  card.state = *person;
  card.state.own_page = without_her_words(std::move(card.state.own_page));
  card.state.outside = without_hashes(std::move(card.state.outside));
  if (person->team) {
    FILROUGE_TRY(team, name_of(app, *person->team));
    card.team_name = std::move(team);
  }
  FILROUGE_TRY(authors, authors_of(app, *person));
  card.authors = std::move(authors);
  FILROUGE_CHECK(open_card(app, caller, *known, "card"));
  return card;
}

Result<api::History> person_history(App& app, const Caller& caller,
                                    const api::HistoryQuery& query) {
  FILROUGE_TRY(known, readable_person(app, caller, query.person));
  FILROUGE_TRY(entries, open_entries_of(app, query.person));
  std::erase_if(entries, [](const OpenedEntry& entry) { return !is_history(entry.draft); });
  std::sort(entries.begin(), entries.end(), [](const OpenedEntry& a, const OpenedEntry& b) {
    return std::tie(b.draft.occurred, b.draft.id) < std::tie(a.draft.occurred, a.draft.id);
  });
  api::History history;
  history.total = static_cast<std::int64_t>(entries.size());
  RowWriter rows(app, *caller.actor);
  for (const OpenedEntry& entry : page_of(std::move(entries), query.page)) {
    FILROUGE_TRY(row, rows.row(entry));
    history.rows.push_back(std::move(row));
  }
  FILROUGE_CHECK(open_card(app, caller, *known, "history"));
  return history;
}

}  // namespace filrouge
