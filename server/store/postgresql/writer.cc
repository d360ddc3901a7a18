#include "server/store/postgresql/writer.h"

#include <algorithm>
#include <utility>

#include "core/base/limits.h"
#include "server/store/postgresql/batch.h"
#include "server/store/postgresql/sql.h"

namespace filrouge::postgresql {

namespace {

// Those who were answered together come back together: half a group would cost a commit of its own.
constexpr auto kGather = std::chrono::microseconds(300);

// Answers of the first round trip: begin, lock, head, then those of Standing.
constexpr std::size_t kHead = 2;
constexpr std::size_t kStanding = 3;

Error away() {
  return Error{Code::unavailable, "", "database_away", "the database is not reached"};
}

}  // namespace

MerkleFrontier read_frontier(const Row& row) {
  MerkleFrontier head;
  head.size = static_cast<std::uint64_t>(row.integer(0));
  const std::string_view bytes = row.bytes(1);
  for (std::size_t at = 0; at + 32 <= bytes.size(); at += 32)
    std::copy_n(bytes.begin() + at, 32, head.subtrees.emplace_back().begin());
  return head;
}

Writer::Writer(ConnectionOptions options, HashFunction hash, Bytes16 name, int patience_ms)
    : options_(std::move(options)),
      hash_(hash),
      name_(name),
      patience_(patience_ms),
      reach_(patience_ms),
      thread_([this] { run(); }) {}

Writer::~Writer() {
  {
    const std::lock_guard lock(mutex_);
    stopping_ = true;
  }
  wake_.notify_all();
  thread_.join();
}

Result<Appended> Writer::append(Append&& append) {
  auto request = std::make_shared<Request>();
  request->append = std::move(append);
  request->until = std::chrono::steady_clock::now() + patience_;
  bool wake = false;
  {
    const std::lock_guard lock(mutex_);
    if (queue_.size() >= limits::append_queue_max)
      return Error{Code::throttled, "", "queue_full", "too much waits to be written"};
    queue_.push_back(request);
    wake = queue_.size() >= wanted_;
  }
  if (wake) wake_.notify_one();
  if (request->append.queued) request->append.queued();
  std::unique_lock lock(request->mutex);
  request->done.wait(lock, [&] { return request->result.has_value(); });
  return std::move(*request->result);
}

void Writer::run() {
  Group group;
  while (take(group)) {
    commit(group);
    group.clear();
  }
}

// False at the end.
bool Writer::take(Group& group) {
  std::unique_lock lock(mutex_);
  wake_.wait(lock, [this] { return stopping_ || !queue_.empty(); });
  if (queue_.size() < last_group_ && !stopping_) {
    wanted_ = last_group_;
    wake_.wait_for(lock, kGather, [this] { return stopping_ || queue_.size() >= wanted_; });
    wanted_ = 1;
  }
  while (!queue_.empty() && group.size() < limits::append_group_max) {
    group.push_back(std::move(queue_.front()));
    queue_.pop_front();
  }
  last_group_ = group.size();
  return !group.empty();
}

void Writer::commit(const Group& group) {
  auto results = write(group);
  if (results.ok()) return answer(group, std::move(*results));
  if (group.size() > 1 && results.error().rule != "database_away") {
    for (const auto& request : group) commit({request});
    return;
  }
  answer(group, Results(group.size(), results.error()));
}

Result<Writer::Results> Writer::write(const Group& group) {
  const SteadyTime deadline = group.back()->until;  // of those in a group, the last to give up
  Attempt attempt{++number_};
  while (true) {
    if (!connection_) {
      FILROUGE_TRY(opened, reach_.open(options_, deadline));
      connection_ = std::move(opened);
    }
    auto results = try_once(group, attempt);
    if (!connection_->broken()) return results;
    connection_.reset();
    if (std::chrono::steady_clock::now() >= deadline) return away();
  }
}

Result<Writer::Results> Writer::try_once(const Group& group, Attempt& attempt) {
  std::vector<const Append*> appends;
  for (const auto& request : group) appends.push_back(&request->append);
  Standing standing;
  connection_->queue_plain(sql("begin"));
  connection_->queue_plain(sql("lock"));
  connection_->queue(sql("head"), name_);
  standing.ask(*connection_, appends);
  FILROUGE_TRY(answers, connection_->send());
  const auto give_back = [this](Results results) -> Result<Results> {
    connection_->queue_plain(sql("rollback"));
    FILROUGE_CHECK(connection_->send());
    return results;
  };
  if (answers[kHead].size() == 0)
    return Error{Code::unavailable, "", "log_head", "the journal has lost its head"};
  const Row head_row = answers[kHead].row(0);
  const bool took_place = !attempt.sent.empty() && head_row.integer(2) == attempt.number;
  if (took_place) return give_back(attempt.sent);

  MerkleFrontier head = read_frontier(head_row);
  standing.hear(std::span(answers).subspan(kStanding));
  Results results = judge(group, standing, head);
  if (std::none_of(results.begin(), results.end(), [](const auto& one) { return one.ok(); }))
    return give_back(std::move(results));
  attempt.sent = results;
  FILROUGE_CHECK(send_writes(group, results, head, attempt.number));
  return results;
}

Writer::Results Writer::judge(const Group& group, Standing& standing, MerkleFrontier& head) const {
  Results results;
  for (const auto& request : group) {
    const Append& append = request->append;
    const Status status = standing.judge(append);
    if (!status.ok()) {
      results.emplace_back(status.error());
      continue;
    }
    Appended appended;
    for (const SealedEntry& entry : append.entries) {
      head.append(hash_, entry.leaf);
      appended.recv_seqs.push_back(static_cast<std::int64_t>(head.size));
    }
    results.emplace_back(std::move(appended));
  }
  return results;
}

Status Writer::send_writes(const Group& group, const Results& results, const MerkleFrontier& head,
                           std::int64_t number) {
  Batch batch;
  for (std::size_t i = 0; i < group.size(); ++i) {
    if (!results[i].ok()) continue;
    const Append& append = group[i]->append;
    if (!batch.takes(append)) batch.queue(*connection_);
    batch.add(append, append.entries.empty() ? 0 : results[i]->recv_seqs.front());
  }
  batch.queue(*connection_);
  std::string subtrees;
  for (const Bytes32& root : head.subtrees)
    subtrees.append(reinterpret_cast<const char*>(root.data()), root.size());
  connection_->queue(sql("write_head"), static_cast<std::int64_t>(head.size), Blob{subtrees});
  connection_->queue(sql("write_number"), name_, number);
  connection_->queue_plain(sql("commit"));
  FILROUGE_CHECK(connection_->send());
  return Done{};
}

void Writer::answer(const Group& group, Results results) {
  for (std::size_t i = 0; i < group.size(); ++i) {
    Request& request = *group[i];
    {
      const std::lock_guard lock(request.mutex);
      request.result = std::move(results[i]);
    }
    request.done.notify_one();
  }
}

}  // namespace filrouge::postgresql
