#include "server/http/origin.h"

#include <gtest/gtest.h>

namespace filrouge::http {
namespace {

Request from(std::string peer, std::string proto = "", std::string for_whom = "") {
  Request request;
  request.peer = std::move(peer);
  request.forwarded_proto = std::move(proto);
  request.forwarded_for = std::move(for_whom);
  request.host = "fil.example";
  return request;
}

TEST(Origin, OnlyAProxyOnLoopbackIsBelieved) {
  EXPECT_EQ(client_address(from("127.0.0.1", "", "203.0.113.9")), "203.0.113.9");
  EXPECT_EQ(client_address(from("::1", "", "10.0.0.1, 203.0.113.9")), "203.0.113.9");
  EXPECT_EQ(client_address(from("198.51.100.1", "", "203.0.113.9")), "198.51.100.1");
  EXPECT_EQ(client_address(from("127.0.0.1")), "127.0.0.1");
  EXPECT_LE(client_address(from("::1", "", std::string(5000, 'x'))).size(), 45u);
}

TEST(Origin, SecureIsHttpsThroughOurProxyOrLoopbackItself) {
  EXPECT_TRUE(is_secure(from("127.0.0.1")));
  EXPECT_TRUE(is_secure(from("::ffff:127.0.0.1")));
  EXPECT_TRUE(is_secure(from("127.0.0.1", "https")));
  EXPECT_FALSE(is_secure(from("127.0.0.1", "http")));
  EXPECT_FALSE(is_secure(from("198.51.100.1")));
  EXPECT_FALSE(is_secure(from("198.51.100.1", "https")));
}

TEST(Origin, OurOwnPagesAndProgramsPassOthersDoNot) {
  Request request = from("127.0.0.1", "https");
  EXPECT_TRUE(is_same_origin(request));  // a program that says nothing
  request.fetch_site = "same-origin";
  request.origin = "https://fil.example";
  EXPECT_TRUE(is_same_origin(request));
  request.origin = "https://FIL.example";
  EXPECT_TRUE(is_same_origin(request));
  for (const char* other : {"https://evil.example", "https://fil.example.evil.example", "null",
                            "http://fil.example", "https://fil.example:444", "fil.example"}) {
    request.origin = other;
    EXPECT_FALSE(is_same_origin(request)) << other;
  }
  request.origin.clear();
  for (const char* site : {"cross-site", "same-site"}) {
    request.fetch_site = site;
    EXPECT_FALSE(is_same_origin(request)) << site;
  }
}

TEST(Origin, TheCookieIsBoundToTheHostAndReadBack) {
  const std::string cookie = session_cookie("abc");
  EXPECT_EQ(cookie, "__Host-filrouge=abc; Path=/; Secure; HttpOnly; SameSite=Strict");
  EXPECT_NE(session_cookie("").find("Max-Age=0"), std::string::npos);
  EXPECT_EQ(cookie_token("a=b; __Host-filrouge=abc;c=d"), "abc");
  EXPECT_EQ(cookie_token("__Host-filrougex=abc"), "");
  EXPECT_EQ(cookie_token("x__Host-filrouge=abc"), "");
  EXPECT_EQ(cookie_token(""), "");
  EXPECT_EQ(cookie_token("__Host-filrouge=" + std::string(5000, 'a')), "");
}

TEST(Origin, ADeviceShowsItsToken) {
  EXPECT_EQ(device_token("Device abc"), "abc");
  EXPECT_EQ(device_token("device  abc "), "abc");
  EXPECT_EQ(device_token("Bearer abc"), "");
  EXPECT_EQ(device_token("Device"), "");
  EXPECT_EQ(device_token("Device " + std::string(5000, 'a')), "");
}

}  // namespace
}  // namespace filrouge::http
