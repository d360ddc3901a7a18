// What the application leans on in any store, beyond the contract's own cases.
#include "server/app/node_testing.h"

namespace filrouge {
namespace {

Fact fact_of(TestNode& node, std::optional<Pseudonym> person = {}) {
  Fact fact;
  fact.entry = node.random->id<EntryId>();
  fact.kind = FactKind::contact;
  fact.day = utc_day(node.clock.now());
  fact.person = person;
  return fact;
}

TEST(StorePromises, AFactOfAnUndoneEntryIsNeverPutAgain) {
  TestNode node;
  const Fact fact = fact_of(node);
  Append undo;
  undo.undone = {fact.entry};
  value(node.store->append(std::move(undo)));
  Append late;
  late.facts.put = {fact};
  value(node.store->append(std::move(late)));
  EXPECT_TRUE(node.facts().empty());
}

TEST(StorePromises, TheFactsOfOnePersonAreFound) {
  TestNode node;
  const auto person = node.random->id<Pseudonym>();
  Append append;
  append.facts.put = {fact_of(node, person), fact_of(node), fact_of(node, person)};
  value(node.store->append(std::move(append)));
  FactFilter filter;
  filter.from = {INT32_MIN};
  filter.to = {INT32_MAX};
  filter.person = person;
  EXPECT_EQ(value(node.store->facts(filter, 10)).size(), 2U);
}

TEST(StorePromises, AnErasureOfAnOlderReadingIsRefused) {
  TestNode node;
  const SubjectId team = node.team(node.organisation("Prévention"));
  Append erase;
  erase.erase = Erasure{team, {}, 7};
  EXPECT_EQ(rule_of(node.store->append(std::move(erase))), "version");
  EXPECT_TRUE(value(node.store->state(team)).has_value());
}

TEST(StorePromises, TheOrderIsKnownBeforeTheDiskIs) {
  TestNode node;
  int called = 0;
  Append append;
  append.undone = {node.random->id<EntryId>()};
  append.queued = [&] { ++called; };
  value(node.store->append(std::move(append)));
  EXPECT_EQ(called, 1);
}

}  // namespace
}  // namespace filrouge
