#include "core/sync/sync.h"

#include <algorithm>

#include "core/base/limits.h"

namespace filrouge {

namespace {

constexpr std::int64_t kFirstDelayMs = 2'000;
constexpr std::int64_t kLongestDelayMs = 5 * 60'000;
constexpr std::int64_t kLongestWaitMs = 60 * 60'000;  // a Retry-After silences nobody for days
constexpr std::int64_t kDayMs = 24LL * 3'600'000;
// What JSON and base64 add around one sealed draft in a batch.
constexpr std::int64_t kRowOverheadBytes = 120;

std::int64_t bytes_in_batch(const OutboxRow& row) {
  return (row.bytes + 2) / 3 * 4 + kRowOverheadBytes;
}

std::int64_t delay_after(std::int32_t failures) {
  std::int64_t delay = kFirstDelayMs;
  for (std::int32_t i = 1; i < failures && delay < kLongestDelayMs; ++i) delay *= 2;
  return std::min(delay, kLongestDelayMs);
}

OutboxRow* find_row(SyncState& state, const EntryId& id) {
  for (OutboxRow& row : state.rows)
    if (row.id == id) return &row;
  return nullptr;
}

void take_back_batch(SyncState& state) {
  state.in_flight = false;
  for (OutboxRow& row : state.rows)
    if (row.state == RowState::sending) row.state = RowState::on_device;
}

void add_row(SyncState& state, const SyncEvent& event) {
  if (!event.id || find_row(state, *event.id) != nullptr) return;
  OutboxRow row;
  row.id = *event.id;
  row.sequence = state.next_sequence++;
  row.bytes = event.bytes.value_or(0);
  state.rows.push_back(std::move(row));
}

// One entry alone that failed says nothing of how much the line carries.
void shrink_batches(SyncState& state) {
  const auto in_flight =
      std::count_if(state.rows.begin(), state.rows.end(),
                    [](const OutboxRow& row) { return row.state == RowState::sending; });
  if (in_flight > 1) state.batch_entries = static_cast<std::int32_t>(in_flight / 2);
}

void grow_batches(SyncState& state) {
  if (!state.batch_entries) return;
  *state.batch_entries += std::max(1, *state.batch_entries / 32);
  if (*state.batch_entries >= static_cast<std::int32_t>(limits::sync_batch_entries_max))
    state.batch_entries.reset();
}

void take_failure(SyncState& state, const SyncEvent& event) {
  shrink_batches(state);
  take_back_batch(state);
  state.failures = std::min(state.failures + 1, 1'000);
  const std::int64_t asked = std::min(event.retry_after_ms.value_or(0), kLongestWaitMs);
  state.not_before = Instant{event.now.ms + std::max(delay_after(state.failures), asked)};
}

void take_epoch(SyncState& state, const SyncEvent& event) {
  if (!event.epoch) return;
  const bool restored = state.epoch && *state.epoch != *event.epoch;
  state.epoch = event.epoch;
  if (!restored) return;
  for (OutboxRow& row : state.rows) {
    if (!row.acknowledged) continue;
    row.state = RowState::on_device;
    row.acknowledged.reset();
    row.reason.reset();
  }
}

// A result for a row that is not in flight is late or foreign: an acknowledgement counts all the
// same (the server says what is true), anything else is ignored.
void take_results(SyncState& state, const SyncEvent& event) {
  take_epoch(state, event);
  for (const SyncResult& result : event.results) {
    OutboxRow* row = find_row(state, result.id);
    if (row == nullptr || row->acknowledged) continue;
    if (result.receipt == Receipt::quarantined) {
      row->state = RowState::to_check;
      row->reason = result.reason;
    } else {
      row->state = RowState::sent;
      row->reason.reset();
    }
    row->acknowledged = event.now;
  }
  state.sign_in_needed = false;
  state.last_exchange = event.now;
  const bool is_left_out =
      std::any_of(state.rows.begin(), state.rows.end(),
                  [](const OutboxRow& row) { return row.state == RowState::sending; });
  if (is_left_out) return take_failure(state, event);  // asked again, not in a tight loop
  take_back_batch(state);
  grow_batches(state);
  state.failures = 0;
  state.not_before.reset();
}

void take_event(SyncState& state, const SyncEvent& event) {
  switch (event.kind) {
    case SyncEventKind::saved:
      return add_row(state, event);
    case SyncEventKind::answered:
      return take_results(state, event);
    case SyncEventKind::failed:
      return take_failure(state, event);
    case SyncEventKind::refused:
      take_back_batch(state);
      state.sign_in_needed = true;
      return;
    case SyncEventKind::signed_in:
      take_epoch(state, event);
      state.sign_in_needed = false;
      state.failures = 0;
      state.not_before.reset();
      state.pull_wanted = true;
      return;
    case SyncEventKind::pulled:
      state.cursor = std::max(state.cursor, event.cursor.value_or(state.cursor));
      state.pull_wanted = false;
      state.last_exchange = event.now;
      return;
    case SyncEventKind::restarted:
      return take_back_batch(state);
    case SyncEventKind::wake:
      return;
  }
}

// Acknowledged rows are kept until a backup of the server that has them must exist.
void forget_old(SyncState& state, Instant now, std::vector<SyncAction>& actions) {
  SyncAction forget;
  forget.kind = SyncActionKind::forget;
  std::erase_if(state.rows, [&](const OutboxRow& row) {
    const bool old =
        row.acknowledged && now.ms - row.acknowledged->ms > limits::backup_horizon_days * kDayMs;
    if (old) forget.ids.push_back(row.id);
    return old;
  });
  if (!forget.ids.empty()) actions.push_back(std::move(forget));
}

// A wait longer than any we set comes from a clock that was wrong: it is not obeyed.
bool waits(const SyncState& state, Instant now) {
  return state.not_before && now < *state.not_before &&
         state.not_before->ms - now.ms <= kLongestWaitMs;
}

bool may_send(const SyncState& state, const SyncEvent& event) {
  if (state.in_flight) return false;
  const bool forced = event.kind == SyncEventKind::wake && event.forced.value_or(false);
  if (forced) return true;
  if (state.sign_in_needed) return false;
  return !waits(state, event.now);
}

// After failures a batch is smaller: it passes a bad network, and in the end one bad entry is
// alone.
std::vector<EntryId> take_batch(SyncState& state) {
  const std::size_t entries_max = std::min<std::size_t>(
      limits::sync_batch_entries_max,
      static_cast<std::size_t>(std::max(1, state.batch_entries.value_or(INT32_MAX))));
  std::vector<EntryId> ids;
  std::int64_t bytes = 0;
  for (OutboxRow& row : state.rows) {
    if (row.state != RowState::on_device) continue;
    bytes += bytes_in_batch(row);
    const bool too_much = bytes > static_cast<std::int64_t>(limits::sync_batch_bytes_max) ||
                          ids.size() == entries_max;
    if (too_much && !ids.empty()) break;
    row.state = RowState::sending;
    ids.push_back(row.id);
  }
  return ids;
}

bool has_waiting(const SyncState& state) {
  return std::any_of(state.rows.begin(), state.rows.end(),
                     [](const OutboxRow& row) { return row.state == RowState::on_device; });
}

}  // namespace

SyncStep sync_step(SyncState state, const SyncEvent& event) {
  SyncStep step;
  take_event(state, event);
  forget_old(state, event.now, step.actions);
  if (may_send(state, event)) {
    SyncAction send;
    send.kind = SyncActionKind::send;
    send.ids = take_batch(state);
    state.in_flight = !send.ids.empty();
    if (state.in_flight) step.actions.push_back(std::move(send));
  }
  if (!state.in_flight && !state.sign_in_needed && state.not_before && has_waiting(state)) {
    SyncAction timer;
    timer.kind = SyncActionKind::timer;
    timer.at = state.not_before;
    step.actions.push_back(std::move(timer));
  }
  const bool pulls = event.kind == SyncEventKind::signed_in || event.kind == SyncEventKind::wake;
  if (pulls && state.pull_wanted && !state.sign_in_needed) {
    SyncAction pull;
    pull.kind = SyncActionKind::pull;
    pull.cursor = state.cursor;
    step.actions.push_back(std::move(pull));
  }
  step.state = std::move(state);
  return step;
}

}  // namespace filrouge
