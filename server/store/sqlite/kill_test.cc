// kill -9 under load, twenty times on one folder: every append that was answered is there, once,
// and the log verifies. The victim is a child process with four writing threads; it says each
// answer through a pipe, after the answer.
#include <chrono>
#include <cstring>
#include <poll.h>
#include <set>
#include <signal.h>
#include <sys/wait.h>
#include <thread>
#include <unistd.h>

#include <gtest/gtest.h>

#include "server/store/sqlite/sqlite_harness_testing.h"

namespace filrouge {
namespace {

struct Answer {
  EntryId id;
  std::int64_t recv_seq;
};

[[noreturn]] void write_until_killed(const std::string& folder, int answers, std::uint64_t seed) {
  auto store = open_sqlite_store({.folder = folder, .hash = &test_hash});
  if (!store.ok()) ::_exit(1);
  std::vector<std::thread> threads;
  for (std::uint64_t t = 0; t < 4; ++t) {
    threads.emplace_back([&store, answers, seed, t] {
      SeededRandom random(seed * 10 + t);
      const auto subject = random.id<SubjectId>();
      for (std::int64_t version = 1;; ++version) {
        Append append{.entries = {make_entry(random, subject)},
                      .states = {make_state(random, subject, version)}};
        const EntryId id = append.entries[0].envelope.id;
        auto appended = (*store)->append(std::move(append));
        if (!appended.ok()) ::_exit(2);
        const Answer answer{id, appended->recv_seqs[0]};
        if (::write(answers, &answer, sizeof answer) != sizeof answer) ::_exit(3);
      }
    });
  }
  for (std::thread& thread : threads) thread.join();
  ::_exit(4);
}

// Reads answers until the pipe closes; kills the child once `after` has passed.
std::vector<Answer> collect(int answers, pid_t child, std::chrono::milliseconds after) {
  std::vector<Answer> list;
  const auto end = std::chrono::steady_clock::now() + after;
  bool killed = false;
  while (true) {
    const auto left = std::chrono::duration_cast<std::chrono::milliseconds>(
        end - std::chrono::steady_clock::now());
    if (!killed && left.count() <= 0) {
      ::kill(child, SIGKILL);
      killed = true;
    }
    pollfd wait{answers, POLLIN, 0};
    if (::poll(&wait, 1, killed ? -1 : static_cast<int>(left.count())) == 0) continue;
    Answer answer{};
    const auto size = ::read(answers, &answer, sizeof answer);
    if (size <= 0) return list;
    EXPECT_EQ(size, static_cast<ssize_t>(sizeof answer));
    list.push_back(answer);
  }
}

TEST(KillLoop, nothing_answered_is_lost_or_doubled) {
  const TestFolder folder;
  open_test_store({.folder = folder.path(), .create = true}).reset();
  SeededRandom random(99);
  std::vector<Answer> answered;
  for (std::uint64_t loop = 1; loop <= 20; ++loop) {
    int ends[2];
    ASSERT_EQ(::pipe(ends), 0);
    const pid_t child = ::fork();
    ASSERT_GE(child, 0);
    if (child == 0) {
      ::close(ends[0]);
      write_until_killed(folder.path(), ends[1], loop);
    }
    ::close(ends[1]);
    const auto more = collect(ends[0], child, std::chrono::milliseconds(40 + random.below(120)));
    ::close(ends[0]);
    int status = 0;
    ASSERT_EQ(::waitpid(child, &status, 0), child);
    ASSERT_TRUE(WIFSIGNALED(status) && WTERMSIG(status) == SIGKILL) << "status " << status;
    answered.insert(answered.end(), more.begin(), more.end());

    const auto store = open_test_store({.folder = folder.path()});
    expect_log_verifies(*store);
    for (const Answer& answer : more)
      ASSERT_EQ(store->find_entry(answer.id)->value_or(0), answer.recv_seq);
  }
  ASSERT_GT(answered.size(), 100U) << "the victim hardly wrote: nothing was tried";
  // Dense order, each id once: what is there beyond the answers was in flight at a kill.
  const auto store = open_test_store({.folder = folder.path()});
  std::set<EntryId> there;
  const auto log = store->log_after(0, 10'000'000);
  for (const LogRow& row : *log) ASSERT_TRUE(there.insert(row.entry->envelope.id).second);
  for (const Answer& answer : answered) ASSERT_TRUE(there.contains(answer.id));
  EXPECT_LE(there.size(), answered.size() + 20 * 4);
  RecordProperty("answered", static_cast<int>(answered.size()));
}

}  // namespace
}  // namespace filrouge
