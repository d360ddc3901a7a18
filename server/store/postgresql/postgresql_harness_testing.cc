#include "server/store/postgresql/postgresql_harness_testing.h"

#include <atomic>
#include <filesystem>

namespace filrouge {

namespace {

// Backups are made and read back with PostgreSQL's own programs, as docs/postgresql.md says.
class PostgresqlHarness final : public StoreHarness {
 public:
  Store& store() override { return *store_; }
  void reopen() override {
    store_.reset();
    store_ = open_test_store({.address = address_});
  }
  std::string backup_path() override {
    return TestServer::get().folder() + "/" + address_.database() + ".dump";
  }
  Status back_up(const std::string& path) override {
    const int status = TestServer::get().run(
        "pg_dump", {"--format=directory", "--file=" + path, url(address_.database())});
    if (status == 0) return Done{};
    return Error{Code::conflict, "path", "pg_dump", "pg_dump refused"};
  }
  std::unique_ptr<Store> open_backup(const std::string& path) override {
    const postgresql::Address copy = TestServer::get().make_database();
    EXPECT_EQ(TestServer::get().run("pg_restore", {"--dbname=" + url(copy.database()), path}), 0);
    return open_test_store({.address = copy});
  }

 private:
  static std::string url(const std::string& database) { return TestServer::get().url(database); }

  postgresql::Address address_ = TestServer::get().make_database();
  std::unique_ptr<Store> store_ = open_test_store({.address = address_, .create = true});
};

}  // namespace

std::unique_ptr<Store> open_test_store(PostgresqlOptions options) {
  static std::atomic<std::uint8_t> opened{0};
  options.hash = &test_hash;
  options.name[0] = ++opened;
  auto store = open_postgresql_store(std::move(options));
  EXPECT_TRUE(store.ok()) << store.error().rule << " " << store.error().detail;
  verify(store.ok());
  return std::move(*store);
}

std::unique_ptr<StoreHarness> make_postgresql_harness() {
  return std::make_unique<PostgresqlHarness>();
}

}  // namespace filrouge
