#include "server/store/postgresql/postgresql_server_testing.h"

#include <algorithm>
#include <chrono>
#include <csignal>
#include <cstdlib>
#include <fcntl.h>
#include <filesystem>
#include <fstream>
#include <grp.h>
#include <libpq-fe.h>
#include <memory>
#include <pwd.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <thread>
#include <unistd.h>

#include <gtest/gtest.h>

namespace filrouge {

namespace fs = std::filesystem;

namespace {

constexpr auto kStartPatience = std::chrono::seconds(60);

// /usr/lib/postgresql/15/bin
std::string find_programs() {
  std::string found;
  std::error_code none;
  for (const auto& version : fs::directory_iterator("/usr/lib/postgresql", none))
    if (fs::exists(version.path() / "bin/initdb"))
      found = std::max(found, (version.path() / "bin").string());
  if (found.empty()) {
    std::fprintf(stderr, "the package postgresql is not installed\n");
    std::abort();
  }
  return found;
}

// The servers of the tests do not run as root, and PostgreSQL would refuse it.
const passwd* server_user() {
  if (::geteuid() != 0) return nullptr;
  const passwd* user = ::getpwnam("postgres");
  verify(user != nullptr);
  return user;
}

int wait_for(pid_t child) {
  int status = 0;
  while (::waitpid(child, &status, 0) < 0 && errno == EINTR) {
  }
  return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

}  // namespace

TestServer& TestServer::get() {
  static TestServer server;
  return server;
}

TestServer::TestServer() : programs_(find_programs()) {
  std::string path = (fs::temp_directory_path() / "filrouge-pg-XXXXXX").string();
  verify(::mkdtemp(path.data()) != nullptr);
  folder_ = path;
  if (const passwd* user = server_user())
    verify(::chown(folder_.c_str(), user->pw_uid, user->pw_gid) == 0);
  verify(wait_for(launch({programs_ + "/initdb", "-D", folder_ + "/data", "-U", "filrouge",
                          "--auth=trust", "--no-sync", "--encoding=UTF8", "--locale=C.UTF-8"})) ==
         0);
  start();
}

TestServer::~TestServer() {
  ::kill(server_, SIGINT);
  wait_for(server_);
  std::error_code error;
  fs::remove_all(folder_, error);
}

// The child ends with this program.
pid_t TestServer::launch(const std::vector<std::string>& command) const {
  const passwd* user = server_user();
  std::vector<char*> words;
  for (const std::string& word : command) words.push_back(const_cast<char*>(word.c_str()));
  words.push_back(nullptr);
  const std::string log = folder_ + "/log";
  const pid_t child = ::fork();
  verify(child >= 0);
  if (child > 0) return child;
  if (user != nullptr &&
      (::setgroups(0, nullptr) != 0 || ::setgid(user->pw_gid) != 0 || ::setuid(user->pw_uid) != 0))
    ::_exit(126);
  ::prctl(PR_SET_PDEATHSIG, SIGQUIT);
  const int file = ::open(log.c_str(), O_WRONLY | O_CREAT | O_APPEND, 0600);
  ::dup2(file, STDOUT_FILENO);
  ::dup2(file, STDERR_FILENO);
  ::setpgid(0, 0);  // what interrupts the tests is for the tests
  ::execv(words[0], words.data());
  ::_exit(127);
}

void TestServer::start() {
  server_ = launch({programs_ + "/postgres", "-D", folder_ + "/data", "-k", folder_, "-c",
                    "listen_addresses=", "-c", "fsync=off", "-c", "shared_buffers=32MB", "-c",
                    "autovacuum_naptime=1s", "-c", "max_connections=60"});
  const auto deadline = std::chrono::steady_clock::now() + kStartPatience;
  while (PQping(url("postgres").c_str()) != PQPING_OK) {
    verify(std::chrono::steady_clock::now() < deadline);
    std::this_thread::sleep_for(std::chrono::milliseconds(20));
  }
}

void TestServer::crash() {
  ::kill(server_, SIGQUIT);
  wait_for(server_);
}

// Its processes are sessions of their own: found by whose children they are.
void TestServer::signal_all(int signal) const {
  ::kill(server_, signal);
  std::ifstream children("/proc/" + std::to_string(server_) + "/task/" + std::to_string(server_) +
                         "/children");
  for (pid_t child = 0; children >> child;) ::kill(child, signal);
}

void TestServer::freeze() const { signal_all(SIGSTOP); }
void TestServer::thaw() const { signal_all(SIGCONT); }

std::string TestServer::url(const std::string& database) const {
  return "postgresql:///" + database + "?user=filrouge&host=" + folder_;
}

postgresql::Address TestServer::make_database() {
  const std::string name = "t" + std::to_string(++databases_);
  tell("postgres", "CREATE DATABASE " + name + " STRATEGY file_copy");
  return *postgresql::Address::parse(url(name));
}

std::string TestServer::tell(const std::string& database, const std::string& text) const {
  const std::unique_ptr<PGconn, decltype(&PQfinish)> connection(PQconnectdb(url(database).c_str()),
                                                                &PQfinish);
  const std::unique_ptr<PGresult, decltype(&PQclear)> answer(PQexec(connection.get(), text.c_str()),
                                                             &PQclear);
  const ExecStatusType status = PQresultStatus(answer.get());
  EXPECT_TRUE(status == PGRES_COMMAND_OK || status == PGRES_TUPLES_OK)
      << PQerrorMessage(connection.get());
  verify(status == PGRES_COMMAND_OK || status == PGRES_TUPLES_OK);
  return PQntuples(answer.get()) > 0 ? PQgetvalue(answer.get(), 0, 0) : "";
}

int TestServer::run(const std::string& program, std::vector<std::string> arguments) const {
  arguments.insert(arguments.begin(), programs_ + "/" + program);
  return wait_for(launch(arguments));
}

}  // namespace filrouge
