// docs/what-a-thief-reads.md against the tables of PostgreSQL: a column that the page does not
// name, or one of its own that is not there any more.
#include <fstream>
#include <set>
#include <sstream>

#include <gtest/gtest.h>

#include "server/crypto/sodium_crypto.h"
#include "server/crypto/system_environment.h"
#include "server/store/postgresql/postgresql_harness_testing.h"
#include "server/store/postgresql/postgresql_keys.h"

namespace filrouge {
namespace {

using Columns = std::set<std::string>;  // "table.column"

std::string trimmed(const std::string& cell) {
  const auto first = cell.find_first_not_of(' ');
  return first == cell.npos ? "" : cell.substr(first, cell.find_last_not_of(' ') - first + 1);
}

// The rows under these headings of the page.
Columns columns_of_page(const std::set<std::string>& headings) {
  std::ifstream page(std::string(FILROUGE_ROOT) + "/docs/what-a-thief-reads.md");
  Columns columns;
  bool here = false;
  for (std::string line; std::getline(page, line);) {
    if (line.starts_with("#")) here = headings.contains(line);
    if (!here || !line.starts_with("| ") || line.starts_with("| table |")) continue;
    std::istringstream cells(line.substr(1));
    std::string table;
    std::string column;
    std::getline(std::getline(cells, table, '|'), column, '|');
    columns.insert(trimmed(table) + "." + trimmed(column));
  }
  return columns;
}

Columns columns_of(const postgresql::Address& address) {
  std::istringstream words(
      TestServer::get().tell(address.database(),
                             "SELECT string_agg(table_name || '.' || column_name, ' ') "
                             "FROM information_schema.columns WHERE table_schema = 'public'"));
  Columns columns;
  for (std::string word; words >> word;) columns.insert(word);
  return columns;
}

TEST(Thief, finds_in_the_databases_what_the_page_names) {
  const postgresql::Address journal = TestServer::get().make_database();
  const postgresql::Address keys = TestServer::get().make_database();
  const auto crypto = make_sodium_crypto();
  const auto random = make_system_random();
  ASSERT_NE(open_test_store({.address = journal, .create = true}), nullptr);
  ASSERT_TRUE(open_postgresql_keys({.address = keys, .create = true}, *crypto, *random).ok());
  Columns found = columns_of(journal);
  found.merge(columns_of(keys));
  EXPECT_GT(found.size(), 90U);
  const Columns named = columns_of_page({"## journal.db", "## keys.db", "## PostgreSQL"});
  for (const std::string& column : found) EXPECT_TRUE(named.contains(column)) << column;
  const Columns own = columns_of_page({"## PostgreSQL"});
  EXPECT_FALSE(own.empty());
  for (const std::string& column : own) EXPECT_TRUE(found.contains(column)) << column;
}

}  // namespace
}  // namespace filrouge
