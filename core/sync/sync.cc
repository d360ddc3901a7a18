#include "core/sync/sync.h"

#include <algorithm>

#include "core/base/limits.h"

namespace filrouge {

namespace {

constexpr std::int64_t kDelayMsMin = 2'000;
constexpr std::int64_t kDelayMsMax = 5 * 60'000;
constexpr std::int64_t kRetryAfterMsMax = 60 * 60'000;  // a server cannot silence a phone for days
constexpr std::int64_t kDayMs = 24LL * 60 * 60'000;

OutboxRow* find_row(SyncState& state, const EntryId& id) {
  for (OutboxRow& row : state.rows)
    if (row.id == id) return &row;
  return nullptr;
}

// What was in flight is no more: its rows wait again. The server tells repeated entries apart.
void land(SyncState& state) {
  state.in_flight = false;
  for (OutboxRow& row : state.rows)
    if (row.state == RowState::sending) row.state = RowState::on_device;
}

void succeed(SyncState& state, Instant now) {
  state.failures = 0;
  state.not_before.reset();
  state.last_exchange = now;
  state.sign_in_needed = false;
}

void delay(SyncState& state, Instant now, std::int64_t at_least_ms) {
  state.failures = std::min(state.failures + 1, 30);
  std::int64_t wait = kDelayMsMin;
  for (int i = 1; i < state.failures && wait < kDelayMsMax; ++i) wait *= 2;
  wait = std::max(std::min(wait, kDelayMsMax),
                  std::clamp<std::int64_t>(at_least_ms, 0, kRetryAfterMsMax));
  state.not_before = Instant{now.ms + wait};
}

void save(SyncState& state, const SyncEvent& event) {
  if (!event.id || find_row(state, *event.id) != nullptr) return;
  OutboxRow row;
  row.id = *event.id;
  row.sequence = state.next_sequence++;
  row.bytes = event.bytes.value_or(0);
  state.rows.push_back(std::move(row));
}

bool is_sending(const SyncState& state) {
  return std::any_of(state.rows.begin(), state.rows.end(),
                     [](const OutboxRow& row) { return row.state == RowState::sending; });
}

void take_answer(SyncState& state, const SyncEvent& event) {
  const std::int32_t failures = state.failures;
  succeed(state, event.now);
  for (const SyncResult& result : event.results) {
    OutboxRow* row = find_row(state, result.id);
    if (row == nullptr || row->acknowledged) continue;
    row->acknowledged = event.now;
    row->state = result.receipt == Receipt::quarantined ? RowState::to_check : RowState::sent;
    if (row->state == RowState::to_check) row->reason = result.reason.value_or("unknown");
  }
  const bool is_left_out = is_sending(state);
  land(state);
  if (is_left_out) {  // a server that says nothing of an entry is asked again, in its own time
    state.failures = failures;
    delay(state, event.now, 0);
  }
  if (event.cursor && *event.cursor > state.cursor) state.pull_wanted = true;
}

void take_refusal(SyncState& state, const SyncEvent& event) {
  if (is_sending(state)) {
    state.sign_in_needed = true;
  } else {
    state.pull_wanted = false;  // reading needs a session; sending goes on without
  }
  land(state);
  state.last_exchange = event.now;
}

void take_event(SyncState& state, const SyncEvent& event) {
  switch (event.kind) {
    case SyncEventKind::saved: return save(state, event);
    case SyncEventKind::wake:
      if (event.forced.value_or(false)) state.not_before.reset();
      return;
    case SyncEventKind::answered: return take_answer(state, event);
    case SyncEventKind::failed:
      land(state);
      return delay(state, event.now, event.retry_after_ms.value_or(0));
    case SyncEventKind::refused: return take_refusal(state, event);
    case SyncEventKind::signed_in:
      state.sign_in_needed = false;
      state.failures = 0;
      state.not_before.reset();
      state.pull_wanted = true;
      return;
    case SyncEventKind::pulled:
      land(state);
      succeed(state, event.now);
      state.pull_wanted = false;
      state.cursor = std::max(state.cursor, event.cursor.value_or(0));
      return;
    case SyncEventKind::restarted: return land(state);
  }
}

void forget_old(SyncState& state, Instant now, std::vector<SyncAction>& actions) {
  const std::int64_t horizon = limits::backup_horizon_days * kDayMs;
  SyncAction forget{SyncActionKind::forget, {}, std::nullopt, std::nullopt};
  std::erase_if(state.rows, [&](const OutboxRow& row) {
    const bool old = row.acknowledged && now.ms - row.acknowledged->ms > horizon;
    if (old) forget.ids.push_back(row.id);
    return old;
  });
  if (!forget.ids.empty()) actions.push_back(std::move(forget));
}

SyncAction next_batch(SyncState& state) {
  SyncAction send{SyncActionKind::send, {}, std::nullopt, std::nullopt};
  const std::size_t entries_max =
      std::max<std::size_t>(1, limits::sync_batch_entries_max >> std::min(state.failures, 8));
  std::int64_t bytes = 0;
  for (OutboxRow& row : state.rows) {
    if (row.state != RowState::on_device) continue;
    if (send.ids.size() == entries_max) break;
    const auto most = static_cast<std::int64_t>(limits::sync_batch_bytes_max);
    if (!send.ids.empty() && bytes + row.bytes > most) break;
    bytes += row.bytes;
    row.state = RowState::sending;
    send.ids.push_back(row.id);
  }
  return send;
}

void plan(SyncState& state, Instant now, std::vector<SyncAction>& actions) {
  if (state.in_flight || state.sign_in_needed) return;
  const bool has_rows =
      std::any_of(state.rows.begin(), state.rows.end(),
                  [](const OutboxRow& row) { return row.state == RowState::on_device; });
  if (!has_rows && !state.pull_wanted) return;
  // A wait longer than any we set comes from a clock that was wrong: it is not obeyed.
  const bool waits = state.not_before && now < *state.not_before &&
                     state.not_before->ms - now.ms <= kRetryAfterMsMax;
  if (waits) {
    actions.push_back({SyncActionKind::timer, {}, state.not_before, std::nullopt});
    return;
  }
  state.in_flight = true;
  // A note leaves before a list comes; but a batch that keeps failing does not starve the list.
  if (has_rows && !(state.pull_wanted && state.failures % 2 == 1)) {
    actions.push_back(next_batch(state));
  } else {
    actions.push_back({SyncActionKind::pull, {}, std::nullopt, state.cursor});
  }
}

}  // namespace

SyncStep sync_step(SyncState state, const SyncEvent& event) {
  SyncStep step;
  take_event(state, event);
  forget_old(state, event.now, step.actions);
  plan(state, event.now, step.actions);
  step.state = std::move(state);
  return step;
}

}  // namespace filrouge
