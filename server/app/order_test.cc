// Any order of arrival, in any batches, with any repetition, gives the same states and facts: the
// journal's orders differ, what is read does not.
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "core/outreach/round_kinds.h"
#include "server/app/node_testing.h"

namespace filrouge {
namespace {

// One evening of a team: a round with a walk, encounters, two persons, contacts, notes taken back.
struct Evening {
  TestNode node;
  SubjectId organisation = node.organisation("Prévention");
  SubjectId team = node.team(organisation);
  SubjectId worker = node.worker(team);
  SubjectId gare = node.place(organisation, "Gare", "37261");
  SubjectId place = node.place(organisation, "Place", "37122");
  SubjectId round = node.random->id<SubjectId>();
  SubjectId person = node.random->id<SubjectId>();
  std::vector<Draft> drafts;

  Evening() {
    RoundStarted started;
    started.round_kind = round_kinds().front().code;
    started.team = team;
    started.stops = {gare};
    add("round_started", round, started);
    add_encounter(1);
    add("round_moved", round, RoundMoved{place});
    add_encounter(2);
    add_encounter(3);
    undo(drafts.size() - 1, "round");
    undo(drafts.size() - 4, "round");  // the walk to the second place never happened
    add("round_moved", round, RoundMoved{place});
    add_encounter(4);
    add("round_ended", round, RoundEnded{1, {}, {}, {}});
    add_person();
    Encounter outside;
    outside.count = 5;
    outside.team = team;
    add("encounter", team, outside);
    undo(drafts.size() - 1, "team");
  }

  template <class Body>
  void add(std::string_view kind, SubjectId subject, const Body& body) {
    node.clock.add_minutes(3);
    drafts.push_back(node.draft(kind, subject, worker, body));
  }
  void undo(std::size_t index, std::string_view collection) {
    add("undone", drafts[index].subject, Undone{drafts[index].id, std::string(collection)});
  }
  void add_encounter(std::int32_t count) {
    Encounter body;
    body.count = count;
    body.team = team;
    body.round = round;
    add("encounter", round, body);
  }
  void add_person() {
    PersonCreated created;
    created.alias = "Casquette";
    created.team = team;
    add("person_created", person, created);
    Contact contact;
    contact.team = team;
    contact.place = gare;
    add("contact", person, contact);
    add("contact", person, contact);
    undo(drafts.size() - 1, "person");
    PersonDescribed described;
    described.age_band = AgeBand::from_26_to_29;
    add("person_described", person, described);
    IdentityGiven identity;
    identity.first_name = "Inès";
    identity.born = CivilDate::parse("2000-02-29").value();
    add("identity_given", person, identity);
  }
};

RC_GTEST_PROP(AnyOrder, GivesTheSameStatesAndFacts, ()) {
  Evening evening;
  const Caller phone = evening.node.phone(evening.worker);
  std::vector<Draft> shuffled = evening.drafts;
  const auto swaps = *rc::gen::container<std::vector<std::size_t>>(
      shuffled.size(), rc::gen::inRange<std::size_t>(0, shuffled.size()));
  for (std::size_t i = 0; i < swaps.size(); ++i) std::swap(shuffled[i], shuffled[swaps[i]]);
  const auto batch = *rc::gen::inRange<std::size_t>(1, 6);
  const auto repeat = *rc::gen::inRange<std::size_t>(0, shuffled.size());
  shuffled.push_back(shuffled[repeat]);

  for (std::size_t first = 0; first < shuffled.size(); first += batch) {
    const std::size_t last = std::min(first + batch, shuffled.size());
    for (const SyncResult& result :
         evening.node.send_all(phone, {shuffled.begin() + static_cast<std::ptrdiff_t>(first),
                                       shuffled.begin() + static_cast<std::ptrdiff_t>(last)}))
      RC_ASSERT(result.receipt != Receipt::quarantined);
  }

  const State round = refold(Collection::round, [&] {
    std::vector<Draft> own;
    for (const Draft& draft : evening.drafts)
      if (draft.subject == evening.round) own.push_back(draft);
    return own;
  }());
  RC_ASSERT(evening.node.state_text(evening.round) == encode_state(round));
  RC_ASSERT(std::get<RoundState>(round).encounter_count == 7);
  // verify() folds in the order of the log and recomputes every fact: nothing depends on it.
  const VerifyReport report = evening.node.verify();
  for (const std::string& finding : report.findings) RC_LOG() << finding << "\n";
  RC_ASSERT(report.findings.empty());
  std::int64_t met = 0;
  for (const Fact& fact : evening.node.facts(FactKind::encounter)) {
    met += fact.number;
    RC_ASSERT(fact.commune == (fact.number == 4 ? "37122" : "37261"));
  }
  RC_ASSERT(met == 7);
  RC_ASSERT(evening.node.facts(FactKind::contact).size() == 1U);
  RC_ASSERT(evening.node.facts(FactKind::round).size() == 1U);
}

}  // namespace
}  // namespace filrouge
