// What every adapter of the Store port keeps, whatever the engine: tests with a parameter, run for
// an engine by one line beside the adapter. A harness makes a fresh, empty store and can close and
// open it again; nothing here knows of files or SQL.
//
//   INSTANTIATE_TEST_SUITE_P(Sqlite, StoreContract, testing::Values(StoreEngine{"Sqlite", &make}),
//                            engine_name);
#pragma once

#include <array>
#include <functional>
#include <memory>
#include <random>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "server/ports/environment.h"
#include "server/ports/store.h"

namespace filrouge {

class StoreHarness {
 public:
  virtual ~StoreHarness() = default;
  virtual Store& store() = 0;
  // Closes the store and opens it again.
  virtual void reopen() = 0;
  // A path for a backup, and a store that reads what was written there. An engine with tools of its
  // own for it is copied with these.
  virtual std::string backup_path() = 0;
  virtual Status back_up(const std::string& path) { return store().backup(path); }
  virtual std::unique_ptr<Store> open_backup(const std::string& path) = 0;
};

struct StoreEngine {
  std::string name;
  std::function<std::unique_ptr<StoreHarness>()> make;
};
std::string engine_name(const testing::TestParamInfo<StoreEngine>& info);

// The same numbers in every run.
class SeededRandom final : public Random {
 public:
  explicit SeededRandom(std::uint64_t seed) : engine_(seed) {}
  void fill(std::span<std::uint8_t> bytes) override {
    for (std::uint8_t& byte : bytes) byte = static_cast<std::uint8_t>(engine_());
  }
  std::int64_t below(std::int64_t bound) {
    return static_cast<std::int64_t>(engine_() % static_cast<std::uint64_t>(bound));
  }

 private:
  std::mt19937_64 engine_;
};

// A 256-bit hash that is good enough for the shape of a log.
Bytes32 test_hash(std::string_view bytes);

SealedEntry make_entry(Random& random, SubjectId subject);
StoredState make_state(Random& random, SubjectId subject, std::int64_t version,
                       std::string sealed = "sealed");
Fact make_fact(Random& random, FactKind kind, CivilDate day);
CivilDate day_of(const char* text);

bool same(const SealedEntry& a, const SealedEntry& b);
bool same(const StoredState& a, const StoredState& b);
bool same(const Fact& a, const Fact& b);

// The whole log: dense from 1, and its leaves give the frontier that the store keeps.
void expect_log_verifies(Store& store);

class StoreContract : public testing::TestWithParam<StoreEngine> {
 protected:
  Store& store() { return harness_->store(); }
  StoreHarness& harness() { return *harness_; }
  template <class AnyId = SubjectId>
  AnyId id() {
    return random.template id<AnyId>();
  }
  // Appends what must be accepted.
  Appended append(Append append) {
    auto appended = store().append(std::move(append));
    EXPECT_TRUE(appended.ok()) << appended.error().rule << " " << appended.error().detail;
    return appended.ok() ? std::move(*appended) : Appended{};
  }
  // The rule of the refusal, "accepted" when there is none.
  std::string refusal(Append append) {
    auto appended = store().append(std::move(append));
    if (appended.ok()) return "accepted";
    EXPECT_EQ(appended.error().code, Code::conflict);
    return appended.error().rule;
  }

  SeededRandom random{20261121};

 private:
  std::unique_ptr<StoreHarness> harness_ = GetParam().make();
};

}  // namespace filrouge
