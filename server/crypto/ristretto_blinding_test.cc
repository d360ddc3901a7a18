#include "server/crypto/ristretto_blinding.h"

#include <gtest/gtest.h>

namespace filrouge {
namespace {

TEST(Blinding, BothOrdersMeetAndOnlyEqualTextsDo) {
  const auto group = make_ristretto_blinding();
  const Bytes32 a = group->make_secret();
  const Bytes32 b = group->make_secret();
  const auto both = [&](const Bytes32& first, const Bytes32& second, std::string_view text) {
    return *group->blind(second, group->blind_text(first, text));
  };
  EXPECT_EQ(both(a, b, "martin|20050131"), both(b, a, "martin|20050131"));
  EXPECT_NE(both(a, b, "martin|20050131"), both(b, a, "martin|20050130"));
  EXPECT_NE(group->blind_text(a, "x"), group->blind_text(b, "x"));
  EXPECT_NE(group->random_element(), group->random_element());
}

TEST(Blinding, WhatIsNoElementIsRefused) {
  const auto group = make_ristretto_blinding();
  const Bytes32 secret = group->make_secret();
  EXPECT_EQ(group->blind(secret, Bytes32{}).error().rule, "element");
  Bytes32 high;
  high.fill(0xFF);
  EXPECT_FALSE(group->blind(secret, high).ok());
}

}  // namespace
}  // namespace filrouge
