// The persons a team follows, last contact first, by pages: its own, and those it follows in their
// circle, each cut to what it may see. A search reads the candidates that the tokens give, opens
// them and compares. One ledger row names whoever is on the page.
#include <algorithm>
#include <set>

#include "server/app/paging.h"
#include "server/app/person_view.h"
#include "server/app/rounds.h"
#include "server/app/rows.h"
#include "server/app/search_tokens.h"
#include "server/app/stamps.h"
#include "server/app/use_cases.h"

namespace filrouge {

namespace {

api::PersonRow row_of(SubjectId id, const PersonState& person) {
  api::PersonRow row;
  row.id = id;
  row.shown = shown_name(person);
  if (!person.recognise.values.empty()) row.recognise = person.recognise.shown();
  row.level = person.level;
  row.age_band = person.age_band.value;
  row.last_contact = person.last_contact;
  if (!person.recent.empty()) {
    row.next_step = person.recent.front().next_step;
    row.next_on = person.recent.front().next_on;
  }
  row.disputed = person.alias.is_disputed() || person.first_name.is_disputed() ||
                 person.surname.is_disputed() || person.reach.is_disputed();
  return row;
}

// A person on the list, as the reader may see her.
struct Listed {
  SubjectId id;
  KnownPtr known;
  std::optional<PersonState> cut;  // absent: nobody else has written, she is seen whole
  const PersonState& seen() const { return cut ? *cut : std::get<PersonState>(known->state); }
};

// Who may be on the list of a team: its own persons, and those whom it, or its organisation,
// follows in their circle. With a query, those whose tokens may answer it.
Result<std::set<SubjectId>> circle_ids(App& app, SubjectId organisation, SubjectId team) {
  std::set<SubjectId> ids;
  for (const SubjectId& follower : {team, organisation}) {
    FILROUGE_TRY(found, app.store.find_tokens(circle_token(app, organisation, follower)));
    ids.insert(found.begin(), found.end());
  }
  return ids;
}

class Listing {
 public:
  Listing(App& app, const Actor& reader, const Target& team, const api::PeopleQuery& query)
      : app_(app), reader_(reader), query_(query), today_(utc_day(app.clock.now())) {
    Target own = team;
    own.circle.clear();
    whole_team_ = permit(reader, "person.list", own) == Verdict::permitted;
    in_circle_ =
        permit(reader, "person.read", Target{{}, {}, {}, false, {reader.state.organisation}}) ==
        Verdict::permitted;
  }

  Result<std::vector<Listed>> run() {
    const bool searches = query_.query && !query_.query->empty();
    if (!searches) {
      if (whole_team_) FILROUGE_CHECK(add_team());
      FILROUGE_TRY(circle, circle_ids(app_, reader_.state.organisation, query_.team));
      for (const SubjectId& id : circle) FILROUGE_CHECK(add(id));
      return std::move(found_);
    }
    FILROUGE_TRY(candidates, find_candidates(app_, reader_.state.organisation, *query_.query));
    if (candidates)
      for (const SubjectId& id : *candidates) FILROUGE_CHECK(add(id));
    return std::move(found_);
  }

 private:
  Status add_team() {
    FILROUGE_TRY(people,
                 all_known(app_, {.collection = Collection::person, .teams = {query_.team}}));
    for (KnownPtr& known : people) FILROUGE_CHECK(take(std::move(known)));
    return Done{};
  }

  Status add(SubjectId id) {
    auto known = find_known(app_, id);
    if (!known.ok() && known.error().code == Code::not_found) return Done{};  // erased meanwhile
    if (!known.ok()) return std::move(known.error());
    return take(std::move(*known));
  }

  Status take(KnownPtr known) {
    const auto person = state_in<PersonState>(known);
    if (person == nullptr || person->erased || is_signal_alone(*person)) return Done{};
    const SubjectId id = known->row.subject;
    const bool own = known->row.team == query_.team;
    if (own ? !whole_team_ : !follows(*person)) return Done{};
    if (!seen_.insert(id).second) return Done{};
    Listed listed{id, std::move(known), {}};
    if (!own || !is_only_ours(*person, today_)) {
      FILROUGE_TRY(cut, seen_by(app_, reader_, *listed.known));
      listed.cut = std::move(cut);
    }
    const bool searches = query_.query && !query_.query->empty();
    if (!searches || answers(listed.seen(), *query_.query)) found_.push_back(std::move(listed));
    return Done{};
  }

  bool follows(const PersonState& person) const {
    if (!in_circle_) return false;
    const Circle circle = circle_of(person, today_);
    return is_in(circle.teams, query_.team) ||
           is_in(circle.organisations, reader_.state.organisation);
  }

  App& app_;
  const Actor& reader_;
  const api::PeopleQuery& query_;
  CivilDate today_;
  bool whole_team_ = false;
  bool in_circle_ = false;
  std::set<SubjectId> seen_;
  std::vector<Listed> found_;
};

}  // namespace

Result<api::PeopleList> list_people(App& app, const Caller& caller, const api::PeopleQuery& query) {
  FILROUGE_TRY(target, team_target(app, query.team));
  target.circle = {query.team};
  FILROUGE_CHECK(require(app, caller, "person.list", target));
  FILROUGE_TRY(people, Listing(app, *caller.actor, target, query).run());
  std::vector<api::PersonRow> rows;
  for (const Listed& listed : people) rows.push_back(row_of(listed.id, listed.seen()));
  std::sort(rows.begin(), rows.end(), [](const api::PersonRow& a, const api::PersonRow& b) {
    return std::tie(b.last_contact, a.shown, a.id) < std::tie(a.last_contact, b.shown, b.id);
  });
  api::PeopleList list;
  list.total = static_cast<std::int64_t>(rows.size());
  list.rows = page_of(std::move(rows), query.page);
  std::vector<SubjectId> named;
  for (const api::PersonRow& row : list.rows) named.push_back(row.id);
  FILROUGE_CHECK(disclose(app, caller, "person.list", "list", std::move(named)));
  return list;
}

}  // namespace filrouge
