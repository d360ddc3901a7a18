// The store of the simulator is held against the contract of the port like every other one, and its
// disk against what a disk may do when the power goes.
#include "sim/node_store.h"

#include "server/store/contract/store_contract_testing.h"
#include "server/store/sqlite/folder.h"
#include "sim/disk.h"

namespace filrouge::sim {
namespace {

std::unique_ptr<NodeStore> open_store(const std::string& folder, bool create) {
  auto store = open_node_store({.folder = folder, .hash = &test_hash, .create = create});
  EXPECT_TRUE(store.ok()) << store.error().rule << " " << store.error().detail;
  verify(store.ok());
  return std::move(*store);
}

class SimHarness final : public StoreHarness {
 public:
  Store& store() override { return *store_; }
  void reopen() override {
    store_.reset();
    store_ = open_store("node", false);
  }
  std::string backup_path() override { return journal_path("backup"); }
  std::unique_ptr<Store> open_backup(const std::string&) override {
    return open_store("backup", false);
  }

 private:
  Disk disk_{Chance(1)};
  DiskInUse use_{disk_};
  std::unique_ptr<NodeStore> store_ = open_store("node", true);
};

std::unique_ptr<StoreHarness> make_sim_harness() { return std::make_unique<SimHarness>(); }

struct Power : testing::Test {
  Disk disk{Chance(7)};
  DiskInUse use{disk};
  SeededRandom random{Chance(8)};
  std::unique_ptr<NodeStore> store = open_store("node", true);

  Result<Appended> append(const SealedEntry& entry) { return store->append({.entries = {entry}}); }
  SealedEntry entry() { return make_entry(random, random.id<SubjectId>()); }
  bool has(const SealedEntry& one) { return store->find_entry(one.envelope.id)->has_value(); }
  void come_back(bool power) {
    store.reset();
    power ? disk.power_back() : disk.process_died();
    store = open_store("node", false);
  }
};

TEST_F(Power, WhatWasAnsweredIsThereWhereverTheCutFalls) {
  for (std::int64_t cut = 1; cut < 60; ++cut) {
    std::vector<SealedEntry> answered;
    disk.cut_after(cut);
    while (!disk.is_off()) {
      const SealedEntry one = entry();
      if (append(one).ok()) answered.push_back(one);
    }
    come_back(true);
    for (const SealedEntry& one : answered) EXPECT_TRUE(has(one)) << "cut at " << cut;
    expect_log_verifies(*store);
  }
}

TEST_F(Power, ADiskThatForgetsItsFlushesLosesWhatWasAnswered) {
  disk.forget_flushes(true);
  bool lost = false;
  for (int i = 0; i < 20 && !lost; ++i) {
    const SealedEntry one = entry();
    if (!append(one).ok()) break;
    store.reset();
    disk.power_back();
    auto opened = open_node_store({.folder = "node", .hash = &test_hash});
    lost = !opened.ok() || !(*opened)->find_entry(one.envelope.id)->has_value();
    if (!lost) store = std::move(*opened);
  }
  EXPECT_TRUE(lost);
}

// A process that is killed between its write and its flush leaves a commit that the next one reads
// and tells of; the power may go right after.
TEST_F(Power, WhatTheNextProcessReadsSurvivesThePower) {
  int read_again = 0;
  for (std::int64_t cut = 1; cut < 40; ++cut) {
    const SealedEntry one = entry();
    disk.cut_after(cut);
    static_cast<void>(append(one).ok());
    if (!disk.is_off()) {
      disk.cut_after(0);
      continue;
    }
    come_back(false);
    const bool told = has(one);
    read_again += told ? 1 : 0;
    come_back(true);
    if (told) {
      EXPECT_TRUE(has(one)) << "cut at " << cut;
    }
  }
  EXPECT_GT(read_again, 0);
}

}  // namespace
}  // namespace filrouge::sim

namespace filrouge {

INSTANTIATE_TEST_SUITE_P(Simulation, StoreContract,
                         testing::Values(StoreEngine{"Simulation", &sim::make_sim_harness}),
                         engine_name);

}  // namespace filrouge
