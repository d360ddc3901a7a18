#include "core/sync/sync.h"

#include <map>
#include <set>

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "core/base/json.h"
#include "core/base/limits.h"

namespace filrouge {
namespace {

EntryId entry(int n) {
  EntryId id;
  id.bytes[14] = static_cast<std::uint8_t>(n / 256);
  id.bytes[15] = static_cast<std::uint8_t>(n % 256);
  return id;
}

SyncEvent event(SyncEventKind kind, std::int64_t now = 1'000) {
  SyncEvent e;
  e.kind = kind;
  e.now = Instant{now};
  return e;
}

SyncEvent saved(int n, std::int64_t now = 1'000, std::int64_t bytes = 700) {
  SyncEvent e = event(SyncEventKind::saved, now);
  e.id = entry(n);
  e.bytes = bytes;
  return e;
}

SyncEvent answered(std::vector<SyncResult> results, std::int64_t now = 2'000) {
  SyncEvent e = event(SyncEventKind::answered, now);
  e.results = std::move(results);
  return e;
}

SyncResult result(int n, Receipt receipt) { return {entry(n), receipt, 1, {}}; }

const SyncAction* find(const SyncStep& step, SyncActionKind kind) {
  for (const SyncAction& a : step.actions)
    if (a.kind == kind) return &a;
  return nullptr;
}

TEST(Sync, ANoteIsSentAtOnceAndTheNextWaitsForTheAnswer) {
  SyncStep step = sync_step({}, saved(1));
  ASSERT_NE(find(step, SyncActionKind::send), nullptr);
  EXPECT_EQ(step.state.rows[0].state, RowState::sending);
  step = sync_step(step.state, saved(2));
  EXPECT_EQ(find(step, SyncActionKind::send), nullptr);
  EXPECT_EQ(step.state.rows[1].state, RowState::on_device);
  step = sync_step(step.state, answered({result(1, Receipt::accepted)}));
  EXPECT_EQ(step.state.rows[0].state, RowState::sent);
  ASSERT_NE(find(step, SyncActionKind::send), nullptr);
  EXPECT_EQ(find(step, SyncActionKind::send)->ids, std::vector<EntryId>{entry(2)});
  EXPECT_EQ(step.state.rows[1].sequence, 2);
}

TEST(Sync, AQuarantinedRowShowsItsReasonAndIsNeverSentAgain) {
  SyncStep step = sync_step({}, saved(1));
  SyncResult kept = result(1, Receipt::quarantined);
  kept.reason = "device_lost";
  step = sync_step(step.state, answered({kept}));
  EXPECT_EQ(step.state.rows[0].state, RowState::to_check);
  EXPECT_EQ(step.state.rows[0].reason, "device_lost");
  SyncEvent forced = event(SyncEventKind::wake, 9'000'000);
  forced.forced = true;
  EXPECT_EQ(find(sync_step(step.state, forced), SyncActionKind::send), nullptr);
}

TEST(Sync, FailuresWaitLongerEachTimeAndRetryAfterIsObeyed) {
  SyncStep step = sync_step({}, saved(1, 0));
  std::int64_t now = 0;
  std::vector<std::int64_t> delays;
  for (int i = 0; i < 9; ++i) {
    step = sync_step(step.state, event(SyncEventKind::failed, now));
    delays.push_back(step.state.not_before->ms - now);
    ASSERT_NE(find(step, SyncActionKind::timer), nullptr);
    EXPECT_EQ(
        find(sync_step(step.state, event(SyncEventKind::wake, now + 1)), SyncActionKind::send),
        nullptr);
    now = step.state.not_before->ms;
    step = sync_step(step.state, event(SyncEventKind::wake, now));
    ASSERT_NE(find(step, SyncActionKind::send), nullptr);
  }
  EXPECT_EQ(delays, (std::vector<std::int64_t>{2'000, 4'000, 8'000, 16'000, 32'000, 64'000, 128'000,
                                               256'000, 300'000}));
  SyncEvent busy = event(SyncEventKind::failed, now);
  busy.retry_after_ms = 900'000;
  EXPECT_EQ(sync_step(step.state, busy).state.not_before->ms, now + 900'000);
}

TEST(Sync, ARefusalKeepsEverythingUntilSomebodySignsIn) {
  SyncStep step = sync_step(sync_step({}, saved(1)).state, event(SyncEventKind::refused));
  EXPECT_TRUE(step.state.sign_in_needed);
  EXPECT_EQ(step.state.rows[0].state, RowState::on_device);
  EXPECT_EQ(find(sync_step(step.state, saved(2)), SyncActionKind::send), nullptr);
  step = sync_step(step.state, event(SyncEventKind::signed_in));
  EXPECT_NE(find(step, SyncActionKind::send), nullptr);
  EXPECT_NE(find(step, SyncActionKind::pull), nullptr);
}

TEST(Sync, TheButtonDoesNotWait) {
  SyncStep step = sync_step(sync_step({}, saved(1, 0)).state, event(SyncEventKind::failed, 0));
  SyncEvent button = event(SyncEventKind::wake, 1);
  button.forced = true;
  EXPECT_NE(find(sync_step(step.state, button), SyncActionKind::send), nullptr);
}

TEST(Sync, BatchesHaveLimits) {
  SyncState state = sync_step({}, saved(0)).state;
  for (int n = 1; n <= 450; ++n) state = sync_step(state, saved(n)).state;
  SyncStep step = sync_step(state, answered({result(0, Receipt::accepted)}));
  EXPECT_EQ(find(step, SyncActionKind::send)->ids.size(), limits::sync_batch_entries_max);
  SyncState large = sync_step({}, saved(0)).state;
  for (int n = 1; n <= 60; ++n) large = sync_step(large, saved(n, 1'000, 8'000)).state;
  step = sync_step(large, answered({result(0, Receipt::accepted)}));
  EXPECT_LE(find(step, SyncActionKind::send)->ids.size() * 8'000 * 4 / 3,
            limits::sync_batch_bytes_max);
  EXPECT_GT(find(step, SyncActionKind::send)->ids.size(), 10u);
}

// T12: a line that carries so much and is then cut again and again.
TEST(Sync, BatchesFitTheLineAndAFewFailuresDoNotForgetThat) {
  SyncState state;
  for (int n = 0; n < 2'000; ++n) state = sync_step(state, saved(n)).state;
  SyncStep step = sync_step(state, event(SyncEventKind::restarted));
  std::int64_t sent = 0;
  std::int64_t passed = 0;
  std::int64_t now = 1'000;
  for (int turn = 0; turn < 2'000 && passed < 2'000; ++turn) {
    const SyncAction* send = find(step, SyncActionKind::send);
    ASSERT_NE(send, nullptr);
    const auto size = static_cast<std::int64_t>(send->ids.size());
    sent += size;
    now += 400'000;
    if (size > 40) {
      step = sync_step(step.state, event(SyncEventKind::failed, now));
      step = sync_step(step.state, event(SyncEventKind::wake, now + 400'000));
      continue;
    }
    passed += size;
    SyncEvent good = event(SyncEventKind::answered, now);
    for (const EntryId& id : send->ids) good.results.push_back({id, Receipt::accepted, 1, {}});
    step = sync_step(step.state, good);
  }
  EXPECT_EQ(passed, 2'000);
  // Each turn up to the line's limit costs one batch that is too large.
  EXPECT_LE(sent, passed * 13 / 10);
}

TEST(Sync, SentRowsAreForgottenAfterTheBackupHorizonOnly) {
  SyncStep step =
      sync_step(sync_step({}, saved(1)).state, answered({result(1, Receipt::accepted)}, 2'000));
  const std::int64_t horizon = limits::backup_horizon_days * 24 * 3'600'000;
  step = sync_step(step.state, event(SyncEventKind::wake, 2'000 + horizon));
  EXPECT_EQ(step.state.rows.size(), 1u);
  step = sync_step(step.state, event(SyncEventKind::wake, 2'001 + horizon));
  EXPECT_TRUE(step.state.rows.empty());
  EXPECT_EQ(find(step, SyncActionKind::forget)->ids, std::vector<EntryId>{entry(1)});
}

TEST(Sync, TheCursorNeverGoesBack) {
  SyncEvent pulled = event(SyncEventKind::pulled);
  pulled.cursor = 40;
  SyncState state = sync_step({}, pulled).state;
  pulled.cursor = 12;
  EXPECT_EQ(sync_step(state, pulled).state.cursor, 40);
}

TEST(Sync, AReloadTakesBackWhatWasInFlight) {
  SyncStep step = sync_step({}, saved(1));
  ASSERT_TRUE(step.state.in_flight);
  step = sync_step(step.state, event(SyncEventKind::restarted));
  EXPECT_NE(find(step, SyncActionKind::send), nullptr);
}

TEST(Sync, AServerThatSaysNothingOfAnEntryIsNotAskedInATightLoop) {
  SyncStep step = sync_step(sync_step({}, saved(1)).state, answered({}));
  EXPECT_EQ(find(step, SyncActionKind::send), nullptr);
  EXPECT_EQ(step.state.rows[0].state, RowState::on_device);
  EXPECT_NE(find(step, SyncActionKind::timer), nullptr);
}

TEST(Sync, AfterFailuresABatchIsSmallerUntilABadEntryIsAlone) {
  SyncState state;
  for (int n = 0; n < 300; ++n) state = sync_step(std::move(state), saved(n)).state;
  std::vector<std::size_t> sizes;
  for (int i = 0; i < 9; ++i) {
    state = sync_step(state, event(SyncEventKind::failed)).state;
    SyncEvent button = event(SyncEventKind::wake);
    button.forced = true;
    const SyncStep step = sync_step(state, button);
    sizes.push_back(find(step, SyncActionKind::send)->ids.size());
    state = step.state;
  }
  EXPECT_EQ(sizes, (std::vector<std::size_t>{200, 100, 50, 25, 12, 6, 3, 1, 1}));
}

TEST(Sync, AWaitSetByAWrongClockIsNotObeyed) {
  const std::int64_t ten_years = 10LL * 365 * 24 * 3'600'000;
  SyncStep step =
      sync_step(sync_step({}, saved(1, ten_years)).state, event(SyncEventKind::failed, ten_years));
  EXPECT_NE(find(sync_step(step.state, event(SyncEventKind::wake, 0)), SyncActionKind::send),
            nullptr);
}

// Whatever happens in whatever order: no row is lost, none is sent while it is in flight or after
// it was answered, sequences stay dense, and one batch flies at a time.
RC_GTEST_PROP(SyncProperty, NothingIsLostOrSentTwiceAtOnce, ()) {
  SyncState state;
  std::map<EntryId, RowState> seen;
  std::set<EntryId> flying;
  std::int64_t now = 0;
  int next = 0;
  const int steps = *rc::gen::inRange(1, 120);
  for (int i = 0; i < steps; ++i) {
    now += *rc::gen::inRange(0, 400'000);
    const auto kind = static_cast<SyncEventKind>(*rc::gen::inRange(0, 8));
    SyncEvent e = event(kind, now);
    if (kind == SyncEventKind::saved) {
      const bool again = next > 0 && *rc::gen::inRange(0, 4) == 0;
      e = saved(again ? *rc::gen::inRange(0, next) : next++, now);
      seen.try_emplace(*e.id, RowState::on_device);
    }
    if (kind == SyncEventKind::answered)
      for (const EntryId& id : flying) {
        const int luck = *rc::gen::inRange(0, 4);
        if (luck < 3) e.results.push_back({id, static_cast<Receipt>(luck), 1, {}});
      }
    e.forced = *rc::gen::arbitrary<bool>();
    for (const SyncResult& r : e.results)
      seen[r.id] = r.receipt == Receipt::quarantined ? RowState::to_check : RowState::sent;
    if (kind == SyncEventKind::answered || kind == SyncEventKind::failed ||
        kind == SyncEventKind::refused || kind == SyncEventKind::restarted)
      flying.clear();
    const SyncStep step = sync_step(state, e);
    for (const SyncAction& a : step.actions) {
      if (a.kind != SyncActionKind::send) continue;
      RC_ASSERT(flying.empty());
      for (const EntryId& id : a.ids) {
        RC_ASSERT(seen.at(id) == RowState::on_device);
        flying.insert(id);
      }
    }
    state = step.state;
    RC_ASSERT(state.in_flight == !flying.empty());
    RC_ASSERT(state.rows.size() == seen.size());
    for (std::size_t k = 0; k < state.rows.size(); ++k) {
      const OutboxRow& row = state.rows[k];
      RC_ASSERT(row.sequence == static_cast<std::int64_t>(k) + 1);
      const RowState expected = flying.contains(row.id) ? RowState::sending : seen.at(row.id);
      RC_ASSERT(row.state == expected);
    }
    RC_ASSERT(json::encode(*json::decode<SyncState>(json::encode(state))) == json::encode(state));
  }
}

// T13: the server was restored from a backup that may lack what it had acknowledged.
TEST(Sync, AnotherEpochSendsAgainAllThatIsKept) {
  const auto told = [](SyncEvent e, const char* epoch) {
    e.epoch = epoch;
    return e;
  };
  SyncStep step = sync_step({}, saved(1));
  step = sync_step(step.state, told(answered({result(1, Receipt::accepted)}), "one"));
  step = sync_step(step.state, saved(2));
  step = sync_step(step.state, told(answered({result(2, Receipt::quarantined)}), "one"));
  step = sync_step(step.state, told(event(SyncEventKind::signed_in), "one"));
  EXPECT_EQ(step.state.rows[0].state, RowState::sent);
  EXPECT_EQ(step.state.rows[1].state, RowState::to_check);

  step = sync_step(step.state, told(event(SyncEventKind::signed_in), "two"));
  ASSERT_NE(find(step, SyncActionKind::send), nullptr);
  EXPECT_EQ(find(step, SyncActionKind::send)->ids, (std::vector<EntryId>{entry(1), entry(2)}));
  step = sync_step(
      step.state,
      told(answered({result(1, Receipt::duplicate), result(2, Receipt::quarantined)}), "two"));
  EXPECT_EQ(step.state.rows[0].state, RowState::sent);
  EXPECT_EQ(step.state.rows[1].state, RowState::to_check);
  EXPECT_EQ(find(step, SyncActionKind::send), nullptr);
}

TEST(Sync, AnAnswerOfANewEpochCountsForWhatItIsAbout) {
  SyncStep step = sync_step({}, saved(1));
  SyncEvent first = answered({result(1, Receipt::accepted)});
  first.epoch = "one";
  step = sync_step(step.state, first);
  step = sync_step(step.state, saved(2));
  SyncEvent second = answered({result(2, Receipt::accepted)});
  second.epoch = "two";
  step = sync_step(step.state, second);
  EXPECT_EQ(step.state.rows[1].state, RowState::sent);
  ASSERT_NE(find(step, SyncActionKind::send), nullptr);
  EXPECT_EQ(find(step, SyncActionKind::send)->ids, std::vector<EntryId>{entry(1)});
}

}  // namespace
}  // namespace filrouge
