#include "server/store/postgresql/batch.h"

#include "server/store/postgresql/sql.h"

namespace filrouge::postgresql {

namespace {

bool takes_away(const Append& append) {
  return append.erase || !append.forget.empty() || !append.undone.empty() ||
         !append.facts.remove.empty();
}

// One column of many rows.
template <class List, class Read>
auto column(const List& list, Read&& read) {
  std::vector<std::decay_t<decltype(read(*list.begin()))>> values;
  values.reserve(list.size());
  for (const auto& one : list) values.push_back(read(one));
  return values;
}

}  // namespace

bool Batch::takes(const Append& append) const {
  return appends_.empty() || (!takes_away(*appends_.back()) && !takes_away(append));
}

void Batch::add(const Append& append, std::int64_t recv_seq) {
  appends_.push_back(&append);
  for (const SealedEntry& entry : append.entries) entries_.push_back({recv_seq++, &entry});
  for (const StoredState& state : append.states) states_[state.subject] = &state;
  for (const Fact& fact : append.facts.put) facts_[fact.entry] = &fact;
  for (const PersonFact& person : append.facts.persons) persons_[person.person] = &person;
}

// In the order of apply: erasure and forgetting first, then what is new, so that what an erasure
// writes itself stays.
void Batch::queue(Connection& connection) {
  queue_removals(connection);
  queue_entries(connection);
  queue_states(connection);
  queue_facts(connection);
  queue_tokens(connection);
  queue_quarantine(connection);
  queue_ledger(connection);
  *this = Batch();
}

void Batch::queue_removals(Connection& connection) const {
  for (const Append* append : appends_) {
    if (append->erase) {
      for (const char* name :
           {"erase_entries", "erase_state", "erase_tokens", "erase_quarantine", "erase_blobs"})
        connection.queue(sql(name), append->erase->subject);
      for (const char* name : {"erase_facts", "erase_person"})
        connection.queue(sql(name), append->erase->person);
    }
    if (!append->forget.empty()) connection.queue(sql("forget"), append->forget);
  }
}

void Batch::queue_entries(Connection& connection) const {
  if (entries_.empty()) return;
  const auto of = [this](auto&& read) {
    return column(entries_, [&](const Received& one) { return read(one.entry->envelope); });
  };
  const auto numbers = column(entries_, [](const Received& one) { return one.recv_seq; });
  const auto ids = of([](const Envelope& e) { return e.id; });
  connection.queue(sql("insert_log"), numbers,
                   column(entries_, [](const Received& one) { return one.entry->leaf; }));
  connection.queue(
      sql("insert_entries"), numbers, ids, of([](const Envelope& e) { return e.subject; }),
      of([](const Envelope& e) { return e.organisation; }),
      of([](const Envelope& e) { return e.author; }),
      of([](const Envelope& e) { return e.device; }),
      of([](const Envelope& e) { return e.device_sequence; }),
      of([](const Envelope& e) { return e.hlc.ms; }),
      of([](const Envelope& e) { return std::int64_t{e.hlc.counter}; }),
      of([](const Envelope& e) { return e.received; }), of([](const Envelope& e) { return e.key; }),
      column(entries_, [](const Received& one) { return one.entry->salt; }),
      column(entries_, [](const Received& one) { return Blob{one.entry->ciphertext}; }));
  connection.queue(sql("insert_ids"), ids, numbers);
}

void Batch::queue_states(Connection& connection) const {
  if (states_.empty()) return;
  const auto of = [this](auto&& read) {
    return column(states_, [&](const auto& one) { return read(*one.second); });
  };
  connection.queue(sql("write_states"), of([](const StoredState& s) { return s.subject; }),
                   of([](const StoredState& s) { return s.collection; }),
                   of([](const StoredState& s) { return s.organisation; }),
                   of([](const StoredState& s) { return s.team; }),
                   of([](const StoredState& s) { return s.version; }),
                   of([](const StoredState& s) { return s.key; }),
                   of([](const StoredState& s) { return Blob{s.sealed}; }));
}

void Batch::queue_facts(Connection& connection) const {
  for (const Append* append : appends_) {
    if (!append->undone.empty()) connection.queue(sql("mark_undone"), append->undone);
    if (!append->facts.remove.empty()) connection.queue(sql("remove_facts"), append->facts.remove);
  }
  const auto of = [this](auto&& read) {
    return column(facts_, [&](const auto& one) { return read(*one.second); });
  };
  if (!facts_.empty())
    connection.queue(
        sql("put_facts"), of([](const Fact& f) { return f.entry; }),
        of([](const Fact& f) { return f.kind; }), of([](const Fact& f) { return f.day; }),
        of([](const Fact& f) { return f.organisation; }), of([](const Fact& f) { return f.team; }),
        of([](const Fact& f) { return f.project; }), of([](const Fact& f) { return f.commune; }),
        of([](const Fact& f) { return f.district; }), of([](const Fact& f) { return f.sex; }),
        of([](const Fact& f) { return f.age_band; }), of([](const Fact& f) { return f.detail; }),
        of([](const Fact& f) { return f.counts; }), of([](const Fact& f) { return f.outside; }),
        of([](const Fact& f) { return f.number; }), of([](const Fact& f) { return f.minutes; }),
        of([](const Fact& f) { return f.refusals; }), of([](const Fact& f) { return f.replies; }),
        of([](const Fact& f) { return f.conversations; }),
        of([](const Fact& f) { return f.person; }));
  if (persons_.empty()) return;
  const auto person = [this](auto&& read) {
    return column(persons_, [&](const auto& one) { return read(*one.second); });
  };
  connection.queue(sql("put_persons"), person([](const PersonFact& p) { return p.person; }),
                   person([](const PersonFact& p) { return p.sex; }),
                   person([](const PersonFact& p) { return p.age_band; }),
                   person([](const PersonFact& p) { return p.identified; }),
                   person([](const PersonFact& p) { return p.erased; }),
                   person([](const PersonFact& p) { return p.counts_as; }));
}

void Batch::queue_tokens(Connection& connection) const {
  for (const Append* append : appends_) {
    for (const TokenWrite& write : append->tokens) {
      connection.queue(sql("erase_tokens"), write.subject);
      const auto of = [&](auto&& read) { return column(write.tokens, read); };
      if (write.tokens.empty()) continue;
      connection.queue(sql("insert_tokens"),
                       of([](const SearchToken& t) { return t.organisation; }),
                       of([](const SearchToken& t) { return std::string_view(t.field); }),
                       of([](const SearchToken& t) { return Blob{t.token}; }), write.subject);
    }
  }
}

void Batch::queue_quarantine(Connection& connection) const {
  std::vector<const QuarantineRow*> rows;
  for (const Append* append : appends_)
    for (const QuarantineRow& row : append->quarantine) rows.push_back(&row);
  if (rows.empty()) return;
  const auto of = [&](auto&& read) {
    return column(rows, [&](const QuarantineRow* row) { return read(*row); });
  };
  connection.queue(sql("insert_quarantine"), of([](const QuarantineRow& r) { return r.id; }),
                   of([](const QuarantineRow& r) { return r.received; }),
                   of([](const QuarantineRow& r) { return r.organisation; }),
                   of([](const QuarantineRow& r) { return r.author; }),
                   of([](const QuarantineRow& r) { return r.device; }),
                   of([](const QuarantineRow& r) { return std::string_view(r.kind); }),
                   of([](const QuarantineRow& r) { return std::string_view(r.reason); }),
                   of([](const QuarantineRow& r) { return Blob{r.sealed}; }),
                   of([](const QuarantineRow& r) { return r.key; }),
                   of([](const QuarantineRow& r) { return r.resolved; }),
                   of([](const QuarantineRow& r) { return r.subject; }));
}

void Batch::queue_ledger(Connection& connection) const {
  for (const Append* append : appends_)
    for (const LedgerRow& row : append->ledger)
      connection.queue(sql("insert_ledger"), row.at, row.account, row.organisation, row.action,
                       row.purpose, row.subjects);
}

}  // namespace filrouge::postgresql
