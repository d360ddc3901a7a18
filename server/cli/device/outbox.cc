#include "server/cli/device/outbox.h"

#include <algorithm>
#include <chrono>
#include <random>
#include <thread>

#include "server/cli/device/api_client.h"

namespace filrouge {

namespace {

// A device's clock: milliseconds of the wall for the machine.
Instant wall_now() {
  using namespace std::chrono;
  return {duration_cast<milliseconds>(system_clock::now().time_since_epoch()).count()};
}

// Up to a quarter longer (the browser has a jitter of its own): phones do not come back in the same
// second, and a line that fails at regular intervals is not met at the same point each time.
std::chrono::milliseconds with_jitter(std::int64_t wait_ms) {
  thread_local std::minstd_rand numbers{std::random_device{}()};
  return std::chrono::milliseconds(
      wait_ms + std::uniform_int_distribution<std::int64_t>(0, wait_ms / 4)(numbers));
}

}  // namespace

Outbox::Outbox(const HttpAddress& address, const std::string& token, std::size_t batch,
               OutboxCalls calls)
    : http_(address), authorization_("Device " + token), batch_(batch), calls_(std::move(calls)) {}

void Outbox::add(EntryId id, std::string sealed) { notes_.push_back({id, std::move(sealed)}); }

Status Outbox::drain() {
  while (at_ < notes_.size()) {
    const std::size_t end = std::min(at_ + batch_, notes_.size());
    FILROUGE_CHECK(send_slice(end));
    at_ = end;
  }
  return Done{};
}

// The machine sends all that waits at once; so it is given one batch, held back until it is full,
// and what it has sent is let go (a phone keeps it until the backup horizon).
Status Outbox::send_slice(std::size_t end) {
  slice_ = at_;
  state_ = SyncState{.next_sequence = state_.next_sequence, .batch_entries = state_.batch_entries};
  const Instant start = wall_now();
  state_.not_before = Instant{start.ms + 60'000};
  for (std::size_t i = at_; i < end; ++i)
    state_ = sync_step(std::move(state_),
                       {.kind = SyncEventKind::saved,
                        .now = start,
                        .id = notes_[i].id,
                        .bytes = static_cast<std::int64_t>(notes_[i].sealed.size() * 3 / 4)})
                 .state;
  SyncEvent event{.kind = SyncEventKind::wake, .now = start, .forced = true};
  while (true) {
    SyncStep step = sync_step(std::move(state_), event);
    state_ = std::move(step.state);
    std::optional<Instant> wait;
    std::optional<std::vector<EntryId>> ids;
    for (SyncAction& action : step.actions) {
      if (action.kind == SyncActionKind::send) ids = std::move(action.ids);
      if (action.kind == SyncActionKind::timer) wait = action.at;
    }
    if (ids) {
      event = post(*ids);
      continue;
    }
    if (state_.sign_in_needed) return last_error_;
    if (!wait) return Done{};
    if (calls_.gives_up()) return last_error_;
    std::this_thread::sleep_for(
        with_jitter(std::clamp<std::int64_t>(wait->ms - wall_now().ms, 1, 2'000)));
    event = SyncEvent{.kind = SyncEventKind::wake, .now = wall_now(), .forced = true};
  }
}

std::string Outbox::request_of(const std::vector<EntryId>& ids) const {
  std::string text = R"({"entries":[)";
  for (const OutboxRow& row : state_.rows) {
    if (row.state != RowState::sending) continue;
    const auto note =
        std::find_if(notes_.begin() + static_cast<std::ptrdiff_t>(slice_), notes_.end(),
                     [&](const SealedNote& one) { return one.id == row.id; });
    text += (text.ends_with('[') ? R"({"id":")" : R"(,{"id":")") + row.id.hex() +
            R"(","sequence":)" + std::to_string(row.sequence) + R"(,"sealed":")" + note->sealed +
            "\"}";
  }
  verify(!ids.empty());
  return text + "]}";
}

SyncEvent Outbox::post(const std::vector<EntryId>& ids) {
  const std::string body = request_of(ids);
  const auto before = std::chrono::steady_clock::now();
  auto answer = http_.exchange(
      {.method = "POST", .path = "/api/v1/sync", .body = body, .authorization = authorization_});
  const auto after = std::chrono::steady_clock::now();
  SyncEvent event{.kind = SyncEventKind::failed, .now = wall_now()};
  if (!answer.ok()) {
    last_error_ = answer.error();
    return event;
  }
  if (answer->status != 200) {
    last_error_ = refusal_in(*answer);
    event.retry_after_ms = answer->retry_after_ms;
    if (answer->status == 401 || answer->status == 403) event.kind = SyncEventKind::refused;
    return event;
  }
  auto sync = json::decode<api::SyncAnswer>(answer->body, json::Unknown::keep);
  if (!sync.ok()) {
    last_error_ = sync.error();
    return event;
  }
  event.kind = SyncEventKind::answered;
  event.results = std::move(sync->results);
  calls_.on_answer(event.results,
                   std::chrono::duration_cast<std::chrono::microseconds>(after - before).count());
  return event;
}

}  // namespace filrouge
