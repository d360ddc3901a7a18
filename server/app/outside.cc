// A relay to an organisation outside the platform (issue point 5): the worker copies or prints a
// link and says the code by voice. The page behind the link asks for the code; posted, it opens
// initials, need and how to answer, once, with a row of the ledger in the same append. The answer
// is an act of the relay, written with no account as its author.
#include <algorithm>

#include "core/relay/relay.h"
#include "server/app/mine.h"
#include "server/app/person_view.h"
#include "server/app/stamps.h"
#include "server/app/throttle.h"
#include "server/app/use_cases.h"
#include "server/app/write.h"

namespace filrouge {

namespace {

constexpr std::int64_t address_tries_an_hour = 3 * limits::password_tries_an_hour_max;

Error no_relay() {
  return {Code::not_found, "relay", "not_found", "nothing here for this account"};
}

Error wrong_link() {
  return {Code::unauthenticated, "code", "wrong_link",
          "link or code is wrong, or the link is over"};
}

// The relay as it stands when it goes to somebody outside and waits; null otherwise.
const RelayState* waiting_outside(const PersonState& person, EntryId id, CivilDate today) {
  const RelayState* relay = find_relay(person, id);
  if (relay == nullptr) return nullptr;
  const RelayStanding now = standing_of(*relay);
  const bool waits = now.act == RelayAct::proposed || now.act == RelayAct::acknowledged;
  // Her agreement to be met by somebody who has no account here.
  const bool agreed = live_grant(person.sharing, SubjectId{}, today) != nullptr;
  return !now.to && waits && agreed ? relay : nullptr;
}

std::vector<ThrottleKey> link_keys(const Caller& caller, const std::string& hash) {
  std::vector<ThrottleKey> keys{{"link " + hash, 1}};
  if (!caller.address.empty()) keys.push_back({"outside " + caller.address, address_tries_an_hour});
  return keys;
}

Status note_failure(App& app, const Caller& caller, const KnownPtr& known,
                    const OutsideState* link) {
  if (!caller.address.empty())
    app.throttle->failed({{"outside " + caller.address, address_tries_an_hour}}, app.clock.now());
  if (link == nullptr) return write_decoy(app);
  const auto written = write_as_program(app, {desk_draft(app, "outside_failed", known->row.subject,
                                                         SubjectId{}, OutsideFailed{link->link})});
  if (written.ok() || !is_environment(written.error())) return Done{};
  return written.error();
}

// What is asked, and by whom, as the sender wrote it last.
std::string need_of(const RelayState& relay) {
  std::string need;
  for (const ActDone& act : relay.acts)
    if (act.body.need) need = *act.body.need;
  return need;
}

LedgerRow opened_row(App& app, const Known& person, SubjectId from) {
  LedgerRow row;
  row.at = app.clock.now();
  row.organisation = from;  // by whose link it was opened
  row.action = "outside.answer";
  row.purpose = "outside link";
  row.subjects = {person.row.subject};
  return row;
}

Result<api::OutsideView> view_of(App& app, const PersonState& person, const RelayState& relay) {
  const RelayStanding now = standing_of(relay);
  api::OutsideView view;
  view.initials = initials_of(person);
  view.need = need_of(relay);
  FILROUGE_TRY(from, name_of(app, now.from));
  view.from = std::move(from);
  FILROUGE_TRY(organisation, find_state<OrganisationState>(app, now.from));
  if (organisation != nullptr) view.answer_to = organisation->set.stop_contact;
  return view;
}

}  // namespace

Result<api::OutsideLink> make_outside_link(App& app, const Caller& caller,
                                           const api::RelayQuery& query) {
  if (!caller.actor) return Error{Code::unauthenticated, "", "signed_out", "sign in first"};
  auto known = find_known(app, query.person);
  if (!known.ok() && known.error().code != Code::not_found) return std::move(known.error());
  const auto person = known.ok() ? state_in<PersonState>(*known) : nullptr;
  Target target;
  if (person != nullptr) {
    FILROUGE_TRY(found, person_target(app, *caller.actor, **known));
    target = found;
  }
  FILROUGE_CHECK(require(app, caller, "relay.outside", target));
  if (person == nullptr || person->erased || find_relay(*person, query.relay) == nullptr)
    return no_relay();
  const CivilDate today = utc_day(app.clock.now());
  const RelayState* relay = waiting_outside(*person, query.relay, today);
  if (relay == nullptr || standing_of(*relay).from != caller.actor->state.organisation)
    return Error{Code::refused, "relay", "relay_order",
                 "a link is made for a relay that you proposed to somebody outside"};
  api::OutsideLink link{new_held_token(app), new_code(app),
                        plus_open_days(today, kOutsideOpenDays)};
  const OutsideMade body{query.relay, held_hash(app, "outside", link.token),
                         code_hash(app, "outside", link.token, link.code), link.until};
  FILROUGE_CHECK(
      write_judged(app, *caller.actor,
                   {desk_draft(app, "outside_link", query.person, caller.actor->account, body)}));
  return link;
}

Result<api::OutsideView> open_outside(App& app, const Caller& caller,
                                      const api::OpenOutside& request) {
  const std::string token = held_hash(app, "outside", request.token);
  const std::string code = code_hash(app, "outside", request.token, request.code);
  FILROUGE_TRY(attempt, app.throttle->admit(link_keys(caller, token), app.clock.now()));
  (void)attempt;  // counts as long as it lives
  FILROUGE_TRY(known, find_holder(app, "outside", token));
  const auto person = state_in<PersonState>(known);
  const CivilDate today = utc_day(app.clock.now());
  const OutsideState* link =
      person == nullptr ? nullptr : live_outside(person->outside, token, today);
  if (link == nullptr || !same_hash(link->made->code, code)) {
    FILROUGE_CHECK(note_failure(app, caller, known, link));
    return wrong_link();
  }
  const RelayState* relay = waiting_outside(*person, link->made->relay, today);
  if (relay == nullptr) return wrong_link();  // withdrawn, cancelled or answered otherwise
  FILROUGE_TRY(view, view_of(app, *person, *relay));
  view.answer = new_held_token(app);
  const OutsideOpened body{link->link, held_hash(app, "answer", view.answer)};
  const auto written = write_as_program(
      app, {desk_draft(app, "outside_opened", known->row.subject, SubjectId{}, body)},
      {opened_row(app, *known, standing_of(*relay).from)});
  if (!written.ok()) return is_environment(written.error()) ? written.error() : wrong_link();
  return view;
}

Result<api::Empty> answer_outside(App& app, const Caller& caller,
                                  const api::AnswerOutside& request) {
  const std::string answer = held_hash(app, "answer", request.answer);
  FILROUGE_TRY(attempt, app.throttle->admit(link_keys(caller, answer), app.clock.now()));
  (void)attempt;  // counts as long as it lives
  FILROUGE_TRY(known, find_holder(app, "answer", answer));
  const auto person = state_in<PersonState>(known);
  const CivilDate today = utc_day(app.clock.now());
  const OutsideState* link =
      person == nullptr ? nullptr : open_answer(person->outside, answer, today);
  const RelayState* relay =
      link == nullptr ? nullptr : waiting_outside(*person, link->made->relay, today);
  if (relay == nullptr) {
    FILROUGE_CHECK(note_failure(app, caller, {}, nullptr));
    return Error{Code::unauthenticated, "answer", "answer_over", "this answer is over"};
  }
  const RelayStanding now = standing_of(*relay);
  Relay act;
  act.relay = relay->relay;
  act.act = request.accepts ? RelayAct::accepted : RelayAct::declined;
  act.after = now.head;
  act.organisation = now.from;  // who sent it keeps the words of whoever is outside
  if (!request.accepts) {
    act.because = DeclinedBecause::other;
    act.suggestion = request.words;
  }
  const SubjectId subject = known->row.subject;
  const OutsideAnswered said{link->link, request.accepts, request.words};
  FILROUGE_CHECK(
      write_as_program(app, {desk_draft(app, "outside_answered", subject, SubjectId{}, said),
                             desk_draft(app, "relay", subject, SubjectId{}, act)}));
  return api::Empty{};
}

}  // namespace filrouge
