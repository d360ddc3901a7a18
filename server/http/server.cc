#include "server/http/server.h"

#include <csignal>
#include <ctime>
#include <malloc.h>
#include <sys/stat.h>
#include <unistd.h>

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/ip/address.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/use_awaitable.hpp>

#include "server/http/network.h"

namespace filrouge::http {
namespace {

constexpr auto kTick = std::chrono::milliseconds(500);
constexpr auto kIdleBeforeTrim = std::chrono::seconds(20);
constexpr int kBacklog = 1'024;
constexpr int kCostlyNiceness = 5;  // a third of the share of the others where there is no room

std::size_t worker_count(std::size_t wanted) {
  if (wanted != 0) return wanted;
  return std::max<std::size_t>(8, 4 * std::thread::hardware_concurrency());
}

// A password costs a tenth of a second of a core, so that more of them at once gain nothing.
std::size_t costly_count() {
  return std::clamp<std::size_t>(std::thread::hardware_concurrency(), 1, 4);
}

Error cannot_listen(const ServerOptions& options, const boost::system::error_code& error) {
  return {Code::unavailable, "", "listen",
          options.host + ":" + std::to_string(options.port) + ": " + error.message()};
}

}  // namespace

Network::Network(ServerOptions given, Responder& the_site)
    : options(std::move(given)),
      site(the_site),
      last_request(std::chrono::steady_clock::now()),
      workers(worker_count(options.workers), options.queue_max),
      costly_workers(costly_count(), limits::costly_queue_max, kCostlyNiceness),
      control_worker(options.control_folder.empty() ? 0 : 1, 16) {}

Network::~Network() { join_workers(); }

void Network::join_workers() {
  workers.join();
  costly_workers.join();
  control_worker.join();
}

bool Network::end_slowest_body() {
  Session* slowest = nullptr;
  for (Session* session : sessions) {
    if (!session->body_deadline()) continue;
    if (slowest == nullptr || *session->body_deadline() < *slowest->body_deadline())
      slowest = session;
  }
  if (slowest != nullptr) slowest->give_way();
  return slowest != nullptr;
}

Status Network::open() {
  boost::system::error_code error;
  const std::string host = options.host == "localhost" ? "127.0.0.1" : options.host;
  const auto address = asio::ip::make_address(host, error);
  if (error) return cannot_listen(options, error);
  const asio::ip::tcp::endpoint end(address, options.port);
  acceptor.open(end.protocol(), error);
  if (!error) acceptor.set_option(asio::socket_base::reuse_address(true), error);
  if (!error) acceptor.bind(end, error);
  if (!error) acceptor.listen(kBacklog, error);
  if (error) return cannot_listen(options, error);
  if (!options.control_folder.empty()) FILROUGE_CHECK(open_control());
  return Done{};
}

Status Network::open_control() {
  const ControlPath place(options.control_folder);
  // What a crash left behind: the folder's lock says that no other server lives.
  ::unlink(place.path().c_str());
  boost::system::error_code error;
  const asio::local::stream_protocol::endpoint end(place.path());
  control_acceptor.open(end.protocol(), error);
  const mode_t before = ::umask(0177);
  if (!error) control_acceptor.bind(end, error);
  ::umask(before);
  if (!error) control_acceptor.listen(4, error);
  if (!error) return Done{};
  return Error{Code::unavailable, "", "control", error.message()};
}

asio::awaitable<void> Network::accept_loop() {
  boost::system::error_code error;
  while (!stopping) {
    Socket socket(loop);
    co_await acceptor.async_accept(socket, asio::redirect_error(asio::use_awaitable, error));
    if (stopping) break;
    if (error) {
      // No descriptor left, or the peer is gone already: try again in a moment.
      accept_pause_.expires_after(std::chrono::milliseconds(50));
      co_await accept_pause_.async_wait(asio::redirect_error(asio::use_awaitable, error));
      continue;
    }
    if (sessions.size() >= options.connections_max) continue;  // closed as it goes
    boost::system::error_code ignored;
    socket.set_option(asio::ip::tcp::no_delay(true), ignored);
    Session::start(std::make_shared<Session>(*this, std::move(socket)));
  }
}

asio::awaitable<void> Network::tick_loop() {
  boost::system::error_code error;
  while (true) {
    ticker_.expires_after(kTick);
    co_await ticker_.async_wait(asio::redirect_error(asio::use_awaitable, error));
    const SteadyTime now = std::chrono::steady_clock::now();
    for (Session* session : sessions) session->check_deadline(now);
    if (stopping && (sessions.empty() || now >= stop_at_)) break;
    give_back_memory();
    write_date();
  }
  loop.stop();
}

void Network::write_date() {
  const std::time_t now = std::time(nullptr);
  std::tm parts{};
  ::gmtime_r(&now, &parts);
  char text[40];
  date.assign(text, std::strftime(text, sizeof text, "%a, %d %b %Y %H:%M:%S GMT", &parts));
}

asio::awaitable<void> Network::signal_loop() {
  boost::system::error_code error;
  co_await signals_.async_wait(asio::redirect_error(asio::use_awaitable, error));
  if (!error) stop();
}

// The heap keeps what bursts needed; on a small machine that is memory for nobody.
void Network::give_back_memory() {
  const bool idle = std::chrono::steady_clock::now() - last_request > kIdleBeforeTrim;
  if (idle && !trimmed_) ::malloc_trim(0);
  trimmed_ = idle;
}

void Network::run() {
  write_date();
  if (options.handle_signals) {
    boost::system::error_code ignored;
    signals_.add(SIGTERM, ignored);
    signals_.add(SIGINT, ignored);
    asio::co_spawn(loop, signal_loop(), asio::detached);
  }
  asio::co_spawn(loop, accept_loop(), asio::detached);
  asio::co_spawn(loop, tick_loop(), asio::detached);
  if (control_acceptor.is_open()) asio::co_spawn(loop, control_loop(*this), asio::detached);
  loop.run();
  join_workers();
}

void Network::stop() {
  if (stopping) return;
  stopping = true;
  stop_at_ = std::chrono::steady_clock::now() + std::chrono::milliseconds(options.stop_ms_max);
  boost::system::error_code ignored;
  acceptor.close(ignored);
  if (control_acceptor.is_open()) {
    const ControlPath place(options.control_folder);
    ::unlink(place.path().c_str());
    control_acceptor.close(ignored);
  }
  signals_.cancel(ignored);
  for (Session* session : sessions)
    if (session->is_idle()) session->close();
  ticker_.cancel();
}

Result<std::unique_ptr<Server>> Server::listen(ServerOptions options, Responder& site) {
  auto network = std::make_unique<Network>(std::move(options), site);
  FILROUGE_CHECK(network->open());
  return std::unique_ptr<Server>(new Server(std::move(network)));
}

Server::Server(std::unique_ptr<Network> network) : network_(std::move(network)) {}
Server::~Server() = default;

std::uint16_t Server::port() const {
  boost::system::error_code ignored;
  return network_->acceptor.local_endpoint(ignored).port();
}

void Server::run() { network_->run(); }

void Server::stop() {
  asio::post(network_->loop, [network = network_.get()] { network->stop(); });
}

}  // namespace filrouge::http
