// Comparisons under way, in the memory of this server: how far each is, and whether somebody asked
// it to stop. A restart ends them; nothing of them was written.
//
//   FILROUGE_TRY(ticket, app.runs->start(comparison));   // conflict "running", throttled "busy"
//   ticket.run().stage = ...; if (ticket.run().cancelled) ...
#pragma once

#include <atomic>
#include <map>
#include <memory>
#include <mutex>
#include <optional>

#include "core/base/ids.h"
#include "server/app/api/comparison.h"

namespace filrouge {

struct RunUnderWay {
  std::atomic<api::RunStage> stage{api::RunStage::reading};
  std::atomic<std::int64_t> done{0};
  std::atomic<std::int64_t> total{0};
  std::atomic<bool> cancelled{false};
};

class RunTable {
 public:
  class Ticket {
   public:
    Ticket(RunTable& table, SubjectId comparison, std::shared_ptr<RunUnderWay> run)
        : table_(&table), comparison_(comparison), run_(std::move(run)) {}
    Ticket(Ticket&& other) noexcept
        : table_(std::exchange(other.table_, nullptr)),
          comparison_(other.comparison_),
          run_(std::move(other.run_)) {}
    Ticket& operator=(Ticket&&) = delete;
    ~Ticket() {
      if (table_ != nullptr) table_->end(comparison_);
    }
    RunUnderWay& run() const { return *run_; }

   private:
    RunTable* table_;
    SubjectId comparison_;
    std::shared_ptr<RunUnderWay> run_;
  };

  Result<Ticket> start(SubjectId comparison);
  // False when none is under way.
  bool cancel(SubjectId comparison);
  std::optional<api::RunProgress> progress(SubjectId comparison);

 private:
  void end(SubjectId comparison);

  std::mutex mutex_;
  std::map<SubjectId, std::shared_ptr<RunUnderWay>> runs_;
};

}  // namespace filrouge
