// Two people make an account; codes are shown once; sessions end; tries are counted.
#include <chrono>

#include "server/app/node_testing.h"
#include "server/app/passwords.h"
#include "server/app/sessions.h"
#include "server/app/throttle.h"

namespace filrouge {
namespace {

constexpr const char* password = "trois petits chats";

struct Accounts : testing::Test {
  TestNode node;
  std::vector<FirstAccount> first;

  void found() {
    first = value(found_consortium(node.app(), "Consortium", {"anne.admin", "bruno.admin"}));
    ASSERT_EQ(first.size(), 2U);
    for (const FirstAccount& one : first)
      value(activate(node.app(), {}, {one.login, one.code, password}));
  }
  Caller sign_in_as(const std::string& login, const std::string& word = password) {
    const auto opened = value(sign_in(node.app(), {}, {login, word}));
    return value(caller_of_session(node.app(), opened.token, ""));
  }
  api::ProposeAccount proposal(const std::string& login) {
    const Actor admin = node.actor(first[0].account);
    return {{login, "Nom", Role::outreach_worker, admin.state.organisation, {}}};
  }
};

TEST_F(Accounts, AConsortiumStartsWithTwoAdministratorsAndOnlyOnce) {
  found();
  EXPECT_FALSE(found_consortium(node.app(), "Encore", {"x.y", "z.t"}).ok());
  EXPECT_EQ(sign_in_as("anne.admin").actor->state.role, Role::administrator);
  EXPECT_TRUE(node.verify().findings.empty());
}

TEST_F(Accounts, ACodeIsUsedOnceAndEndsAfterSeventyTwoHours) {
  first = value(found_consortium(node.app(), "Consortium", {"anne.admin", "bruno.admin"}));
  EXPECT_EQ(rule_of(activate(node.app(), {}, {"anne.admin", "AAAA-AAAA-AAAA-AAAA", password})),
            "wrong_code");
  // As people write it: small letters, no dashes.
  std::string typed;
  for (const char c : first[0].code)
    if (c != '-') typed += c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c;
  EXPECT_TRUE(activate(node.app(), {}, {"anne.admin", typed, password}).ok());
  EXPECT_EQ(rule_of(activate(node.app(), {}, {"anne.admin", first[0].code, password})),
            "wrong_code");
  node.clock.add_minutes(72 * 60 + 1);
  EXPECT_EQ(rule_of(activate(node.app(), {}, {"bruno.admin", first[1].code, password})),
            "wrong_code");
}

TEST_F(Accounts, WhoProposesDoesNotConfirm) {
  found();
  const Caller anne = sign_in_as("anne.admin");
  const Caller bruno = sign_in_as("bruno.admin");
  const auto made = value(propose_account(node.app(), anne, proposal("chloe")));
  EXPECT_EQ(rule_of(confirm_account(node.app(), anne, {made.id})), "same_administrator");
  EXPECT_EQ(rule_of(sign_in(node.app(), {}, {"chloe", password})), "wrong_sign_in");
  const auto code = value(confirm_account(node.app(), bruno, {made.id}));
  EXPECT_EQ(rule_of(new_activation_code(node.app(), anne, {made.id})), "same_administrator");
  EXPECT_TRUE(activate(node.app(), {}, {"chloe", code.code, password}).ok());
  EXPECT_TRUE(sign_in(node.app(), {}, {"Chloe", password}).ok());  // capitals do not matter
  EXPECT_EQ(rule_of(propose_account(node.app(), anne, proposal("CHLOE"))), "duplicate_login");
  const auto rows = value(accounts(node.app(), anne, {})).rows;
  EXPECT_EQ(rows.size(), 3U);
}

TEST_F(Accounts, ARevokedAccountIsGoneAtItsNextRequest) {
  found();
  const auto opened = value(sign_in(node.app(), {}, {"bruno.admin", password}));
  EXPECT_TRUE(caller_of_session(node.app(), opened.token, "").ok());
  value(revoke_account(node.app(), sign_in_as("anne.admin"), {first[1].account}));
  EXPECT_EQ(caller_of_session(node.app(), opened.token, "").error().code, Code::unauthenticated);
  EXPECT_EQ(rule_of(sign_in(node.app(), {}, {"bruno.admin", password})), "wrong_sign_in");
}

TEST_F(Accounts, ARevocationWrittenElsewhereIsSeenAtOnce) {
  found();
  const auto opened = value(sign_in(node.app(), {}, {"bruno.admin", password}));
  node.revoke(first[1].account);  // not through this process's session table
  EXPECT_FALSE(caller_of_session(node.app(), opened.token, "").ok());
  EXPECT_EQ(node.app().sessions->size(), 0U);
}

TEST_F(Accounts, ASessionEndsWhenIdleAndAfterTwelveHours) {
  found();
  const auto opened = value(sign_in(node.app(), {}, {"anne.admin", password}));
  node.clock.add_minutes(limits::session_idle_minutes);
  EXPECT_FALSE(caller_of_session(node.app(), opened.token, "").ok());
  const auto busy = value(sign_in(node.app(), {}, {"anne.admin", password}));
  for (int minutes = 0; minutes < 12 * 60 - 20; minutes += 20) {
    node.clock.add_minutes(20);
    ASSERT_TRUE(caller_of_session(node.app(), busy.token, "").ok()) << minutes;
  }
  node.clock.add_minutes(20);
  EXPECT_FALSE(caller_of_session(node.app(), busy.token, "").ok());
}

TEST_F(Accounts, TheCsrfTokenIsThatOfTheSession) {
  found();
  const auto opened = value(sign_in(node.app(), {}, {"anne.admin", password}));
  const Caller caller = value(caller_of_session(node.app(), opened.token, ""));
  EXPECT_TRUE(csrf_matches(node.app(), caller, opened.info.csrf));
  EXPECT_FALSE(csrf_matches(node.app(), caller, ""));
  EXPECT_FALSE(csrf_matches(node.app(), caller, std::string(opened.info.csrf.size(), '0')));
  EXPECT_FALSE(csrf_matches(node.app(), Caller{}, opened.info.csrf));
  EXPECT_EQ(value(session_info(node.app(), caller, {})).csrf, opened.info.csrf);
  value(sign_out(node.app(), caller, {}));
  EXPECT_FALSE(caller_of_session(node.app(), opened.token, "").ok());
}

TEST_F(Accounts, TheDaySaltIsTheSameAtEachSignIn) {
  found();
  const auto one = value(sign_in(node.app(), {}, {"anne.admin", password})).info;
  const auto two = value(sign_in(node.app(), {}, {"anne.admin", password})).info;
  const auto other = value(sign_in(node.app(), {}, {"bruno.admin", password})).info;
  EXPECT_EQ(one.day_salt, two.day_salt);
  EXPECT_NE(one.csrf, two.csrf);
  EXPECT_NE(one.day_salt, other.day_salt);
}

TEST_F(Accounts, ANewPasswordEndsTheOtherSessions) {
  found();
  const auto elsewhere = value(sign_in(node.app(), {}, {"anne.admin", password}));
  const Caller here = sign_in_as("anne.admin");
  EXPECT_EQ(rule_of(change_password(node.app(), here, {"not it", "quatre petits chats"})),
            "wrong_password");
  EXPECT_EQ(rule_of(change_password(node.app(), here, {password, "court"})), "too_short");
  EXPECT_TRUE(change_password(node.app(), here, {password, "quatre petits chats"}).ok());
  EXPECT_FALSE(caller_of_session(node.app(), elsewhere.token, "").ok());
  EXPECT_TRUE(session_info(node.app(), here, {}).ok());
  EXPECT_EQ(rule_of(sign_in(node.app(), {}, {"anne.admin", password})), "wrong_sign_in");
  EXPECT_TRUE(sign_in(node.app(), {}, {"anne.admin", "quatre petits chats"}).ok());
}

TEST_F(Accounts, AfterTheConventionNobodySignsIn) {
  found();
  node.clock.add_days(4 * 365);
  EXPECT_EQ(rule_of(sign_in(node.app(), {}, {"anne.admin", password})), "convention_over");
}

TEST_F(Accounts, TenWrongTriesCloseALoginButNotItsOwnPhone) {
  found();
  const Caller phone = node.phone(first[0].account);
  Caller stranger;
  stranger.address = "203.0.113.7";
  for (std::int64_t i = 0; i < limits::password_tries_an_hour_max; ++i)
    EXPECT_EQ(rule_of(sign_in(node.app(), stranger, {"anne.admin", "wrong"})), "wrong_sign_in");
  EXPECT_EQ(rule_of(sign_in(node.app(), stranger, {"anne.admin", password})), "too_many_tries");
  EXPECT_EQ(rule_of(sign_in(node.app(), {}, {"anne.admin", password})), "too_many_tries");
  EXPECT_TRUE(sign_in(node.app(), phone, {"anne.admin", password}).ok());
  EXPECT_TRUE(sign_in(node.app(), {}, {"bruno.admin", password}).ok());
  node.clock.add_minutes(61);
  EXPECT_TRUE(sign_in(node.app(), stranger, {"anne.admin", password}).ok());
}

TEST(Tries, TheWaitGrowsWithEachWrongTry) {
  Throttle throttle;
  const std::vector<ThrottleKey> keys{{"login x", 2}};
  std::int64_t minute_ms = 60'000;
  Instant now{1'000'000'000};
  const auto wait_of = [&] {
    std::int64_t minutes = 0;
    while (!throttle.admit(keys, {now.ms + minutes * minute_ms}).ok()) ++minutes;
    return minutes;
  };
  throttle.failed(keys, now);
  EXPECT_EQ(wait_of(), 0);
  throttle.failed(keys, now);
  const auto first = wait_of();
  EXPECT_GE(first, 10);
  throttle.failed(keys, now);
  EXPECT_GE(wait_of(), 2 * first);
  for (int i = 0; i < 40; ++i) throttle.failed(keys, now);
  EXPECT_LE(wait_of(), 24 * 60);
  throttle.succeeded(keys);
  EXPECT_EQ(wait_of(), 0);
}

TEST(Passwords, ShortAndCommonOnesAreRefused) {
  EXPECT_EQ(rule_of(check_new_password("onze lettre", "anne")), "too_short");
  EXPECT_TRUE(check_new_password("douze lettre", "anne").ok());
  EXPECT_EQ(rule_of(check_new_password("AzertyUiop123", "anne")), "common");
  EXPECT_EQ(rule_of(check_new_password("zzzzzzzzzzzzzz", "anne")), "common");
  EXPECT_EQ(rule_of(check_new_password("anne.dupont123", "anne.dupont")), "common");
  EXPECT_EQ(rule_of(check_new_password("mot\xFF"
                                       " de passe long",
                                       "anne")),
            "utf8");
}

TEST_F(Accounts, AnUnknownNameCostsTheSameComputation) {
  using clock = std::chrono::steady_clock;
  found();
  const auto time_of = [&](const std::string& login) {
    auto best = std::chrono::nanoseconds::max();
    for (int i = 0; i < 2; ++i) {
      const auto start = clock::now();
      EXPECT_EQ(rule_of(sign_in(node.app(), {}, {login, "wrong wrong wrong"})), "wrong_sign_in");
      best = std::min<std::chrono::nanoseconds>(best, clock::now() - start);
    }
    return best;
  };
  const auto known = time_of("anne.admin");
  const auto unknown = time_of("nobody.at.all");
  EXPECT_GT(unknown * 3, known);  // a computation is there; far apart would be none at all
}

}  // namespace
}  // namespace filrouge
