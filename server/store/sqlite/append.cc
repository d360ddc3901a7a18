#include "server/store/sqlite/append.h"

#include <algorithm>

namespace filrouge::sqlite {

namespace {

Error conflict(std::string rule, std::string detail) {
  return Error{Code::conflict, "", std::move(rule), std::move(detail)};
}

bool is_constraint(const Error& error) { return error.rule == "constraint"; }

// What is stored of a subject that the append replaces.
struct Stored {
  bool there = false;
  bool same_place = false;  // organisation and team stay: no index has to move
};

Result<Stored> check_version(Connection& db, const StoredState& state) {
  struct Found {
    std::int64_t version;
    bool same_place;
  };
  FILROUGE_TRY(found,
               db.one(
                   "SELECT version, organisation = ? AND team = ? FROM states WHERE subject = ?",
                   [](const Row& row) { return Found{row.integer(0), row.boolean(1)}; },
                   state.organisation, state.team, state.subject));
  const std::int64_t stored = found ? found->version : 0;
  verify(state.version > state.replaces);
  if (state.replaces != stored)
    return conflict("version", "somebody else wrote this subject in between");
  return Stored{found.has_value(), found && found->same_place};
}

Status write_state(Connection& db, const StoredState& state, const Stored& stored) {
  if (!stored.there) {
    auto inserted = db.run(
        "INSERT INTO states (subject, collection, organisation, team, version, key, sealed) "
        "VALUES (?, ?, ?, ?, ?, ?, ?)",
        state.subject, state.collection, state.organisation, state.team, state.version, state.key,
        Blob{state.sealed});
    // The same subject twice in one append.
    if (!inserted.ok() && is_constraint(inserted.error()))
      return conflict("version", "the same subject is written twice");
    return inserted;
  }
  if (stored.same_place) {
    FILROUGE_CHECK(db.run(
        "UPDATE states SET version = ?, key = ?, sealed = ? WHERE subject = ? AND version = ?",
        state.version, state.key, Blob{state.sealed}, state.subject, state.replaces));
  } else {
    FILROUGE_CHECK(
        db.run("UPDATE states SET version = ?, key = ?, sealed = ?, organisation = ?, team = ? "
               "WHERE subject = ? AND version = ?",
               state.version, state.key, Blob{state.sealed}, state.organisation, state.team,
               state.subject, state.replaces));
  }
  if (db.changes() != 1) return conflict("version", "the same subject is written twice");
  return Done{};
}

Status insert_entry(Connection& db, std::int64_t recv_seq, const SealedEntry& entry) {
  const Envelope& e = entry.envelope;
  FILROUGE_CHECK(
      db.run("INSERT INTO ids (id, recv_seq, undone) VALUES (?, ?, 0) ON CONFLICT (id) DO UPDATE "
             "SET recv_seq = excluded.recv_seq WHERE ids.recv_seq IS NULL",
             e.id, recv_seq));
  if (db.changes() != 1)
    return conflict("duplicate_entry", "an entry with this id was received before");
  FILROUGE_CHECK(db.run("INSERT INTO log (recv_seq, leaf) VALUES (?, ?)", recv_seq, entry.leaf));
  return db.run(
      "INSERT INTO entries (recv_seq, id, subject, organisation, author, device, device_sequence, "
      "hlc_ms, hlc_counter, received, key, salt, ciphertext) "
      "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
      recv_seq, e.id, e.subject, e.organisation, e.author, e.device, e.device_sequence, e.hlc.ms,
      std::int64_t{e.hlc.counter}, e.received, e.key, entry.salt, Blob{entry.ciphertext});
}

Result<Appended> insert_entries(Connection& db, HashFunction hash, MerkleFrontier& head,
                                const std::vector<SealedEntry>& entries) {
  Appended appended;
  appended.recv_seqs.reserve(entries.size());
  for (const SealedEntry& entry : entries) {
    const auto recv_seq = static_cast<std::int64_t>(head.size) + 1;
    FILROUGE_CHECK(insert_entry(db, recv_seq, entry));
    head.append(hash, entry.leaf);
    appended.recv_seqs.push_back(recv_seq);
  }
  return appended;
}

// The rows of `ids` stay: an id that was deleted can never be appended again.
Status erase(Connection& db, const Erasure& erasure) {
  for (const std::string_view sql :
       {"DELETE FROM entries WHERE subject = ?", "DELETE FROM states WHERE subject = ?",
        "DELETE FROM tokens WHERE subject = ?", "DELETE FROM quarantine WHERE subject = ?",
        "DELETE FROM blobs WHERE owner = ?"})
    FILROUGE_CHECK(db.run(sql, erasure.subject));
  FILROUGE_CHECK(
      db.run("UPDATE ids SET fact_kind = NULL, fact_day = NULL, fact_place = NULL WHERE id IN "
             "(SELECT entry FROM facts WHERE person = ?)",
             erasure.person));
  FILROUGE_CHECK(db.run("DELETE FROM facts WHERE person = ?", erasure.person));
  return db.run("DELETE FROM persons WHERE person = ?", erasure.person);
}

// What was read before the erasure must still be all there is.
Status check_erased_version(Connection& db, const Erasure& erasure) {
  if (!erasure.version) return Done{};
  FILROUGE_TRY(stored, db.one(
                           "SELECT version FROM states WHERE subject = ?",
                           [](const Row& row) { return row.integer(0); }, erasure.subject));
  if (stored.value_or(0) == *erasure.version) return Done{};
  return conflict("version", "somebody else wrote this subject in between");
}

Status forget(Connection& db, EntryId id) {
  FILROUGE_CHECK(
      db.run("DELETE FROM entries WHERE recv_seq = (SELECT recv_seq FROM ids WHERE id = ?)", id));
  if (db.changes() == 1) return Done{};
  FILROUGE_TRY(received, db.one(
                             "SELECT 1 FROM ids WHERE id = ? AND recv_seq IS NOT NULL",
                             [](const Row& row) { return row.boolean(0); }, id));
  if (!received) return Done{};
  return conflict("version", "somebody else let this entry go in between");
}

// Where the fact of an entry lies, and whether the entry was undone.
struct KnownFact {
  std::optional<std::int64_t> kind;
  std::int64_t day = 0;
  std::int64_t place = 0;
  bool undone = false;
};

Result<std::optional<KnownFact>> find_fact(Connection& db, EntryId entry) {
  return db.one(
      "SELECT fact_kind, fact_day, fact_place, undone FROM ids WHERE id = ?",
      [](const Row& row) {
        return KnownFact{row.optional_integer(0), row.integer(1), row.integer(2), row.boolean(3)};
      },
      entry);
}

Status remove_fact(Connection& db, EntryId entry) {
  FILROUGE_TRY(known, find_fact(db, entry));
  if (!known || !known->kind) return Done{};
  FILROUGE_CHECK(db.run("DELETE FROM facts WHERE kind = ? AND day = ? AND place = ?", *known->kind,
                        known->day, known->place));
  return db.run("UPDATE ids SET fact_kind = NULL, fact_day = NULL, fact_place = NULL WHERE id = ?",
                entry);
}

// Written again, a fact replaces what it was; that of an undone entry never comes back.
Status put_fact(Connection& db, const Fact& f) {
  FILROUGE_TRY(known, find_fact(db, f.entry));
  if (known && known->kind) FILROUGE_CHECK(remove_fact(db, f.entry));
  if (known && known->undone) return Done{};
  FILROUGE_TRY(place, db.one(
                          "SELECT ifnull(max(place), 0) + 1 FROM facts WHERE kind = ? AND day = ?",
                          [](const Row& row) { return row.integer(0); }, f.kind, f.day));
  FILROUGE_CHECK(
      db.run("INSERT INTO ids (id, fact_kind, fact_day, fact_place, undone) VALUES (?, ?, ?, ?, 0) "
             "ON CONFLICT (id) DO UPDATE SET fact_kind = excluded.fact_kind, "
             "fact_day = excluded.fact_day, fact_place = excluded.fact_place",
             f.entry, f.kind, f.day, *place));
  return db.run(
      "INSERT INTO facts (kind, day, place, entry, organisation, team, project, commune, district, "
      "sex, age_band, detail, counts, outside, number, minutes, refusals, replies, conversations, "
      "person) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
      f.kind, f.day, *place, f.entry, f.organisation, f.team, f.project, f.commune, f.district,
      f.sex, f.age_band, f.detail, f.counts, f.outside, f.number, f.minutes, f.refusals, f.replies,
      f.conversations, f.person);
}

Status write_facts(Connection& db, const FactChange& change) {
  for (const EntryId& id : change.remove) FILROUGE_CHECK(remove_fact(db, id));
  for (const Fact& fact : change.put) FILROUGE_CHECK(put_fact(db, fact));
  for (const PersonFact& p : change.persons) {
    FILROUGE_CHECK(
        db.run("INSERT INTO persons (person, sex, age_band, identified, erased, counts_as) "
               "VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT (person) DO UPDATE SET sex = excluded.sex, "
               "age_band = excluded.age_band, identified = excluded.identified, "
               "erased = excluded.erased, counts_as = excluded.counts_as",
               p.person, p.sex, p.age_band, p.identified, p.erased, p.counts_as));
  }
  return Done{};
}

Status write_tokens(Connection& db, const TokenWrite& write) {
  FILROUGE_CHECK(db.run("DELETE FROM tokens WHERE subject = ?", write.subject));
  for (const SearchToken& token : write.tokens) {
    if (token.field == "login") {
      FILROUGE_TRY(owner,
                   db.one(
                       "SELECT subject FROM tokens WHERE token = ? AND field = 'login'",
                       [](const Row& row) { return row.id<SubjectId>(0); }, Blob{token.token}));
      if (owner) return conflict("duplicate_login", "this sign-in name is taken");
    }
    FILROUGE_CHECK(db.run(
        "INSERT OR IGNORE INTO tokens (organisation, field, token, subject) VALUES (?, ?, ?, ?)",
        token.organisation, token.field, Blob{token.token}, write.subject));
  }
  return Done{};
}

// The first receipt of an id stays: the phone may send it again before it has the answer.
Status write_quarantine(Connection& db, const QuarantineRow& row) {
  return db.run(
      "INSERT OR IGNORE INTO quarantine (id, received, organisation, author, device, kind, reason, "
      "sealed, key, resolved, subject) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
      row.id, row.received, row.organisation, row.author, row.device, row.kind, row.reason,
      Blob{row.sealed}, row.key, row.resolved, row.subject);
}

Status write_ledger(Connection& db, const LedgerRow& row) {
  std::string subjects;
  subjects.reserve(row.subjects.size() * sizeof(Bytes16));
  for (const SubjectId& subject : row.subjects)
    subjects.append(reinterpret_cast<const char*>(subject.bytes.data()), subject.bytes.size());
  FILROUGE_CHECK(
      db.run("INSERT INTO ledger (at, account, organisation, action, purpose, subjects) "
             "VALUES (?, ?, ?, ?, ?, ?)",
             row.at, row.account, row.organisation, row.action, row.purpose, Blob{subjects}));
  const std::int64_t sequence = sqlite3_last_insert_rowid(db.handle());
  for (const SubjectId& subject : row.subjects) {
    FILROUGE_CHECK(db.run("INSERT OR IGNORE INTO ledger_subjects (subject, sequence) VALUES (?, ?)",
                          subject, sequence));
  }
  return Done{};
}

}  // namespace

Result<MerkleFrontier> read_log_head(Connection& connection) {
  FILROUGE_TRY(found, connection.one("SELECT size, subtrees FROM log_head WHERE one = 1",
                                     [](const Row& row) {
                                       MerkleFrontier head;
                                       head.size = static_cast<std::uint64_t>(row.integer(0));
                                       const std::string_view bytes = row.bytes(1);
                                       for (std::size_t at = 0; at + 32 <= bytes.size(); at += 32) {
                                         Bytes32& root = head.subtrees.emplace_back();
                                         std::copy_n(bytes.begin() + at, 32, root.begin());
                                       }
                                       return head;
                                     }));
  if (!found) return Error{Code::unavailable, "", "log_head", "the journal has lost its head"};
  return *found;
}

Status write_log_head(Connection& connection, const MerkleFrontier& head) {
  std::string subtrees;
  for (const Bytes32& root : head.subtrees)
    subtrees.append(reinterpret_cast<const char*>(root.data()), root.size());
  return connection.run("UPDATE log_head SET size = ?, subtrees = ? WHERE one = 1",
                        static_cast<std::int64_t>(head.size), Blob{subtrees});
}

Result<Appended> apply_append(Connection& connection, HashFunction hash, MerkleFrontier& head,
                              const Append& append) {
  std::vector<Stored> stored;
  stored.reserve(append.states.size());
  for (const StoredState& state : append.states) {
    FILROUGE_TRY(before, check_version(connection, state));
    if (append.erase && append.erase->subject == state.subject) before = {};
    stored.push_back(before);
  }
  if (append.erase) {
    FILROUGE_CHECK(check_erased_version(connection, *append.erase));
    FILROUGE_CHECK(erase(connection, *append.erase));
  }
  for (const EntryId& id : append.forget) FILROUGE_CHECK(forget(connection, id));
  FILROUGE_TRY(appended, insert_entries(connection, hash, head, append.entries));
  for (std::size_t i = 0; i < append.states.size(); ++i)
    FILROUGE_CHECK(write_state(connection, append.states[i], stored[i]));
  for (const EntryId& id : append.undone)
    FILROUGE_CHECK(connection.run(
        "INSERT INTO ids (id, undone) VALUES (?, 1) ON CONFLICT (id) DO UPDATE SET undone = 1",
        id));
  FILROUGE_CHECK(write_facts(connection, append.facts));
  for (const TokenWrite& write : append.tokens) FILROUGE_CHECK(write_tokens(connection, write));
  for (const QuarantineRow& row : append.quarantine)
    FILROUGE_CHECK(write_quarantine(connection, row));
  for (const LedgerRow& row : append.ledger) FILROUGE_CHECK(write_ledger(connection, row));
  return std::move(appended);
}

}  // namespace filrouge::sqlite
