// A node for tests: the real SQLite store, keys and cryptography in a temporary folder, a clock
// that stands still until it is moved, and short ways to make a consortium, sign in, and send
// sealed drafts as a phone does. Failing to set up fails the test.
//
//   TestNode node;
//   const auto team = node.team(node.organisation("Prévention"));
//   const auto worker = node.account(Role::outreach_worker, team);
//   const auto phone = node.phone(worker);
//   EXPECT_EQ(node.send(phone, node.draft("encounter", team, worker, body)).receipt,
//             Receipt::accepted);
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "server/app/stamps.h"
#include "server/app/states.h"
#include "server/app/use_cases.h"
#include "server/crypto/sodium_crypto.h"
#include "server/crypto/system_environment.h"

namespace filrouge {

class StillClock : public Clock {
 public:
  Instant now() override { return {ms_.load()}; }
  void set(Instant now) { ms_ = now.ms; }
  void add_minutes(std::int64_t minutes) { ms_ += minutes * 60'000; }
  void add_days(std::int64_t days) { add_minutes(days * 24 * 60); }

 private:
  std::atomic<std::int64_t> ms_{1'795'300'000'000};  // 2026-11-21, afternoon in Paris
};

// Where the node's databases lie: a SQLite VFS of the tests, and what happens when it fails.
struct TestDisk {
  std::string vfs;
  std::function<void(std::string_view)> on_failure;
};

class TestNode {
 public:
  explicit TestNode(TestDisk disk = {});
  ~TestNode();
  TestNode(const TestNode&) = delete;
  TestNode& operator=(const TestNode&) = delete;

  // Closes everything and opens the folder again, as a restart does.
  void restart();
  // Closes everything: the folder's files are nobody's until restart().
  void stop();
  // False when restart() met a folder that does not open (the test has failed then).
  bool is_running() const { return app_holder != nullptr; }
  // The same, as a program beside a running server does: nothing can be written.
  void restart_read_only();
  const std::string& folder() const { return folder_; }

  // ---- a consortium
  SubjectId organisation(const std::string& name, int convention_days_left = 365);
  SubjectId team(SubjectId organisation, const std::string& name = "Équipe de rue",
                 std::optional<SubjectId> site = {});
  SubjectId account(Role role, SubjectId organisation, std::vector<SubjectId> teams,
                    const std::string& login = "");
  SubjectId worker(SubjectId team);  // an outreach worker of its organisation
  SubjectId project(const std::string& name);
  SubjectId place(SubjectId organisation, const std::string& name, const std::string& commune,
                  PlaceType type = PlaceType::street);
  void revoke(SubjectId account);

  Actor actor(SubjectId account);
  Caller caller(SubjectId account);  // signed in
  Caller phone(SubjectId account);   // an enrolled device of this account, alone

  // ---- drafts
  // Noted now by a wall an hour ahead of UTC.
  Draft draft_json(std::string_view kind, SubjectId subject, SubjectId author, json::Value body);
  template <class Body>
  Draft draft(std::string_view kind, SubjectId subject, SubjectId author, const Body& body) {
    return draft_json(kind, subject, author, json::parse(json::encode(body)).value());
  }
  LocalStamp stamp() const { return LocalStamp::at(clock.now_const(), 60); }

  api::SealedDraft seal(const Draft& draft);
  SyncResult send(const Caller& phone, const Draft& draft);
  std::vector<SyncResult> send_all(const Caller& phone, const std::vector<Draft>& drafts);

  // ---- what is there
  std::vector<Fact> facts();
  std::vector<Fact> facts(FactKind kind);
  std::string state_text(SubjectId subject);  // empty when there is none
  VerifyReport verify();
  bool folder_contains(const std::string& bytes) const;

  struct TestClock : StillClock {
    Instant now_const() const { return const_cast<TestClock*>(this)->now(); }
  };
  TestClock clock;
  std::unique_ptr<Random> random;
  std::unique_ptr<Crypto> crypto;
  std::unique_ptr<Store> store;
  std::unique_ptr<Keys> keys;
  std::unique_ptr<App> app_holder;
  App& app() { return *app_holder; }

 private:
  enum class Opening { create, write, read_only };
  void open(Opening opening);
  template <class Body>
  void write(std::string_view kind, SubjectId subject, const Body& body);

  TestDisk disk_;
  std::string folder_;
  Bytes32 master_{};
  std::int64_t sequence_ = 0;
};

// Fails the test with the error's words.
template <class T>
T value(Result<T> result) {
  EXPECT_TRUE(result.ok()) << (result.ok() ? ""
                                           : result.error().rule + " " + result.error().field +
                                                 " " + result.error().detail);
  if (!result.ok()) return T{};
  return std::move(*result);
}

template <class T>
std::string rule_of(const Result<T>& result) {
  return result.ok() ? "" : result.error().rule;
}

}  // namespace filrouge
