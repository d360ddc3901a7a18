// What every adapter of the Keys port keeps, whatever the engine: tests with a parameter, run for
// an engine by one line beside the adapter. A harness begins with an empty key database, made under
// master_of(1), and opens it again and again, also twice at once where the engine is shared.
//
//   INSTANTIATE_TEST_SUITE_P(Sqlite, KeysContract, testing::Values(KeysEngine{"Sqlite", &make}),
//                            keys_engine_name);
#pragma once

#include <functional>
#include <memory>
#include <string>

#include <gtest/gtest.h>

#include "server/ports/environment.h"
#include "server/ports/keys.h"

namespace filrouge {

Bytes32 master_of(std::uint8_t seed);

class KeysHarness {
 public:
  struct Wish {
    Bytes32 master = master_of(1);
    bool read_only = false;
    bool create = false;
  };
  virtual ~KeysHarness() = default;
  virtual Result<std::unique_ptr<Keys>> open(const Wish& wish, Crypto& crypto, Random& random) = 0;
  // A copy of what is there, opened.
  virtual std::unique_ptr<Keys> open_copy(Keys& keys, Crypto& crypto, Random& random) = 0;
  // All bytes that the engine has written, as a thief would find them.
  virtual std::string all_bytes() = 0;
};

struct KeysEngine {
  std::string name;
  std::function<std::unique_ptr<KeysHarness>()> make;
};
std::string keys_engine_name(const testing::TestParamInfo<KeysEngine>& info);

class KeysContract : public testing::TestWithParam<KeysEngine> {
 protected:
  KeysContract();
  KeysHarness& harness() { return *harness_; }
  // Fails the test when they do not open.
  std::unique_ptr<Keys> open(const KeysHarness::Wish& wish);
  void reopen() {
    keys.reset();
    keys = open({});
  }
  SubjectId id() { return random->id<SubjectId>(); }

  std::unique_ptr<Crypto> crypto;
  std::unique_ptr<Random> random;

 private:
  std::unique_ptr<KeysHarness> harness_ = GetParam().make();

 protected:
  std::unique_ptr<Keys> keys;
};

}  // namespace filrouge
