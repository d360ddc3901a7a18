// The card of a young person's own page: made with her face to face, opened by the token it carries
// and the code she chose. Unknown token, wrong code and closed card are one answer; five wrong
// codes close the card for good, whatever restarts in between: then a new one is made with her.
#include "server/app/mine.h"
#include "server/app/person_view.h"
#include "server/app/stamps.h"
#include "server/app/throttle.h"
#include "server/app/use_cases.h"
#include "server/app/write.h"

namespace filrouge {

namespace {

constexpr std::int64_t address_tries_an_hour = 3 * limits::password_tries_an_hour_max;

Error no_person() {
  return {Code::not_found, "person", "not_found", "nothing here for this account"};
}

Error wrong_card() {
  return {Code::unauthenticated, "code", "wrong_card",
          "card or code is wrong; after five tries a card closes"};
}

// One try of a card after the other, so that many at once are no more than five.
std::vector<ThrottleKey> card_keys(const Caller& caller, const std::string& hash) {
  std::vector<ThrottleKey> keys{{"card " + hash, 1}};
  if (!caller.address.empty())
    keys.push_back({"own page " + caller.address, address_tries_an_hour});
  return keys;
}

void count_failure(App& app, const Caller& caller) {
  if (!caller.address.empty())
    app.throttle->failed({{"own page " + caller.address, address_tries_an_hour}}, app.clock.now());
}

Status note_failure(App& app, const KnownPtr& known, const HeldCard* card) {
  if (card == nullptr) return write_decoy(app);
  const auto written = write_as_program(app, {desk_draft(app, "card_failed", known->row.subject,
                                                         SubjectId{}, CardFailed{card->entry})});
  if (written.ok() || !is_environment(written.error())) return Done{};
  return written.error();
}

}  // namespace

Result<api::Card> issue_card(App& app, const Caller& caller, const api::IssueCard& request) {
  if (!caller.actor) return Error{Code::unauthenticated, "", "signed_out", "sign in first"};
  auto known = find_known(app, request.person);
  if (!known.ok() && known.error().code != Code::not_found) return std::move(known.error());
  const auto person = known.ok() ? state_in<PersonState>(*known) : nullptr;
  Target target;
  if (person != nullptr) {
    FILROUGE_TRY(found, person_target(app, *caller.actor, **known));
    target = found;
  }
  FILROUGE_CHECK(require(app, caller, "card.issue", target));
  if (person == nullptr || person->erased || !person->created) return no_person();
  FILROUGE_CHECK(check_card_code(request.code, person->born));
  api::Card card{new_held_token(app)};
  const CardIssued body{held_hash(app, "card", card.token),
                        code_hash(app, "card", card.token, request.code)};
  FILROUGE_CHECK(
      write_judged(app, *caller.actor,
                   {desk_draft(app, "card_issued", request.person, caller.actor->account, body)}));
  return card;
}

Result<api::MySession> open_mine(App& app, const Caller& caller, const api::OpenMine& request) {
  const std::string token = held_hash(app, "card", request.token);
  const std::string code = code_hash(app, "card", request.token, request.code);
  FILROUGE_TRY(attempt, app.throttle->admit(card_keys(caller, token), app.clock.now()));
  (void)attempt;  // counts as long as it lives
  FILROUGE_TRY(known, find_holder(app, "card", token));
  const auto person = state_in<PersonState>(known);
  const HeldCard* card = person == nullptr ? nullptr : open_card_of(person->own_page);
  if (card != nullptr && !same_hash(card->token, token)) card = nullptr;
  if (card == nullptr || !same_hash(card->code, code)) {
    count_failure(app, caller);
    FILROUGE_CHECK(note_failure(app, known, card));
    return wrong_card();
  }
  return api::MySession{app.mine->open(app, known->row.subject, card->entry)};
}

Result<api::Empty> close_mine(App& app, const Caller& caller, const api::Empty&) {
  app.mine->close(app, caller.mine_token);
  return api::Empty{};
}

}  // namespace filrouge
