// A request and an answer as values, without sockets: what request_reader.h makes of the bytes,
// what site.h answers, what session.cc writes. Nothing here knows Asio or Beast, so that tests
// and the fuzzer drive the whole site by calling one function.
//
// A request holds only the headers that somebody reads. `peer` is the address of the other end of
// the connection; whether a proxy in front is believed is decided in origin.h, not here.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <boost/describe/enum.hpp>

#include "core/base/result.h"

namespace filrouge::http {

enum class Method { get, head, post, delete_, other };
BOOST_DESCRIBE_ENUM(Method, get, head, post, delete_, other)

struct Request {
  Method method = Method::other;
  std::string target;  // as sent: "/api/v1/people?team=..."
  std::string host;
  std::string origin;
  std::string fetch_site;  // Sec-Fetch-Site
  std::string cookie;
  std::string authorization;
  std::string csrf;  // X-Filrouge-Csrf
  std::string mine;  // X-Filrouge-Mine
  std::string accept;
  std::string accept_encoding;
  std::string content_type;
  std::string if_none_match;
  std::string forwarded_for;
  std::string forwarded_proto;
  std::string body;
  bool keep_alive = true;
  std::string peer;  // "127.0.0.1", "::1"
};

// An open file, closed with the answer; session.cc sends it in pieces.
class OpenFile {
 public:
  OpenFile(int descriptor, std::uint64_t size) : descriptor_(descriptor), size_(size) {}
  OpenFile(const OpenFile&) = delete;
  OpenFile& operator=(const OpenFile&) = delete;
  ~OpenFile();

  std::uint64_t size() const { return size_; }
  // Bytes read at `offset` into `into`; 0 at the end or on an error.
  std::size_t read(std::uint64_t offset, char* into, std::size_t size) const;

 private:
  int descriptor_;
  std::uint64_t size_;
};

struct Response {
  int status = 200;
  std::string content_type;  // empty: no body
  std::string body;
  std::shared_ptr<OpenFile> file;  // instead of body
  std::vector<std::pair<std::string, std::string>> headers;

  void set(std::string name, std::string value) {
    headers.emplace_back(std::move(name), std::move(value));
  }
  std::string_view header(std::string_view name) const;  // as set; empty when absent
  std::uint64_t size() const { return file ? file->size() : body.size(); }
};

// Who answers: the site (site.h), or what a test puts in its place. Called from several threads.
class Responder {
 public:
  virtual ~Responder() = default;
  virtual Response respond(const Request& request) = 0;
  // Does its answer take so long that others must not wait behind it?
  virtual bool is_costly(const Request&) const { return false; }
  // To what never became a request, or when the queue is full. `where` is for the log.
  virtual Response refuse(const Error& error, std::string_view where) = 0;
};

// The status line and headers, with Content-Length, Date ("Sat, 21 Nov 2026 12:00:00 GMT", left
// out when empty) and the blank line.
std::string response_head(const Response& response, bool keep_alive, std::string_view date);

}  // namespace filrouge::http
