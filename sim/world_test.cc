// A world is its seed, and its checkers bite.
#include "sim/world.h"

#include <gtest/gtest.h>

#include "sim/planted.h"

namespace filrouge::sim {
namespace {

struct Ended {
  std::uint64_t hash = 0;
  std::string story;
  std::string finding;
};

Ended end_of(std::uint64_t seed) {
  World world(seed);
  world.run();
  return {world.hash(), world.whole_story(),
          world.findings().empty() ? "" : world.findings().front().what};
}

// The hash is of the whole story and of every byte of the node's folder at the end.
TEST(World, IsTheSameTwice) {
  for (const std::uint64_t seed : {3, 17, 286}) {
    const Ended first = end_of(seed);
    static_cast<void>(end_of(seed + 1));  // another one in between changes nothing
    const Ended second = end_of(seed);
    EXPECT_EQ(first.story, second.story);
    EXPECT_EQ(first.hash, second.hash);
    EXPECT_EQ(first.finding, "");
  }
  EXPECT_NE(end_of(3).hash, end_of(4).hash);
}

class Planted : public testing::TestWithParam<PlantedBug> {};

std::string test_name(const testing::TestParamInfo<PlantedBug>& info) {
  std::string name(info.param.name);
  for (char& c : name)
    if (c == '-') c = '_';
  return name;
}

// The quick ones; suite sim looks for all of them.
TEST_P(Planted, IsFound) {
  plant(GetParam().bug);
  bool found = false;
  for (std::uint64_t seed = 1; seed <= 60 && !found; ++seed) found = !end_of(seed).finding.empty();
  plant(Bug::none);
  EXPECT_TRUE(found) << GetParam().what;
}

std::vector<PlantedBug> quick_bugs() {
  std::vector<PlantedBug> quick;
  for (const PlantedBug& one : planted_bugs())
    if (one.bug == Bug::quarantine_drops || one.bug == Bug::revoked_still_accepted ||
        one.bug == Bug::outbox_deletes_before_ack || one.bug == Bug::erasure_leaves_tokens ||
        one.bug == Bug::revoked_keeps_referent || one.bug == Bug::second_referent_accepted)
      quick.push_back(one);
  return quick;
}

INSTANTIATE_TEST_SUITE_P(World, Planted, testing::ValuesIn(quick_bugs()), test_name);

}  // namespace
}  // namespace filrouge::sim
