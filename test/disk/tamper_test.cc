// Somebody who can write the folder, and has no key, changes the journal TAMPER_TIMES (60) times,
// each time otherwise: one value of a row, a row less, a row more, two rows in each other's place,
// with the leaves and the head made to fit as well as can be done without a key (safety.md T23).
// `verify` finds every one of them. TAMPER_SEED (1).
#include <filesystem>
#include <fstream>

#include <gtest/gtest.h>

#include "server/app/checkpoint.h"
#include "server/app/sealing.h"
#include "server/store/sqlite/append.h"
#include "server/store/sqlite/connection.h"
#include "server/store/sqlite/folder.h"
#include "test/disk/street_testing.h"

namespace filrouge {
namespace {

using sqlite::Blob;
using sqlite::Connection;
using sqlite::Row;

// A column whose every change must be found; rows of the log, of entries and of what is folded.
struct Column {
  std::string table;
  std::string name;
  std::string among = "1";  // which rows
};
const std::vector<Column>& columns() {
  static const std::vector<Column> list = [] {
    std::vector<Column> made = {{"log", "leaf"}, {"log_head", "size"}, {"log_head", "subtrees"}};
    for (const char* name :
         {"recv_seq", "id", "subject", "organisation", "author", "device", "device_sequence",
          "hlc_ms", "hlc_counter", "received", "key", "salt", "ciphertext"})
      made.push_back({"entries", name});
    // Collections 6 and 7, rounds and persons, are those that people read.
    for (const char* name : {"subject", "collection", "version", "key", "sealed"})
      made.push_back({"states", name});
    made.push_back({"states", "organisation", "collection IN (0, 1, 4, 5, 7)"});
    made.push_back({"states", "team", "collection = 7"});
    for (const char* name : {"kind", "day", "entry", "organisation", "team", "commune", "sex",
                             "age_band", "counts", "outside", "number", "minutes", "person"})
      made.push_back({"facts", name});
    for (const char* name : {"sex", "age_band", "identified"}) made.push_back({"persons", name});
    made.push_back({"ids", "recv_seq", "recv_seq IN (SELECT recv_seq FROM entries)"});
    made.push_back({"quarantine", "sealed", "resolved = 0 AND length(sealed) > 0"});
    return made;
  }();
  return list;
}

class Tamper : public testing::Test {
 protected:
  Tamper() {
    torn_disk().load({});
    Street street(node, seed);
    for (int i = 0; i < 90; ++i) EXPECT_TRUE(street.step());
    EXPECT_EQ(node.verify().findings, std::vector<std::string>{});
    EXPECT_TRUE(value(keep_checkpoint(node.app())));
    node.stop();
    std::ifstream in(journal_path(node.folder()), std::ios::binary);
    whole.assign(std::istreambuf_iterator<char>(in), {});
  }
  std::unique_ptr<Connection> open() {
    auto db = Connection::open({.path = journal_path(node.folder())});
    verify(db.ok());
    // What somebody with another program is not held back by.
    verify((*db)->script("PRAGMA foreign_keys=OFF").ok());
    return std::move(*db);
  }
  void put_back() {
    std::ofstream out(journal_path(node.folder()), std::ios::binary | std::ios::trunc);
    out << whole;
  }
  std::int64_t below(std::int64_t bound) { return random.below(bound); }
  std::int64_t number(Connection& db, const std::string& sql) {
    std::int64_t found = 0;
    EXPECT_TRUE(db.each_once(sql, {}, [&](const Row& row) { found = row.integer(0); }).ok()) << sql;
    return found;
  }
  std::int64_t some_entry(Connection& db) {
    return number(db, "SELECT recv_seq FROM entries ORDER BY recv_seq LIMIT 1 OFFSET " +
                          std::to_string(below(number(db, "SELECT count(*) FROM entries"))));
  }
  bool flip(Connection& db);
  void remove(Connection& db);
  void insert(Connection& db);
  void reorder(Connection& db);
  void fit_head(Connection& db);

  std::uint64_t seed = static_cast<std::uint64_t>(wanted("TAMPER_SEED", 1));
  TestNode node;
  SeededRandom random{seed};
  std::string whole;
  std::string what;
};

// False where the value drawn is the same as before.
bool Tamper::flip(Connection& db) {
  const Column& column =
      columns()[static_cast<std::size_t>(below(static_cast<std::int64_t>(columns().size())))];
  what = "flip " + column.table + "." + column.name;
  const std::string from = " FROM " + column.table + " WHERE " + column.among;
  const std::int64_t rows = number(db, "SELECT count(*)" + from);
  if (rows == 0) return false;
  const std::string key = column.table == "facts"     ? "entry"
                          : column.table == "persons" ? "person"
                          : column.table == "ids"     ? "id"
                                                      : "rowid";
  std::string row;
  std::string kind;
  std::string text;
  EXPECT_TRUE(db.each_once("SELECT hex(" + key + "), " + key + ", typeof(" + column.name + "), " +
                               column.name + from + " LIMIT 1 OFFSET " +
                               std::to_string(below(rows)),
                           {},
                           [&](const Row& found) {
                             row = key == "rowid" ? std::to_string(found.integer(1))
                                                  : "x'" + found.text(0) + "'";
                             kind = found.text(2);
                             text = found.text(3);
                           })
                  .ok());
  std::string changed;
  if (kind == "blob") {
    if (text.empty()) return false;
    std::string bytes = text;
    const auto at = static_cast<std::size_t>(below(static_cast<std::int64_t>(bytes.size())));
    bytes[at] = static_cast<char>(bytes[at] ^ (1 << below(8)));
    changed =
        "x'" + to_hex(reinterpret_cast<const std::uint8_t*>(bytes.data()), bytes.size()) + "'";
  } else if (kind == "null") {
    const bool is_text = column.name == "commune";
    changed = is_text ? "'37261'" : column.name == "person" ? "zeroblob(16)" : "1";
  } else if (kind == "text") {
    changed = "'99999'";
  } else {
    const bool yes_or_no =
        column.name == "counts" || column.name == "outside" || column.name == "identified";
    changed = std::to_string(std::atoll(text.c_str()) ^ (1LL << (yes_or_no ? 0 : below(3))));
  }
  const auto done = db.run("UPDATE OR IGNORE " + column.table + " SET " + column.name + " = " +
                           changed + " WHERE " + key + " = " + row);
  EXPECT_TRUE(done.ok()) << done.error().detail << " " << what;
  what += " of " + row;
  return db.changes() == 1;
}

// The head that the leaves give: nobody needs a key for it.
void Tamper::fit_head(Connection& db) {
  MerkleFrontier frontier;
  EXPECT_TRUE(db.each("SELECT leaf FROM log ORDER BY recv_seq", [&](const Row& row) {
                  frontier.append(node.crypto->hash_function(), row.array<Bytes32>(0));
                }).ok());
  EXPECT_TRUE(sqlite::write_log_head(db, frontier).ok());
}

void Tamper::remove(Connection& db) {
  const std::int64_t how = below(4);
  what = "remove " + std::to_string(how);
  // The newest, with everything that would show it is missing.
  const std::int64_t entry =
      how == 3 ? number(db, "SELECT max(recv_seq) FROM entries") : some_entry(db);
  const std::string at = std::to_string(entry);
  what += " of " + at;
  const auto run = [&](const std::string& sql) { EXPECT_TRUE(db.run(sql).ok()) << sql; };
  if (how == 2) {  // as an erasure would leave it
    const std::string subject = "(SELECT subject FROM entries WHERE recv_seq = " + at + ")";
    run("DELETE FROM facts WHERE entry IN (SELECT id FROM entries WHERE subject = " + subject +
        ")");
    run("DELETE FROM states WHERE subject = " + subject);
    run("DELETE FROM tokens WHERE subject = " + subject);
    run("DELETE FROM entries WHERE subject = " + subject);
    return;
  }
  if (how == 3) {
    run("DELETE FROM facts WHERE entry = (SELECT id FROM entries WHERE recv_seq = " + at + ")");
    run("DELETE FROM log WHERE recv_seq >= " + at);
    run("DELETE FROM ids WHERE recv_seq >= " + at);
  }
  run("DELETE FROM entries WHERE recv_seq = " + at);
  if (how == 1) run("DELETE FROM log WHERE recv_seq = " + at);
  if (how == 3) fit_head(db);
}

void Tamper::insert(Connection& db) {
  const std::int64_t how = below(3);
  const std::int64_t entry = some_entry(db);
  const std::int64_t next = number(db, "SELECT max(recv_seq) + 1 FROM log");
  what = "insert " + std::to_string(how) + " from " + std::to_string(entry);
  // The same again under another id, with a leaf that fits where `how` says so.
  SealedEntry copy;
  EXPECT_TRUE(db.each(
                    "SELECT subject, organisation, author, device, received, key, ciphertext "
                    "FROM entries WHERE recv_seq = ?",
                    [&](const Row& row) {
                      copy.envelope.subject = row.id<SubjectId>(0);
                      copy.envelope.organisation = row.id<SubjectId>(1);
                      copy.envelope.author = row.id<SubjectId>(2);
                      copy.envelope.device = row.id<SubjectId>(3);
                      copy.envelope.received = Instant{row.integer(4)};
                      copy.envelope.key = row.id<KeyId>(5);
                      copy.ciphertext = row.text(6);
                    },
                    entry)
                  .ok());
  copy.envelope.id = random.id<EntryId>();
  random.fill(copy.salt);
  const Bytes32 sealed = node.crypto->hash(copy.ciphertext);
  std::string data(copy.salt.begin(), copy.salt.end());
  data += associated_data(copy.envelope);
  data.append(sealed.begin(), sealed.end());
  copy.leaf = merkle_leaf(node.crypto->hash_function(), data);
  if (how == 0) random.fill(copy.leaf);
  const auto& e = copy.envelope;
  EXPECT_TRUE(db.run("INSERT INTO log VALUES (?, ?)", next, copy.leaf).ok());
  EXPECT_TRUE(db.run("INSERT INTO ids (id, recv_seq, undone) VALUES (?, ?, 0)", e.id, next).ok());
  EXPECT_TRUE(db.run("INSERT INTO entries VALUES (?, ?, ?, ?, ?, ?, 0, 0, 0, ?, ?, ?, ?)", next,
                     e.id, e.subject, e.organisation, e.author, e.device, e.received, e.key,
                     copy.salt, Blob{copy.ciphertext})
                  .ok());
  if (how == 2) fit_head(db);
}

void Tamper::reorder(Connection& db) {
  const std::int64_t how = below(3);
  const std::int64_t one = some_entry(db);
  std::int64_t other = some_entry(db);
  while (other == one) other = some_entry(db);
  what = "reorder " + std::to_string(how) + " " + std::to_string(one) + " and " +
         std::to_string(other);
  const auto swap = [&](const std::string& table) {
    for (const auto& [from, to] : {std::pair(one, std::int64_t{-1}), std::pair(other, one),
                                   std::pair(std::int64_t{-1}, other)})
      EXPECT_TRUE(
          db.run("UPDATE " + table + " SET recv_seq = ? WHERE recv_seq = ?", to, from).ok());
  };
  swap("entries");
  swap("ids");
  if (how >= 1) swap("log");
  if (how == 2) fit_head(db);
}

TEST_F(Tamper, EveryChangeIsFound) {
  const std::int64_t times = wanted("TAMPER_TIMES", 60);
  std::int64_t done = 0;
  while (done < times) {
    {
      auto db = open();
      const std::int64_t dice = below(4);
      if (dice == 0 && !flip(*db)) {
        db.reset();
        put_back();
        continue;
      }
      if (dice == 1) remove(*db);
      if (dice == 2) insert(*db);
      if (dice == 3) reorder(*db);
    }
    node.restart_read_only();
    ASSERT_TRUE(node.is_running());
    const auto report = verify_folder(node.app());
    // Where the file is so wrong that it cannot be walked, that is what is found.
    EXPECT_TRUE(!report.ok() || !report->findings.empty())
        << what << ", TAMPER_SEED=" << seed << " number " << done;
    node.stop();
    put_back();
    ++done;
  }
  node.restart_read_only();
  EXPECT_EQ(node.verify().findings, std::vector<std::string>{})
      << "nothing is found where nothing is";
  tell_evidence("tampering", done, "rows flipped, deleted, inserted, put elsewhere");
}

// One byte anywhere in the file: found, or the tables say exactly what they said.
TEST_F(Tamper, AByteOfTheFile) {
  const auto dump = [&]() -> std::string {
    auto db = Connection::open({.path = journal_path(node.folder()), .read_only = true});
    if (!db.ok()) return "does not open";
    std::string all;
    for (const char* table : {"log", "log_head", "entries", "ids", "states", "tokens", "facts",
                              "persons", "quarantine", "ledger", "ledger_subjects"}) {
      const auto read =
          (*db)->each_once("SELECT * FROM " + std::string(table), {}, [&](const Row& row) {
            for (int i = 0; i < 20; ++i) all += row.text(i) + "|";
          });
      if (!read.ok()) return "damaged";
    }
    const auto whole_file =
        (*db)->one("PRAGMA integrity_check", [](const Row& row) { return row.text(0); });
    return whole_file.ok() && *whole_file == "ok" ? all : "damaged";
  };
  const std::string before = dump();
  ASSERT_GT(before.size(), 10'000U);
  const std::int64_t times = wanted("TAMPER_TIMES", 60) / 4;
  int silent = 0;
  int found = 0;
  for (std::int64_t i = 0; i < times; ++i) {
    std::string changed = whole;
    const auto at = static_cast<std::size_t>(below(static_cast<std::int64_t>(changed.size())));
    changed[at] = static_cast<char>(changed[at] ^ (1 << below(8)));
    {
      std::ofstream out(journal_path(node.folder()), std::ios::binary | std::ios::trunc);
      out << changed;
    }
    const std::string after = dump();
    if (after == before) {
      ++silent;  // a byte that nothing reads: free space, the header's counters
    } else if (after == "damaged" || after == "does not open") {
      ++found;
    } else {
      node.restart_read_only();
      if (!node.is_running()) return;
      const auto report = verify_folder(node.app());
      const bool is_found = !report.ok() || !report->findings.empty();
      found += is_found ? 1 : 0;
      silent += is_found ? 0 : 1;
      node.stop();
    }
    put_back();
  }
  EXPECT_GT(found, times / 4);
  tell_evidence("flipped_bytes", found,
                std::to_string(silent) + " more changed nothing that is read");
}

}  // namespace
}  // namespace filrouge
