// A SQLite store in a folder of its own under the system's temporary folder, removed at the end.
// Used by the contract suite and by the tests of what only SQLite does.
#pragma once

#include <memory>
#include <string>

#include "server/store/contract/store_contract_testing.h"
#include "server/store/sqlite/sqlite_store.h"

namespace filrouge {

class TestFolder {
 public:
  TestFolder();
  ~TestFolder();
  TestFolder(const TestFolder&) = delete;
  TestFolder& operator=(const TestFolder&) = delete;
  const std::string& path() const { return path_; }
  // All bytes of all files below, one after another.
  std::string all_bytes() const;

 private:
  std::string path_;
};

std::string read_file(const std::string& path);

// Fails the test when the store does not open.
std::unique_ptr<Store> open_test_store(SqliteOptions options);
std::unique_ptr<StoreHarness> make_sqlite_harness();

}  // namespace filrouge
