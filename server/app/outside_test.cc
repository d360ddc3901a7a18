// A relay to an organisation outside the platform: a link that shows nothing, a code that opens
// once.
#include "core/relay/relay.h"
#include "server/app/node_testing.h"

namespace filrouge {
namespace {

struct OutsideRelay : testing::Test {
  TestNode node;
  SubjectId organisation = node.organisation("Prévention");
  SubjectId team = node.team(organisation);
  SubjectId worker = node.worker(team);
  Caller phone = node.phone(worker);
  Caller desk = node.caller(worker);
  SubjectId person = node.random->id<SubjectId>();
  EntryId relay = node.random->id<EntryId>();
  EntryId agreement;

  OutsideRelay() {
    PersonCreated created;
    created.alias = "Zoé";
    created.team = team;
    send("person_created", created);
    IdentityGiven identity;
    identity.first_name = "Inès";
    identity.surname = "Durand";
    send("identity_given", identity);
    SharingAgreed agreed;  // to be met by somebody who has no account here
    agreed.wording = "partage-1";
    agreed.receipt_number = "AB12";
    agreement = send("sharing_agreed", agreed).id;
    Relay body;
    body.relay = relay;
    body.act = RelayAct::proposed;
    body.organisation = organisation;
    body.to_outside = "Foyer des jeunes";
    body.need = "une chambre cette semaine";
    body.consent = agreement;
    send("relay", body);
  }
  template <class Body>
  Draft send(std::string_view kind, const Body& body) {
    Draft draft = node.draft(kind, person, worker, body);
    const SyncResult result = node.send(phone, draft);
    EXPECT_EQ(result.receipt, Receipt::accepted) << kind << " " << result.reason.value_or("");
    node.clock.add_minutes(1);
    return draft;
  }
  Caller anybody() {
    Caller caller;
    caller.address = "192.0.2.9";
    return caller;
  }
  api::OutsideLink link() { return value(make_outside_link(node.app(), desk, {person, relay})); }
  Result<api::OutsideView> open(const std::string& token, const std::string& code) {
    return open_outside(node.app(), anybody(), {token, code});
  }
  RelayStanding standing() {
    const auto state = value(find_state<PersonState>(node.app(), person));
    return standing_of(*find_relay(*state, relay));
  }
  static std::string other_than(const std::string& code) {
    return code == "111222" ? "222111" : "111222";
  }
};

TEST_F(OutsideRelay, TheCodeOpensInitialsAndNeedOnceAndTheAnswerIsAnActOfTheRelay) {
  const api::OutsideLink made = link();
  EXPECT_EQ(made.code.size(), 6U);
  EXPECT_EQ(made.until, plus_open_days(utc_day(node.clock.now()), 5));
  const auto rows = value(node.store->ledger(person, std::nullopt, 50)).size();
  const api::OutsideView view = value(open(made.token, made.code));
  EXPECT_EQ(view.initials, "I. D.");
  EXPECT_EQ(view.need, "une chambre cette semaine");
  EXPECT_EQ(view.from, "Prévention");
  EXPECT_EQ(json::encode(view).find("Inès"), std::string::npos);
  EXPECT_EQ(value(node.store->ledger(person, std::nullopt, 50)).size(), rows + 1);
  EXPECT_EQ(rule_of(open(made.token, made.code)), "wrong_link") << "once";
  value(answer_outside(node.app(), anybody(), {view.answer, true, "jeudi à 10 h"}));
  EXPECT_EQ(standing().act, RelayAct::accepted);
  EXPECT_EQ(rule_of(answer_outside(node.app(), anybody(), {view.answer, false, {}})),
            "answer_over");
  const auto state = value(find_state<PersonState>(node.app(), person));
  ASSERT_EQ(state->outside.size(), 1U);
  EXPECT_EQ(state->outside[0].answered->words, "jeudi à 10 h");
  EXPECT_TRUE(node.verify().findings.empty());
  for (const std::string& held : {made.token, view.answer})
    EXPECT_FALSE(node.folder_contains(held));
}

TEST_F(OutsideRelay, ADeclineCarriesItsSuggestion) {
  const api::OutsideLink made = link();
  const api::OutsideView view = value(open(made.token, made.code));
  value(answer_outside(node.app(), anybody(), {view.answer, false, "essayez le CHRS"}));
  EXPECT_EQ(standing().act, RelayAct::declined);
}

TEST_F(OutsideRelay, WrongCodeUnknownLinkAndEndedLinkAreOneAnswer) {
  const api::OutsideLink made = link();
  const auto wrong = open(made.token, other_than(made.code));
  const auto unknown = open(std::string(32, 'b'), made.code);
  for (const auto* one : {&wrong, &unknown}) {
    ASSERT_FALSE(one->ok());
    EXPECT_EQ(one->error().rule, "wrong_link");
    EXPECT_EQ(one->error().detail, wrong.error().detail);
  }
  for (int i = 0; i < 4; ++i) EXPECT_FALSE(open(made.token, other_than(made.code)).ok());
  node.restart();
  EXPECT_EQ(rule_of(open(made.token, made.code)), "wrong_link")
      << "five tries, also over a restart";
}

TEST_F(OutsideRelay, FiveOpenDaysLaterNothingOpens) {
  const api::OutsideLink made = link();
  node.clock.add_days(8);
  EXPECT_EQ(rule_of(open(made.token, made.code)), "wrong_link");
}

TEST_F(OutsideRelay, ANewerLinkEndsTheOlder) {
  const api::OutsideLink first = link();
  node.clock.add_minutes(1);
  const api::OutsideLink second = link();
  EXPECT_EQ(rule_of(open(first.token, first.code)), "wrong_link");
  EXPECT_TRUE(open(second.token, second.code).ok());
}

TEST_F(OutsideRelay, AWithdrawnAgreementShowsNothingAnyMore) {
  const api::OutsideLink made = link();
  send("sharing_withdrawn", SharingWithdrawn{});
  EXPECT_EQ(rule_of(open(made.token, made.code)), "wrong_link");
  EXPECT_EQ(rule_of(make_outside_link(node.app(), desk, {person, relay})), "relay_order");
}

TEST_F(OutsideRelay, OnlyHerTeamMakesALinkAndOnlyForARelayThatGoesOut) {
  const Caller stranger = node.caller(node.worker(node.team(node.organisation("Ailleurs"))));
  EXPECT_EQ(rule_of(make_outside_link(node.app(), stranger, {person, relay})), "not_found");
  EXPECT_EQ(rule_of(make_outside_link(node.app(), desk, {person, node.random->id<EntryId>()})),
            "not_found");
}

}  // namespace
}  // namespace filrouge
