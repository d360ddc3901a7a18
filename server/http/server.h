// The listener: one network thread (whoever calls run()), a bounded pool of workers for the site,
// and, beside a data folder, the control socket (control.h). Connections are kept alive and
// bounded in number, in idle time and in the time a request may take to arrive; a request that is
// too slow gets 408, one too many for the queue 503 with Retry-After.
// stop() (from any thread or from SIGTERM and SIGINT) closes what is idle and lets the requests
// under way finish, at most `stop_seconds`. Only this room knows Asio.
//
//   FILROUGE_TRY(server, Server::listen({.host = "127.0.0.1", .port = 8080}, site));
//   server->run();
#pragma once

#include <cstdint>
#include <memory>
#include <string>

#include "core/base/limits.h"
#include "core/base/result.h"
#include "server/http/control.h"
#include "server/http/message.h"

namespace filrouge::http {

struct ServerOptions {
  std::string host = "127.0.0.1";
  std::uint16_t port = 8080;  // 0: any free one
  std::size_t workers = 0;    // 0: 4 x cores, at least 8 (they wait for the disk)
  std::size_t queue_max = limits::worker_queue_max;
  std::size_t connections_max = limits::http_connections_max;
  std::int64_t request_ms_max = limits::http_request_seconds_max * 1000;
  std::int64_t idle_ms_max = limits::http_idle_seconds_max * 1000;
  std::int64_t stop_ms_max = limits::http_stop_seconds_max * 1000;
  bool handle_signals = false;
  std::string control_folder;  // empty: no control socket
  ControlCommands control;
  App* control_app = nullptr;
};

class Network;

class Server {
 public:
  // `unavailable` "listen": the address cannot be had; the detail says why.
  static Result<std::unique_ptr<Server>> listen(ServerOptions options, Responder& site);
  ~Server();
  Server(const Server&) = delete;
  Server& operator=(const Server&) = delete;

  std::uint16_t port() const;
  void run();
  void stop();

 private:
  explicit Server(std::unique_ptr<Network> network);
  std::unique_ptr<Network> network_;
};

}  // namespace filrouge::http
