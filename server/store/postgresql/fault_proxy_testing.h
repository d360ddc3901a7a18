// Stands between the store and the server of the tests, on a socket of its own, and cuts the
// connection at the one moment that matters: on the way of a COMMIT, or on the way back of its
// answer. What it cuts is decided by what it sees, not by time.
//
//   FaultProxy proxy(TestServer::get());
//   proxy.cut_answer_of_commits(1);       // the next one takes place, and its answer is lost
#pragma once

#include <atomic>
#include <list>
#include <string>
#include <thread>

#include "server/store/postgresql/postgresql_server_testing.h"

namespace filrouge {

class FaultProxy {
 public:
  explicit FaultProxy(const TestServer& server);
  ~FaultProxy();
  FaultProxy(const FaultProxy&) = delete;
  FaultProxy& operator=(const FaultProxy&) = delete;

  // The same database, reached through here.
  postgresql::Address through(const postgresql::Address& address) const;
  void cut_commits(int times) { before_ = times; }
  void cut_answer_of_commits(int times) { after_ = times; }
  // Until then nobody is let through.
  void refuse(bool refuses) { refuses_ = refuses; }
  int cuts() const { return cuts_; }

 private:
  struct Pair {
    int client;
    int server;
    std::string last_from_client;  // a few bytes, for a word that comes in two pieces
    std::string last_from_server;
    bool closed = false;
  };
  void run();
  void accept_one();
  void pass_on(Pair& pair, bool from_client);

  std::string folder_;
  std::string server_socket_;
  int listener_ = -1;
  int wake_[2] = {-1, -1};
  std::list<Pair> pairs_;
  std::atomic<int> before_{0};
  std::atomic<int> after_{0};
  std::atomic<int> cuts_{0};
  std::atomic<bool> refuses_{false};
  std::atomic<bool> stopping_{false};
  std::thread thread_;
};

}  // namespace filrouge
