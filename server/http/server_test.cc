// The listener and its sessions over real sockets on loopback, with short limits and an answerer
// of the test's own.
#include "server/http/server.h"

#include <arpa/inet.h>
#include <chrono>
#include <condition_variable>
#include <mutex>
#include <netinet/in.h>
#include <stdexcept>
#include <sys/socket.h>
#include <thread>
#include <unistd.h>

#include <gtest/gtest.h>

#include "server/http/problem.h"

namespace filrouge::http {
namespace {

// "/echo" gives the body back, "/big" three megabytes, "/throw" throws, "/wait" until opened.
class Echo : public Responder {
 public:
  Response respond(const Request& request) override {
    if (request.target == "/throw") throw std::runtime_error("planted");
    if (request.target == "/wait") {
      std::unique_lock lock(mutex_);
      ++waiting_;
      changed_.notify_all();
      changed_.wait(lock, [this] { return open_; });
    }
    Response response;
    response.content_type = "text/plain";
    response.body = request.target == "/big" ? std::string(3 << 20, 'b') : request.body;
    return response;
  }
  Response refuse(const Error& error, std::string_view) override { return problem_response(error); }
  void open() {
    const std::lock_guard lock(mutex_);
    open_ = true;
    changed_.notify_all();
  }
  void until_waiting(int count) {
    std::unique_lock lock(mutex_);
    changed_.wait(lock, [&] { return waiting_ >= count; });
  }

 private:
  std::mutex mutex_;
  std::condition_variable changed_;
  bool open_ = false;
  int waiting_ = 0;
};

class Running {
 public:
  explicit Running(ServerOptions options = {}) {
    options.port = 0;
    if (options.workers == 0) options.workers = 2;
    server_ = Server::listen(std::move(options), echo).value();
    thread_ = std::thread([this] { server_->run(); });
  }
  ~Running() {
    echo.open();
    stop();
  }
  void stop() {
    server_->stop();
    if (thread_.joinable()) thread_.join();
  }
  std::uint16_t port() const { return server_->port(); }
  void ask_to_stop() { server_->stop(); }

  Echo echo;

 private:
  std::unique_ptr<Server> server_;
  std::thread thread_;
};

class Peer {
 public:
  explicit Peer(const Running& server) : descriptor_(::socket(AF_INET, SOCK_STREAM, 0)) {
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(server.port());
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    connected_ =
        ::connect(descriptor_, reinterpret_cast<const sockaddr*>(&address), sizeof address) == 0;
    const timeval patience{10, 0};
    ::setsockopt(descriptor_, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
  }
  ~Peer() { ::close(descriptor_); }
  Peer(const Peer&) = delete;
  Peer& operator=(const Peer&) = delete;

  bool connected() const { return connected_; }
  void send(std::string_view bytes) const {
    while (!bytes.empty()) {
      const ssize_t sent = ::send(descriptor_, bytes.data(), bytes.size(), MSG_NOSIGNAL);
      if (sent <= 0) return;
      bytes.remove_prefix(static_cast<std::size_t>(sent));
    }
  }
  void end() const { ::shutdown(descriptor_, SHUT_WR); }
  // Until the server closes.
  std::string read_all() {
    std::string all = std::move(read_);
    char piece[65536];
    ssize_t got = 0;
    while ((got = ::recv(descriptor_, piece, sizeof piece, 0)) > 0)
      all.append(piece, static_cast<std::size_t>(got));
    return all;
  }
  // Until this text has come.
  std::string read_until(std::string_view text) {
    char piece[4096];
    while (read_.find(text) == read_.npos) {
      const ssize_t got = ::recv(descriptor_, piece, sizeof piece, 0);
      if (got <= 0) break;
      read_.append(piece, static_cast<std::size_t>(got));
    }
    return std::exchange(read_, {});
  }

 private:
  int descriptor_;
  bool connected_ = false;
  std::string read_;
};

std::string request(std::string_view target, std::string_view more = "",
                    std::string_view body = "") {
  std::string text = "POST " + std::string(target) + " HTTP/1.1\r\nHost: a\r\n";
  text += more;
  text += "Content-Length: " + std::to_string(body.size()) + "\r\n\r\n";
  text += body;
  return text;
}

bool has(const std::string& text, std::string_view part) { return text.find(part) != text.npos; }

TEST(Server, AnswersSeveralRequestsOnOneConnection) {
  const Running server;
  Peer peer(server);
  peer.send(request("/echo", "", "first"));
  EXPECT_TRUE(has(peer.read_until("first"), "200 OK"));
  peer.send(request("/echo", "", "second") + request("/echo", "Connection: close\r\n", "third"));
  const std::string rest = peer.read_all();
  EXPECT_TRUE(has(rest, "second"));
  EXPECT_TRUE(has(rest, "third"));
  EXPECT_TRUE(has(rest, "Connection: close"));
  EXPECT_TRUE(has(rest, "\r\nDate: "));
}

TEST(Server, AHeadHasTheLengthAndNoBody) {
  const Running server;
  Peer peer(server);
  peer.send("HEAD /big HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n");
  const std::string answer = peer.read_all();
  EXPECT_TRUE(has(answer, "Content-Length: 3145728"));
  EXPECT_TRUE(answer.ends_with("\r\n\r\n"));
}

TEST(Server, ABigAnswerArrivesWhole) {
  const Running server;
  Peer peer(server);
  peer.send(request("/big", "Connection: close\r\n"));
  const std::string answer = peer.read_all();
  EXPECT_EQ(answer.size() - answer.find("\r\n\r\n") - 4, 3u << 20);
}

TEST(Server, ASlowRequestGets408AndAnIdleConnectionIsClosedInSilence) {
  ServerOptions options;
  options.request_ms_max = 300;
  options.idle_ms_max = 300;
  const Running server(options);
  Peer slow_head(server);
  Peer slow_body(server);
  Peer idle(server);
  slow_head.send("GET / HTTP/1.1\r\nHos");
  slow_body.send("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 9\r\n\r\nabc");
  EXPECT_TRUE(has(slow_head.read_all(), "HTTP/1.1 408"));
  EXPECT_TRUE(has(slow_body.read_all(), "HTTP/1.1 408"));
  EXPECT_EQ(idle.read_all(), "");
}

TEST(Server, ABodyThatStopsHalfWayGets400AndTheServerGoesOn) {
  const Running server;
  Peer peer(server);
  peer.send("POST /echo HTTP/1.1\r\nHost: a\r\nContent-Length: 9\r\n\r\nabc");
  peer.end();
  const std::string answer = peer.read_all();
  EXPECT_TRUE(has(answer, "HTTP/1.1 400"));
  EXPECT_TRUE(has(answer, "incomplete"));
  Peer next(server);
  next.send(request("/echo", "Connection: close\r\n", "alive"));
  EXPECT_TRUE(has(next.read_all(), "alive"));
}

TEST(Server, WhoWaitsToBeToldToGoOnIsTold) {
  const Running server;
  Peer peer(server);
  peer.send(
      "POST /echo HTTP/1.1\r\nHost: a\r\nExpect: 100-continue\r\nConnection: close\r\n"
      "Content-Length: 5\r\n\r\n");
  EXPECT_TRUE(has(peer.read_until("Continue\r\n\r\n"), "100 Continue"));
  peer.send("hello");
  EXPECT_TRUE(has(peer.read_all(), "hello"));
}

TEST(Server, AFaultEndsItsRequestOnly) {
  const Running server;
  Peer peer(server);
  peer.send(request("/throw") + request("/echo", "Connection: close\r\n", "alive"));
  const std::string answer = peer.read_all();
  EXPECT_TRUE(has(answer, "HTTP/1.1 500"));
  EXPECT_FALSE(has(answer, "planted"));
  EXPECT_TRUE(has(answer, "alive"));
}

TEST(Server, AFullQueueSaysTryAgain) {
  ServerOptions options;
  options.workers = 1;
  options.queue_max = 1;
  Running server(options);
  Peer working(server);
  working.send(request("/wait", "Connection: close\r\n"));
  server.echo.until_waiting(1);
  Peer queued(server);
  queued.send(request("/echo", "Connection: close\r\n", "queued"));
  std::string refused;
  for (int i = 0; i < 100 && !has(refused, "503"); ++i) {
    std::this_thread::sleep_for(std::chrono::milliseconds(20));
    Peer one_too_many(server);
    one_too_many.send(request("/echo", "Connection: close\r\n", "x"));
    refused = one_too_many.read_until("\r\n\r\n");
  }
  EXPECT_TRUE(has(refused, "HTTP/1.1 503"));
  EXPECT_TRUE(has(refused, "Retry-After: "));
  server.echo.open();
  EXPECT_TRUE(has(working.read_all(), "200 OK"));
  EXPECT_TRUE(has(queued.read_all(), "queued"));
}

TEST(Server, MoreConnectionsThanAllowedAreClosed) {
  ServerOptions options;
  options.connections_max = 2;
  const Running server(options);
  Peer first(server);
  Peer second(server);
  first.send(request("/echo", "", "one"));
  second.send(request("/echo", "", "two"));
  EXPECT_TRUE(has(first.read_until("one"), "200"));
  EXPECT_TRUE(has(second.read_until("two"), "200"));
  Peer third(server);
  third.send(request("/echo", "", "three"));
  EXPECT_EQ(third.read_all(), "");
}

TEST(Server, AStopLetsTheRequestUnderWayFinish) {
  Running server;
  Peer busy(server);
  Peer idle(server);
  busy.send(request("/wait", "", "late"));
  server.echo.until_waiting(1);
  server.ask_to_stop();
  EXPECT_EQ(idle.read_all(), "");
  server.echo.open();
  const std::string answer = busy.read_all();
  EXPECT_TRUE(has(answer, "late"));
  EXPECT_TRUE(has(answer, "Connection: close"));
  server.stop();
}

TEST(Server, AnAddressThatIsTakenIsSaid) {
  const Running server;
  Echo echo;
  ServerOptions options;
  options.port = server.port();
  const auto second = Server::listen(std::move(options), echo);
  ASSERT_FALSE(second.ok());
  EXPECT_EQ(second.error().rule, "listen");
}

}  // namespace
}  // namespace filrouge::http
