// What only the SQLite adapter promises: one owner of a folder, readers that touch nothing, deleted
// bytes that are gone from the files, and a failing disk that is never hidden.
#include "server/store/sqlite/sqlite_store.h"

#include <chrono>
#include <filesystem>
#include <fstream>
#include <sys/stat.h>
#include <thread>

#include <gtest/gtest.h>
#include <sqlite3.h>

#include "core/base/limits.h"
#include "server/store/sqlite/clean_vfs.h"
#include "server/store/sqlite/connection.h"
#include "server/store/sqlite/failing_vfs_testing.h"
#include "server/store/sqlite/folder.h"
#include "server/store/sqlite/sqlite_harness_testing.h"

namespace filrouge {
namespace {

namespace fs = std::filesystem;

class SqliteStoreTest : public testing::Test {
 protected:
  ~SqliteStoreTest() override { set_disk_fault(DiskFault::none); }

  std::unique_ptr<Store> create() {
    return open_test_store({.folder = folder.path(), .create = true});
  }
  std::string open_rule(SqliteOptions options) {
    options.folder = folder.path();
    options.hash = &test_hash;
    const auto store = open_sqlite_store(std::move(options));
    return store.ok() ? "ok" : store.error().rule;
  }
  Append one_entry() { return {.entries = {make_entry(random, random.id<SubjectId>())}}; }

  TestFolder folder;
  SeededRandom random{1};
};

TEST_F(SqliteStoreTest, one_program_owns_a_folder) {
  auto store = create();
  EXPECT_EQ(open_rule({}), "folder_in_use");
  EXPECT_EQ(open_rule({.read_only = true}), "ok");
  store.reset();
  EXPECT_EQ(open_rule({}), "ok");
}

TEST_F(SqliteStoreTest, an_older_program_refuses_a_newer_folder) {
  create().reset();
  const auto format = [](int version) { return "filrouge " + std::to_string(version) + "\n"; };
  EXPECT_EQ(read_file(folder.path() + "/format"), format(store_format_version));
  std::ofstream(folder.path() + "/format") << format(store_format_version + 1);
  EXPECT_EQ(open_rule({}), "newer_format");
  EXPECT_EQ(open_rule({.create = true}), "newer_format");
  EXPECT_EQ(open_rule({.read_only = true}), "newer_format");
  for (const char* text : {"filrouge\n", "filrouge x\n", "something\n", "filrouge 0\n"}) {
    std::ofstream(folder.path() + "/format") << text;
    EXPECT_EQ(open_rule({.create = true}), "format") << text;
  }
}

TEST_F(SqliteStoreTest, a_folder_is_made_only_when_asked) {
  EXPECT_EQ(open_rule({}), "no_folder");
  EXPECT_EQ(open_rule({.read_only = true}), "no_folder");
  EXPECT_TRUE(fs::is_empty(folder.path()));
  auto store = open_test_store({.folder = folder.path() + "/deep/down", .create = true});
  EXPECT_TRUE(fs::exists(journal_path(folder.path() + "/deep/down")));
}

TEST_F(SqliteStoreTest, a_folder_that_was_half_made_is_made_again) {
  std::ofstream(journal_path(folder.path())).close();
  auto store = create();
  EXPECT_TRUE(store->append(one_entry()).ok());
}

TEST_F(SqliteStoreTest, only_the_owner_reads_the_files) {
  auto store = open_test_store({.folder = folder.path() + "/data", .create = true});
  ASSERT_TRUE(store->append(one_entry()).ok());
  struct stat status{};
  ASSERT_EQ(::stat((folder.path() + "/data").c_str(), &status), 0);
  EXPECT_EQ(status.st_mode & 0777, 0700U);
  int files = 0;
  for (const auto& file : fs::directory_iterator(folder.path() + "/data")) {
    ASSERT_EQ(::stat(file.path().c_str(), &status), 0);
    EXPECT_EQ(status.st_mode & 0777, 0600U) << file.path();
    ++files;
  }
  EXPECT_EQ(files, 5);  // journal.db, its -wal and -shm, lock, format
}

TEST_F(SqliteStoreTest, a_reader_beside_the_server_changes_nothing_and_sees_what_is_written) {
  auto store = create();
  ASSERT_TRUE(store->append(one_entry()).ok());
  const auto reading = open_test_store({.folder = folder.path(), .read_only = true});
  EXPECT_EQ(reading->log_head()->size, 1U);
  ASSERT_TRUE(store->append(one_entry()).ok());
  EXPECT_EQ(reading->log_head()->size, 2U);
  EXPECT_EQ(reading->append(one_entry()).error().rule, "read_only");
  EXPECT_EQ(reading->put_communes({}).error().rule, "read_only");
  EXPECT_EQ(reading->resolve_quarantine({}, true).error().rule, "read_only");
  EXPECT_TRUE(reading->backup(folder.path() + "/copy.db").ok());
}

TEST_F(SqliteStoreTest, a_reader_after_a_crash_neither_writes_nor_checkpoints) {
  // A copy of the files of a running store is what a power cut leaves.
  auto store = create();
  const SubjectId subject = random.id<SubjectId>();
  const TestFolder crashed;
  // The WAL is emptied soon after the start: a copy taken in that moment is taken again.
  std::size_t appended = 0;
  for (bool copied = false; !copied; ++appended) {
    ASSERT_LT(appended, 100U);
    ASSERT_TRUE(store->append({.entries = {make_entry(random, subject)}}).ok());
    std::error_code error;
    for (const char* name : {"/journal.db", "/journal.db-wal", "/format"})
      if (!error)
        fs::copy_file(folder.path() + name, crashed.path() + name,
                      fs::copy_options::overwrite_existing, error);
    copied = !error && fs::file_size(crashed.path() + "/journal.db-wal") > 4'096;
  }
  const std::string journal = read_file(crashed.path() + "/journal.db");
  const std::string wal = read_file(crashed.path() + "/journal.db-wal");
  auto reading = open_test_store({.folder = crashed.path(), .read_only = true});
  EXPECT_EQ(reading->entries_of(subject)->size(), appended);
  expect_log_verifies(*reading);
  reading.reset();
  EXPECT_EQ(read_file(crashed.path() + "/journal.db"), journal);
  EXPECT_EQ(read_file(crashed.path() + "/journal.db-wal"), wal);
  // And the owner recovers it.
  const auto owner = open_test_store({.folder = crashed.path()});
  EXPECT_EQ(owner->entries_of(subject)->size(), appended);
}

TEST_F(SqliteStoreTest, the_settings_are_those_of_the_safety_notes) {
  create().reset();
  const auto pragma = [&](bool read_only, const std::string& name) {
    const auto db =
        sqlite::Connection::open({.path = journal_path(folder.path()), .read_only = read_only});
    verify(db.ok());
    return (*db)
        ->one("PRAGMA " + name, [](const sqlite::Row& row) { return row.text(0); })
        ->value_or("");
  };
  EXPECT_EQ(pragma(false, "journal_mode"), "wal");
  EXPECT_EQ(pragma(false, "synchronous"), "2");
  EXPECT_EQ(pragma(true, "query_only"), "1");
  for (const bool read_only : {false, true}) {
    EXPECT_EQ(pragma(read_only, "wal_autocheckpoint"), "0");
    EXPECT_EQ(pragma(read_only, "secure_delete"), "1");
    EXPECT_EQ(pragma(read_only, "trusted_schema"), "0");
    EXPECT_EQ(pragma(read_only, "foreign_keys"), "1");
    EXPECT_EQ(pragma(read_only, "temp_store"), "2");
  }
}

bool soon(const std::function<bool()>& happened) {
  for (int i = 0; i < 500; ++i) {
    if (happened()) return true;
    std::this_thread::sleep_for(std::chrono::milliseconds(10));
  }
  return false;
}

// Law 9: not only unlinked. The WAL is emptied while the program goes on serving.
TEST_F(SqliteStoreTest, what_was_erased_is_in_no_file_any_more) {
  auto store = create();
  const SubjectId person = random.id<SubjectId>();
  const auto pseudonym = random.id<Pseudonym>();
  SealedEntry entry = make_entry(random, person);
  entry.ciphertext = "CIPHERTEXT-OF-THE-PERSON" + std::string(2'000, 'x');
  Fact fact = make_fact(random, FactKind::contact, day_of("2026-11-20"));
  fact.person = pseudonym;
  const SubjectId round = random.id<SubjectId>();
  SealedEntry detail = make_entry(random, round);
  detail.ciphertext = "CIPHERTEXT-OF-THE-HOUR";
  ASSERT_TRUE(store
                  ->append({.entries = {entry, detail},
                            .states = {make_state(random, person, 1, "STATE-OF-THE-PERSON")},
                            .facts = {.put = {fact}}})
                  .ok());
  const auto holds = [&](const std::string& text) {
    return folder.all_bytes().find(text) != std::string::npos;
  };
  const std::string subject(person.bytes.begin(), person.bytes.end());
  const std::string pseudonym_bytes(pseudonym.bytes.begin(), pseudonym.bytes.end());
  for (const std::string& text :
       {std::string("CIPHERTEXT-OF-THE-PERSON"), std::string("CIPHERTEXT-OF-THE-HOUR"),
        std::string("STATE-OF-THE-PERSON"), subject, pseudonym_bytes})
    // Not at once: between the reading of two files the WAL may go from one into the other.
    ASSERT_TRUE(soon([&] { return holds(text); }));
  ASSERT_TRUE(store->append({.erase = Erasure{person, pseudonym}}).ok());
  EXPECT_TRUE(soon([&] { return !holds("CIPHERTEXT-OF-THE-PERSON"); }));
  EXPECT_FALSE(holds("STATE-OF-THE-PERSON"));
  EXPECT_FALSE(holds(subject));
  EXPECT_FALSE(holds(pseudonym_bytes));
  ASSERT_TRUE(store->append({.forget = {detail.envelope.id}}).ok());
  EXPECT_TRUE(soon([&] { return !holds("CIPHERTEXT-OF-THE-HOUR"); }));
}

// A crash right after the erasure: the next start ends it, while it serves.
TEST_F(SqliteStoreTest, what_a_crash_left_of_an_erased_person_in_the_wal_goes_at_the_next_start) {
  const TestFolder crashed;
  {
    auto store = create();
    const SubjectId person = random.id<SubjectId>();
    SealedEntry entry = make_entry(random, person);
    entry.ciphertext = "CIPHERTEXT-OF-THE-PERSON" + std::string(2'000, 'x');
    ASSERT_TRUE(store->append({.entries = {entry}}).ok());
    const auto reading = open_test_store({.folder = folder.path(), .read_only = true});
    auto in_the_way =
        sqlite::Connection::open({.path = journal_path(folder.path()), .read_only = true});
    ASSERT_TRUE((*in_the_way)->run("BEGIN").ok());
    ASSERT_TRUE((*in_the_way)->run("SELECT * FROM log_head").ok());
    ASSERT_TRUE(store->append({.erase = Erasure{person, random.id<Pseudonym>()}}).ok());
    for (const char* name : {"/journal.db", "/journal.db-wal", "/format"})
      fs::copy_file(folder.path() + name, crashed.path() + name);
  }
  const auto holds = [&] {
    return crashed.all_bytes().find("CIPHERTEXT-OF-THE-PERSON") != std::string::npos;
  };
  ASSERT_TRUE(holds());
  const auto store = open_test_store({.folder = crashed.path()});
  EXPECT_TRUE(soon([&] { return !holds(); }));
}

TEST_F(SqliteStoreTest, the_wal_is_folded_in_while_serving_and_at_rest) {
  auto store = create();
  const auto wal_bytes = [&] { return fs::file_size(journal_path(folder.path()) + "-wal"); };
  const auto journal_bytes = [&] { return fs::file_size(journal_path(folder.path())); };
  for (int i = 0; i < 600; ++i) {
    Append append;
    for (int j = 0; j < 20; ++j)
      append.entries.push_back(make_entry(random, random.id<SubjectId>()));
    ASSERT_TRUE(store->append(std::move(append)).ok());
  }
  EXPECT_LT(wal_bytes(), 64U << 20U);
  EXPECT_GT(journal_bytes(), 4U << 20U);
  // At rest the last pages follow within seconds.
  const SealedEntry last = make_entry(random, random.id<SubjectId>());
  ASSERT_TRUE(store->append({.entries = {last}}).ok());
  const std::string id(last.envelope.id.bytes.begin(), last.envelope.id.bytes.end());
  EXPECT_TRUE(soon([&] { return read_file(journal_path(folder.path())).find(id) != id.npos; }));
}

TEST_F(SqliteStoreTest, a_full_disk_refuses_and_recovers) {
  auto store = open_test_store({.folder = folder.path(), .create = true, .vfs = failing_vfs()});
  ASSERT_TRUE(store->append(one_entry()).ok());
  set_disk_fault(DiskFault::full);
  const Append refused = one_entry();
  const auto full = store->append(Append(refused));
  ASSERT_FALSE(full.ok());
  EXPECT_EQ(full.error().code, Code::full);
  EXPECT_EQ(store->log_head()->size, 1U);
  EXPECT_FALSE(store->find_entry(refused.entries[0].envelope.id)->has_value());
  set_disk_fault(DiskFault::none);
  EXPECT_EQ(store->append(Append(refused))->recv_seqs.front(), 2);
  expect_log_verifies(*store);
}

TEST_F(SqliteStoreTest, after_a_failed_flush_nothing_is_said_any_more) {
  std::vector<std::string> lines;
  auto store = open_test_store(
      {.folder = folder.path(),
       .create = true,
       .vfs = failing_vfs(),
       .on_disk_failure = [&](std::string_view line) { lines.emplace_back(line); }});
  ASSERT_TRUE(store->append(one_entry()).ok());
  set_disk_fault(DiskFault::flush_fails);
  EXPECT_EQ(store->append(one_entry()).error().code, Code::unavailable);
  ASSERT_EQ(lines.size(), 1U);
  EXPECT_TRUE(lines[0].starts_with("the disk failed under the journal, stopping: ")) << lines[0];
  // A later flush that seems to work proves nothing: the pages may be lost.
  set_disk_fault(DiskFault::none);
  EXPECT_EQ(store->append(one_entry()).error().rule, "disk_failed");
  EXPECT_EQ(lines.size(), 1U);
  store.reset();
  expect_log_verifies(*open_test_store({.folder = folder.path()}));
}

TEST_F(SqliteStoreTest, by_default_a_failed_flush_ends_the_program) {
  testing::GTEST_FLAG(death_test_style) = "threadsafe";
  EXPECT_EXIT(
      {
        auto store =
            open_test_store({.folder = folder.path(), .create = true, .vfs = failing_vfs()});
        set_disk_fault(DiskFault::flush_fails);
        (void)store->append(one_entry());
      },
      testing::ExitedWithCode(70), "the disk failed under the journal");
}

TEST_F(SqliteStoreTest, a_head_that_does_not_fit_the_log_is_not_served) {
  create().reset();
  {
    auto db = sqlite::Connection::open({.path = journal_path(folder.path())});
    ASSERT_TRUE((*db)->run("UPDATE log_head SET size = 1").ok());
  }
  EXPECT_EQ(open_rule({}), "damaged");
}

TEST_F(SqliteStoreTest, a_journal_of_another_version_is_not_served) {
  create().reset();
  {
    auto db = sqlite::Connection::open({.path = journal_path(folder.path())});
    ASSERT_TRUE((*db)->script("PRAGMA user_version = 4").ok());
  }
  EXPECT_EQ(open_rule({}), "other_format");
  EXPECT_EQ(open_rule({.read_only = true}), "other_format");
}

TEST_F(SqliteStoreTest, bytes_that_are_no_database_are_told) {
  create().reset();
  std::ofstream(journal_path(folder.path())) << std::string(8'192, 'x');
  EXPECT_EQ(open_rule({}), "database");
  EXPECT_EQ(open_rule({.read_only = true}), "database");
}

TEST(CleanVfs, finds_the_free_middle_of_pages_and_of_nothing_else) {
  std::vector<unsigned char> page(4'096, 0xEE);
  // A leaf of a table with two cells: pointers at 8, content from 4000.
  const std::vector<unsigned char> leaf = {0x0D, 0, 0, 0, 2, 0x0F, 0xA0, 0, 0x0F, 0xA0, 0x0F, 0xD0};
  const auto middle = [&](const std::vector<unsigned char>& head, bool first = false) {
    auto made = page;
    std::copy(head.begin(), head.end(), made.begin() + (first ? 100 : 0));
    const auto found = sqlite::free_middle(made.data(), made.size(), first);
    return std::pair(found.from, found.to);
  };
  EXPECT_EQ(middle(leaf), std::pair(std::size_t{12}, std::size_t{4'000}));
  EXPECT_EQ(middle(leaf, true), std::pair(std::size_t{112}, std::size_t{4'000}));
  const auto nothing = std::pair(std::size_t{0}, std::size_t{0});
  for (const auto& [at, byte] : {std::pair<std::size_t, unsigned char>{0, 0x00},
                                 {0, 0x0C},     // no kind of page
                                 {3, 0xFF},     // more cells than fit
                                 {5, 0xFF},     // content beyond the page
                                 {8, 0x01},     // a cell before the content
                                 {1, 0x01}}) {  // a free block before the content
    auto other = leaf;
    other[at] = byte;
    EXPECT_EQ(middle(other), nothing) << at;
  }
  EXPECT_EQ(sqlite::free_middle(page.data(), 100, true).to, 0U);
}

// The numbers in the columns: a change of order in an enumerator would change every stored row.
TEST(SqliteNumbers, stay_what_they_are) {
  EXPECT_EQ(static_cast<int>(FactKind::encounter), 0);
  EXPECT_EQ(static_cast<int>(FactKind::contact), 1);
  EXPECT_EQ(static_cast<int>(FactKind::round), 2);
  EXPECT_EQ(static_cast<int>(FactKind::watch), 3);
  EXPECT_EQ(static_cast<int>(FactKind::visit), 4);
  EXPECT_EQ(static_cast<int>(Sex::woman), 0);
  EXPECT_EQ(static_cast<int>(Sex::man), 1);
  EXPECT_EQ(static_cast<int>(Sex::other), 2);
  EXPECT_EQ(static_cast<int>(AgeBand::under_16), 0);
  EXPECT_EQ(static_cast<int>(AgeBand::from_16_to_17), 1);
  EXPECT_EQ(static_cast<int>(AgeBand::from_18_to_20), 2);
  EXPECT_EQ(static_cast<int>(AgeBand::from_21_to_25), 3);
  EXPECT_EQ(static_cast<int>(AgeBand::from_26_to_29), 4);
  EXPECT_EQ(static_cast<int>(AgeBand::from_30), 5);
  EXPECT_EQ(static_cast<int>(Collection::organisation), 0);
  EXPECT_EQ(static_cast<int>(Collection::team), 1);
  EXPECT_EQ(static_cast<int>(Collection::project), 2);
  EXPECT_EQ(static_cast<int>(Collection::place), 3);
  EXPECT_EQ(static_cast<int>(Collection::account), 4);
  EXPECT_EQ(static_cast<int>(Collection::device), 5);
  EXPECT_EQ(static_cast<int>(Collection::round), 6);
  EXPECT_EQ(static_cast<int>(Collection::person), 7);
  EXPECT_EQ(static_cast<int>(Collection::retained), 8);
  EXPECT_EQ(static_cast<int>(OutlineKind::commune), 0);
  EXPECT_EQ(static_cast<int>(OutlineKind::district), 1);
  EXPECT_EQ(static_cast<int>(SealScope::person), 0);
  EXPECT_EQ(static_cast<int>(SealScope::organisation), 1);
  EXPECT_EQ(static_cast<int>(SealScope::settings), 2);
}

}  // namespace
}  // namespace filrouge
