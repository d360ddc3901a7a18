#include "server/crypto/recovery.h"

#include <algorithm>

#include <gtest/gtest.h>

#include "server/crypto/sodium_crypto.h"
#include "server/crypto/system_environment.h"

namespace filrouge {
namespace {

class Recovery : public testing::Test {
 protected:
  std::unique_ptr<Crypto> crypto = make_sodium_crypto();
  std::unique_ptr<Random> random = make_system_random();
  Bytes32 master = new_key();
  RecoveryHalves halves = split_master_key(master, *random, *crypto);

  Bytes32 new_key() {
    Bytes32 key{};
    random->fill(key);
    return key;
  }
  std::string rule(std::string_view one, std::string_view other) {
    const auto joined = join_master_key(one, other, *crypto);
    return joined.ok() ? "ok" : joined.error().rule;
  }
};

TEST_F(Recovery, both_halves_give_the_key_back_in_either_order) {
  EXPECT_EQ(halves.first.size(), 17 * 4 + 16U);
  EXPECT_EQ(*join_master_key(halves.first, halves.second, *crypto), master);
  EXPECT_EQ(*join_master_key(halves.second, halves.first, *crypto), master);
}

TEST_F(Recovery, is_read_as_people_write) {
  std::string careless = halves.first;
  std::transform(careless.begin(), careless.end(), careless.begin(), [](char c) {
    if (c == '-') return ' ';
    if (c == '0') return 'o';
    if (c == '1') return 'l';
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  });
  EXPECT_EQ(*join_master_key(careless, halves.second, *crypto), master);
}

TEST_F(Recovery, every_wrong_sign_is_noticed) {
  for (std::size_t i = 0; i < halves.first.size(); ++i) {
    if (halves.first[i] == '-') continue;
    std::string wrong = halves.first;
    wrong[i] = wrong[i] == '7' ? '8' : '7';
    EXPECT_NE(rule(wrong, halves.second), "ok") << i;
  }
  EXPECT_EQ(rule("", halves.second), "half_text");
  EXPECT_EQ(rule(halves.first + "7", halves.second), "half_text");
  EXPECT_EQ(rule(halves.first.substr(1), halves.second), "half_text");
  EXPECT_EQ(rule("U" + halves.first.substr(1), halves.second), "half_text");
}

TEST_F(Recovery, halves_of_another_key_or_twice_the_same_are_told) {
  const RecoveryHalves others = split_master_key(new_key(), *random, *crypto);
  EXPECT_EQ(rule(halves.first, others.second), "other_key");
  EXPECT_EQ(rule(halves.first, halves.first), "same_half");
  // Two splits of the same key do not mix either.
  const RecoveryHalves again = split_master_key(master, *random, *crypto);
  EXPECT_EQ(rule(halves.first, again.second), "other_key");
}

}  // namespace
}  // namespace filrouge
