#include "server/store/postgresql/fault_proxy_testing.h"

#include <array>
#include <cstring>
#include <filesystem>
#include <poll.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>
#include <vector>

#include "core/base/result.h"

namespace filrouge {

namespace {

constexpr std::string_view kCommit = "COMMIT";         // the statement, in clear
constexpr std::string_view kCommitted{"COMMIT\0", 7};  // its CommandComplete
constexpr std::size_t kRemembered = kCommitted.size() - 1;

sockaddr_un address_of(const std::string& path) {
  sockaddr_un address{};
  address.sun_family = AF_UNIX;
  verify(path.size() < sizeof address.sun_path);
  std::memcpy(address.sun_path, path.c_str(), path.size());
  return address;
}

bool send_all(int socket, std::string_view bytes) {
  while (!bytes.empty()) {
    const ssize_t sent = ::send(socket, bytes.data(), bytes.size(), MSG_NOSIGNAL);
    if (sent <= 0) return false;
    bytes.remove_prefix(static_cast<std::size_t>(sent));
  }
  return true;
}

// Takes one of what is left, if any is.
bool take_one(std::atomic<int>& left) {
  int now = left;
  while (now > 0)
    if (left.compare_exchange_weak(now, now - 1)) return true;
  return false;
}

}  // namespace

FaultProxy::FaultProxy(const TestServer& server) : server_socket_(server.socket()) {
  std::string path = (std::filesystem::temp_directory_path() / "filrouge-cut-XXXXXX").string();
  verify(::mkdtemp(path.data()) != nullptr);
  folder_ = path;
  listener_ = ::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
  const sockaddr_un own = address_of(folder_ + "/.s.PGSQL.5432");
  verify(::bind(listener_, reinterpret_cast<const sockaddr*>(&own), sizeof own) == 0);
  verify(::listen(listener_, 64) == 0 && ::pipe(wake_) == 0);
  thread_ = std::thread([this] { run(); });
}

FaultProxy::~FaultProxy() {
  stopping_ = true;
  verify(::write(wake_[1], "x", 1) == 1);
  thread_.join();
  for (const Pair& pair : pairs_) {
    ::close(pair.client);
    ::close(pair.server);
  }
  for (const int file : {listener_, wake_[0], wake_[1]}) ::close(file);
  std::error_code error;
  std::filesystem::remove_all(folder_, error);
}

postgresql::Address FaultProxy::through(const postgresql::Address& address) const {
  return address.with("host", folder_);
}

void FaultProxy::run() {
  while (!stopping_) {
    std::vector<pollfd> waits = {{wake_[0], POLLIN, 0}, {listener_, POLLIN, 0}};
    for (const Pair& pair : pairs_) {
      waits.push_back({pair.client, POLLIN, 0});
      waits.push_back({pair.server, POLLIN, 0});
    }
    if (::poll(waits.data(), waits.size(), -1) < 0) continue;
    std::size_t at = 2;
    for (Pair& pair : pairs_) {
      for (const bool from_client : {true, false})
        if (waits[at++].revents != 0 && !pair.closed) pass_on(pair, from_client);
    }
    for (auto pair = pairs_.begin(); pair != pairs_.end();) {
      if (!pair->closed) {
        ++pair;
        continue;
      }
      ::close(pair->client);
      ::close(pair->server);
      pair = pairs_.erase(pair);
    }
    if (waits[1].revents != 0) accept_one();
  }
}

void FaultProxy::accept_one() {
  const int client = ::accept4(listener_, nullptr, nullptr, SOCK_CLOEXEC);
  if (client < 0) return;
  const int server = ::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
  const sockaddr_un there = address_of(server_socket_);
  if (refuses_ || ::connect(server, reinterpret_cast<const sockaddr*>(&there), sizeof there) != 0) {
    ::close(server);
    ::close(client);
    return;
  }
  pairs_.push_back({client, server, {}, {}, false});
}

void FaultProxy::pass_on(Pair& pair, bool from_client) {
  std::array<char, 64 << 10> buffer;
  const ssize_t size =
      ::recv(from_client ? pair.client : pair.server, buffer.data(), buffer.size(), 0);
  if (size <= 0) {
    pair.closed = true;
    return;
  }
  const std::string_view bytes(buffer.data(), static_cast<std::size_t>(size));
  std::string& last = from_client ? pair.last_from_client : pair.last_from_server;
  const std::string seen = last + std::string(bytes);
  last = seen.substr(seen.size() - std::min(seen.size(), kRemembered));
  const std::string_view word = from_client ? kCommit : kCommitted;
  if (seen.find(word) != seen.npos && take_one(from_client ? before_ : after_)) {
    ++cuts_;
    pair.closed = true;
    return;
  }
  pair.closed = !send_all(from_client ? pair.server : pair.client, bytes);
}

}  // namespace filrouge
