#include <gtest/gtest.h>

#include "server/app/checkpoint.h"
#include "server/app/log_tree.h"
#include "server/app/node_testing.h"

namespace filrouge {
namespace {

struct Receipts : testing::Test {
  TestNode node;
  SubjectId team = node.team(node.organisation("Prévention"));
  SubjectId worker = node.worker(team);
  Caller phone = node.phone(worker);

  EntryId encounter() {
    Encounter body;
    body.team = team;
    const Draft draft = node.draft("encounter", team, worker, body);
    EXPECT_EQ(node.send(phone, draft).receipt, Receipt::accepted);
    return draft.id;
  }
  Status check(const EntryReceipt& receipt) {
    return check_receipt(receipt, node.crypto->hash_function(), &sodium_check_signature);
  }
};

TEST_F(Receipts, AnAuthorProvesThatHerEntryStandsInTheLog) {
  const EntryId mine = encounter();
  for (int i = 0; i < 9; ++i) encounter();
  const auto receipt = value(entry_receipt(node.app(), node.caller(worker), {mine}));
  EXPECT_TRUE(check(receipt).ok());
  EXPECT_EQ(receipt.checkpoint.node, hex_of(signing_key(node.app())));
  EXPECT_EQ(receipt.position, *value(node.store->find_entry(mine)));
  // What is changed in it does not hold.
  EntryReceipt other = receipt;
  other.entry.author = node.random->id<SubjectId>();
  EXPECT_EQ(check(other).error().rule, "proof");
  other = receipt;
  ++other.position;
  EXPECT_EQ(check(other).error().rule, "proof");
  other = receipt;
  ++other.checkpoint.size;
  EXPECT_EQ(check(other).error().rule, "signature");
  other = receipt;
  other.checkpoint.root = std::string(64, '0');
  EXPECT_EQ(check(other).error().rule, "signature");
  other = receipt;
  other.proof.pop_back();
  EXPECT_EQ(check(other).error().rule, "proof");
}

TEST_F(Receipts, NobodyGetsThoseOfAnother) {
  const EntryId mine = encounter();
  const Caller other = node.caller(node.worker(team));
  EXPECT_EQ(rule_of(entry_receipt(node.app(), other, {mine})), "not_found");
  EXPECT_EQ(rule_of(entry_receipt(node.app(), other, {node.random->id<EntryId>()})), "not_found");
}

TEST_F(Receipts, AnAnswerToAPhoneIsSignedAndCoversWhatItAccepted) {
  Encounter body;
  body.team = team;
  const auto answer = value(
      receive(node.app(), phone, {{node.seal(node.draft("encounter", team, worker, body))}, {}}));
  EXPECT_TRUE(check_checkpoint(answer.log, &sodium_check_signature).ok());
  EXPECT_GE(answer.log.size, answer.results.at(0).recv_seq);
  EXPECT_EQ(answer.log.epoch, value(log_epoch(node.app())));
}

// Over more than one block of leaves, with and without the blocks in memory.
TEST_F(Receipts, WhoeverHoldsAnEarlierCheckpointSeesThatTheLogOnlyGrew) {
  encounter();
  const Checkpoint earlier = value(current_checkpoint(node.app()));
  std::vector<Draft> drafts;
  for (int i = 0; i < 2'600; ++i) {
    Encounter body;
    body.team = team;
    drafts.push_back(node.draft("encounter", team, worker, body));
  }
  EXPECT_TRUE(write_drafts(node.app(), node.actor(worker), drafts).ok());
  const EntryId late = encounter();
  for (int reading = 0; reading < 2; ++reading) {
    const LogProof proof = value(log_since(node.app(), node.caller(worker), {earlier.size}));
    const auto hash = node.crypto->hash_function();
    EXPECT_TRUE(check_log_proof(earlier, proof, hash, &sodium_check_signature).ok());
    Checkpoint forged = earlier;
    forged.root = proof.checkpoint.root;
    EXPECT_FALSE(check_log_proof(forged, proof, hash, &sodium_check_signature).ok());
    EXPECT_TRUE(check(value(receipt_of(node.app(), late))).ok());
    EXPECT_TRUE(check(value(receipt_of(node.app(), drafts[1'500].id))).ok());
  }
  EXPECT_EQ(rule_of(log_since(node.app(), node.caller(worker), {0})), "range");
  EXPECT_EQ(rule_of(log_since(node.app(), node.caller(worker), {1'000'000})), "range");
}

TEST_F(Receipts, AnErasedEntryHasNoReceiptAnyMore) {
  const auto person = node.random->id<SubjectId>();
  PersonCreated created;
  created.alias = "Alias";
  created.team = team;
  const Draft draft = node.draft("person_created", person, worker, created);
  node.send(phone, draft);
  EXPECT_TRUE(entry_receipt(node.app(), node.caller(worker), {draft.id}).ok());
  value(erase_person(node.app(), node.caller(worker), {person, "person"}));
  EXPECT_EQ(rule_of(entry_receipt(node.app(), node.caller(worker), {draft.id})), "not_found");
  EXPECT_TRUE(node.verify().findings.empty());
}

TEST_F(Receipts, TheKeptCheckpointFollowsTheLogAndARestoreBeginsAnEpoch) {
  EXPECT_FALSE(value(kept_checkpoint(node.app())).has_value());
  EXPECT_TRUE(value(keep_checkpoint(node.app())));
  EXPECT_FALSE(value(keep_checkpoint(node.app())));
  const std::string before = value(log_epoch(node.app()));
  encounter();
  EXPECT_TRUE(value(keep_checkpoint(node.app())));
  node.restart();
  EXPECT_EQ(value(log_epoch(node.app())), before);
  EXPECT_EQ(value(kept_checkpoint(node.app()))->size,
            static_cast<std::int64_t>(value(node.store->log_head()).size));
  EXPECT_TRUE(begin_epoch(node.app()).ok());
  EXPECT_NE(value(log_epoch(node.app())), before);
  EXPECT_EQ(value(kept_checkpoint(node.app()))->epoch, value(log_epoch(node.app())));
}

}  // namespace
}  // namespace filrouge
