#include "server/cli/serve.h"

#include <array>
#include <charconv>
#include <filesystem>
#include <malloc.h>
#include <sys/resource.h>
#include <unistd.h>

#include "server/cli/speech.h"
#include "server/http/origin.h"
#include "server/http/server.h"
#include "server/http/site.h"
#include "server/jobs/jobs.h"

namespace filrouge {

namespace fs = std::filesystem;

namespace {

// Four heaps are enough for a handful of workers (with two they wait for each other under load);
// the default is eight a core, each of which keeps what its busiest minute needed.
constexpr int kHeapsMax = 4;

void allow_many_connections() {
  rlimit files{};
  if (::getrlimit(RLIMIT_NOFILE, &files) != 0) return;
  files.rlim_cur = files.rlim_max;
  ::setrlimit(RLIMIT_NOFILE, &files);
}

int refuse(const Error& error) {
  say_line(sentence_of(error));
  return is_usage(error) ? 2 : 1;
}

std::string shown_address(const ListenAddress& address, std::uint16_t port) {
  const bool wide = address.host.find(':') != std::string::npos;
  return "http://" + (wide ? "[" + address.host + "]" : address.host) + ":" + std::to_string(port);
}

Status check_start(const ServeOptions& options, const ListenAddress& address) {
  FILROUGE_CHECK(http::check_routes());
  if (options.demo && !http::is_loopback(address.host))
    return refusal_of("demo_loopback",
                      std::string(tell("une démonstration n'est servie que sur 127.0.0.1",
                                       "a demonstration is served on 127.0.0.1 only")));
  return Done{};
}

int run(const ServeOptions& options, const ListenAddress& address, Node& node) {
  App& app = *node.app;
  app.demo = options.demo;
  http::SiteOptions site_options;
  site_options.app = &app;
  site_options.web_folder = options.web_folder.empty() ? find_web_folder() : options.web_folder;
  site_options.log = [](std::string_view line) { say_line(line); };
  http::Site site(std::move(site_options));

  http::ServerOptions listening;
  listening.host = address.host;
  listening.port = address.port;
  listening.handle_signals = true;
  listening.control_folder = node.data;
  listening.control = options.control;
  listening.control_app = &app;
  auto server = http::Server::listen(std::move(listening), site);
  if (!server.ok())
    return refuse(
        refusal_of("listen", std::string(tell("impossible d'écouter sur ", "cannot listen on ")) +
                                 server.error().detail));
  say_line(std::string(tell("Fil rouge écoute sur ", "Fil rouge listens on ")) +
           shown_address(address, (*server)->port()));
  const Jobs jobs(app, {.log = [](std::string_view line) { say_line(line); }});
  (*server)->run();
  return 0;
}

}  // namespace

Result<ListenAddress> parse_listen(const std::string& text) {
  const auto wrong = [&] {
    return usage_of(std::string(tell("adresse d'écoute attendue, par exemple 127.0.0.1:8080 : ",
                                     "an address to listen on is expected, as 127.0.0.1:8080: ")) +
                    text);
  };
  const std::size_t colon = text.rfind(':');
  if (colon == std::string::npos || colon == 0) return wrong();
  ListenAddress address;
  address.host = text.substr(0, colon);
  if (address.host.starts_with('[') && address.host.ends_with(']'))
    address.host = address.host.substr(1, address.host.size() - 2);
  if (address.host == "localhost") address.host = "127.0.0.1";
  const char* end = text.data() + text.size();
  const auto read = std::from_chars(text.data() + colon + 1, end, address.port);
  if (read.ec != std::errc() || read.ptr != end || address.host.empty()) return wrong();
  return address;
}

std::string find_web_folder() {
  std::error_code error;
  const fs::path program = fs::read_symlink("/proc/self/exe", error);
  const fs::path above = program.parent_path().parent_path();
  for (const fs::path& folder : {above / "web", above / "share/filrouge/web"})
    if (fs::exists(folder / "index.html", error)) return folder.string();
  return {};
}

int serve(const ServeOptions& options) {
  ::mallopt(M_ARENA_MAX, kHeapsMax);
  allow_many_connections();
  const auto address = parse_listen(options.listen);
  if (!address.ok()) return refuse(address.error());
  const auto may_start = check_start(options, *address);
  if (!may_start.ok()) return refuse(may_start.error());
  auto node = open_node(options.node);
  if (!node.ok()) return refuse(node.error());
  return run(options, *address, *node);
}

}  // namespace filrouge
