// Eight phones at once about the same few persons: every version conflict is tried again, nothing
// is lost or counted twice.
#include <thread>

#include "server/app/node_testing.h"

namespace filrouge {
namespace {

TEST(AtOnce, EightPhonesAboutThreePersonsLoseNothing) {
  TestNode node;
  const SubjectId organisation = node.organisation("Prévention");
  const SubjectId team = node.team(organisation);
  const SubjectId worker = node.worker(team);
  const Caller desk = node.phone(worker);
  std::vector<SubjectId> people;
  for (int i = 0; i < 3; ++i) {
    PersonCreated body;
    body.alias = "P" + std::to_string(i);
    body.team = team;
    people.push_back(node.random->id<SubjectId>());
    ASSERT_EQ(node.send(desk, node.draft("person_created", people.back(), worker, body)).receipt,
              Receipt::accepted);
  }
  constexpr int phones = 8;
  constexpr int contacts = 30;
  std::vector<Caller> callers;
  std::vector<std::vector<api::SealedDraft>> outboxes(phones);
  for (int p = 0; p < phones; ++p) {
    callers.push_back(node.phone(worker));
    for (int i = 0; i < contacts; ++i) {
      Contact body;
      body.team = team;
      outboxes[static_cast<std::size_t>(p)].push_back(
          node.seal(node.draft("contact", people[static_cast<std::size_t>(i) % 3], worker, body)));
    }
  }
  std::atomic<int> accepted = 0;
  std::atomic<int> duplicates = 0;
  std::vector<std::thread> threads;
  for (std::size_t p = 0; p < phones; ++p)
    threads.emplace_back([&, p] {
      for (const api::SealedDraft& draft : outboxes[p]) {
        // Each answer is lost once: the phone sends again.
        for (int again = 0; again < 2; ++again) {
          auto answer = receive(node.app(), callers[p], {{draft}, {}});
          // Eight tries on one person may all be lost; the phone comes back.
          while (!answer.ok()) answer = receive(node.app(), callers[p], {{draft}, {}});
          const Receipt receipt = answer->results.at(0).receipt;
          accepted += receipt == Receipt::accepted ? 1 : 0;
          duplicates += receipt == Receipt::duplicate ? 1 : 0;
        }
      }
    });
  for (std::thread& thread : threads) thread.join();
  EXPECT_EQ(accepted, phones * contacts);
  EXPECT_EQ(duplicates, phones * contacts);
  EXPECT_EQ(node.facts(FactKind::contact).size(), static_cast<std::size_t>(phones * contacts));
  std::int64_t counted = 0;
  for (const SubjectId& person : people)
    counted += value(find_state<PersonState>(node.app(), person))->contact_count;
  EXPECT_EQ(counted, phones * contacts);
  EXPECT_TRUE(node.verify().findings.empty());
}

}  // namespace
}  // namespace filrouge
