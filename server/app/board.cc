// The coordinator's Monday (R19, R15): ruptures with their cause, relays that are stuck, decisions
// of case meetings that are open. By initials, without a word of content; agreed pauses are none.
#include <algorithm>
#include <set>

#include "core/pathway/referent.h"
#include "core/pathway/stage.h"
#include "core/relay/relay.h"
#include "server/app/relay_view.h"
#include "server/app/search_tokens.h"
#include "server/app/stamps.h"
#include "server/app/use_cases.h"

namespace filrouge {

namespace {

using api::RuptureCause;

RuptureCause cause_of(RuptureKind kind) {
  switch (kind) {
    case RuptureKind::no_contact:
      return RuptureCause::no_contact;
    case RuptureKind::relay_unanswered:
      return RuptureCause::relay_unanswered;
    case RuptureKind::interim_over:
      return RuptureCause::interim_over;
    case RuptureKind::meeting_disputed:
      return RuptureCause::meeting_disputed;
  }
  return RuptureCause::no_contact;
}

class BoardWriter {
 public:
  BoardWriter(App& app, const Actor& reader)
      : app_(app), reader_(reader), today_(utc_day(app.clock.now())), names_(app) {}

  Result<api::Board> run() {
    board_.day = today_;
    FILROUGE_TRY(persons, persons_of());
    for (const SubjectId& id : persons) FILROUGE_CHECK(add_person(id));
    std::sort(board_.ruptures.begin(), board_.ruptures.end(),
              [](const api::Rupture& a, const api::Rupture& b) {
                return std::tie(a.since, a.person, a.cause) < std::tie(b.since, b.person, b.cause);
              });
    std::sort(board_.stuck.begin(), board_.stuck.end(),
              [](const api::RelayView& a, const api::RelayView& b) {
                return std::tie(b.days_late, a.relay.relay) < std::tie(a.days_late, b.relay.relay);
              });
    std::sort(board_.decisions.begin(), board_.decisions.end(),
              [](const api::Decision& a, const api::Decision& b) {
                const CivilDate never{INT32_MAX};
                return std::pair(a.due.value_or(never), a.step) <
                       std::pair(b.due.value_or(never), b.step);
              });
    FILROUGE_CHECK(add_owners());
    return std::move(board_);
  }
  std::vector<SubjectId> named() const { return {named_.begin(), named_.end()}; }

 private:
  SubjectId own() const { return reader_.state.organisation; }

  Result<std::set<SubjectId>> persons_of() {
    std::set<SubjectId> persons;
    for (const SearchToken& token : {board_token(app_, own()), relay_token(app_, own())}) {
      FILROUGE_TRY(found, app_.store.find_tokens(token));
      persons.insert(found.begin(), found.end());
    }
    return persons;
  }

  Status add_person(SubjectId id) {
    auto known = find_known(app_, id);
    if (!known.ok() && known.error().code == Code::not_found) return Done{};  // erased meanwhile
    if (!known.ok()) return std::move(known.error());
    const auto person = state_in<PersonState>(*known);
    if (person == nullptr || person->erased) return Done{};
    const ReferentClaim* claim = current_claim(*person);
    const bool ours = claim != nullptr && claim->organisation == own();
    if (ours) FILROUGE_CHECK(add_successor(id, *person, *claim));
    for (const RuptureFound& found : ruptures_of(*person, today_)) {
      const bool of_relay = found.kind == RuptureKind::relay_unanswered ||
                            found.kind == RuptureKind::meeting_disputed;
      if (of_relay ? has_own_relay(*person) : ours)
        FILROUGE_CHECK(add_rupture(id, *person, cause_of(found.kind), found.since));
    }
    for (const RelayState& relay : person->relays) FILROUGE_CHECK(add_stuck(id, *person, relay));
    for (const StepState& step : person->pathway.steps)
      FILROUGE_CHECK(add_decision(id, *person, step));
    return Done{};
  }

  // A référent whose account is gone and who has no successor: nobody of the organisation could
  // take the role when it happened.
  Status add_successor(SubjectId id, const PersonState& person, const ReferentClaim& claim) {
    FILROUGE_TRY(account, find_state<AccountState>(app_, claim.referent));
    const bool gone = account == nullptr || account->status == AccountStatus::revoked;
    return gone ? add_rupture(id, person, RuptureCause::no_successor, claim.by.occurred.date)
                : Status(Done{});
  }

  bool is_ours(const RelayStanding& now) const { return now.from == own() || now.to == own(); }

  bool has_own_relay(const PersonState& person) const {
    return std::any_of(person.relays.begin(), person.relays.end(), [&](const RelayState& relay) {
      const RelayStanding now = standing_of(relay);
      return is_open(now) && is_ours(now);
    });
  }

  Status add_rupture(SubjectId id, const PersonState& person, RuptureCause cause, CivilDate since) {
    api::Rupture row;
    row.person = id;
    row.initials = initials_of(person);
    row.cause = cause;
    row.since = since;
    row.days = today_.days - since.days;
    if (const ReferentClaim* claim = current_claim(person)) {
      FILROUGE_TRY(referent, names_.of(claim->referent));
      FILROUGE_TRY(organisation, names_.of(claim->organisation));
      row.referent = std::move(referent);
      row.organisation = std::move(organisation);
    }
    board_.ruptures.push_back(std::move(row));
    named_.insert(id);
    return Done{};
  }

  // Both sides see that it is stuck; no need, no place, no field of an agreement is shown.
  Status add_stuck(SubjectId id, const PersonState& person, const RelayState& relay) {
    const RelayStanding now = standing_of(relay);
    if (!is_ours(now) || days_late(now, today_) == 0) return Done{};
    RelayState bare = relay;
    for (ActDone& act : bare.acts) {
      act.body.need.reset();
      act.body.suggestion.reset();
      if (act.body.meeting) act.body.meeting->where.reset();
    }
    FILROUGE_TRY(view, relay_view(names_, reader_, id, person, person, bare, today_));
    view.shown = initials_of(person);
    view.standing = standing_of(bare);
    view.shared.clear();
    view.can.clear();
    board_.stuck.push_back(std::move(view));
    named_.insert(id);
    return Done{};
  }

  Status add_decision(SubjectId id, const PersonState& person, const StepState& step) {
    if (!step.set.by_meeting || !is_open_step(step.set.status) || step.set.organisation != own())
      return Done{};
    api::Decision row;
    row.person = id;
    row.initials = initials_of(person);
    row.step = step.set.step;
    row.what = step.set.what;
    FILROUGE_TRY(owner, names_.of(step.set.account.value_or(SubjectId{})));
    row.owner = std::move(owner);
    row.due = step.set.due;
    row.status = step.set.status;
    board_.decisions.push_back(std::move(row));
    named_.insert(id);
    return Done{};
  }

  Status add_owners() {
    FILROUGE_TRY(accounts, all_known(app_, {.collection = Collection::account}));
    for (const KnownPtr& one : accounts) {
      const auto account = state_in<AccountState>(one);
      if (!account || account->organisation != own() || account->status != AccountStatus::active)
        continue;
      const Role role = account->role;
      if (role == Role::outreach_worker || role == Role::adviser ||
          role == Role::solution_partner || role == Role::coordinator)
        board_.owners.push_back({one->row.subject, account->display_name});
    }
    std::sort(board_.owners.begin(), board_.owners.end(),
              [](const api::Named& a, const api::Named& b) {
                return std::tie(a.name, a.id) < std::tie(b.name, b.id);
              });
    return Done{};
  }

  App& app_;
  const Actor& reader_;
  CivilDate today_;
  Names names_;
  api::Board board_;
  std::set<SubjectId> named_;
};

}  // namespace

Result<api::Board> board(App& app, const Caller& caller, const api::Empty&) {
  if (!caller.actor) return Error{Code::unauthenticated, "", "signed_out", "sign in first"};
  Target own;
  own.organisation = caller.actor->state.organisation;
  FILROUGE_CHECK(require(app, caller, "board.read", own));
  BoardWriter writer(app, *caller.actor);
  FILROUGE_TRY(made, writer.run());
  if (std::vector<SubjectId> named = writer.named(); !named.empty())
    FILROUGE_CHECK(disclose(app, caller, "board.read", "list", std::move(named)));
  return made;
}

}  // namespace filrouge
