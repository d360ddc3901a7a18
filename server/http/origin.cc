#include "server/http/origin.h"

#include <algorithm>

namespace filrouge::http {
namespace {

constexpr std::size_t kTokenBytesMax = 200;

std::string_view trimmed(std::string_view text) {
  while (!text.empty() && (text.front() == ' ' || text.front() == '\t')) text.remove_prefix(1);
  while (!text.empty() && (text.back() == ' ' || text.back() == '\t')) text.remove_suffix(1);
  return text;
}

char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; }

bool equal_words(std::string_view one, std::string_view other) {
  return std::equal(one.begin(), one.end(), other.begin(), other.end(),
                    [](char a, char b) { return lower(a) == lower(b); });
}

}  // namespace

bool is_loopback(std::string_view address) {
  return address.starts_with("127.") || address == "::1" || address.starts_with("::ffff:127.");
}

std::string client_address(const Request& request) {
  if (!is_loopback(request.peer) || request.forwarded_for.empty()) return request.peer;
  const std::string_view all = request.forwarded_for;
  const std::size_t comma = all.rfind(',');
  const auto last = trimmed(comma == all.npos ? all : all.substr(comma + 1));
  return std::string(last.substr(0, 45));  // the longest address there is
}

bool is_secure(const Request& request) {
  if (!is_loopback(request.peer)) return false;
  return request.forwarded_proto.empty() || equal_words(request.forwarded_proto, "https");
}

bool is_same_origin(const Request& request) {
  if (!request.fetch_site.empty() && request.fetch_site != "same-origin" &&
      request.fetch_site != "none")
    return false;
  if (request.origin.empty()) return true;
  std::string_view origin = request.origin;
  if (equal_words(request.forwarded_proto, "https") && !origin.starts_with("https://"))
    return false;
  if (const auto scheme = origin.find("://"); scheme != origin.npos) {
    origin.remove_prefix(scheme + 3);
    return equal_words(origin, request.host);
  }
  return false;  // "null" and the like
}

std::string session_cookie(std::string_view token) {
  std::string cookie(kSessionCookie);
  cookie += '=';
  cookie += token;
  cookie += "; Path=/; Secure; HttpOnly; SameSite=Strict";
  if (token.empty()) cookie += "; Max-Age=0";
  return cookie;
}

std::string cookie_token(std::string_view header) {
  while (!header.empty()) {
    const std::size_t end = std::min(header.find(';'), header.size());
    const std::string_view pair = trimmed(header.substr(0, end));
    header.remove_prefix(std::min(end + 1, header.size()));
    if (!pair.starts_with(kSessionCookie)) continue;
    const std::string_view rest = pair.substr(kSessionCookie.size());
    if (rest.starts_with('=') && rest.size() <= kTokenBytesMax) return std::string(rest.substr(1));
  }
  return {};
}

std::string device_token(std::string_view authorization) {
  constexpr std::string_view kScheme = "Device ";
  if (authorization.size() < kScheme.size() || authorization.size() > kTokenBytesMax ||
      !equal_words(authorization.substr(0, kScheme.size()), kScheme))
    return {};
  return std::string(trimmed(authorization.substr(kScheme.size())));
}

}  // namespace filrouge::http
