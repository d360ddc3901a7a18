#include <boost/asio/buffer.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/read_until.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/asio/write.hpp>

#include "server/http/network.h"

namespace filrouge::http {
namespace {

using ControlSocket = asio::local::stream_protocol::socket;

// Runs on the worker of the control socket; a handler of the command line may throw.
std::string answer_safely(const Network& network, const std::string& line) {
  try {
    return answer_control(*network.options.control_app, network.options.control, line) + "\n";
  } catch (const std::exception&) {
    return R"({"ok":false,"error":{"code":"internal","field":"","rule":"exception","detail":""}})"
           "\n";
  }
}

asio::awaitable<std::string> answer_line(Network& network, const std::string& line) {
  auto answer = std::make_shared<std::string>();
  auto asked = std::make_shared<std::string>(line);
  auto& token = asio::use_awaitable;
  co_await asio::async_initiate<const asio::use_awaitable_t<>, void()>(
      [&network, answer, asked](auto handler) {
        auto resume = std::make_shared<decltype(handler)>(std::move(handler));
        const bool queued = network.control_worker.submit([&network, answer, asked, resume] {
          *answer = answer_safely(network, *asked);
          asio::post(network.loop, [resume] { std::move (*resume)(); });
        });
        if (!queued) asio::post(network.loop, [resume] { std::move (*resume)(); });
      },
      token);
  co_return std::move(*answer);
}

asio::awaitable<void> serve_control(Network& network, std::shared_ptr<ControlSocket> socket) {
  boost::system::error_code error;
  std::string bytes;
  while (true) {
    auto buffer = asio::dynamic_buffer(bytes, limits::control_line_bytes_max);
    const std::size_t end = co_await asio::async_read_until(
        *socket, buffer, '\n', asio::redirect_error(asio::use_awaitable, error));
    if (error) break;
    const std::string line = bytes.substr(0, end - 1);
    bytes.erase(0, end);
    const std::string answer = co_await answer_line(network, line);
    if (answer.empty()) break;  // the server is ending
    const auto out = asio::buffer(answer);
    co_await asio::async_write(*socket, out, asio::redirect_error(asio::use_awaitable, error));
    if (error) break;
  }
}

}  // namespace

asio::awaitable<void> control_loop(Network& network) {
  boost::system::error_code error;
  while (!network.stopping) {
    auto socket = std::make_shared<ControlSocket>(network.loop);
    co_await network.control_acceptor.async_accept(
        *socket, asio::redirect_error(asio::use_awaitable, error));
    if (error) break;
    asio::co_spawn(network.loop, serve_control(network, socket), asio::detached);
  }
}

}  // namespace filrouge::http
