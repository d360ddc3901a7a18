// A power cut at TORN_POINTS (60) moments of a team's work, each leaving another torn disk
// (safety.md T02, law 1): nothing that was answered is lost or doubled, both databases are whole,
// the log verifies, every state is the fold of its entries, and who was erased stays erased. Every
// fourth is cut a second time while it recovers. TORN_SEED (1) gives other runs.
#include <thread>

#include <gtest/gtest-spi.h>

#include "test/disk/street_testing.h"

namespace filrouge {
namespace {

constexpr int kSteps = 70;
constexpr std::int64_t kCutsARun = 250;

struct Evening {
  Recording recording;
  std::size_t first = 0;  // event at which the street began
};

// A team's evening, with a restart of the program in the middle and a moment's rest in which the
// WAL is folded in.
Evening record(TestNode& node, Street& street, std::size_t first) {
  for (int i = 0; i < kSteps; ++i) {
    EXPECT_TRUE(street.step());
    if (i == kSteps / 3) std::this_thread::sleep_for(std::chrono::milliseconds(1'300));
    if (i == kSteps / 2) {
      node.restart();
      street.sign_in_again(node);
    }
  }
  node.stop();
  return {torn_disk().take_recording(), first};
}

constexpr auto kGoesOn = [](std::string_view) {};

// Where a byte lies: its page, what kind of page that is, how many there are.
std::string page_of(const std::string& bytes, std::size_t at) {
  if (at == std::string::npos) return "";
  const auto number = [&](std::size_t from) {
    std::size_t made = 0;
    for (std::size_t i = 0; i < 4; ++i)
      made = made * 256 + static_cast<std::uint8_t>(bytes[from + i]);
    return made;
  };
  const std::size_t page = at / 4'096;
  const std::size_t start = page * 4'096;
  return "page " + std::to_string(page + 1) + " of " + std::to_string(number(28)) + ", file of " +
         std::to_string(bytes.size() / 4'096) + ", offset " + std::to_string(at - start) +
         ", header " + std::to_string(number(start)) + " " + std::to_string(number(start + 4)) +
         ", free list " + std::to_string(number(32)) + " " + std::to_string(number(36));
}

// Law 9, at rest: once the program that erased her, or the one after the crash, has ended well.
void expect_no_byte_of(const std::vector<std::string>& pieces) {
  for (const auto& [name, bytes] : torn_disk().content())
    for (const std::string& piece : pieces)
      ASSERT_EQ(bytes.find(piece), std::string::npos)
          << name << ": " << page_of(bytes, bytes.find(piece));
}

TEST(Torn, NothingAnsweredIsLostWhereverThePowerGoes) {
  const std::int64_t points = wanted("TORN_POINTS", 60);
  const auto seed = static_cast<std::uint64_t>(wanted("TORN_SEED", 1));
  std::int64_t done = 0;
  std::int64_t twice = 0;
  for (std::uint64_t number = 0; done < points; ++number) {
    std::mt19937_64 random(seed * 1'000'003 + number);
    torn_disk().load({});
    TestNode run{{.vfs = torn_vfs(), .on_failure = kGoesOn}};
    Street street(run, random());
    const Evening recorded = record(run, street, torn_disk().events());
    const std::size_t span = recorded.recording.events.size() - recorded.first;
    const auto cuts_here = std::min(points - done, kCutsARun);
    std::vector<std::size_t> moments;
    for (std::int64_t i = 0; i < cuts_here; ++i)
      moments.push_back(recorded.first + random() % (span + 1));
    std::sort(moments.begin(), moments.end());
    PowerCuts cuts(recorded.recording);
    for (const std::size_t moment : moments) {
      SCOPED_TRACE("TORN_SEED=" + std::to_string(seed) + " run " + std::to_string(number) +
                   " cut at event " + std::to_string(moment));
      cuts.advance(moment, random);
      torn_disk().load(cuts.image(random));
      run.restart();
      ASSERT_TRUE(run.is_running());
      if (done % 4 == 3) {
        ++twice;
        value(finish_erasures(run.app()));
        run.stop();
        const Recording recovery = torn_disk().take_recording();
        PowerCuts again(recovery);
        again.advance(random() % (recovery.events.size() + 1), random);
        torn_disk().load(again.image(random));
        run.restart();
        ASSERT_TRUE(run.is_running());
      }
      expect_whole(run);
      street.expect_kept(run, moment);
      if (done % 8 == 0) street.send_again(run, moment);
      run.stop();
      expect_no_byte_of(street.erased_pieces(moment));
      ASSERT_FALSE(HasFailure());
      ++done;
    }
  }
  tell_evidence("torn", done, std::to_string(twice) + " cut again while recovering");
}

// The same cuts on a disk that only says that it flushed: the test above would see it.
TEST(Torn, ADiskThatLiesIsFound) {
  torn_disk().load({});
  TestNode run{{.vfs = torn_vfs(), .on_failure = kGoesOn}};
  Street street(run, 7);
  const Evening recorded = record(run, street, torn_disk().events());
  std::mt19937_64 random(7);
  PowerCuts cuts(recorded.recording, Flushes::lie);
  cuts.advance(recorded.recording.events.size(), random);
  int found = 0;
  for (int i = 0; i < 20; ++i) {
    torn_disk().load(cuts.image(random));
    testing::TestPartResultArray failures;
    {
      const testing::ScopedFakeTestPartResultReporter reporter(
          testing::ScopedFakeTestPartResultReporter::INTERCEPT_ALL_THREADS, &failures);
      run.restart();
      if (run.is_running()) street.expect_kept(run, recorded.recording.events.size());
      run.stop();
    }
    found += failures.size() > 0 ? 1 : 0;
  }
  EXPECT_GE(found, 15);
}

// Law 9 without any crash: the pages of a tree that was balanced hold no copy of what was erased.
TEST(Torn, WhatWasErasedIsInNoPageHoweverTheTreeWasBalanced) {
  const auto runs = static_cast<std::uint64_t>(wanted("TORN_POINTS", 60) / 10);
  for (std::uint64_t seed = 1; seed <= runs; ++seed) {
    SCOPED_TRACE("seed " + std::to_string(seed));
    torn_disk().load({});
    TestNode run{{.vfs = torn_vfs(), .on_failure = kGoesOn}};
    Street street(run, seed);
    for (int i = 0; i < 40 + static_cast<int>(seed % 80); ++i) ASSERT_TRUE(street.step());
    run.stop();
    expect_no_byte_of(street.erased_pieces(never_said - 1));
  }
}

}  // namespace
}  // namespace filrouge
