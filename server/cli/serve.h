// `filrouge serve`: opens the folder, its keys, the application, the jobs and the listener; runs
// until SIGTERM or SIGINT and finishes what is under way. One process owns a folder; the others
// come through DIR/control (server/http/control.h), whose commands are given here.
// Prints one line on standard error when it listens. Exit status 0 after a stop asked for, 1 with
// one clear line when it cannot start. A demo folder is served on loopback only.
//
//   return serve({.folder = "/srv/filrouge", .master_key = key, .control = commands});
#pragma once

#include <cstdint>
#include <string>

#include "server/http/control.h"
#include "server/ports/crypto.h"

namespace filrouge {

struct ServeOptions {
  std::string folder;
  Bytes32 master_key{};
  std::string listen = "127.0.0.1:8080";  // HOST:PORT, [::1]:PORT
  std::string web_folder;                 // empty: build/web beside the program, or share/web
  bool demo = false;                      // every page says Démonstration; loopback only
  http::ControlCommands control;
};

int serve(ServeOptions options);

// "127.0.0.1:8080" -> its parts; `invalid` "listen" for anything else.
struct ListenAddress {
  std::string host;
  std::uint16_t port = 0;
};
Result<ListenAddress> parse_listen(const std::string& text);

}  // namespace filrouge
