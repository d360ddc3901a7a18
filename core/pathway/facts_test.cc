// A pathway as facts: closed words only, no restricted domain, and the same rows in any order of
// arrival.
#include "core/pathway/facts.h"

#include <algorithm>
#include <map>

#include <gtest/gtest.h>

#include "core/measure/survey.h"
#include "core/testing.h"

namespace filrouge {
namespace {

using testing::draft_of;
using testing::id_of;
using testing::object;

const SubjectId kPerson = id_of(1);
const SubjectId kOrganisation = id_of(500);
const SubjectId kTeam = id_of(600);

Surroundings around() {
  Surroundings around;
  around.organisation = kOrganisation;
  around.person = id_of<Pseudonym>(77);
  return around;
}

Draft draft(std::uint64_t id, std::string_view kind, std::string_view body) {
  Draft made = draft_of(id, kPerson, kind, Undone{}, static_cast<std::int64_t>(id));
  made.body = object(body);
  return made;
}

std::string quoted(const auto& id) { return "\"" + id.hex() + "\""; }

// One person's life, each entry once.
std::vector<Draft> life() {
  const std::string organisation = "\"organisation\":" + quoted(kOrganisation);
  const std::string team = ",\"team\":" + quoted(kTeam);
  const std::string receiver = quoted(id_of(501));
  const std::string relay = "\"relay\":" + quoted(id_of<EntryId>(300)) + ",";
  std::vector<Draft> drafts;
  const auto add = [&](std::string_view kind, const std::string& body) {
    drafts.push_back(draft(drafts.size() + 1, kind, body));
  };
  add("signal_received", R"({"prescriber":"justice","who":"M.","person_told":false)" + team + "}");
  add("person_created", R"({"alias":"Momo")" + team + "}");
  add("pathway_opened", "{" + organisation + team + ",\"referent\":" + quoted(id_of(900)) + "}");
  add("barrier_changed", "{" + organisation + R"(,"barrier":"health","status":"lifted"})");
  add("barrier_changed", "{" + organisation + R"(,"barrier":"mobility","status":"in_progress"})");
  add("delivery", "{" + organisation + team +
                      R"(,"service":"Secret words","barrier":"mental_health","minutes":20})");
  add("exit",
      "{" + organisation + team + R"(,"type":"prison","from":"2026-11-21","evidence":"declared"})");
  add("exit",
      "{" + organisation + team + R"(,"type":"cdi","from":"2026-11-21","evidence":"declared"})");
  add("check_in",
      R"({"exit":)" + quoted(id_of<EntryId>(8)) + R"(,"situation":"holds","on":"2026-12-21"})");
  add("relay", "{" + relay + organisation + R"(,"act":"proposed","need":"Secret words","to":)" +
                   receiver + "}");
  add("relay", "{" + relay + R"("act":"accepted","organisation":)" + receiver + R"(,"after":)" +
                   quoted(id_of<EntryId>(10)) + "}");
  add("survey_answered",
      R"({"instrument":"sipa-1","moment":"exit","refused":false,"answers":)"
      R"([{"item":"association","answer":"no"},{"item":"job_centre","answer":"yes"}]})");
  add("trust_answered", R"({"instrument":"confiance-1","refused":false,"answers":)"
                        R"([{"item":"school","value":7},{"item":"town_hall","value":4},)"
                        R"({"item":"person_with_me","value":10}]})");
  add("pause_agreed", R"({"until":"2026-12-01"})");
  return drafts;
}

// As the store keeps them: the last word on each row.
std::map<EntryId, std::string> rows_of(const std::vector<Draft>& drafts) {
  std::map<EntryId, std::string> rows;
  State state;
  for (const Draft& one : drafts) {
    if (one.kind == "trust_answered")
      state = std::holds_alternative<PersonState>(state) ? state : State(PersonState{});
    fold(state, one);
    FactChange change;
    add_pathway_facts(one, std::get<PersonState>(state), around(), change);
    for (const EntryId& id : change.remove) rows.erase(id);
    for (const Fact& fact : change.put) rows[fact.entry] = json::encode(fact);
  }
  return rows;
}

const Fact fact_of(const std::vector<Draft>& drafts, std::uint64_t entry) {
  const auto rows = rows_of(drafts);
  const auto at = rows.find(id_of<EntryId>(entry));
  verify(at != rows.end());
  return *json::decode<Fact>(at->second);
}

TEST(PathwayFacts, NameNothingRestrictedAndHoldNoWords) {
  for (const auto& [entry, text] : rows_of(life()))
    for (const auto word : {"health", "mental", "justice", "prison", "Secret", "Momo", "\"M.\""})
      EXPECT_EQ(text.find(word), std::string::npos) << text;
  EXPECT_EQ(fact_of(life(), 4).detail, "restricted/lifted");
  EXPECT_EQ(fact_of(life(), 6).detail, "restricted");
  EXPECT_EQ(fact_of(life(), 7).detail, "other/unchecked");
  EXPECT_EQ(fact_of(life(), 1).detail, "restricted");
}

TEST(PathwayFacts, OneRowARelayAndOneAnExitWhateverIsAdded) {
  const auto drafts = life();
  const Fact relay = fact_of(drafts, 10);
  EXPECT_EQ(relay.kind, FactKind::relay);
  EXPECT_EQ(relay.detail, "accepted");
  EXPECT_FALSE(relay.counts);
  EXPECT_FALSE(relay.outside);
  const Fact exit = fact_of(drafts, 8);
  EXPECT_EQ(exit.detail, "cdi/holds");
  EXPECT_EQ(exit.number, 30);
  EXPECT_EQ(code_of(exit), "cdi");
  EXPECT_EQ(outcome_of(exit), "holds");
  const auto rows = rows_of(drafts);
  EXPECT_FALSE(rows.contains(id_of<EntryId>(9)));
  EXPECT_FALSE(rows.contains(id_of<EntryId>(11)));
}

TEST(PathwayFacts, AnswersAreClosedWordsInTheOrderOfTheInstrument) {
  const Fact survey = fact_of(life(), 12);
  EXPECT_EQ(survey.detail, "sipa-1/exit job_centre=yes association=no");
  EXPECT_EQ(answer_in(*survey.detail, "association"), "no");
  EXPECT_FALSE(answer_in(*survey.detail, "satisfied"));
  const Fact trust = fact_of(life(), 13);
  EXPECT_EQ(trust.number, 55);
  EXPECT_TRUE(trust.counts);
  EXPECT_EQ(fact_of(life(), 14).number, 10);
}

TEST(PathwayFacts, AnyOrderOfArrivalGivesTheSameRows) {
  const auto drafts = life();
  const auto expected = rows_of(drafts);
  testing::Numbers numbers(4);
  for (int round = 0; round < 200; ++round) {
    auto shuffled = drafts;
    for (std::size_t i = shuffled.size(); i > 1; --i)
      std::swap(shuffled[i - 1], shuffled[numbers.below(i)]);
    // What was put before she was created took the team from nobody: facts are a function of the
    // drafts and of the state at the end, which is what verify recomputes.
    State state;
    for (const Draft& one : shuffled) fold(state, one);
    if (!std::holds_alternative<PersonState>(state)) state = PersonState{};
    std::map<EntryId, std::string> rows;
    for (const Draft& one : shuffled) {
      FactChange change;
      add_pathway_facts(one, std::get<PersonState>(state), around(), change);
      for (const Fact& fact : change.put) rows[fact.entry] = json::encode(fact);
    }
    ASSERT_EQ(rows, expected) << round;
  }
}

TEST(SurveyAnswered, IsCheckedAgainstItsInstrument) {
  const auto refused_rule = [](const std::string& body) {
    const Status status = check(draft(1, "survey_answered", body));
    return status.ok() ? std::string() : status.error().field + " " + status.error().rule;
  };
  EXPECT_EQ(refused_rule(R"({"instrument":"sipa-1","moment":"exit","refused":false,"answers":)"
                         R"([{"item":"satisfied","answer":"very"}]})"),
            "");
  EXPECT_EQ(refused_rule(R"({"instrument":"x","moment":"exit","refused":true,"answers":[]})"),
            "body.instrument choice");
  EXPECT_EQ(refused_rule(R"({"instrument":"sipa-1","moment":"exit","refused":false,"answers":)"
                         R"([{"item":"satisfied","answer":"maybe"}]})"),
            "body.answers[0].answer choice");
  EXPECT_EQ(refused_rule(R"({"instrument":"sipa-1","moment":"exit","refused":false,"answers":[]})"),
            "body.answers missing");
  EXPECT_EQ(refused_rule(
                R"({"instrument":"sipa-1","moment":"exit","refused":false,"answers":)"
                R"([{"item":"satisfied","answer":"very"},{"item":"satisfied","answer":"not"}]})"),
            "body.answers[1].item repeated");
}

}  // namespace
}  // namespace filrouge
