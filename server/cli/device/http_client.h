// A small HTTP/1.1 client on one kept connection, synchronous, for `filrouge device` and its own
// node: plain HTTP to a host and port (HTTPS ends at the proxy in front). A connection that broke
// is opened again at the next exchange; nothing is sent twice by itself. Errors: `unavailable`
// "no_connection", "no_answer"; `timeout`; `malformed` "answer".
//
//   HttpClient client(*parse_url("http://127.0.0.1:8080"));
//   auto answer = client.exchange({.method = "GET", .path = "/api/v1/node"});
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/result.h"

namespace filrouge {

struct HttpAddress {
  std::string host;
  std::uint16_t port = 80;
};
// "http://HOST[:PORT][/]"; wrong usage for anything else.
Result<HttpAddress> parse_url(std::string_view url);

struct HttpRequest {
  std::string_view method = "GET";
  std::string_view path;
  std::string_view body;
  std::string_view cookie;  // empty: none
  std::string_view authorization;
  std::string_view csrf;
};

struct HttpAnswer {
  int status = 0;
  std::string body;
  std::string cookie;  // "name=value" that the server set
  std::optional<std::int64_t> retry_after_ms;
};

inline constexpr std::size_t http_answer_bytes_max = 16 << 20;
inline constexpr int http_client_seconds_max = 20;

class HttpClient {
 public:
  explicit HttpClient(HttpAddress address) : address_(std::move(address)) {}
  ~HttpClient() { close(); }
  HttpClient(const HttpClient&) = delete;
  HttpClient& operator=(const HttpClient&) = delete;

  Result<HttpAnswer> exchange(const HttpRequest& request);
  void close();

 private:
  Status connect();
  Status send(const HttpRequest& request);
  Result<HttpAnswer> receive();
  // More bytes into buffer_; false when the peer closed.
  Result<bool> read_more();
  Status read_until(std::size_t bytes);
  Result<std::string> read_chunks();

  HttpAddress address_;
  int socket_ = -1;
  std::string buffer_;
};

}  // namespace filrouge
