// Access at receipt: which target each kind of entry touches (architecture 5). Every team that the
// entry names must be the author's own; a person must be followed by it, through her own team or
// through the circle (core/people/circle.h).
#include <algorithm>

#include "core/journal/body.h"
#include "server/app/intake.h"
#include "server/app/person_view.h"
#include "server/app/stamps.h"

namespace filrouge {

namespace {

// `of_row`: the team that the entries so far put the subject in, where its start has not arrived.
std::vector<SubjectId> teams_touched(const Draft& draft, const State& before, SubjectId of_row) {
  std::vector<SubjectId> teams;
  const auto add = [&](SubjectId team) {
    if (!team.is_nil() && std::find(teams.begin(), teams.end(), team) == teams.end())
      teams.push_back(team);
  };
  add(team_of(draft, State{}));
  if (const auto* round = std::get_if<RoundState>(&before)) add(round->team.value_or(SubjectId{}));
  if (teams.empty()) add(of_row);
  return teams;
}

bool is_of_team(const Actor& actor, SubjectId team) {
  const auto& teams = actor.state.teams;
  return std::find(teams.begin(), teams.end(), team) != teams.end();
}

Error refused_access(Verdict verdict, const Actor& actor) {
  Error error{Code::forbidden, "", std::string(reason::not_allowed), ""};
  if (verdict == Verdict::account_not_active)
    error.rule = actor.state.status == AccountStatus::revoked ? reason::account_revoked
                                                              : reason::account_not_active;
  if (verdict == Verdict::convention_over) error.rule = reason::convention_over;
  error.detail = json::enum_text(verdict);
  return error;
}

}  // namespace

Result<bool> Intake::round_is_open(const Draft& draft, const Subject& subject) {
  const auto* round = std::get_if<RoundState>(&subject.state);
  if (round != nullptr) return round->started.has_value() && !round->ended.has_value();
  // A contact belongs to the round it was noted in; without one, to whatever round the team walks.
  const auto* person = std::get_if<PersonState>(&subject.state);
  if (person == nullptr || !person->team) return false;
  FILROUGE_TRY(rounds,
               all_known(app_, {.collection = Collection::round, .teams = {*person->team}}));
  (void)draft;
  for (const KnownPtr& known : rounds) {
    const auto state = state_in<RoundState>(known);
    if (state != nullptr && state->started && !state->ended) return true;
  }
  return false;
}

Status Intake::judge(const Draft& draft, const Subject& subject, const Marked& marked,
                     const Actor& actor) {
  const KindInfo* kind = find_kind(draft.kind);
  if (kind->write_rule.empty())
    return Error{Code::forbidden, "", std::string(reason::not_allowed), "the program's own"};
  filrouge::Target target;
  target.account = draft.author;
  target.organisation = actor.state.organisation;
  if (draft.kind == "place_set" && !subject.row.organisation.is_nil())
    target.organisation = subject.row.organisation;
  if (draft.kind == "undone" || draft.kind == "confirmed") {
    target.account = marked.author;
    if (actor.state.role == Role::volunteer) {
      FILROUGE_TRY(open, round_is_open(draft, subject));
      target.round_open = open;
    }
  }
  const auto* person = std::get_if<PersonState>(&subject.state);
  if (person != nullptr && person->team) {
    FILROUGE_CHECK(judge_person(draft, subject, kind->write_rule, target, actor));
    return check_named(draft, subject, actor);
  }
  std::vector<SubjectId> teams = teams_touched(draft, subject.state, subject.row.team);
  // The start of a round, or of a person, may still be on its way: the author's own teams then.
  if (teams.empty() && !actor.state.teams.empty()) teams.push_back(actor.state.teams.front());
  if (teams.empty()) teams.push_back({});
  for (const SubjectId& team : teams) {
    target.teams = {team};
    const Verdict verdict = permit(actor, kind->write_rule, target);
    if (verdict != Verdict::permitted) return refused_access(verdict, actor);
  }
  return person == nullptr ? Status(Done{}) : check_named(draft, subject, actor);
}

// About somebody who is known: the author's side follows her, and the team that the entry names is
// the author's own (a coordinator names a référent in any team of the organisation).
Status Intake::judge_person(const Draft& draft, const Subject& subject, std::string_view rule,
                            filrouge::Target target, const Actor& actor) {
  const auto& person = std::get<PersonState>(subject.state);
  const filrouge::Target related =
      circle_target(person, subject.row, actor.state.organisation, utc_day(received_));
  target.teams = related.teams;
  target.circle = related.circle;
  target.organisation = related.organisation;
  const Verdict verdict = permit(actor, rule, target);
  if (verdict != Verdict::permitted) return refused_access(verdict, actor);
  const SubjectId team = team_of(draft, State{});
  const bool names_referent =
      draft.kind == "pathway_opened" || draft.kind == "referent_named" || draft.kind == "relay";
  if (team.is_nil() || names_referent || is_of_team(actor, team)) return Done{};
  return Error{Code::forbidden, "body.team", std::string(reason::not_allowed), "not an own team"};
}

}  // namespace filrouge
