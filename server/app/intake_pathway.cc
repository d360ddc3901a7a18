// What the core cannot know when a pathway's entry is received: that the accounts, teams and
// organisations it names exist and belong together; and law 4 where an account goes: the pathways
// whose referent may no longer follow pass, in the same append, to a coordinator of the
// organisation, par intérim (limits::interim_days).
#include <algorithm>
#include <array>

#include "core/journal/body.h"
#include "core/pathway/pathway.h"
#include "core/pathway/referent.h"
#include "server/app/intake.h"
#include "server/app/search_tokens.h"
#include "server/app/stamps.h"

namespace filrouge {

namespace {

// Kinds whose body.organisation is the author's own.
constexpr std::array<std::string_view, 10> kOwnOrganisation{"pathway_opened",
                                                            "referent_named",
                                                            "contact_lost",
                                                            "following_resumed",
                                                            "barrier_changed",
                                                            "step_set",
                                                            "appointment_set",
                                                            "delivery",
                                                            "exit",
                                                            "relay"};

Error not_allowed(std::string_view field, std::string_view detail) {
  return {Code::forbidden, field, reason::not_allowed, detail};
}

Error unknown(std::string_view field, std::string_view detail) {
  return {Code::invalid, field, "unknown", detail};
}

bool is_member(const AccountState& account, SubjectId team) {
  return std::find(account.teams.begin(), account.teams.end(), team) != account.teams.end();
}

std::optional<SubjectId> own_organisation_named(const Draft& draft) {
  if (std::find(kOwnOrganisation.begin(), kOwnOrganisation.end(), draft.kind) ==
      kOwnOrganisation.end())
    return std::nullopt;
  const json::Value* value = draft.body.find("organisation");
  if (value == nullptr) return std::nullopt;
  const auto id = SubjectId::parse(value->text());
  return id.ok() ? std::optional(*id) : std::nullopt;
}

}  // namespace

Status Intake::check_account(SubjectId id, SubjectId organisation, std::string_view field) {
  FILROUGE_TRY(account, find_as<AccountState>(id));
  if (account == nullptr || account->organisation != organisation)
    return unknown(field, "an account of this organisation expected");
  return Done{};
}

Status Intake::check_referent(SubjectId id, SubjectId team_id, SubjectId organisation) {
  FILROUGE_CHECK(check_account(id, organisation, "body.referent"));
  FILROUGE_TRY(team, find_as<TeamState>(team_id));
  if (team == nullptr || team->set.organisation != organisation)
    return unknown("body.team", "a team of this organisation expected");
  FILROUGE_TRY(account, find_as<AccountState>(id));
  if (account->status != AccountStatus::active)
    return Error{Code::refused, "body.referent", "not_active", "this account is not active"};
  if (!may_be_referent(account->role))
    return Error{Code::refused, "body.referent", "role", "not a role that follows persons"};
  if (account->role != Role::coordinator && !is_member(*account, team_id))
    return Error{Code::refused, "body.referent", "other_team", "not of this team"};
  // Written again beside the person: another server that closes this account, or moves it, at the
  // same moment meets this append, and then finds the pathway that was given to it.
  FILROUGE_TRY(held, open_subject(id, Collection::account));
  held->changed = true;
  return Done{};
}

Status Intake::check_named(const Draft& draft, const Subject&, const Actor& actor) {
  const SubjectId own = actor.state.organisation;
  if (const auto named = own_organisation_named(draft); named && *named != own)
    return not_allowed("body.organisation", "everybody writes for their own organisation");
  if (draft.kind == "pathway_opened") {
    PathwayOpened body;
    return reads_into(draft, body) ? check_referent(body.referent, body.team, own) : Status(Done{});
  }
  if (draft.kind == "referent_named") {
    ReferentNamed body;
    return reads_into(draft, body) ? check_referent(body.referent, body.team, own) : Status(Done{});
  }
  if (draft.kind == "step_set") {
    StepSet body;
    if (!reads_into(draft, body)) return Done{};
    if (actor.state.role == Role::coordinator && !body.by_meeting)
      return not_allowed("body.by_meeting", "a coordinator writes what a meeting decided");
    return body.account ? check_account(*body.account, own, "body.account") : Status(Done{});
  }
  if (draft.kind == "appointment_set") {
    AppointmentSet body;
    return reads_into(draft, body) ? check_account(body.account, own, "body.account")
                                   : Status(Done{});
  }
  if (draft.kind == "sharing_agreed") {
    SharingAgreed body;
    if (!reads_into(draft, body) || body.organisation.is_nil()) return Done{};  // outside
    FILROUGE_TRY(receiver, find_as<OrganisationState>(body.organisation));
    if (receiver == nullptr) return unknown("body.organisation", "no such organisation");
    return Done{};
  }
  if (draft.kind != "relay") return Done{};
  Relay body;
  if (!reads_into(draft, body)) return Done{};
  if (body.act == RelayAct::taken_over && body.referent && body.team)
    return check_referent(*body.referent, *body.team, own);
  if (body.to) {
    FILROUGE_TRY(receiver, find_as<OrganisationState>(*body.to));
    if (receiver == nullptr) return unknown("body.to", "no such organisation");
  }
  if (body.act != RelayAct::returned || !body.referent) return Done{};
  // She goes back to who sent her; should that account be gone, a coordinator takes her in. One
  // that never could follow her was not the one who sent her.
  FILROUGE_CHECK(check_account(*body.referent, body.to.value_or(SubjectId{}), "body.referent"));
  FILROUGE_TRY(account, find_as<AccountState>(*body.referent));
  if (!may_be_referent(account->role))
    return Error{Code::refused, "body.referent", "role", "not a role that follows persons"};
  if (account->status != AccountStatus::active && account->status != AccountStatus::revoked)
    return Error{Code::refused, "body.referent", "not_active", "this account is not active"};
  FILROUGE_TRY(team, find_as<TeamState>(body.team.value_or(SubjectId{})));
  if (team == nullptr || team->set.organisation != *body.to)
    return unknown("body.team", "a team of the sending organisation expected");
  return Done{};
}

Result<bool> Intake::may_follow(const ReferentClaim& claim) {
  FILROUGE_TRY(account, find_as<AccountState>(claim.referent));
  if (account == nullptr) return true;  // on its way; judged by who named it
  if (account->status == AccountStatus::revoked) return false;
  return account->role == Role::coordinator || is_member(*account, claim.team);
}

// A coordinator of the organisation, of the team where there is one.
Result<SubjectId> Intake::interim_of(const ReferentClaim& claim) {
  FILROUGE_TRY(accounts, all_known(app_, {.collection = Collection::account}));
  SubjectId found;
  for (const KnownPtr& one : accounts) {
    const SubjectId id = one->row.subject;
    FILROUGE_TRY(account, find_as<AccountState>(id));
    if (account == nullptr || account->role != Role::coordinator ||
        account->organisation != claim.organisation || account->status != AccountStatus::active ||
        id == claim.referent)
      continue;
    if (is_member(*account, claim.team)) return id;
    if (found.is_nil()) found = id;
  }
  return found;
}

// Without a coordinator the role stays where it is, and the board shows "no_successor".
Status Intake::name_interim(SubjectId person, const ReferentClaim& claim) {
  FILROUGE_TRY(coordinator, interim_of(claim));
  if (coordinator.is_nil()) return Done{};
  FILROUGE_TRY(held, open_subject(coordinator, Collection::account));  // as in check_referent
  held->changed = true;
  const ReferentNamed body{claim.by.entry, claim.organisation, claim.team, coordinator, true};
  Draft draft = desk_draft(app_, "referent_named", person, SubjectId{}, body);
  draft.hlc = std::max(draft.hlc, claim.by.hlc.tick(received_));
  std::string text = json::encode(draft);
  FILROUGE_TRY(incoming, check_incoming(std::move(draft), std::move(text), received_));
  return add(incoming, nullptr);
}

Status Intake::pass_on_of(SubjectId account, const AccountState& now) {
  app_.gate->await_all();  // who is about to be named must be found
  FILROUGE_TRY(persons, app_.store.find_tokens(referent_token(app_, now.organisation, account)));
  for (const SubjectId& id : persons) {
    FILROUGE_TRY(subject, open_subject(id, Collection::person));
    const auto* person = std::get_if<PersonState>(&subject->state);
    const ReferentClaim* claim = person == nullptr ? nullptr : current_claim(*person);
    if (claim == nullptr || claim->referent != account) continue;
    FILROUGE_TRY(follows, may_follow(*claim));
    if (!follows) FILROUGE_CHECK(name_interim(id, ReferentClaim(*claim)));
  }
  return Done{};
}

Status Intake::pass_on(const Draft& draft, const Subject& subject) {
  if (draft.kind == "account_changed") {
    const AccountState now = std::get<AccountState>(subject.state);
    return pass_on_of(draft.subject, now);
  }
  if (draft.kind != "relay") return Done{};
  const auto* person = std::get_if<PersonState>(&subject.state);
  const ReferentClaim* claim = person == nullptr ? nullptr : current_claim(*person);
  if (claim == nullptr || claim->by.entry != draft.id) return Done{};
  FILROUGE_TRY(follows, may_follow(*claim));
  return follows ? Status(Done{}) : name_interim(draft.subject, ReferentClaim(*claim));
}

}  // namespace filrouge
