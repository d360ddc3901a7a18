#include "server/store/postgresql/reads.h"

#include <map>
#include <sstream>

#include "core/base/text.h"
#include "server/store/common/outline_rings.h"
#include "server/store/postgresql/sql.h"
#include "server/store/postgresql/writer.h"

namespace filrouge::postgresql {

namespace {

// Columns recv_seq, leaf, and from 2 those of the entry in the order of its table.
SealedEntry read_entry(const Row& row) {
  SealedEntry entry;
  Envelope& e = entry.envelope;
  e.id = row.id<EntryId>(2);
  e.subject = row.id<SubjectId>(3);
  e.organisation = row.id<SubjectId>(4);
  e.author = row.id<SubjectId>(5);
  e.device = row.id<SubjectId>(6);
  e.device_sequence = row.integer(7);
  e.hlc = Hlc{row.integer(8), static_cast<std::uint32_t>(row.integer(9))};
  e.received = Instant{row.integer(10)};
  e.key = row.id<KeyId>(11);
  entry.salt = row.array<Bytes16>(12);
  entry.ciphertext = row.text(13);
  entry.leaf = row.array<Bytes32>(1);
  return entry;
}

StoredState read_state(const Row& row) {
  StoredState s;
  s.subject = row.id<SubjectId>(0);
  s.collection = static_cast<Collection>(row.integer(1));
  s.organisation = row.id<SubjectId>(2);
  s.team = row.id<SubjectId>(3);
  s.version = row.integer(4);
  s.key = row.id<KeyId>(5);
  s.sealed = row.text(6);
  return s;
}

QuarantineRow read_quarantine(const Row& row) {
  QuarantineRow q;
  q.id = row.id<EntryId>(0);
  q.received = Instant{row.integer(1)};
  q.organisation = row.id<SubjectId>(2);
  q.author = row.id<SubjectId>(3);
  q.device = row.id<SubjectId>(4);
  q.kind = row.text(5);
  q.reason = row.text(6);
  q.sealed = row.text(7);
  q.key = row.id<KeyId>(8);
  q.resolved = row.boolean(9);
  q.subject = row.id<SubjectId>(10);
  return q;
}

LedgerRow read_ledger(const Row& row) {
  LedgerRow l;
  l.sequence = row.integer(0);
  l.at = Instant{row.integer(1)};
  l.account = row.id<SubjectId>(2);
  l.organisation = row.id<SubjectId>(3);
  l.action = row.text(4);
  l.purpose = row.text(5);
  l.subjects = row.subjects(6);
  return l;
}

Commune read_commune(const Row& row) {
  Commune c{row.text(0), row.text(1), {}};
  std::istringstream words(row.text(2));
  for (std::string word; words >> word;) c.postcodes.push_back(word);
  return c;
}

std::string join(const std::vector<std::string>& words) {
  std::string text;
  for (const std::string& word : words) text += (text.empty() ? "" : " ") + word;
  return text;
}

// Every row of the answer.
template <class Read, class... Arguments>
auto all(Connection& db, std::string_view statement, Read&& read, const Arguments&... arguments)
    -> Result<std::vector<std::decay_t<decltype(read(std::declval<const Row&>()))>>> {
  std::vector<std::decay_t<decltype(read(std::declval<const Row&>()))>> list;
  FILROUGE_CHECK(
      db.each(statement, [&](const Row& row) { list.push_back(read(row)); }, arguments...));
  return list;
}

StoredEntry read_stored(const Row& row) { return {row.integer(0), read_entry(row)}; }

SubjectId read_subject(const Row& row) { return row.id<SubjectId>(0); }

// The last of those that share a key: one statement may not write a row twice.
template <class Key, class One>
std::vector<const One*> last_of_each(const std::vector<One>& list, Key&& key_of) {
  std::map<std::decay_t<decltype(key_of(list.front()))>, const One*> last;
  for (const One& one : list) last[key_of(one)] = &one;
  std::vector<const One*> rows;
  for (const auto& [key, one] : last) rows.push_back(one);
  return rows;
}

template <class One, class Read>
auto column(const std::vector<const One*>& list, Read&& read) {
  std::vector<std::decay_t<decltype(read(*list.front()))>> values;
  for (const One* one : list) values.push_back(read(*one));
  return values;
}

}  // namespace

Result<std::optional<std::int64_t>> find_entry(Connection& db, EntryId id) {
  return db.one(sql("find_entry"), [](const Row& row) { return row.integer(0); }, id);
}

Result<bool> is_undone(Connection& db, EntryId id) {
  FILROUGE_TRY(found, db.one(sql("is_undone"), [](const Row& row) { return row.boolean(0); }, id));
  return found.value_or(false);
}

Result<std::vector<StoredEntry>> entries_of(Connection& db, SubjectId subject) {
  return all(db, sql("entries_of"), &read_stored, subject);
}

Result<std::vector<StoredEntry>> entries(Connection& db, const std::vector<EntryId>& ids) {
  return all(db, sql("entries"), &read_stored, ids);
}

Result<std::vector<EntryCount>> count_entries(Connection& db, const std::vector<EntryId>& ids) {
  for (const EntryId& id : ids) db.queue(sql("count_entries"), id);
  std::vector<EntryCount> list;
  if (ids.empty()) return list;
  FILROUGE_TRY(answers, db.send());
  for (std::size_t i = 0; i < answers.size(); ++i) {
    if (answers[i].size() == 0) continue;
    const Row row = answers[i].row(0);
    list.push_back({ids[i], row.id<SubjectId>(0), row.integer(1), row.integer(2)});
  }
  return list;
}

Result<std::vector<LogRow>> log_after(Connection& db, std::int64_t recv_seq, std::size_t limit) {
  const auto read = [](const Row& row) {
    LogRow one{row.integer(0), row.array<Bytes32>(1), {}};
    if (!row.is_null(2)) one.entry = read_entry(row);
    return one;
  };
  return all(db, sql("log_after"), read, recv_seq, limit);
}

Result<MerkleFrontier> log_head(Connection& db) {
  FILROUGE_TRY(found, db.one(sql("log_head"), &read_frontier));
  if (!found) return Error{Code::unavailable, "", "log_head", "the journal has lost its head"};
  return std::move(*found);
}

Result<std::optional<StoredState>> state(Connection& db, SubjectId subject) {
  return db.one(sql("state"), &read_state, subject);
}

Result<std::vector<StoredState>> states(Connection& db, const StateFilter& filter) {
  return all(db, sql("states"), &read_state, filter.collection, filter.organisation, filter.teams,
             filter.after, filter.limit);
}

Result<std::vector<SubjectId>> find_tokens(Connection& db, const SearchToken& token) {
  return all(db, sql("find_tokens"), &read_subject, token.organisation, token.field,
             Blob{token.token});
}

Result<std::vector<QuarantineRow>> quarantine(Connection& db, std::optional<SubjectId> organisation,
                                              bool unresolved_only) {
  return all(db, sql("quarantine"), &read_quarantine, organisation, unresolved_only);
}

Result<std::optional<QuarantineRow>> quarantined(Connection& db, EntryId id) {
  return db.one(sql("quarantined"), &read_quarantine, id);
}

Status resolve_quarantine(Connection& db, EntryId id, bool keep_content) {
  FILROUGE_TRY(answer, db.query(sql("resolve_quarantine"), id, keep_content));
  if (answer.changes() == 0)
    return Error{Code::not_found, "id", "quarantine", "no entry with this id waits"};
  return Done{};
}

Result<std::vector<LedgerRow>> ledger(Connection& db, std::optional<SubjectId> subject,
                                      std::optional<SubjectId> organisation, std::size_t limit) {
  if (subject)
    return all(db, sql("ledger_of_subject"), &read_ledger, *subject, organisation, limit);
  return all(db, sql("ledger"), &read_ledger, organisation, limit);
}

Result<std::int64_t> opened_since(Connection& db, SubjectId account, Instant since) {
  FILROUGE_TRY(
      found,
      db.one(sql("opened_since"), [](const Row& row) { return row.integer(0); }, account, since));
  return found.value_or(0);
}

Status put_blob(Connection& db, const StoredBlob& blob) {
  FILROUGE_TRY(answer,
               db.query(sql("put_blob"), blob.owner, blob.name, blob.key, Blob{blob.sealed}));
  if (answer.changes() == 1) return Done{};
  return Error{Code::not_found, "", "no_owner", "what it belongs to is not there"};
}

Result<std::optional<StoredBlob>> blob(Connection& db, SubjectId owner, const std::string& name) {
  return db.one(
      sql("blob"),
      [&](const Row& row) { return StoredBlob{owner, name, row.id<KeyId>(0), row.text(1)}; }, owner,
      name);
}

Result<std::vector<std::string>> blob_names(Connection& db, SubjectId owner,
                                            const std::string& prefix) {
  std::vector<std::string> names;
  FILROUGE_CHECK(db.each(
      sql("blob_names"), [&](const Row& row) { names.push_back(row.text(0)); }, owner, prefix));
  return names;
}

Status drop_blobs(Connection& db, SubjectId owner, const std::string& prefix) {
  return db.run(sql("drop_blobs"), owner, prefix);
}

Status put_communes(Connection& db, const std::vector<Commune>& communes) {
  if (communes.empty()) return Done{};
  const auto rows = last_of_each(communes, [](const Commune& c) { return c.code; });
  return db.run(sql("put_communes"), column(rows, [](const Commune& c) { return c.code; }),
                column(rows, [](const Commune& c) { return c.name; }),
                column(rows, [](const Commune& c) { return fold_for_search(c.name); }),
                column(rows, [](const Commune& c) { return join(c.postcodes); }));
}

Result<std::optional<Commune>> commune(Connection& db, const std::string& code) {
  return db.one(sql("commune"), &read_commune, code);
}

Result<std::vector<Commune>> find_communes(Connection& db, const std::string& folded_prefix,
                                           std::size_t limit) {
  return all(db, sql("find_communes"), &read_commune, folded_prefix, limit);
}

Status put_outlines(Connection& db, const std::vector<Outline>& outlines) {
  if (outlines.empty()) return Done{};
  const auto rows = last_of_each(
      outlines, [](const Outline& o) { return std::tuple(o.kind, o.code, o.valid_from); });
  const auto rings = column(rows, [](const Outline& o) { return pack_rings(o.rings); });
  std::vector<Blob> packed;
  for (const std::string& one : rings) packed.push_back({one});
  return db.run(sql("put_outlines"), column(rows, [](const Outline& o) { return o.kind; }),
                column(rows, [](const Outline& o) { return o.code; }),
                column(rows, [](const Outline& o) { return o.valid_from; }),
                column(rows, [](const Outline& o) { return o.valid_to; }),
                column(rows, [](const Outline& o) { return o.name; }),
                column(rows, [](const Outline& o) { return o.department; }),
                column(rows, [](const Outline& o) { return o.fictitious; }), packed);
}

Result<std::vector<Outline>> outlines(Connection& db) {
  FILROUGE_TRY(answer, db.query(sql("outlines")));
  std::vector<Outline> list;
  for (int i = 0; i < answer.size(); ++i) {
    const Row row = answer.row(i);
    Outline& o = list.emplace_back();
    o.kind = static_cast<OutlineKind>(row.integer(0));
    o.code = row.text(1);
    o.valid_from = row.day(2);
    if (!row.is_null(3)) o.valid_to = row.day(3);
    o.name = row.text(4);
    o.department = row.text(5);
    o.fictitious = row.boolean(6);
    FILROUGE_TRY(rings, unpack_rings(row.bytes(7)));
    o.rings = std::move(rings);
  }
  return list;
}

}  // namespace filrouge::postgresql
