#include "server/cli/device/http_client.h"

#include <algorithm>
#include <cerrno>
#include <charconv>
#include <netdb.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/socket.h>
#include <unistd.h>

#include "server/cli/speech.h"

namespace filrouge {

namespace {

Error no_answer() { return {Code::unavailable, "", "no_answer", "the server did not answer"}; }
Error bad_answer() { return {Code::malformed, "", "answer", "the answer is not HTTP"}; }

bool same_letters(std::string_view a, std::string_view b) {
  return std::equal(a.begin(), a.end(), b.begin(), b.end(), [](char x, char y) {
    const auto lower = [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; };
    return lower(x) == lower(y);
  });
}

std::string_view trimmed(std::string_view text) {
  while (!text.empty() && text.front() == ' ') text.remove_prefix(1);
  while (!text.empty() && (text.back() == ' ' || text.back() == '\r')) text.remove_suffix(1);
  return text;
}

template <class N>
bool read_number(std::string_view text, N& number, int base = 10) {
  const auto read = std::from_chars(text.data(), text.data() + text.size(), number, base);
  return !text.empty() && read.ec == std::errc{} && read.ptr == text.data() + text.size();
}

// What the head of an answer says of its body.
struct Head {
  HttpAnswer answer;
  std::size_t length = 0;
  bool chunked = false;
  bool closes = false;
};

Status read_header(std::string_view line, Head& head) {
  const std::size_t colon = line.find(':');
  if (colon == std::string_view::npos) return bad_answer();
  const std::string_view name = line.substr(0, colon);
  const std::string_view value = trimmed(line.substr(colon + 1));
  if (same_letters(name, "content-length")) {
    if (!read_number(value, head.length) || head.length > http_answer_bytes_max)
      return bad_answer();
  } else if (same_letters(name, "transfer-encoding")) {
    head.chunked = same_letters(value, "chunked");
  } else if (same_letters(name, "connection")) {
    head.closes = same_letters(value, "close");
  } else if (same_letters(name, "set-cookie")) {
    head.answer.cookie = value.substr(0, value.find(';'));
  } else if (same_letters(name, "retry-after")) {
    std::int64_t seconds = 0;
    if (read_number(value, seconds)) head.answer.retry_after_ms = seconds * 1'000;
  }
  return Done{};
}

Result<Head> read_head(std::string_view text) {
  Head head;
  const std::size_t end = text.find("\r\n");
  const std::string_view first = text.substr(0, end);
  if (!first.starts_with("HTTP/1.") || first.size() < 12 ||
      !read_number(first.substr(9, 3), head.answer.status))
    return bad_answer();
  text.remove_prefix(std::min(end + 2, text.size()));
  while (!text.empty()) {
    const std::size_t line = std::min(text.find("\r\n"), text.size());
    if (line > 0) FILROUGE_CHECK(read_header(text.substr(0, line), head));
    text.remove_prefix(std::min(line + 2, text.size()));
  }
  return head;
}

}  // namespace

Result<HttpAddress> parse_url(std::string_view url) {
  const Error wrong =
      usage_of(std::string(tell("--url : http://HÔTE:PORT attendu (HTTPS est "
                                "l'affaire du mandataire)",
                                "--url: http://HOST:PORT expected (HTTPS is the "
                                "proxy's business)")));
  constexpr std::string_view kScheme = "http://";
  if (!url.starts_with(kScheme)) return wrong;
  url.remove_prefix(kScheme.size());
  if (url.ends_with('/')) url.remove_suffix(1);
  HttpAddress address;
  const std::size_t colon = url.rfind(':');
  address.host = url.substr(0, colon);
  if (colon != std::string_view::npos && !read_number(url.substr(colon + 1), address.port))
    return wrong;
  if (address.host.empty() || address.host.find_first_of("/?#@ ") != std::string::npos)
    return wrong;
  return address;
}

void HttpClient::close() {
  if (socket_ >= 0) ::close(socket_);
  socket_ = -1;
  buffer_.clear();
}

Status HttpClient::connect() {
  addrinfo hints{};
  hints.ai_socktype = SOCK_STREAM;
  addrinfo* found = nullptr;
  const Error refused{Code::unavailable, "", "no_connection",
                      "nobody listens on " + address_.host + ":" + std::to_string(address_.port)};
  if (getaddrinfo(address_.host.c_str(), std::to_string(address_.port).c_str(), &hints, &found) !=
      0)
    return refused;
  for (const addrinfo* one = found; one != nullptr && socket_ < 0; one = one->ai_next) {
    socket_ = ::socket(one->ai_family, one->ai_socktype | SOCK_CLOEXEC, one->ai_protocol);
    if (socket_ >= 0 && ::connect(socket_, one->ai_addr, one->ai_addrlen) != 0) close();
  }
  freeaddrinfo(found);
  if (socket_ < 0) return refused;
  const int yes = 1;
  setsockopt(socket_, IPPROTO_TCP, TCP_NODELAY, &yes, sizeof yes);
  const timeval limit{http_client_seconds_max, 0};
  setsockopt(socket_, SOL_SOCKET, SO_RCVTIMEO, &limit, sizeof limit);
  setsockopt(socket_, SOL_SOCKET, SO_SNDTIMEO, &limit, sizeof limit);
  return Done{};
}

Status HttpClient::send(const HttpRequest& request) {
  std::string text;
  text.reserve(request.body.size() + 400);
  text.append(request.method).append(" ").append(request.path).append(" HTTP/1.1\r\nHost: ");
  text.append(address_.host).append(":").append(std::to_string(address_.port)).append("\r\n");
  const auto header = [&](std::string_view name, std::string_view value) {
    if (!value.empty()) text.append(name).append(": ").append(value).append("\r\n");
  };
  header("Cookie", request.cookie);
  header("Authorization", request.authorization);
  header("X-Filrouge-Csrf", request.csrf);
  if (request.method == "POST") {
    header("Content-Type", "application/json");
    header("Content-Length", std::to_string(request.body.size()));
  }
  text.append("\r\n").append(request.body);
  std::string_view left = text;
  while (!left.empty()) {
    const ssize_t sent = ::send(socket_, left.data(), left.size(), MSG_NOSIGNAL);
    if (sent <= 0) return no_answer();
    left.remove_prefix(static_cast<std::size_t>(sent));
  }
  return Done{};
}

Result<bool> HttpClient::read_more() {
  char piece[32 << 10];
  const ssize_t got = ::recv(socket_, piece, sizeof piece, 0);
  if (got < 0 && (errno == EAGAIN || errno == EWOULDBLOCK))
    return Error{Code::timeout, "", "timeout", "no answer in time"};
  if (got < 0) return no_answer();
  buffer_.append(piece, static_cast<std::size_t>(got));
  return got > 0;
}

Status HttpClient::read_until(std::size_t bytes) {
  while (buffer_.size() < bytes) {
    FILROUGE_TRY(more, read_more());
    if (!more) return no_answer();
  }
  return Done{};
}

Result<std::string> HttpClient::read_chunks() {
  std::string body;
  while (true) {
    std::size_t end = buffer_.find("\r\n");
    while (end == std::string::npos) {
      FILROUGE_CHECK(read_until(buffer_.size() + 1));
      end = buffer_.find("\r\n");
    }
    std::size_t size = 0;
    if (!read_number(std::string_view(buffer_).substr(0, end), size, 16) ||
        body.size() + size > http_answer_bytes_max)
      return bad_answer();
    FILROUGE_CHECK(read_until(end + 2 + size + 2));
    body.append(buffer_, end + 2, size);
    buffer_.erase(0, end + 2 + size + 2);
    if (size == 0) return body;
  }
}

Result<HttpAnswer> HttpClient::receive() {
  std::size_t end = buffer_.find("\r\n\r\n");
  while (end == std::string::npos) {
    FILROUGE_TRY(more, read_more());
    if (!more) return no_answer();
    end = buffer_.find("\r\n\r\n");
    if (end == std::string::npos && buffer_.size() > http_answer_bytes_max) return bad_answer();
  }
  FILROUGE_TRY(head, read_head(std::string_view(buffer_).substr(0, end + 2)));
  buffer_.erase(0, end + 4);
  if (head.chunked) {
    FILROUGE_TRY(body, read_chunks());
    head.answer.body = std::move(body);
  } else {
    FILROUGE_CHECK(read_until(head.length));
    head.answer.body = buffer_.substr(0, head.length);
    buffer_.erase(0, head.length);
  }
  if (head.closes) close();
  return std::move(head.answer);
}

Result<HttpAnswer> HttpClient::exchange(const HttpRequest& request) {
  if (socket_ < 0) FILROUGE_CHECK(connect());
  const auto sent = send(request);
  auto answer = sent.ok() ? receive() : Result<HttpAnswer>(sent.error());
  if (!answer.ok()) close();
  return answer;
}

}  // namespace filrouge
