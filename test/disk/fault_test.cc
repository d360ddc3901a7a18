// Every n-th write, flush and read of a script of 500 operations fails, once or from then on
// (safety.md T03): nothing is ever acknowledged that is not durable, a commit that could not be
// flushed stops the program, and after a power cut on top the folder opens clean. The script is
// worked through in pieces, each from the disk that the one before left, so that every n is
// reached. FAULT_STEP (150): every so manyth n. FAULT_SEED (1).
#include <atomic>

#include <gtest/gtest.h>

#include "test/disk/street_testing.h"

namespace filrouge {
namespace {

constexpr int kPieces = 10;
constexpr int kStepsAPiece = 50;

class Fault : public testing::Test {
 protected:
  Fault() {
    torn_disk().load({});
    node = std::make_unique<TestNode>(
        TestDisk{torn_vfs(), [this](std::string_view) { stopped = true; }});
  }

  void start_on(const DiskImage& image, Street& street) {
    node->stop();
    torn_disk().load(image);
    node->restart();
    ASSERT_TRUE(node->is_running());
    street.forget_times();
    street.sign_in_again(*node);
    stopped = false;
  }
  // Until the program stops itself, or the piece is done.
  void work(Street& street) {
    for (int i = 0; i < kStepsAPiece && !stopped; ++i) static_cast<void>(street.step());
  }
  // False when the fault never fell: n is beyond the piece.
  bool try_fault(const DiskImage& base, Street street, const DiskFaultPlan& plan);
  void sweep(DiskAccess access, bool for_ever);

  std::atomic<bool> stopped = false;
  std::int64_t faults = 0;
  std::int64_t stops = 0;
  std::mt19937_64 random{static_cast<std::uint64_t>(wanted("FAULT_SEED", 1))};
  std::unique_ptr<TestNode> node;
};

bool Fault::try_fault(const DiskImage& base, Street street, const DiskFaultPlan& plan) {
  start_on(base, street);
  torn_disk().plan_fault(plan);
  work(street);
  const bool happened = torn_disk().fault_happened();
  const std::string where = torn_disk().fault_file();
  const std::size_t end = torn_disk().events();
  node->stop();
  if (!happened) return false;
  ++faults;
  stops += stopped ? 1 : 0;
  // The WAL is what a commit flushes; the other flushes are those of checkpoints.
  if (plan.access == DiskAccess::flush && where.ends_with("-wal")) {
    EXPECT_TRUE(stopped) << where;
  }
  const Recording recording = torn_disk().take_recording();
  PowerCuts cuts(recording);
  cuts.advance(end, random);
  torn_disk().load(cuts.image(random));
  node->restart();
  if (!node->is_running()) return true;
  expect_whole(*node);
  street.expect_kept(*node, end);
  return true;
}

void Fault::sweep(DiskAccess access, bool for_ever) {
  // Of flushes there are few.
  const std::int64_t every = wanted("FAULT_STEP", 150);
  const std::int64_t step = access == DiskAccess::flush ? (every + 9) / 10 : every;
  Street street(*node, static_cast<std::uint64_t>(wanted("FAULT_SEED", 1)));
  std::int64_t n = 1 + static_cast<std::int64_t>(random() % static_cast<std::uint64_t>(step));
  for (int piece = 0; piece < kPieces; ++piece) {
    node->stop();
    const DiskImage base = torn_disk().content();
    const auto now = node->clock.now();
    for (;; n += step) {
      SCOPED_TRACE("piece " + std::to_string(piece) + ", n " + std::to_string(n));
      node->clock.set(now);
      if (!try_fault(base, street, {access, n, for_ever})) break;
      ASSERT_FALSE(HasFailure());
    }
    n = 1 + n % step;
    // The same piece without a fault is where the next one begins.
    node->clock.set(now);
    start_on(base, street);
    for (int i = 0; i < kStepsAPiece; ++i) ASSERT_TRUE(street.step());
  }
  EXPECT_GE(faults, 1);
  tell_evidence(
      "nth_failure", faults,
      (step == 1 ? "every one" : "every " + std::to_string(step) + "th") + ", once and for ever");
}

TEST_F(Fault, AWriteFailsOnce) { sweep(DiskAccess::write, false); }
TEST_F(Fault, AWriteFailsForEver) { sweep(DiskAccess::write, true); }
TEST_F(Fault, AFlushFailsOnce) { sweep(DiskAccess::flush, false); }
TEST_F(Fault, AFlushFailsForEver) { sweep(DiskAccess::flush, true); }
TEST_F(Fault, AReadFailsOnce) { sweep(DiskAccess::read, false); }
TEST_F(Fault, AReadFailsForEver) { sweep(DiskAccess::read, true); }

}  // namespace
}  // namespace filrouge
