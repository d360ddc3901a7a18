// docs/what-a-thief-reads.md against the tables: a new column must be named there, with what a
// thief of the folder learns from it; and what is called sealed must not be readable.
#include <filesystem>
#include <map>
#include <sstream>

#include <gtest/gtest.h>

#include "server/crypto/sodium_crypto.h"
#include "server/crypto/system_environment.h"
#include "server/store/sqlite/connection.h"
#include "server/store/sqlite/folder.h"
#include "server/store/sqlite/sqlite_harness_testing.h"
#include "server/store/sqlite/sqlite_keys.h"

namespace filrouge {
namespace {

using sqlite::Connection;
using sqlite::Row;

// "table.column" to "clear", "keyed" or "sealed".
using Columns = std::map<std::string, std::string>;

std::vector<std::string> cells_of(const std::string& line) {
  std::vector<std::string> cells;
  std::istringstream parts(line);
  for (std::string cell; std::getline(parts, cell, '|');) {
    const auto first = cell.find_first_not_of(' ');
    const auto last = cell.find_last_not_of(' ');
    cells.push_back(first == cell.npos ? "" : cell.substr(first, last - first + 1));
  }
  return cells;
}

// The rows under the heading "## journal.db" or "## keys.db".
Columns columns_of_page(const std::string& database) {
  std::istringstream page(read_file(std::string(FILROUGE_ROOT) + "/docs/what-a-thief-reads.md"));
  Columns columns;
  bool here = false;
  for (std::string line; std::getline(page, line);) {
    if (line.starts_with("#")) here = line == "## " + database;
    if (!here || !line.starts_with("| ") || line.starts_with("| table |")) continue;
    const auto cells = cells_of(line);
    EXPECT_EQ(cells.size(), 5U) << line;
    EXPECT_TRUE(cells[3] == "clear" || cells[3] == "keyed" || cells[3] == "sealed") << line;
    EXPECT_FALSE(cells[4].empty()) << line;
    EXPECT_TRUE(columns.emplace(cells[1] + "." + cells[2], cells[3]).second) << line;
  }
  return columns;
}

std::vector<std::string> columns_of_tables(Connection& db) {
  std::vector<std::string> names;
  EXPECT_TRUE(db.each("SELECT t.name || '.' || c.name FROM sqlite_schema t "
                      "JOIN pragma_table_info(t.name) c WHERE t.type = 'table'",
                      [&](const Row& row) { names.push_back(row.text(0)); })
                  .ok());
  return names;
}

class Thief : public testing::Test {
 protected:
  std::unique_ptr<Connection> steal(const std::string& path) {
    auto opened = Connection::open({.path = path, .read_only = true});
    verify(opened.ok());
    return std::move(*opened);
  }
  void compare(const std::string& path, const std::string& database) {
    const auto db = steal(path);
    Columns page = columns_of_page(database);
    for (const std::string& column : columns_of_tables(*db))
      EXPECT_EQ(page.erase(column), 1U) << column << " is not in docs/what-a-thief-reads.md";
    for (const auto& [column, is] : page)
      ADD_FAILURE() << column << " is in docs/what-a-thief-reads.md and in no table";
  }

  TestFolder folder;
  SeededRandom random{3};
  std::unique_ptr<Crypto> crypto = make_sodium_crypto();
  std::unique_ptr<Random> system_random = make_system_random();
  std::unique_ptr<Store> store = open_test_store({.folder = folder.path(), .create = true});
  std::unique_ptr<Keys> keys =
      *open_sqlite_keys({.folder = folder.path(), .create = true}, *crypto, *system_random);
};

TEST_F(Thief, the_page_names_every_column_of_the_journal) {
  compare(journal_path(folder.path()), "journal.db");
}

TEST_F(Thief, the_page_names_every_column_of_the_keys) {
  compare(keys_path(folder.path()), "keys.db");
}

TEST_F(Thief, no_other_file_lies_in_the_folder) {
  std::vector<std::string> names;
  for (const auto& file : std::filesystem::directory_iterator(folder.path()))
    names.push_back(file.path().filename().string());
  std::sort(names.begin(), names.end());
  EXPECT_EQ(names,
            (std::vector<std::string>{"format", "journal.db", "journal.db-shm", "journal.db-wal",
                                      "keys.db", "keys.db-shm", "keys.db-wal", "lock"}));
}

// Each sealed column of keys.db, row by row: it opens under no key that lies in the folder, it
// never repeats, and its length is that of nonce, text and tag.
TEST_F(Thief, what_is_called_sealed_in_the_keys_is_sealed) {
  const SubjectId person = random.id<SubjectId>();
  ASSERT_TRUE(keys->current(SealScope::person, person).ok());
  ASSERT_TRUE(keys->current(SealScope::person, random.id<SubjectId>()).ok());
  ASSERT_TRUE(keys->destroy(person).ok());
  ASSERT_TRUE(keys->put_credential({person, "PASSWORD-TEXT", "CODE-TEXT", {}}).ok());
  ASSERT_TRUE(keys->put_device({Bytes32{}, person, person}).ok());
  const auto db = steal(keys_path(folder.path()));
  int rows = 0;
  std::vector<std::string> seen;
  for (const auto& [column, is] : columns_of_page("keys.db")) {
    if (is != "sealed") continue;
    const std::string table = column.substr(0, column.find('.'));
    ASSERT_TRUE(db->each_once("SELECT sealed FROM " + table, {}, [&](const Row& row) {
                    ++rows;
                    const std::string sealed = row.text(0);
                    EXPECT_GE(sealed.size(), 24 + 8 + 16U) << table;
                    EXPECT_EQ(sealed.find("TEXT"), sealed.npos) << table;
                    EXPECT_EQ(std::find(seen.begin(), seen.end(), sealed), seen.end()) << table;
                    EXPECT_FALSE(crypto->open(Bytes32{}, "", sealed).ok());
                    seen.push_back(sealed);
                  }).ok());
  }
  EXPECT_EQ(rows, 6 + 1 + 1 + 1 + 1);  // secrets, keys, destroyed, credentials, devices
}

}  // namespace
}  // namespace filrouge
