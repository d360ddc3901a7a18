// What a young person sees and does on her own page (J12): her steps and appointments, who follows
// her, what is shared with whom, who read her file. What she does there is written on her behalf,
// with no account as its author (decision 0018); each opening is a row of the ledger as herself.
// Names of readers stay out of "who read my file": organisation, action and day are what is owed.
#include <algorithm>

#include "server/app/mine.h"
#include "server/app/person_view.h"
#include "server/app/rows.h"
#include "server/app/search_tokens.h"
#include "server/app/stamps.h"
#include "server/app/use_cases.h"
#include "server/app/write.h"

namespace filrouge {

namespace {

constexpr std::size_t reads_max = 200;
constexpr std::size_t odd_a_day_max = 5;
constexpr std::int32_t odd_days_shown = 365;
constexpr std::string_view mine_rule = "mine.use";

Result<std::string> account_or(App& app, const std::optional<SubjectId>& account,
                               SubjectId organisation) {
  if (account) {
    FILROUGE_TRY(name, name_of(app, *account));
    if (!name.empty()) return std::move(name);
  }
  return name_of(app, organisation);
}

Status add_steps(App& app, const PersonState& person, api::MyPage& page) {
  for (const StepState& step : person.pathway.steps) {
    if (step.set.status == StepStatus::dropped) continue;
    FILROUGE_TRY(with, account_or(app, step.set.account, step.set.organisation));
    page.steps.push_back({step.set.what, step.set.status, step.set.due, std::move(with)});
  }
  const auto rank = [](const api::MyStep& step) {
    return std::tuple(step.status == StepStatus::done, !step.due.has_value(),
                      step.due.value_or(CivilDate{}), step.what);
  };
  std::sort(page.steps.begin(), page.steps.end(),
            [&](const auto& a, const auto& b) { return rank(a) < rank(b); });
  return Done{};
}

Status add_appointments(App& app, const PersonState& person, CivilDate today, api::MyPage& page) {
  for (const AppointmentState& one : person.pathway.appointments) {
    const AppointmentSet& set = one.set;
    if (set.status != AppointmentStatus::planned || set.on < today) continue;
    FILROUGE_TRY(with, account_or(app, set.account, set.organisation));
    page.appointments.push_back({set.on, set.minute, set.where, std::move(with)});
  }
  std::sort(page.appointments.begin(), page.appointments.end(), [](const auto& a, const auto& b) {
    return std::tie(a.on, a.minute, a.with) < std::tie(b.on, b.minute, b.with);
  });
  return Done{};
}

Status add_shares(App& app, const PersonState& person, CivilDate today, api::MyPage& page) {
  for (const SubjectId& organisation : shares_with(person.sharing, today)) {
    FILROUGE_TRY(name, name_of(app, organisation));
    api::MyShare share{organisation, std::move(name), {}, {}};
    share.fields = shared_with(person.sharing, organisation, today);
    if (const Grant* grant = live_grant(person.sharing, organisation, today))
      share.until = grant->agreed.until;
    page.shares.push_back(std::move(share));
  }
  return Done{};
}

Status add_reads(App& app, SubjectId person, api::MyPage& page) {
  FILROUGE_TRY(rows, app.store.ledger(person, std::nullopt, reads_max));
  for (const LedgerRow& row : rows) {
    api::LedgerItem item;
    item.at = row.at;
    FILROUGE_TRY(organisation, name_of(app, row.organisation));
    item.organisation_name = std::move(organisation);
    item.action = row.action;
    item.purpose = row.purpose;
    item.subjects = static_cast<std::int64_t>(row.subjects.size());
    page.reads.push_back(std::move(item));
  }
  return Done{};
}

std::vector<CivilDate> exit_days(const PersonState& person) {
  std::vector<CivilDate> days;
  for (const ExitState& exit : person.pathway.exits) days.push_back(exit.declared.from);
  return days;
}

std::optional<CivilDate> entry_day(const PersonState& person) {
  if (person.first_contact) return person.first_contact;
  return person.created ? std::optional(person.created->field_day()) : std::nullopt;
}

bool shares_anything(const PersonState& person, const std::optional<SubjectId>& organisation,
                     CivilDate today) {
  return std::any_of(
      person.sharing.grants.begin(), person.sharing.grants.end(), [&](const Grant& grant) {
        const bool meant = !organisation || grant.agreed.organisation == *organisation;
        return meant && holds(person.sharing, grant, today);
      });
}

}  // namespace

Result<api::MyPage> my_page(App& app, const Caller& caller, const api::Empty&) {
  FILROUGE_TRY(known, herself(app, caller));
  const auto person = state_in<PersonState>(known);
  const CivilDate today = utc_day(app.clock.now());
  api::MyPage page;
  page.shown = shown_name(*person);
  FILROUGE_CHECK(add_steps(app, *person, page));
  FILROUGE_CHECK(add_appointments(app, *person, today, page));
  FILROUGE_TRY(followers, all_followers(app, *known));
  page.followers = std::move(followers.rows);
  FILROUGE_CHECK(add_shares(app, *person, today, page));
  page.trust_due = trust_due(person->own_page, entry_day(*person), exit_days(*person), today);
  FILROUGE_CHECK(disclose(app, caller, mine_rule, "own page", {known->row.subject}));
  FILROUGE_CHECK(add_reads(app, known->row.subject, page));
  return page;
}

Result<api::Empty> stop_sharing(App& app, const Caller& caller, const api::StopSharing& request) {
  FILROUGE_TRY(known, herself(app, caller));
  const auto person = state_in<PersonState>(known);
  // Nothing is shared any more: said twice is said once.
  if (!shares_anything(*person, request.organisation, utc_day(app.clock.now())))
    return api::Empty{};
  FILROUGE_CHECK(
      write_as_program(app, {desk_draft(app, "sharing_withdrawn", known->row.subject, SubjectId{},
                                        SharingWithdrawn{request.organisation})}));
  return api::Empty{};
}

Result<api::Empty> answer_trust(App& app, const Caller& caller, const api::AnswerTrust& request) {
  FILROUGE_TRY(known, herself(app, caller));
  const auto person = state_in<PersonState>(known);
  const auto& days = person->own_page.trust_days;
  if (!days.empty() && days.back().on == utc_day(app.clock.now()))
    return Error{Code::refused, "answers", "answered_today", "these questions wait for some weeks"};
  TrustAnswered body{request.instrument, {}, request.refused};
  for (const api::TrustAnswer& answer : request.answers)
    body.answers.push_back({answer.item, answer.value});
  FILROUGE_CHECK(write_as_program(
      app, {desk_draft(app, "trust_answered", known->row.subject, SubjectId{}, body)}));
  return api::Empty{};
}

Result<api::Empty> say_odd(App& app, const Caller& caller, const api::SayOdd& request) {
  FILROUGE_TRY(known, herself(app, caller));
  const auto person = state_in<PersonState>(known);
  const CivilDate today = utc_day(app.clock.now());
  const auto& odd = person->own_page.odd;
  const auto said =
      std::count_if(odd.begin(), odd.end(), [&](const OddWord& word) { return word.on == today; });
  if (static_cast<std::size_t>(said) >= odd_a_day_max)
    return Error{Code::throttled, "", "odd_a_day", "it is known; somebody reads it"};
  LedgerRow row;  // the officer's list shows it at once
  row.at = app.clock.now();
  row.organisation = known->row.organisation;
  row.action = "mine.odd";
  row.purpose = "odd";
  row.subjects = {known->row.subject};
  FILROUGE_CHECK(write_as_program(
      app, {desk_draft(app, "odd_said", known->row.subject, SubjectId{}, OddSaid{request.words})},
      {std::move(row)}));
  return api::Empty{};
}

Result<api::OddList> odd_words(App& app, const Caller& caller, const api::Empty&) {
  if (!caller.actor) return Error{Code::unauthenticated, "", "signed_out", "sign in first"};
  Target own;
  own.organisation = caller.actor->state.organisation;
  FILROUGE_CHECK(require(app, caller, "odd.read", own));
  FILROUGE_TRY(found, app.store.find_tokens(odd_token(app, own.organisation)));
  const CivilDate since = utc_day(app.clock.now()).plus_days(-odd_days_shown);
  api::OddList list;
  std::vector<SubjectId> named;
  for (const SubjectId& id : found) {
    auto known = find_known(app, id);
    if (!known.ok() && known.error().code == Code::not_found) continue;  // erased meanwhile
    if (!known.ok()) return std::move(known.error());
    const auto person = state_in<PersonState>(*known);
    if (person == nullptr) continue;
    for (const OddWord& word : person->own_page.odd)
      if (since <= word.on) list.rows.push_back({id, word.on, word.words});
    named.push_back(id);
  }
  std::sort(list.rows.begin(), list.rows.end(), [](const auto& a, const auto& b) {
    return std::tie(b.on, a.person, a.words) < std::tie(a.on, b.person, b.words);
  });
  FILROUGE_CHECK(disclose(app, caller, "odd.read", "list", std::move(named)));
  return list;
}

}  // namespace filrouge
