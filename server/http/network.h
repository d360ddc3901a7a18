// What the connections of one server share, on the network thread only (the pools excepted): the
// loop, the site, the sessions that live, the bytes of bodies being read. Internal to this room.
//
// Coroutine rules (stack.md 2.3): only named locals as arguments, nothing built in place, no
// co_await inside ?:, || or an initializer list, no capturing lambda that is a coroutine.
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <set>

#include <boost/asio/awaitable.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/local/stream_protocol.hpp>
#include <boost/asio/signal_set.hpp>
#include <boost/asio/steady_timer.hpp>

#include "server/http/server.h"
#include "server/http/worker_pool.h"

namespace filrouge::http {

namespace asio = boost::asio;
using SteadyTime = std::chrono::steady_clock::time_point;
using Socket = asio::ip::tcp::socket;

class Session;

class Network {
 public:
  Network(ServerOptions given, Responder& the_site);
  ~Network();

  Status open();
  void run();
  void stop();  // on the network thread
  // Gives up the body that has been arriving for longest; false when none is.
  bool end_slowest_body();

  ServerOptions options;
  Responder& site;
  std::set<Session*> sessions;   // every one that lives
  std::size_t bodies_bytes = 0;  // held by requests being read
  bool stopping = false;
  SteadyTime last_request;
  std::string date;  // for the answers, at most half a second old

  asio::io_context loop{1};
  asio::ip::tcp::acceptor acceptor{loop};
  asio::local::stream_protocol::acceptor control_acceptor{loop};

  WorkerPool workers;
  WorkerPool costly_workers;  // passwords: nobody else waits behind them
  WorkerPool control_worker;

 private:
  asio::awaitable<void> accept_loop();
  asio::awaitable<void> tick_loop();
  asio::awaitable<void> signal_loop();
  Status open_control();
  void give_back_memory();
  void join_workers();
  void write_date();

  asio::signal_set signals_{loop};
  asio::steady_timer accept_pause_{loop};
  asio::steady_timer ticker_{loop};
  SteadyTime stop_at_;
  bool trimmed_ = false;
};

// One connection, from its first byte to its end; owned by its own coroutine.
class Session : public std::enable_shared_from_this<Session> {
 public:
  Session(Network& network, Socket socket);
  ~Session();

  static void start(std::shared_ptr<Session> session);
  // Called twice a second: ends what has waited too long.
  void check_deadline(SteadyTime now);
  void close();
  bool is_idle() const { return idle_; }
  // When the request being read has to be whole; nothing while it holds no memory.
  std::optional<SteadyTime> body_deadline() const;
  void give_way();

 private:
  struct Exchange;
  asio::awaitable<void> run();
  asio::awaitable<bool> serve_one();
  asio::awaitable<bool> read_request(class RequestReader& reader);
  asio::awaitable<void> read_more();
  asio::awaitable<bool> hand_over(std::shared_ptr<Exchange> exchange);
  asio::awaitable<bool> write(const Response& response, bool keep_alive, bool head_only);
  asio::awaitable<bool> write_piece(std::string_view head, std::string_view piece);
  asio::awaitable<void> linger();

  void arm(std::int64_t milliseconds);
  void disarm();
  bool hold_body(std::size_t bytes);  // in all so far; false when it has to give way
  void release_body();

  Network& network_;
  Socket socket_;
  std::string peer_;
  std::string bytes_;  // received, not yet used
  std::array<char, 8 << 10> piece_;
  std::size_t received_ = 0;
  boost::system::error_code broken_;
  Error refusal_;
  SteadyTime deadline_ = SteadyTime::max();
  std::size_t held_ = 0;
  bool crowded_out_ = false;
  bool expired_ = false;
  bool idle_ = true;
};

// The coroutine of DIR/control (control_listener.cc); ends when the acceptor is closed.
asio::awaitable<void> control_loop(Network& network);

}  // namespace filrouge::http
