// The writes of accepted appends, put together: entries of all of them are one statement, states
// another. An append that takes something away (an erasure, an undone or forgotten entry, a fact)
// is a batch by itself, so that what comes before and after it keeps its order.
//
//   Batch batch;
//   for (...) {
//     if (!batch.takes(append)) batch.queue(connection);
//     batch.add(append, recv_seq);
//   }
//   batch.queue(connection);
#pragma once

#include <map>
#include <vector>

#include "server/ports/store.h"
#include "server/store/postgresql/connection.h"

namespace filrouge::postgresql {

class Batch {
 public:
  bool takes(const Append& append) const;
  // The append must outlive queue(). `recv_seq` is that of its first entry.
  void add(const Append& append, std::int64_t recv_seq);
  // Queues the statements and begins anew.
  void queue(Connection& connection);

 private:
  void queue_removals(Connection& connection) const;
  void queue_entries(Connection& connection) const;
  void queue_states(Connection& connection) const;
  void queue_facts(Connection& connection) const;
  void queue_tokens(Connection& connection) const;
  void queue_quarantine(Connection& connection) const;
  void queue_ledger(Connection& connection) const;

  struct Received {
    std::int64_t recv_seq;
    const SealedEntry* entry;
  };
  std::vector<const Append*> appends_;
  std::vector<Received> entries_;
  std::map<SubjectId, const StoredState*> states_;  // the last of each
  std::map<EntryId, const Fact*> facts_;
  std::map<Pseudonym, const PersonFact*> persons_;
};

}  // namespace filrouge::postgresql
