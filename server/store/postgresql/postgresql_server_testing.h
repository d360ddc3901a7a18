// A PostgreSQL server of the tests' own, from Debian's package: in a folder and on a socket that
// nobody else sees, as user postgres when the tests run as root, gone when they end, however they
// end. It does not flush: what a crash leaves is tried in test/failover, on servers that do.
//
//   TestServer& server = TestServer::get();
//   auto address = server.make_database();      // empty, of its own
#pragma once

#include <string>
#include <sys/types.h>
#include <vector>

#include "server/store/postgresql/address.h"

namespace filrouge {

class TestServer {
 public:
  // Started at the first call.
  static TestServer& get();
  ~TestServer();
  TestServer(const TestServer&) = delete;
  TestServer& operator=(const TestServer&) = delete;

  // A fresh, empty database.
  postgresql::Address make_database();
  std::string url(const std::string& database) const;
  const std::string& folder() const { return folder_; }
  std::string socket() const { return folder_ + "/.s.PGSQL.5432"; }
  // Statements of a superuser, stops the tests when refused; the first column of the first row.
  std::string tell(const std::string& database, const std::string& text) const;
  // One of the server's own programs, with its connection; its exit status.
  int run(const std::string& program, std::vector<std::string> arguments) const;
  // Stops as a crash does, and starts again on what is there: both by the thread that called get()
  // first, with whose end the server ends.
  void crash();
  void start();
  // Stands still, as a machine does whose disk hangs; goes on.
  void freeze() const;
  void thaw() const;

 private:
  TestServer();
  void signal_all(int signal) const;
  pid_t launch(const std::vector<std::string>& command) const;

  std::string folder_;
  std::string programs_;
  pid_t server_ = -1;
  int databases_ = 0;
};

}  // namespace filrouge
