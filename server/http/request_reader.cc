#include "server/http/request_reader.h"

#include <boost/asio/buffer.hpp>
#include <boost/beast/core/buffers_range.hpp>
#include <boost/beast/core/string.hpp>
#include <boost/beast/http/parser.hpp>

#include "core/base/limits.h"

namespace filrouge::http {

namespace beast_http = boost::beast::http;
using boost::beast::iequals;

namespace {

// A body that takes what arrives: Beast's own reserves what the peer promises.
struct ArrivedBody {
  using value_type = std::string;
  static std::uint64_t size(const value_type& body) { return body.size(); }

  class reader {
   public:
    template <bool is_request, class Fields>
    reader(beast_http::header<is_request, Fields>&, value_type& body) : body_(body) {}
    void init(const boost::optional<std::uint64_t>&, boost::beast::error_code& ec) { ec = {}; }
    template <class Buffers>
    std::size_t put(const Buffers& buffers, boost::beast::error_code& ec) {
      ec = {};
      const std::size_t before = body_.size();
      for (const boost::asio::const_buffer piece : boost::beast::buffers_range_ref(buffers))
        body_.append(static_cast<const char*>(piece.data()), piece.size());
      return body_.size() - before;
    }
    void finish(boost::beast::error_code& ec) { ec = {}; }

   private:
    value_type& body_;
  };
};

using BodyParser = beast_http::request_parser<ArrivedBody>;
using Head = BodyParser::value_type;

}  // namespace

struct RequestReader::Parser {
  BodyParser beast;
};

namespace {

std::string text_of(const Head& head, beast_http::field name) {
  const auto found = head.find(name);
  return found == head.end() ? std::string() : std::string(found->value());
}
std::string text_of(const Head& head, std::string_view name) {
  const auto found = head.find(name);
  return found == head.end() ? std::string() : std::string(found->value());
}

std::size_t count_of(const Head& head, beast_http::field name) {
  const auto range = head.equal_range(name);
  return static_cast<std::size_t>(std::distance(range.first, range.second));
}

bool is_host(std::string_view text) {
  for (const char c : text) {
    const bool plain = (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
    if (!plain && std::string_view(".-_:[]").find(c) == std::string_view::npos) return false;
  }
  return true;
}

Method method_of(beast_http::verb verb) {
  switch (verb) {
    case beast_http::verb::get:
      return Method::get;
    case beast_http::verb::head:
      return Method::head;
    case beast_http::verb::post:
      return Method::post;
    case beast_http::verb::delete_:
      return Method::delete_;
    default:
      return Method::other;
  }
}

}  // namespace

RequestReader::RequestReader() : parser_(std::make_unique<Parser>()) {
  parser_->beast.header_limit(limits::http_header_bytes_max);
  parser_->beast.body_limit(limits::http_body_bytes_max);
}
RequestReader::~RequestReader() = default;

ReadState RequestReader::fail(Code code, std::string rule, std::string detail) {
  error_ = {code, "", std::move(rule), std::move(detail)};
  return ReadState::failed;
}

ReadState RequestReader::fail_from_parser(int reason, const std::string& message) {
  switch (static_cast<beast_http::error>(reason)) {
    case beast_http::error::header_limit:
      return fail(Code::too_large, "headers_too_large",
                  "at most " + std::to_string(limits::http_header_bytes_max) + " bytes");
    case beast_http::error::body_limit:
      return fail(Code::too_large, "body_too_large",
                  "at most " + std::to_string(limits::http_body_bytes_max) + " bytes");
    case beast_http::error::partial_message:
    case beast_http::error::end_of_stream:
      return fail(Code::malformed, "incomplete", "the request stops half-way");
    default:
      return fail(Code::malformed, "http", message);
  }
}

ReadState RequestReader::check_head() {
  const Head& head = parser_->beast.get();
  const std::size_t hosts = count_of(head, beast_http::field::host);
  if (hosts > 1 || (hosts == 0 && head.version() == 11))
    return fail(Code::malformed, "host", "exactly one Host header is expected");
  if (!is_host(text_of(head, beast_http::field::host)))
    return fail(Code::malformed, "host", "the Host header is no host");
  if (count_of(head, beast_http::field::transfer_encoding) > 0 &&
      (!parser_->beast.chunked() ||
       !iequals(text_of(head, beast_http::field::transfer_encoding), "chunked")))
    return fail(Code::malformed, "transfer_encoding", "only chunked is read");
  if (parser_->beast.chunked() && count_of(head, beast_http::field::content_length) > 0)
    return fail(Code::malformed, "transfer_encoding", "a length and chunks exclude each other");
  for (const auto name : {beast_http::field::authorization, beast_http::field::cookie,
                          beast_http::field::content_type, beast_http::field::origin})
    if (count_of(head, name) > 1)
      return fail(Code::malformed, "repeated_header", "a header stands twice");
  return ReadState::head;
}

ReadState RequestReader::feed(std::string& bytes) {
  auto& beast = parser_->beast;
  std::size_t used = 0;
  ReadState state = ReadState::more;
  while (true) {
    if (beast.is_header_done() && !head_told_) {
      head_told_ = true;
      state = check_head();
      if (state == ReadState::failed || !beast.is_done()) break;
      state = ReadState::more;
    }
    if (beast.is_done()) {
      state = ReadState::complete;
      break;
    }
    if (used == bytes.size()) break;
    boost::beast::error_code ec;
    const std::size_t taken =
        beast.put(boost::asio::buffer(bytes.data() + used, bytes.size() - used), ec);
    used += taken;
    if (ec == beast_http::error::need_more) {
      // A chunk's extension or a trailer could go on for ever without being used up.
      if (bytes.size() - used > 2 * limits::http_header_bytes_max)
        state = fail(Code::too_large, "headers_too_large", "a part of the request has no end");
      break;
    }
    if (ec) {
      state = fail_from_parser(
          ec.category() == make_error_code(beast_http::error{}).category() ? ec.value() : 0,
          ec.message());
      break;
    }
    if (taken == 0 && !beast.is_header_done()) break;
  }
  bytes.erase(0, used);
  return state;
}

ReadState RequestReader::end() {
  if (parser_->beast.is_done()) return ReadState::complete;
  return fail(Code::malformed, "incomplete", "the request stops half-way");
}

std::size_t RequestReader::body_bytes() const { return parser_->beast.get().body().size(); }

bool RequestReader::expects_continue() const {
  return iequals(text_of(parser_->beast.get(), beast_http::field::expect), "100-continue");
}

Request RequestReader::take() {
  Head head = parser_->beast.release();
  Request request;
  request.method = method_of(head.method());
  request.target = std::string(head.target());
  request.host = text_of(head, beast_http::field::host);
  request.origin = text_of(head, beast_http::field::origin);
  request.fetch_site = text_of(head, "Sec-Fetch-Site");
  request.cookie = text_of(head, beast_http::field::cookie);
  request.authorization = text_of(head, beast_http::field::authorization);
  request.csrf = text_of(head, "X-Filrouge-Csrf");
  request.mine = text_of(head, "X-Filrouge-Mine");
  request.accept = text_of(head, beast_http::field::accept);
  request.accept_encoding = text_of(head, beast_http::field::accept_encoding);
  request.content_type = text_of(head, beast_http::field::content_type);
  request.if_none_match = text_of(head, beast_http::field::if_none_match);
  request.forwarded_for = text_of(head, "X-Forwarded-For");
  request.forwarded_proto = text_of(head, "X-Forwarded-Proto");
  request.keep_alive = head.keep_alive();
  request.body = std::move(head.body());
  return request;
}

}  // namespace filrouge::http
