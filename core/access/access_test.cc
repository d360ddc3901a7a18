// The matrix of rights. The expectation is written by hand from architecture 5, rule by rule, and
// compared with what permit() says for every role and every relation; a rule without a row in the
// matrix, or a row without a rule, fails.
#include "core/access/access.h"

#include <algorithm>
#include <map>
#include <set>
#include <string>

#include <gtest/gtest.h>

#include "core/base/json.h"
#include "core/journal/kinds.h"
#include "core/testing.h"

namespace filrouge {
namespace {

using testing::id_of;

constexpr std::string_view kEveryRole = "O V R A S C E F T D N";

// O outreach_worker, V volunteer, R reception_agent, A adviser, S solution_partner, C coordinator,
// E evaluator, F funder, T trainee, D dpo, N administrator.
Role role_of(char letter) {
  static const std::map<char, Role> kRoles{{'O', Role::outreach_worker},  {'V', Role::volunteer},
                                           {'R', Role::reception_agent},  {'A', Role::adviser},
                                           {'S', Role::solution_partner}, {'C', Role::coordinator},
                                           {'E', Role::evaluator},        {'F', Role::funder},
                                           {'T', Role::trainee},          {'D', Role::dpo},
                                           {'N', Role::administrator}};
  return kRoles.at(letter);
}

// For each relation to the target, which roles may. "own" = own organisation and team, the entry's
// own author, round open; "team" = the same team, another author; "organisation" = same
// organisation, other team; "other" = nothing shared; "circle" = another organisation's, and the
// own one is in the circle.
struct Expected {
  std::string_view own, team, organisation, other;
  std::string_view circle = other;
};

const std::map<std::string, Expected>& matrix() {
  constexpr std::string_view kAll = kEveryRole;
  static const std::map<std::string, Expected> kMatrix{
      {"node.read", {kAll, kAll, kAll, kAll}},
      {"session.open", {kAll, kAll, kAll, kAll}},
      {"account.activate", {kAll, kAll, kAll, kAll}},
      {"mine.open", {kAll, kAll, kAll, kAll}},
      {"mine.use", {kAll, kAll, kAll, kAll}},
      {"outside.answer", {kAll, kAll, kAll, kAll}},
      {"session.own", {kAll, "", "", ""}},
      {"account.password", {kAll, "", "", ""}},
      {"device.enrol", {kAll, "", "", ""}},
      {"device.own", {kAll, "", "", ""}},
      {"reference.read", {kAll, kAll, kAll, ""}},
      {"entry.send", {kAll, "", "", ""}},
      {"entry.receipt", {kAll, "", "", ""}},
      {"round.write", {"OVAC", "OVAC", "", ""}},
      {"encounter.write", {"OVRAC", "OVRAC", "", ""}},
      {"watch.write", {"OAC", "OAC", "", ""}},
      {"person.create", {"OVRAC", "OVRAC", "", ""}},
      {"person.write", {"ORAC", "ORAC", "", "", "OA"}},
      {"contact.write", {"OVRAC", "OVRAC", "", "", "OA"}},
      {"consent.write", {"OA", "OA", "", "", "OA"}},
      {"visit.write", {"ORAC", "ORAC", "", ""}},
      {"entry.undo", {"OVRAC", "", "", ""}},
      {"entry.confirm", {"OVRAC", "", "", ""}},
      {"day_report.write", {"OAC", "OAC", "", ""}},
      {"signal.write", {"OVRAC", "OVRAC", "", ""}},
      {"pathway.write", {"OA", "OA", "", "", "OA"}},
      {"referent.name", {"OAC", "OAC", "C", "", "OA"}},
      {"step.write", {"OAC", "OAC", "C", "", "OAS"}},
      {"relay.write", {"OA", "OA", "", "", "OAS"}},
      {"card.issue", {"OA", "OA", "", "", "OA"}},
      {"person.link", {"OA", "OA", "", ""}},
      {"relay.outside", {"OA", "OA", "", "", "OA"}},
      {"person.entry", {"OARC", "OARC", "C", "", "OAS"}},
      {"pathway.read", {"OA", "OA", "", "", "OAS"}},
      {"relay.read", {"OAS", "OAS", "OAS", ""}},
      {"board.read", {"C", "C", "C", ""}},
      {"today.read", {"OVRAC", "OVRAC", "", ""}},
      {"person.list", {"OAR", "OAR", "", "", "OAS"}},
      {"person.read", {"OARV", "OAR", "", "", "OAS"}},
      {"day_report.read", {"OAC", "OAC", "", ""}},
      {"person.erase", {"OA", "OA", "", ""}},
      {"signal.read", {"OAR", "OAR", "", ""}},
      {"entry.own_text", {"OVRAC", "", "", ""}},
      {"figures.read", {"CEFDN", "CEFDN", "CEFDN", "CEFDN"}},
      {"figures.read_team", {"OARC", "OARC", "", ""}},
      {"figures.entries", {"OAC", "OAC", "", ""}},
      {"quarantine.read", {"C", "C", "C", ""}},
      {"quarantine.resolve", {"C", "C", "C", ""}},
      {"ledger.read", {"D", "D", "D", ""}},
      {"odd.read", {"D", "D", "D", ""}},
      {"duplicate.read", {"OA", "OA", "", ""}},
      {"duplicate.join", {"OA", "OA", "OA", ""}},
      {"sought.read", {"OA", "OA", "", ""}},
      {"comparison.manage", {"C", "C", "C", ""}},
      {"comparison.review", {"CA", "CA", "CA", ""}},
      {"organisation.read", {"NCD", "NCD", "NCD", ""}},
      {"organisation.write", {"N", "N", "N", "N"}},
      {"team.write", {"N", "N", "N", "N"}},
      {"project.write", {"NC", "NC", "NC", "NC"}},
      {"place.write", {"OACN", "OACN", "OACN", ""}},
      {"account.list", {"N", "N", "N", "N"}},
      {"account.propose", {"N", "N", "N", "N"}},
      {"account.confirm", {"N", "N", "N", "N"}},
      {"account.revoke", {"N", "N", "N", "N"}},
      {"device.list", {"N", "N", "N", "N"}},
      {"device.lost", {"N", "N", "N", "N"}},
      {"import.run", {"N", "N", "N", "N"}},
  };
  return kMatrix;
}

Actor actor_of(Role role) {
  Actor actor;
  actor.account = id_of(900);
  actor.state.status = AccountStatus::active;
  actor.state.role = role;
  actor.state.organisation = id_of(40);
  actor.state.teams = {id_of(50), id_of(51)};
  actor.convention_valid = true;
  return actor;
}

Target target_of(std::string_view relation) {
  if (relation == "own") return {id_of(40), {id_of(50)}, id_of(900), true};
  if (relation == "team") return {id_of(40), {id_of(51)}, id_of(901), true};
  if (relation == "organisation") return {id_of(40), {id_of(52)}, id_of(901), true};
  if (relation == "circle") return {id_of(41), {id_of(53)}, id_of(902), true, {id_of(40)}};
  return {id_of(41), {id_of(53)}, id_of(902), true};
}

bool is_among(std::string_view letters, char letter) {
  return letters.find(letter) != std::string_view::npos;
}

TEST(Access, MatrixOfEveryRuleRoleAndRelation) {
  int checked = 0;
  for (const auto& [rule, expected] : matrix()) {
    const std::pair<std::string_view, std::string_view> relations[] = {
        {"own", expected.own},
        {"team", expected.team},
        {"organisation", expected.organisation},
        {"other", expected.other},
        {"circle", expected.circle}};
    for (const auto& [relation, roles] : relations) {
      for (const char letter : kEveryRole) {
        if (letter == ' ') continue;
        const Verdict verdict = permit(actor_of(role_of(letter)), rule, target_of(relation));
        EXPECT_EQ(verdict == Verdict::permitted, is_among(roles, letter))
            << rule << " " << relation << " " << letter;
        ++checked;
      }
    }
  }
  EXPECT_EQ(checked, static_cast<int>(matrix().size()) * 5 * 11);
}

TEST(Access, EveryRuleOfThePolicyIsInTheMatrixAndTheOtherWayRound) {
  std::set<std::string> rules;
  for (const PolicyLine& line : policy()) rules.insert(line.rule);
  for (const std::string& rule : rules) EXPECT_TRUE(matrix().contains(rule)) << rule;
  for (const auto& [rule, expected] : matrix()) EXPECT_TRUE(policy_has(rule)) << rule;
}

TEST(Access, EveryKindNamesARuleOfThePolicyOrNoneAtAll) {
  for (const KindInfo& kind : all_kinds()) {
    // The program's own, and what a young person or somebody outside does without an account.
    constexpr std::string_view kWithoutAccount[] = {
        "facts_retained",   "encounters_expired", "constraints_set", "card_failed",
        "trust_answered",   "odd_said",           "outside_failed",  "outside_opened",
        "outside_answered", "comparison_ended"};
    if (std::find(std::begin(kWithoutAccount), std::end(kWithoutAccount), kind.name) !=
        std::end(kWithoutAccount)) {
      EXPECT_TRUE(kind.write_rule.empty()) << kind.name;
    } else {
      EXPECT_TRUE(policy_has(kind.write_rule)) << kind.name;
    }
  }
}

TEST(Access, NothingIsOpenToAnAccountThatIsNotActiveOrHasNoConvention) {
  const Target own = target_of("own");
  for (const PolicyLine& line : policy()) {
    Actor actor = actor_of(line.roles.empty() ? Role::adviser : line.roles[0]);
    const auto expect = [&](Verdict verdict) {
      const bool open = line.anyone;
      EXPECT_EQ(permit(actor, line.rule, own), open ? Verdict::permitted : verdict) << line.rule;
    };
    for (const AccountStatus status :
         {AccountStatus::proposed, AccountStatus::confirmed, AccountStatus::revoked}) {
      actor.state.status = status;
      expect(Verdict::account_not_active);
    }
    actor.state.status = AccountStatus::active;
    actor.convention_valid = false;
    expect(Verdict::convention_over);
    Actor nobody;
    nobody.convention_valid = true;
    nobody.state.status = AccountStatus::active;
    actor = nobody;
    expect(Verdict::account_not_active);
  }
}

TEST(Access, AnUnknownRuleIsDenied) {
  EXPECT_EQ(permit(actor_of(Role::administrator), "person.rank", target_of("own")),
            Verdict::unknown_rule);
  EXPECT_EQ(permit(actor_of(Role::administrator), "", target_of("own")), Verdict::unknown_rule);
}

TEST(Access, ATargetThatSaysNothingIsRelatedToNobody) {
  Actor actor = actor_of(Role::adviser);
  EXPECT_EQ(permit(actor, "person.read", Target{}), Verdict::no_relation);
  EXPECT_EQ(permit(actor, "reference.read", Target{}), Verdict::no_relation);
  EXPECT_EQ(permit(actor, "session.own", Target{}), Verdict::no_relation);
  actor.state.teams = {SubjectId{}};
  Target nil_team;
  nil_team.teams = {SubjectId{}};
  EXPECT_EQ(permit(actor, "person.read", nil_team), Verdict::no_relation);
}

TEST(Access, TheCircleIsAWholeOrganisationOrOneTeamOfIt) {
  Target target{id_of(41), {id_of(53)}, id_of(902), true, {id_of(51)}};
  EXPECT_EQ(permit(actor_of(Role::adviser), "person.read", target), Verdict::permitted);
  target.circle = {id_of(52)};  // another team of the own organisation
  EXPECT_EQ(permit(actor_of(Role::adviser), "person.read", target), Verdict::no_relation);
  target.circle = {SubjectId{}};
  Actor nowhere = actor_of(Role::adviser);
  nowhere.state.organisation = {};
  EXPECT_EQ(permit(nowhere, "person.read", target), Verdict::no_relation);
}

TEST(Access, ANewAccountSeesNobodyUntilItActsWithinATeam) {
  for (const char letter : {'O', 'A', 'R', 'V'}) {
    Actor actor = actor_of(role_of(letter));
    actor.state.teams.clear();
    EXPECT_NE(permit(actor, "person.list", target_of("team")), Verdict::permitted);
    EXPECT_NE(permit(actor, "person.read", target_of("team")), Verdict::permitted);
  }
}

TEST(Access, AVolunteerReadsOwnEntriesOnlyUntilTheRoundEnds) {
  Target target = target_of("own");
  EXPECT_EQ(permit(actor_of(Role::volunteer), "person.read", target), Verdict::permitted);
  target.round_open = false;
  EXPECT_EQ(permit(actor_of(Role::volunteer), "person.read", target), Verdict::no_relation);
  EXPECT_EQ(permit(actor_of(Role::outreach_worker), "entry.undo", target), Verdict::permitted);
}

TEST(Access, NoContentForThoseWhoOnlyCountOrSetUp) {
  for (const char letter : {'N', 'F', 'E', 'D', 'C', 'S', 'T'})
    for (const std::string_view rule : {"person.read", "person.list", "entry.own_text"}) {
      if (letter == 'C' && rule == "entry.own_text") continue;  // a coordinator's own notes
      for (const std::string_view relation : {"own", "team", "organisation", "other"})
        EXPECT_NE(permit(actor_of(role_of(letter)), rule, target_of(relation)), Verdict::permitted)
            << letter << " " << rule;
    }
}

TEST(Policy, SaysWhichLineCannotBeRead) {
  const auto field = [](std::string_view text) {
    const auto lines = parse_policy(text);
    return lines.ok() ? std::string("ok") : lines.error().field;
  };
  EXPECT_EQ(field("a.read none anyone\n# remark\n\nb.read own_team adviser # why\n"), "ok");
  EXPECT_EQ(field("a.read none anyone\nb.read\n"), "line 2");
  EXPECT_EQ(field("a.read nearby adviser"), "line 1");
  EXPECT_EQ(field("a.read own_team boss"), "line 1");
  EXPECT_EQ(field("a.read own_team anyone"), "line 1");
  EXPECT_EQ(parse_policy("# nothing\n").error().rule, "policy");
}

}  // namespace
}  // namespace filrouge
