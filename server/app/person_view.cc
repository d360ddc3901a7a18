#include "server/app/person_view.h"

#include <algorithm>

#include "core/base/limits.h"
#include "core/base/text.h"
#include "server/app/rows.h"
#include "server/app/stamps.h"

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

bool is_of_own_team(const Actor& reader, const Known& person) {
  const auto& teams = reader.state.teams;
  const auto is_own = [&](const SubjectId& team) {
    return std::find(teams.begin(), teams.end(), team) != teams.end();
  };
  if (is_own(person.row.team)) return true;
  const auto* state = std::get_if<PersonState>(&person.state);
  return state != nullptr &&
         std::any_of(state->pathway.claims.begin(), state->pathway.claims.end(),
                     [&](const ReferentClaim& claim) { return is_own(claim.team); });
}

}  // namespace

SubjectId Belonging::of(SubjectId id) {
  if (id.is_nil()) return {};
  if (const auto at = known_.find(id); at != known_.end()) return at->second;
  SubjectId organisation;
  auto known = find_known(app_, id);
  if (!known.ok()) {
    failed_ = std::move(known.error());
  } else if (const auto account = state_in<AccountState>(*known)) {
    organisation = account->organisation;
  } else if (const auto team = state_in<TeamState>(*known)) {
    organisation = team->set.organisation;
  }
  return known_.emplace(id, organisation).first->second;
}

Result<std::string> Names::of(SubjectId id) {
  if (id.is_nil()) return std::string();
  auto at = known_.find(id);
  if (at == known_.end()) {
    FILROUGE_TRY(name, name_of(app_, id));
    at = known_.emplace(id, std::move(name)).first;
  }
  return at->second;
}

Target circle_target(const PersonState& person, const StoredState& row, SubjectId organisation,
                     CivilDate today) {
  Target target;
  target.organisation = row.organisation;
  target.teams = {row.team};
  const Circle circle = circle_of(person, today);
  target.circle = circle.teams;
  target.circle.insert(target.circle.end(), circle.organisations.begin(),
                       circle.organisations.end());
  if (is_in(circle.all, organisation)) target.organisation = organisation;
  return target;
}

Result<Target> person_target(App& app, const Actor& reader, const Known& person) {
  const auto* state = std::get_if<PersonState>(&person.state);
  if (state == nullptr) return Target{};
  Target target =
      circle_target(*state, person.row, reader.state.organisation, utc_day(app.clock.now()));
  if (reader.state.role != Role::volunteer) return target;
  FILROUGE_TRY(walking, team_walks(app, person.row.team));
  target.round_open = walking;
  if (!walking) return target;
  FILROUGE_TRY(entries, app.store.entries_of(person.row.subject));
  for (const StoredEntry& entry : entries)
    if (entry.entry.envelope.author == reader.account) target.account = reader.account;
  return target;
}

Result<PersonState> seen_by(App& app, const Actor& reader, const Known& person) {
  const auto& whole = std::get<PersonState>(person.state);
  const CivilDate today = utc_day(app.clock.now());
  const Target target = circle_target(whole, person.row, reader.state.organisation, today);
  Belonging belonging(app);
  const Reader who{reader.state.organisation, reader.account,
                   permit(reader, "pathway.read", target) == Verdict::permitted,
                   person.row.team.is_nil() ? SubjectId{} : person.row.organisation};
  PersonState seen = visible_to(whole, who, today, belonging.asker());
  FILROUGE_CHECK(belonging.failed());
  return seen;
}

bool is_only_ours(const PersonState& person, CivilDate today) {
  return person.sharing.grants.empty() && person.relays.empty() &&
         circle_of(person, today).all.empty();
}

std::string initials_of(const PersonState& person) {
  std::string initials(first_characters(shown_name(person), 1));
  initials += '.';
  if (const std::string surname = person.surname.shown(); !surname.empty())
    initials.append(" ").append(first_characters(surname, 1)).append(".");
  return initials;
}

Result<OpenedPerson> open_person(App& app, const Caller& caller, SubjectId id,
                                 std::string_view rule) {
  if (!caller.actor) return Error{Code::unauthenticated, "", "signed_out", "sign in first"};
  auto known = find_known(app, id);
  if (!known.ok() && known.error().code != Code::not_found) return std::move(known.error());
  const auto person = known.ok() ? state_in<PersonState>(*known) : nullptr;
  if (person == nullptr || is_signal_alone(*person)) {
    FILROUGE_CHECK(require(app, caller, rule, {}));
    return no_person();
  }
  FILROUGE_TRY(target, person_target(app, *caller.actor, **known));
  FILROUGE_CHECK(require(app, caller, rule, target));
  FILROUGE_TRY(seen, seen_by(app, *caller.actor, **known));
  return OpenedPerson{std::move(*known), std::move(seen)};
}

Status note_opened(App& app, const Caller& caller, const Known& person, std::string_view rule,
                   std::string_view purpose) {
  if (is_of_own_team(*caller.actor, person))
    return disclose(app, caller, rule, "team_" + std::string(purpose), {person.row.subject});
  const Instant since{app.clock.now().ms - day_ms};
  FILROUGE_TRY(opened, app.store.opened_since(caller.actor->account, since));
  if (opened >= limits::opened_records_a_day_max) return too_many_opened();
  FILROUGE_CHECK(disclose(app, caller, rule, "card", {person.row.subject}));
  // Counted again after the row is written: many at once open no more than one after the other.
  FILROUGE_TRY(now_opened, app.store.opened_since(caller.actor->account, since));
  if (now_opened < limits::opened_records_a_day_max) return Done{};
  if (opened < limits::opened_records_a_day_max && now_opened != opened)
    FILROUGE_CHECK(disclose(app, caller, rule, stopped_purpose, {}));
  if (now_opened > limits::opened_records_a_day_max) return too_many_opened();
  return Done{};
}

}  // namespace filrouge
