// Bytes of a connection, through the session's own reader and the whole site, without a socket:
// the first byte is the size of the pieces they arrive in. Every request that is read gets an
// answer with a known status, and its input is given to every route that takes its method.
#include <cstdint>
#include <cstdlib>
#include <filesystem>
#include <memory>
#include <string>

#include "server/crypto/sodium_crypto.h"
#include "server/crypto/system_environment.h"
#include "server/http/request_reader.h"
#include "server/http/routes.h"
#include "server/http/site.h"
#include "server/store/sqlite/sqlite_keys.h"
#include "server/store/sqlite/sqlite_store.h"

namespace {

using namespace filrouge;

// A node with nothing in it, in a folder that goes with the process.
struct EmptyNode {
  EmptyNode() {
    char pattern[] = "/tmp/filrouge-fuzz-XXXXXX";
    folder = ::mkdtemp(pattern);
    store = std::move(
        open_sqlite_store({.folder = folder, .hash = crypto->hash_function(), .create = true})
            .value());
    keys =
        std::move(open_sqlite_keys({.folder = folder, .create = true}, *crypto, *random).value());
    app = std::make_unique<App>(make_app(*store, *keys, *crypto, *clock, *random));
    site = std::make_unique<http::Site>(http::SiteOptions{app.get(), folder + "/web", {}});
  }
  ~EmptyNode() { std::filesystem::remove_all(folder); }

  std::string folder;
  std::unique_ptr<Crypto> crypto = make_sodium_crypto();
  std::unique_ptr<Random> random = make_system_random();
  std::unique_ptr<Clock> clock = make_system_clock();
  std::unique_ptr<Store> store;
  std::unique_ptr<Keys> keys;
  std::unique_ptr<App> app;
  std::unique_ptr<http::Site> site;
};

void answer(http::Site& site, const http::Request& request) {
  const http::Response response = site.respond(request);
  verify(response.status >= 200 && response.status < 600 && response.status != 500);
  verify(!response.header("Content-Security-Policy").empty());
  const std::string head = http::response_head(response, true, "");
  // No header of ours carries input, so nothing can split the answer.
  verify(head.find("\r\n\r\n") == head.size() - 4);
  const auto target = http::parse_target(request.target);
  if (!target.ok()) return;
  for (const http::Route& route : http::all_routes()) {
    const http::Input input{{}, target->query, request.body, route.method == http::Method::post};
    const Status decoded = route.decode(input);
    verify(decoded.ok() || !decoded.error().rule.empty());
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static EmptyNode node;
  if (size == 0) return 0;
  const std::size_t piece = std::size_t{data[0]} + 1;
  std::string pending;
  auto reader = std::make_unique<http::RequestReader>();
  http::ReadState state = http::ReadState::more;
  for (std::size_t at = 1; at < size; at += piece) {
    pending.append(reinterpret_cast<const char*>(data) + at, std::min(piece, size - at));
    while (true) {
      state = reader->feed(pending);
      if (state == http::ReadState::head) continue;
      if (state != http::ReadState::complete) break;
      http::Request request = reader->take();
      request.peer = "127.0.0.1";
      answer(*node.site, request);
      reader = std::make_unique<http::RequestReader>();
      if (pending.empty()) break;
    }
    if (state == http::ReadState::failed) {
      const http::Response refused = node.site->refuse(reader->error(), "connection");
      verify(refused.status == 400 || refused.status == 413);
      return 0;
    }
  }
  if (state == http::ReadState::more) verify(reader->end() == http::ReadState::failed);
  return 0;
}
