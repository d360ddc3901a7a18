// The young person's own page, from the card made with her to the words for the officer.
#include <thread>

#include "server/app/mine.h"
#include "server/app/node_testing.h"
#include "server/app/rows.h"

namespace filrouge {
namespace {

constexpr const char* kCode = "280467";

struct OwnPageOfHers : testing::Test {
  TestNode node;
  SubjectId organisation = node.organisation("Prévention");
  SubjectId team = node.team(organisation);
  SubjectId worker = node.worker(team);
  Caller phone = node.phone(worker);
  Caller desk = node.caller(worker);
  SubjectId person = node.random->id<SubjectId>();

  OwnPageOfHers() {
    PersonCreated body;
    body.alias = "Zoé";
    body.team = team;
    send("person_created", body);
  }
  template <class Body>
  Draft send(std::string_view kind, const Body& body) {
    Draft draft = node.draft(kind, person, worker, body);
    const SyncResult result = node.send(phone, draft);
    EXPECT_EQ(result.receipt, Receipt::accepted) << kind << " " << result.reason.value_or("");
    node.clock.add_minutes(1);
    return draft;
  }
  std::string make_card(const std::string& code = kCode) {
    return value(issue_card(node.app(), desk, {person, code})).token;
  }
  Result<api::MySession> open(const std::string& token, const std::string& code = kCode) {
    Caller anybody;
    anybody.address = "192.0.2.7";
    return open_mine(node.app(), anybody, {token, code});
  }
  Caller page_of(const std::string& token) {
    return value(caller_of_mine(node.app(), value(open(token)).session, "192.0.2.7"));
  }
  std::shared_ptr<const PersonState> state() {
    return value(find_state<PersonState>(node.app(), person));
  }
  void share_with(SubjectId other) {
    SharingAgreed body;
    body.organisation = other;
    body.fields = {SharedField::first_name};
    body.wording = "partage-1";
    body.receipt_number = "AB12";
    send("sharing_agreed", body);
  }
};

TEST_F(OwnPageOfHers, OpensWithCardAndCodeAndShowsHerOwnAndLeavesARow) {
  const SubjectId other = node.organisation("Mission locale");
  share_with(other);
  const std::string token = make_card();
  EXPECT_EQ(token.size(), 32U) << "128 bits";
  const Caller herself = page_of(token);
  EXPECT_EQ(herself.mine, person);
  const api::MyPage page = value(my_page(node.app(), herself, {}));
  EXPECT_EQ(page.shown, "Zoé");
  ASSERT_EQ(page.shares.size(), 1U);
  EXPECT_EQ(page.shares[0].name, "Mission locale");
  ASSERT_FALSE(page.followers.empty());
  EXPECT_EQ(page.followers[0].organisation, "Prévention");
  EXPECT_TRUE(page.trust_due);
  ASSERT_FALSE(page.reads.empty());
  EXPECT_EQ(page.reads[0].action, "mine.use");
  EXPECT_EQ(page.reads[0].organisation_name, "") << "herself";
}

TEST_F(OwnPageOfHers, UnknownTokenWrongCodeAndClosedCardAreOneAnswer) {
  const std::string token = make_card();
  const auto wrong = open(token, "111222");
  const auto unknown = open(std::string(32, 'a'));
  const auto odd = open("", "");
  for (const auto* one : {&unknown, &odd}) {
    ASSERT_FALSE(one->ok());
    EXPECT_EQ(one->error().code, wrong.error().code);
    EXPECT_EQ(one->error().rule, "wrong_card");
    EXPECT_EQ(one->error().detail, wrong.error().detail);
  }
  for (int i = 0; i < 4; ++i) EXPECT_EQ(rule_of(open(token, "111222")), "wrong_card");
  EXPECT_EQ(rule_of(open(token)), "wrong_card") << "five tries closed it: the right code is late";
  node.restart();
  EXPECT_EQ(rule_of(open(token)), "wrong_card") << "and it stays closed";
  desk = node.caller(worker);
  const std::string again = make_card();
  EXPECT_TRUE(open(again).ok()) << "reopened face to face, by a new card";
  EXPECT_TRUE(node.verify().findings.empty());
}

TEST_F(OwnPageOfHers, ANewCardEndsTheOldOneAndItsSessions) {
  const std::string token = make_card();
  const std::string session = value(open(token)).session;
  EXPECT_TRUE(caller_of_mine(node.app(), session, "").ok());
  const std::string next = make_card("395178");
  EXPECT_EQ(rule_of(caller_of_mine(node.app(), session, "")), "own_page_closed");
  EXPECT_EQ(rule_of(open(token)), "wrong_card");
  EXPECT_TRUE(open(next, "395178").ok());
}

TEST_F(OwnPageOfHers, ASessionLastsFifteenMinutesOrUntilSheLeaves) {
  const std::string token = make_card();
  const std::string session = value(open(token)).session;
  node.clock.add_minutes(14);
  const auto still = caller_of_mine(node.app(), session, "");
  ASSERT_TRUE(still.ok());
  node.clock.add_minutes(1);
  EXPECT_EQ(rule_of(caller_of_mine(node.app(), session, "")), "own_page_closed");
  const std::string second = value(open(token)).session;
  value(close_mine(node.app(), value(caller_of_mine(node.app(), second, "")), {}));
  EXPECT_EQ(rule_of(caller_of_mine(node.app(), second, "")), "own_page_closed");
  EXPECT_EQ(rule_of(my_page(node.app(), Caller{}, {})), "own_page_closed");
  EXPECT_EQ(rule_of(my_page(node.app(), desk, {})), "own_page_closed") << "a worker is not her";
}

TEST_F(OwnPageOfHers, ManyTriesAtOnceAreNoMoreThanFive) {
  const std::string token = make_card();
  int judged = 0;
  std::vector<std::thread> threads;
  std::atomic<int> wrong = 0;
  for (int i = 0; i < 6; ++i)
    threads.emplace_back([&] {
      for (int k = 0; k < 4; ++k)
        if (rule_of(open(token, "111222")) == "wrong_card") ++wrong;
    });
  for (std::thread& thread : threads) thread.join();
  judged = static_cast<int>(card_tries(state()->own_page));
  EXPECT_LE(judged, 5);
  EXPECT_GT(wrong.load(), 0);
}

TEST_F(OwnPageOfHers, GuessingCardsFromOneAddressIsSlowedDown) {
  bool slowed = false;
  for (int i = 0; i < 40 && !slowed; ++i)
    slowed = rule_of(open(std::string(31, 'a') + std::to_string(i % 10))) == "too_many_tries";
  EXPECT_TRUE(slowed);
}

TEST_F(OwnPageOfHers, OnlyHerTeamMakesACardAndNotWithAnEasyCode) {
  EXPECT_EQ(rule_of(issue_card(node.app(), desk, {person, "123456"})), "common");
  EXPECT_EQ(rule_of(issue_card(node.app(), desk, {person, "12345"})), "code");
  const SubjectId elsewhere = node.team(node.organisation("Ailleurs"));
  const Caller stranger = node.caller(node.worker(elsewhere));
  EXPECT_EQ(rule_of(issue_card(node.app(), stranger, {person, kCode})), "not_found");
  EXPECT_EQ(rule_of(issue_card(node.app(), stranger, {node.random->id<SubjectId>(), kCode})),
            "not_found");
  const Caller coordinator = node.caller(node.account(Role::coordinator, organisation, {team}));
  EXPECT_FALSE(issue_card(node.app(), coordinator, {person, kCode}).ok());
}

TEST_F(OwnPageOfHers, StopSharingStopsAtOnceAndIsWrittenByNoAccount) {
  const SubjectId other = node.organisation("Mission locale");
  share_with(other);
  const CivilDate today = utc_day(node.clock.now());
  ASSERT_FALSE(shared_with(state()->sharing, other, today).empty());
  const Caller herself = page_of(make_card());
  value(stop_sharing(node.app(), herself, {other}));
  EXPECT_TRUE(shared_with(state()->sharing, other, today).empty());
  ASSERT_EQ(state()->sharing.withdrawals.size(), 1U);
  EXPECT_TRUE(state()->sharing.withdrawals[0].author.is_nil());
  value(stop_sharing(node.app(), herself, {}));
  EXPECT_EQ(state()->sharing.withdrawals.size(), 1U) << "nothing left to stop";
  EXPECT_TRUE(value(my_page(node.app(), herself, {})).shares.empty());
  EXPECT_TRUE(node.verify().findings.empty());
}

TEST_F(OwnPageOfHers, WhatSheAnswersIsOnNobodysScreen) {
  const std::string token = make_card();
  const Caller herself = page_of(token);
  api::AnswerTrust answers{"confiance-1", {{"mission_locale", 3}, {"person_with_me", 9}}, false};
  value(answer_trust(node.app(), herself, answers));
  value(say_odd(node.app(), herself, {"qui a lu hier ?"}));
  EXPECT_EQ(rule_of(answer_trust(node.app(), herself, answers)), "answered_today");
  EXPECT_FALSE(value(my_page(node.app(), herself, {})).trust_due);
  const std::string card = json::encode(value(person_card(node.app(), desk, {person})));
  const std::string history = json::encode(value(person_history(node.app(), desk, {person, {}})));
  for (const std::string& text : {card, history})
    for (const char* hidden : {"trust_answered", "person_with_me", "qui a lu", "card_issued"})
      EXPECT_EQ(text.find(hidden), std::string::npos) << hidden << " in " << text;
  EXPECT_EQ(card.find(state()->own_page.card->token), std::string::npos);
  EXPECT_FALSE(node.folder_contains("qui a lu"));
  EXPECT_FALSE(node.folder_contains(token));
}

TEST_F(OwnPageOfHers, HerWordsGoToTheOfficerAndToNobodyElse) {
  const Caller herself = page_of(make_card());
  value(say_odd(node.app(), herself, {"qui a lu hier ?"}));
  const Caller officer = node.caller(node.account(Role::dpo, organisation, {}));
  const api::OddList list = value(odd_words(node.app(), officer, {}));
  ASSERT_EQ(list.rows.size(), 1U);
  EXPECT_EQ(list.rows[0].person, person);
  EXPECT_EQ(list.rows[0].words, "qui a lu hier ?");
  const auto ledger = value(organisation_ledger(node.app(), officer, {}));
  EXPECT_TRUE(std::any_of(ledger.rows.begin(), ledger.rows.end(), [](const api::LedgerItem& row) {
    return row.action == "mine.odd";
  })) << "the officer's list shows it at once";
  EXPECT_FALSE(odd_words(node.app(), desk, {}).ok());
  const Caller other = node.caller(node.account(Role::dpo, node.organisation("Ailleurs"), {}));
  EXPECT_TRUE(value(odd_words(node.app(), other, {})).rows.empty());
  for (int i = 0; i < 4; ++i) value(say_odd(node.app(), herself, {}));
  EXPECT_EQ(rule_of(say_odd(node.app(), herself, {})), "odd_a_day");
}

TEST_F(OwnPageOfHers, ErasedSheHasNoPageAndHerCardOpensNothing) {
  const std::string token = make_card();
  const std::string session = value(open(token)).session;
  value(erase_person(node.app(), desk, {person, "person"}));
  EXPECT_EQ(rule_of(caller_of_mine(node.app(), session, "")), "own_page_closed");
  EXPECT_EQ(rule_of(open(token)), "wrong_card");
  EXPECT_TRUE(node.verify().findings.empty());
}

}  // namespace
}  // namespace filrouge
