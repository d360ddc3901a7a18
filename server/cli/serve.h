// `filrouge serve`: opens the folder (node.h), checks the route table against the policy, starts
// the jobs and the listener; runs until SIGTERM or SIGINT and finishes what is under way. One
// process owns a folder; the other commands come through DIR/control (server/http/control.h),
// which answers the commands given here. A demo folder is served on loopback only.
// Prints one line on standard error when it listens, then faults only. Exit status 0 after a stop
// asked for, 1 with one clear line when it cannot start.
//
//   return serve({.node = {.data = "/srv/filrouge"}, .control = commands});
#pragma once

#include <cstdint>
#include <string>

#include "server/cli/node.h"
#include "server/http/control.h"

namespace filrouge {

struct ServeOptions {
  NodeOptions node;
  std::string listen = "127.0.0.1:8080";  // HOST:PORT, [::1]:PORT
  std::string web_folder;                 // empty: find_web_folder()
  bool demo = false;                      // every page says Démonstration
  http::ControlCommands control;
};

int serve(const ServeOptions& options);

// "127.0.0.1:8080" -> its parts; wrong usage for anything else.
struct ListenAddress {
  std::string host;
  std::uint16_t port = 0;
};
Result<ListenAddress> parse_listen(const std::string& text);

// The web app beside the program: ../web of its folder (build/release/filrouge -> build/web), or
// ../share/filrouge/web where it was installed; empty when there is none.
std::string find_web_folder();

}  // namespace filrouge
