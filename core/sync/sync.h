// Outbox and pull as a pure state machine: the browser (IndexedDB, fetch) and `filrouge device`
// (a file, sockets) run the same (architecture 2). The host keeps the sealed bytes; the machine
// keeps ids, order and states, and says what to do next. It knows no clock: `now` comes in.
//
// Rules: nothing waits for the network; one batch in flight at a time; the first event after a
// start of the host is `restarted`; what was acknowledged (sent or to_check) is kept until the
// backup horizon (limits::backup_horizon_days) and then forgotten; what the server quarantines
// shows as to_check and is never sent again; a 401 or 403 keeps everything and asks to sign in;
// failures are retried with growing delays (2 s to 5 min, no randomness: the host adds its own
// jitter). A batch that failed halves the next, one that passed lets it grow a little: on a
// line that is cut again and again what is sent twice stays little (safety.md T12). A server's
// Retry-After is obeyed up to an hour. answered, failed and refused are about the batch in flight;
// a pull that fails is tried again at the next wake. Another epoch than before says that the server
// was restored from a backup: everything that is still kept is sent again, for the backup may lack
// it, and what it has is answered as a duplicate (T13).
//
//   SyncStep step = sync_step(state, {.kind = SyncEventKind::saved, .now = t, .id = id, .bytes =
//   700}); for (const SyncAction& a : step.actions) perform(a);
#pragma once

#include <optional>
#include <string>
#include <vector>

#include <boost/describe/class.hpp>
#include <boost/describe/enum.hpp>

#include "core/base/ids.h"
#include "core/base/time.h"

namespace filrouge {

// The four words of a row: Sur ce téléphone, Envoi, Envoyé, À vérifier.
enum class RowState { on_device, sending, sent, to_check };
BOOST_DESCRIBE_ENUM(RowState, on_device, sending, sent, to_check)

struct OutboxRow {
  EntryId id;
  std::int64_t sequence = 0;  // the device's own dense order
  std::int64_t bytes = 0;     // of the sealed draft
  RowState state = RowState::on_device;
  std::optional<Instant> acknowledged;
  std::optional<std::string> reason;  // of to_check
};
BOOST_DESCRIBE_STRUCT(OutboxRow, (), (id, sequence, bytes, state, acknowledged, reason))

struct SyncState {
  std::vector<OutboxRow> rows;  // by sequence
  std::int64_t next_sequence = 1;
  bool in_flight = false;
  bool sign_in_needed = false;
  std::int32_t failures = 0;                  // in a row
  std::optional<std::int32_t> batch_entries;  // what the line carried lately; absent: the most
  std::optional<Instant> not_before;
  std::optional<Instant> last_exchange;  // the truth about being online
  bool pull_wanted = false;
  std::int64_t cursor = 0;           // recv_seq up to which the day was pulled
  std::optional<std::string> epoch;  // of the server's log, as last heard
};
BOOST_DESCRIBE_STRUCT(SyncState, (),
                      (rows, next_sequence, in_flight, sign_in_needed, failures, batch_entries,
                       not_before, last_exchange, pull_wanted, cursor, epoch))

enum class SyncEventKind {
  saved,      // id, bytes: a new sealed draft is durable on the device
  wake,       // timer, reconnection, foreground, or "Envoyer maintenant"
  answered,   // results, and the server's cursor: a durable answer to the batch in flight
  failed,     // no answer, 5xx, 429: retry_after_ms when the server gave one
  refused,    // 401 or 403: sign in again (or the device is gone)
  signed_in,  // a session opened: pull the day
  pulled,     // cursor
  restarted,  // the host starts again (reload, crash): nothing is in flight any more
};
BOOST_DESCRIBE_ENUM(SyncEventKind, saved, wake, answered, failed, refused, signed_in, pulled,
                    restarted)

enum class Receipt { accepted, duplicate, quarantined };
BOOST_DESCRIBE_ENUM(Receipt, accepted, duplicate, quarantined)

// The server's answer for one entry of a batch, also the type of the API.
struct SyncResult {
  EntryId id;
  Receipt receipt = Receipt::accepted;
  std::int64_t recv_seq = 0;
  std::optional<std::string> reason;  // of quarantined: a message key
};
BOOST_DESCRIBE_STRUCT(SyncResult, (), (id, receipt, recv_seq, reason))

struct SyncEvent {
  SyncEventKind kind = SyncEventKind::wake;
  Instant now;
  std::optional<EntryId> id;
  std::optional<std::int64_t> bytes;
  std::vector<SyncResult> results;
  std::optional<std::int64_t> retry_after_ms;
  std::optional<std::int64_t> cursor;
  std::optional<std::string> epoch;  // of answered and signed_in
  std::optional<bool> forced;        // wake by the button: ignores not_before
};
BOOST_DESCRIBE_STRUCT(SyncEvent, (),
                      (kind, now, id, bytes, results, retry_after_ms, cursor, epoch, forced))

enum class SyncActionKind {
  send,    // ids, in order: post them in one batch
  pull,    // since cursor
  timer,   // wake at `at`
  forget,  // ids: delete the sealed bytes (older than the backup horizon)
};
BOOST_DESCRIBE_ENUM(SyncActionKind, send, pull, timer, forget)

struct SyncAction {
  SyncActionKind kind = SyncActionKind::send;
  std::vector<EntryId> ids;
  std::optional<Instant> at;
  std::optional<std::int64_t> cursor;
};
BOOST_DESCRIBE_STRUCT(SyncAction, (), (kind, ids, at, cursor))

struct SyncStep {
  SyncState state;
  std::vector<SyncAction> actions;
};
BOOST_DESCRIBE_STRUCT(SyncStep, (), (state, actions))

SyncStep sync_step(SyncState state, const SyncEvent& event);

}  // namespace filrouge
