// The live server through its session: bytes of a connection over a real socket on loopback, in
// pieces, with half a close at the end or a whole one. Whatever they are: the server answers with
// HTTP or closes, says nothing of the inside, keeps no connection, and goes on.
// The first byte chooses the size of the pieces and how the connection ends.
#include <arpa/inet.h>
#include <chrono>
#include <cstdint>
#include <cstdlib>
#include <memory>
#include <netinet/in.h>
#include <string>
#include <sys/socket.h>
#include <thread>
#include <unistd.h>

#include "server/http/server.h"

namespace {

using namespace filrouge;

// Answers with what it was given, so that every part of a request passes through the session.
class Echo : public http::Responder {
 public:
  http::Response respond(const http::Request& request) override {
    http::Response response;
    response.content_type = "text/plain";
    response.body = request.body.substr(0, 64 << 10);
    response.status = request.target.size() % 2 == 0 ? 200 : 404;
    return response;
  }
  http::Response refuse(const Error& error, std::string_view) override {
    verify(!error.rule.empty());
    http::Response response;
    response.status = error.code == Code::too_large ? 413 : 400;
    return response;
  }
};

struct Node {
  Node() {
    server = std::move(
        http::Server::listen(
            {.port = 0, .workers = 2, .request_ms_max = 60'000, .idle_ms_max = 60'000}, site)
            .value());
    thread = std::thread([this] { server->run(); });
  }
  ~Node() {
    server->stop();
    thread.join();
  }
  Echo site;
  std::unique_ptr<http::Server> server;
  std::thread thread;
};

int connected(std::uint16_t port) {
  sockaddr_in end{};
  end.sin_family = AF_INET;
  end.sin_port = htons(port);
  end.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  // libFuzzer's own alarm interrupts what waits: then once more, on another socket.
  while (true) {
    const int socket = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    verify(socket >= 0);
    // Many short connections: no port waits for its last packets.
    const linger gone{1, 0};
    ::setsockopt(socket, SOL_SOCKET, SO_LINGER, &gone, sizeof gone);
    const timeval patience{25, 0};
    ::setsockopt(socket, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
    if (::connect(socket, reinterpret_cast<const sockaddr*>(&end), sizeof end) == 0) return socket;
    verify(errno == EINTR);
    ::close(socket);
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static Node node;
  if (size == 0) return 0;
  const std::size_t piece = 1 + (std::size_t{data[0]} & 0x7f) * 16;
  const bool waits = (data[0] & 0x80) == 0;
  const int socket = connected(node.server->port());
  for (std::size_t at = 1; at < size; at += piece) {
    const std::size_t count = std::min(piece, size - at);
    if (::send(socket, data + at, count, MSG_NOSIGNAL) < 0) break;
  }
  if (waits) {
    ::shutdown(socket, SHUT_WR);
    std::string text;
    char got[16 << 10];
    ssize_t count = 0;
    while ((count = ::recv(socket, got, sizeof got, 0)) > 0 || (count < 0 && errno == EINTR))
      if (count > 0) text.append(got, static_cast<std::size_t>(count));
    verify(count == 0 || errno == ECONNRESET);  // never a wait without an end
    verify(text.empty() || text.starts_with("HTTP/1.1 "));
  }
  ::close(socket);
  return 0;
}
