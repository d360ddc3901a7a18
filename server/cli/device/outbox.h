// One phone's outbox, driven by the same state machine as the browser (core/sync): prepared notes
// wait here, sealed; the machine says what to send and when to try again. Batches have a size of
// their own choice, for measuring.
//
//   Outbox outbox(address, token, 1, {on_answer, give_up});
//   outbox.add(id, sealed); outbox.drain();
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "server/app/api/session.h"
#include "server/cli/device/http_client.h"

namespace filrouge {

struct SealedNote {
  EntryId id;
  std::string sealed;  // base64
};

struct OutboxCalls {
  // After each answer: its results, and the milliseconds from send to durable answer, in µs.
  std::function<void(const std::vector<SyncResult>&, std::int64_t microseconds)> on_answer;
  // Asked before each wait after a failure: true ends the work.
  std::function<bool()> gives_up;
};

class Outbox {
 public:
  Outbox(const HttpAddress& address, const std::string& token, std::size_t batch,
         OutboxCalls calls);

  void add(EntryId id, std::string sealed);
  // Sends everything, in order, `batch` notes at a time; the error that stopped it.
  Status drain();
  std::size_t waiting() const { return notes_.size() - at_; }

 private:
  Status send_slice(std::size_t end);
  // Posts these notes; the event that the machine hears of it.
  SyncEvent post(const std::vector<EntryId>& ids);
  std::string request_of(const std::vector<EntryId>& ids) const;

  HttpClient http_;
  std::string authorization_;
  std::size_t batch_;
  OutboxCalls calls_;
  std::vector<SealedNote> notes_;
  std::size_t at_ = 0;     // first note that is not sent
  std::size_t slice_ = 0;  // first note of the slice under way
  SyncState state_;
  Error last_error_;
};

}  // namespace filrouge
