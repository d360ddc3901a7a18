#include <boost/asio/async_result.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/asio/write.hpp>

#include "server/http/network.h"
#include "server/http/request_reader.h"

namespace filrouge::http {

// What a worker and the session share: whoever is last lets go of it.
struct Session::Exchange {
  Request request;
  Response response;
};

namespace {

constexpr std::int64_t kLingerMs = 2'000;
constexpr std::size_t kLingerBytesMax = 1 << 20;

// The one place beside main where everything is caught: a fault in one request ends that request.
Response respond_safely(Responder& site, const Request& request) {
  std::string what = "unknown exception";
  try {
    return site.respond(request);
  } catch (const std::exception& error) {
    what = error.what();
  } catch (...) {
    what = "unknown exception";
  }
  return site.refuse({Code::internal, "", "exception", what}, "handler");
}

}  // namespace

Session::Session(Network& network, Socket socket) : network_(network), socket_(std::move(socket)) {
  boost::system::error_code ignored;
  const auto end = socket_.remote_endpoint(ignored);
  if (!ignored) peer_ = end.address().to_string(ignored);
  network_.sessions.insert(this);
}

Session::~Session() {
  release_body();
  network_.sessions.erase(this);
}

void Session::start(std::shared_ptr<Session> session) {
  // The completion handler keeps the session as long as its coroutine.
  asio::co_spawn(session->socket_.get_executor(), session->run(),
                 [session](const std::exception_ptr&) { session->close(); });
}

void Session::arm(std::int64_t milliseconds) {
  expired_ = false;
  deadline_ = std::chrono::steady_clock::now() + std::chrono::milliseconds(milliseconds);
}

void Session::disarm() { deadline_ = SteadyTime::max(); }

void Session::check_deadline(SteadyTime now) {
  if (now < deadline_) return;
  expired_ = true;
  boost::system::error_code ignored;
  socket_.cancel(ignored);
}

void Session::close() {
  boost::system::error_code ignored;
  socket_.close(ignored);
}

// What arrived counts, not what was promised. Where all bodies together take too much, those that
// have been arriving for longest give way: an honest one is whole in a moment.
bool Session::hold_body(std::size_t bytes) {
  network_.bodies_bytes += bytes - held_;
  held_ = bytes;
  while (network_.bodies_bytes > limits::http_bodies_bytes_max)
    if (!network_.end_slowest_body()) return false;
  return !crowded_out_;
}

void Session::release_body() {
  network_.bodies_bytes -= held_;
  held_ = 0;
}

std::optional<SteadyTime> Session::body_deadline() const {
  if (held_ == 0 || deadline_ == SteadyTime::max()) return std::nullopt;
  return deadline_;
}

void Session::give_way() {
  crowded_out_ = true;
  release_body();
  boost::system::error_code ignored;
  socket_.cancel(ignored);
}

asio::awaitable<void> Session::run() {
  bool more = true;
  while (more) more = co_await serve_one();
  close();
}

// One request and its answer; true when another may follow on this connection.
asio::awaitable<bool> Session::serve_one() {
  auto reader = std::make_unique<RequestReader>();
  idle_ = true;
  refusal_ = {};
  const bool complete = co_await read_request(*reader);
  idle_ = false;
  if (!complete) {
    if (refusal_.rule.empty()) co_return false;  // the peer just left
    release_body();
    reader.reset();
    const Response refused = network_.site.refuse(refusal_, "connection");
    const bool sent = co_await write(refused, false, false);
    if (sent) co_await linger();
    co_return false;
  }
  network_.last_request = std::chrono::steady_clock::now();
  auto exchange = std::make_shared<Exchange>();
  exchange->request = reader->take();
  reader.reset();
  exchange->request.peer = peer_;
  const bool head_only = exchange->request.method == Method::head;
  const bool wanted = exchange->request.keep_alive;
  disarm();
  const bool done = co_await hand_over(exchange);
  if (!done)
    exchange->response = network_.site.refuse(
        {Code::unavailable, "", "queue_full", "too many requests at once"}, "queue");
  release_body();
  const bool keep_alive = wanted && !network_.stopping;
  const bool sent = co_await write(exchange->response, keep_alive, head_only);
  co_return sent&& keep_alive;
}

asio::awaitable<void> Session::read_more() {
  received_ = co_await socket_.async_read_some(asio::buffer(piece_),
                                               asio::redirect_error(asio::use_awaitable, broken_));
  if (!broken_) bytes_.append(piece_.data(), received_);
}

// False with refusal_ set when it has to be answered, without when there is nobody to answer.
asio::awaitable<bool> Session::read_request(RequestReader& reader) {
  static constexpr std::string_view kContinue = "HTTP/1.1 100 Continue\r\n\r\n";
  bool started = !bytes_.empty();
  arm(started ? network_.options.request_ms_max : network_.options.idle_ms_max);
  ReadState state = reader.feed(bytes_);
  while (state == ReadState::more || state == ReadState::head) {
    if (state == ReadState::head) {
      if (reader.expects_continue() && bytes_.empty()) {
        const bool told = co_await write_piece(kContinue, {});
        if (!told) co_return false;
        arm(network_.options.request_ms_max);
      }
      state = reader.feed(bytes_);
      continue;
    }
    if (network_.stopping && !started) co_return false;
    co_await read_more();
    if (crowded_out_ || !hold_body(reader.body_bytes() + bytes_.size())) {
      refusal_ = {Code::unavailable, "", "busy", "too much is being received at once"};
      co_return false;
    }
    if (broken_ && (expired_ || broken_ == asio::error::eof)) {
      if (!started) co_return false;
      refusal_ = {Code::timeout, "", "slow", "the request did not arrive in time"};
      if (broken_ == asio::error::eof)
        refusal_ = {Code::malformed, "", "incomplete", "the request stops half-way"};
      co_return false;
    }
    if (broken_) co_return false;
    if (!started) arm(network_.options.request_ms_max);
    started = true;
    idle_ = false;
    state = reader.feed(bytes_);
  }
  if (state == ReadState::failed) refusal_ = reader.error();
  co_return state == ReadState::complete;
}

// True once the worker has written the answer; false when the queue took nothing.
asio::awaitable<bool> Session::hand_over(std::shared_ptr<Exchange> exchange) {
  auto& token = asio::use_awaitable;
  Network& network = network_;
  const bool done = co_await asio::async_initiate<const asio::use_awaitable_t<>, void(bool)>(
      [&network, exchange](auto handler) {
        auto resume = std::make_shared<decltype(handler)>(std::move(handler));
        WorkerPool& pool =
            network.site.is_costly(exchange->request) ? network.costly_workers : network.workers;
        const bool queued = pool.submit([&network, exchange, resume] {
          exchange->response = respond_safely(network.site, exchange->request);
          asio::post(network.loop, [resume] { std::move (*resume)(true); });
        });
        if (!queued) asio::post(network.loop, [resume] { std::move (*resume)(false); });
      },
      token);
  co_return done;
}

asio::awaitable<bool> Session::write_piece(std::string_view head, std::string_view piece) {
  arm(network_.options.request_ms_max);
  std::array<asio::const_buffer, 2> buffers = {asio::buffer(head), asio::buffer(piece)};
  co_await asio::async_write(socket_, buffers, asio::redirect_error(asio::use_awaitable, broken_));
  co_return !broken_;
}

// In pieces, each with its own deadline: a slow network may take its time, a dead one may not.
asio::awaitable<bool> Session::write(const Response& response, bool keep_alive, bool head_only) {
  const std::string head = response_head(response, keep_alive, network_.date);
  const std::uint64_t size = head_only ? 0 : response.size();
  std::string from_file;
  std::uint64_t offset = 0;
  bool first = true;
  while (first || offset < size) {
    const std::size_t wanted = static_cast<std::size_t>(
        std::min<std::uint64_t>(size - offset, limits::http_file_piece_bytes));
    std::string_view piece;
    if (response.file && wanted != 0) {
      from_file.resize(wanted);
      from_file.resize(response.file->read(offset, from_file.data(), wanted));
      piece = from_file;
      if (piece.empty()) co_return false;  // the file shrank: the length we told is a lie
    } else if (wanted != 0) {
      piece = std::string_view(response.body).substr(static_cast<std::size_t>(offset), wanted);
    }
    const std::string_view before = first ? std::string_view(head) : std::string_view();
    const bool sent = co_await write_piece(before, piece);
    if (!sent) co_return false;
    offset += piece.size();
    first = false;
  }
  disarm();
  co_return true;
}

// Lets the answer reach a peer that still sends: closing at once would reset the connection.
asio::awaitable<void> Session::linger() {
  boost::system::error_code ignored;
  socket_.shutdown(Socket::shutdown_send, ignored);
  std::size_t dropped = 0;
  arm(kLingerMs);
  while (dropped < kLingerBytesMax) {
    bytes_.clear();
    co_await read_more();
    if (broken_) break;
    dropped += received_;
  }
}

}  // namespace filrouge::http
