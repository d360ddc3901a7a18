// Bytes of a connection into a Request, piece by piece, without a socket: the session feeds what
// arrives and the fuzzer feeds what it likes. Beast parses; what two servers could read in two
// ways is refused here (Transfer-Encoding beside Content-Length or other than "chunked", several
// or no Host, a Host that is none, parts without an end, anything but HTTP/1.0 and 1.1).
// Errors: `malformed`, `too_large` (headers over limits::http_header_bytes_max, body over
// limits::http_body_bytes_max). After `failed` the connection has to be closed.
//
//   RequestReader reader;
//   while (reader.feed(bytes) == ReadState::more) bytes += ...;   // what is used leaves `bytes`
//   Request request = reader.take();
#pragma once

#include <cstdint>
#include <memory>
#include <string>

#include "core/base/result.h"
#include "server/http/message.h"

namespace filrouge::http {

enum class ReadState {
  more,      // feed again
  head,      // said once: the headers are there, a body follows
  complete,  // take()
  failed,    // error()
};

class RequestReader {
 public:
  RequestReader();
  ~RequestReader();
  RequestReader(const RequestReader&) = delete;
  RequestReader& operator=(const RequestReader&) = delete;

  ReadState feed(std::string& bytes);
  ReadState end();  // the peer sends no more

  // After `head`: what the body holds so far, and whether the peer waits to be told to send it.
  std::size_t body_bytes() const;
  bool expects_continue() const;

  Request take();
  const Error& error() const { return error_; }

 private:
  struct Parser;
  ReadState fail(Code code, std::string rule, std::string detail);
  ReadState fail_from_parser(int reason, const std::string& message);
  ReadState check_head();

  std::unique_ptr<Parser> parser_;
  Error error_;
  bool head_told_ = false;
};

}  // namespace filrouge::http
