#include "server/store/sqlite/sqlite_harness_testing.h"

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <sstream>

#include "server/store/sqlite/folder.h"

namespace filrouge {

namespace fs = std::filesystem;

TestFolder::TestFolder() {
  std::string path = (fs::temp_directory_path() / "filrouge-store-XXXXXX").string();
  verify(::mkdtemp(path.data()) != nullptr);
  path_ = path;
}

TestFolder::~TestFolder() {
  std::error_code error;
  fs::remove_all(path_, error);
}

std::string read_file(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  std::stringstream text;
  text << file.rdbuf();
  return text.str();
}

std::string TestFolder::all_bytes() const {
  std::string all;
  for (const auto& entry : fs::recursive_directory_iterator(path_)) {
    if (entry.is_regular_file()) all += read_file(entry.path().string());
  }
  return all;
}

std::unique_ptr<Store> open_test_store(SqliteOptions options) {
  options.hash = &test_hash;
  auto store = open_sqlite_store(std::move(options));
  EXPECT_TRUE(store.ok()) << store.error().rule << " " << store.error().detail;
  verify(store.ok());
  return std::move(*store);
}

namespace {

class SqliteHarness final : public StoreHarness {
 public:
  Store& store() override { return *store_; }
  void reopen() override {
    store_.reset();
    store_ = open_test_store({.folder = folder_.path()});
  }
  std::string backup_path() override {
    fs::create_directories(folder_.path() + "/backup");
    return journal_path(folder_.path() + "/backup");
  }
  std::unique_ptr<Store> open_backup(const std::string& path) override {
    const std::string folder = fs::path(path).parent_path().string();
    EXPECT_TRUE(write_format(folder).ok());
    return open_test_store({.folder = folder});
  }

 private:
  TestFolder folder_;
  std::unique_ptr<Store> store_ = open_test_store({.folder = folder_.path(), .create = true});
};

}  // namespace

std::unique_ptr<StoreHarness> make_sqlite_harness() { return std::make_unique<SqliteHarness>(); }

}  // namespace filrouge
