#include "server/http/request_reader.h"

#include <gtest/gtest.h>

#include "core/base/limits.h"

namespace filrouge::http {
namespace {

const std::string kPost =
    "POST /api/v1/session HTTP/1.1\r\nHost: a\r\nCookie: x=y\r\nX-Filrouge-Csrf: t\r\n"
    "Content-Type: application/json\r\nContent-Length: 7\r\n\r\n{\"a\":1}";

// Feeds all at once, or byte by byte; then says that no more comes.
ReadState read_all(RequestReader& reader, std::string bytes, bool slowly) {
  std::string pending;
  ReadState state = ReadState::more;
  for (std::size_t i = 0; i < bytes.size() && state != ReadState::failed;) {
    const std::size_t piece = slowly ? 1 : bytes.size();
    pending += bytes.substr(i, piece);
    i += piece;
    do {
      state = reader.feed(pending);
    } while (state == ReadState::head);
    if (state == ReadState::complete) return state;
  }
  return state == ReadState::more ? reader.end() : state;
}

std::string rule_of(const std::string& bytes) {
  std::string rule;
  for (const bool slowly : {true, false}) {
    RequestReader reader;
    const ReadState state = read_all(reader, bytes, slowly);
    rule = state == ReadState::failed ? reader.error().rule : "";
  }
  return rule;
}

TEST(RequestReader, ReadsTheSameInOnePieceAndByteByByte) {
  for (const bool slowly : {true, false}) {
    RequestReader reader;
    ASSERT_EQ(read_all(reader, kPost, slowly), ReadState::complete);
    const Request request = reader.take();
    EXPECT_EQ(request.method, Method::post);
    EXPECT_EQ(request.target, "/api/v1/session");
    EXPECT_EQ(request.host, "a");
    EXPECT_EQ(request.cookie, "x=y");
    EXPECT_EQ(request.csrf, "t");
    EXPECT_EQ(request.body, "{\"a\":1}");
    EXPECT_TRUE(request.keep_alive);
  }
}

TEST(RequestReader, LeavesTheNextRequestWhereItIs) {
  RequestReader reader;
  std::string bytes = "GET /a HTTP/1.1\r\nHost: a\r\n\r\nGET /b";
  EXPECT_EQ(reader.feed(bytes), ReadState::complete);
  EXPECT_EQ(bytes, "GET /b");
}

TEST(RequestReader, SaysWhenABodyFollowsAndHoldsWhatArrived) {
  RequestReader reader;
  std::string bytes =
      "POST /a HTTP/1.1\r\nHost: a\r\nExpect: 100-continue\r\nContent-Length: 5\r\n\r\n";
  EXPECT_EQ(reader.feed(bytes), ReadState::head);
  EXPECT_EQ(reader.body_bytes(), 0u);
  EXPECT_TRUE(reader.expects_continue());
  bytes = "he";
  EXPECT_EQ(reader.feed(bytes), ReadState::more);
  EXPECT_EQ(reader.body_bytes(), 2u);
  bytes = "llo";
  EXPECT_EQ(reader.feed(bytes), ReadState::complete);
  EXPECT_EQ(reader.take().body, "hello");
}

TEST(RequestReader, ReadsChunks) {
  const std::string chunked =
      "POST /a HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n"
      "3\r\nabc\r\n2;x=y\r\nde\r\n0\r\n\r\n";
  for (const bool slowly : {true, false}) {
    RequestReader reader;
    ASSERT_EQ(read_all(reader, chunked, slowly), ReadState::complete);
    EXPECT_EQ(reader.take().body, "abcde");
  }
}

TEST(RequestReader, RefusesWhatTwoServersCouldReadInTwoWays) {
  const std::string head = "POST /a HTTP/1.1\r\nHost: a\r\n";
  EXPECT_NE(rule_of(head + "Content-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n"), "");
  EXPECT_NE(rule_of(head + "Transfer-Encoding: chunked\r\nContent-Length: 5\r\n\r\n0\r\n\r\n"), "");
  EXPECT_EQ(rule_of(head + "Transfer-Encoding: gzip\r\n\r\n"), "transfer_encoding");
  EXPECT_EQ(rule_of(head + "Transfer-Encoding: gzip, chunked\r\n\r\n0\r\n\r\n"),
            "transfer_encoding");
  EXPECT_NE(rule_of(head + "Transfer-Encoding: chunked, chunked\r\n\r\n0\r\n\r\n"), "");
  EXPECT_NE(rule_of(head + "Content-Length: 5\r\nContent-Length: 6\r\n\r\nhello!"), "");
  EXPECT_NE(rule_of(head + "Content-Length: -1\r\n\r\n"), "");
  EXPECT_NE(rule_of(head + "Content-Length: 5 \x01\r\n\r\nhello"), "");
  EXPECT_EQ(rule_of(head + "Host: b\r\n\r\n"), "host");
  EXPECT_EQ(rule_of("GET /a HTTP/1.1\r\n\r\n"), "host");
  EXPECT_EQ(rule_of("GET /a HTTP/1.1\r\nHost: a\r\n folded: x\r\n\r\n"), "host");
  EXPECT_EQ(rule_of("GET /a HTTP/1.1\r\nHost: a/b@c\r\n\r\n"), "host");
  EXPECT_EQ(rule_of(head + "Cookie: a=b\r\nCookie: c=d\r\nContent-Length: 0\r\n\r\n"),
            "repeated_header");
}

TEST(RequestReader, RefusesWhatIsNoHttp) {
  EXPECT_NE(rule_of("\x16\x03\x01\x02\r\n\r\n"), "");
  EXPECT_NE(rule_of("GET / HTTP/2.0\r\nHost: a\r\n\r\n"), "");
  EXPECT_NE(rule_of("GET  / HTTP/1.1\r\nHost: a\r\n\r\n"), "");
  EXPECT_NE(rule_of("GET / HTTP/1.1\nHost: a\n\n"), "");
}

TEST(RequestReader, RefusesWhatStopsHalfWay) {
  EXPECT_EQ(rule_of("GET / HTTP/1.1\r\nHos"), "incomplete");
  EXPECT_EQ(rule_of(kPost.substr(0, kPost.size() - 1)), "incomplete");
}

TEST(RequestReader, KeepsItsLimits) {
  const std::string head = "POST /a HTTP/1.1\r\nHost: a\r\n";
  EXPECT_EQ(rule_of("GET / HTTP/1.1\r\nHost: a\r\nX: " + std::string(9'000, 'x')),
            "headers_too_large");
  EXPECT_EQ(rule_of("GET /" + std::string(9'000, 'x')), "headers_too_large");
  const auto over = std::to_string(limits::http_body_bytes_max + 1);
  EXPECT_EQ(rule_of(head + "Content-Length: " + over + "\r\n\r\n"), "body_too_large");
  EXPECT_EQ(rule_of(head + "Content-Length: 99999999999999999999999\r\n\r\n").empty(), false);
  EXPECT_EQ(rule_of(head + "Transfer-Encoding: chunked\r\n\r\n7fffffff\r\n"), "body_too_large");
  EXPECT_EQ(rule_of(head + "Transfer-Encoding: chunked\r\n\r\n1;" + std::string(40'000, 'x')),
            "headers_too_large");
}

}  // namespace
}  // namespace filrouge::http
