#include "server/http/target.h"

#include "core/base/limits.h"
#include "core/base/text.h"

namespace filrouge::http {
namespace {

int hex_digit(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  return -1;
}

Error bad_target(std::string_view rule, std::string detail) {
  return {Code::malformed, "target", std::string(rule), std::move(detail)};
}

Status parse_query(std::string_view text, Parameters& query) {
  while (!text.empty()) {
    const std::size_t end = std::min(text.find('&'), text.size());
    const std::string_view pair = text.substr(0, end);
    text.remove_prefix(std::min(end + 1, text.size()));
    if (pair.empty()) continue;
    if (query.size() >= limits::http_target_parts_max)
      return bad_target("too_many", "too many parameters");
    const std::size_t equals = std::min(pair.find('='), pair.size());
    FILROUGE_TRY(key, percent_decode(pair.substr(0, equals), true));
    FILROUGE_TRY(value, percent_decode(pair.substr(std::min(equals + 1, pair.size())), true));
    for (const auto& [known, ignored] : query)
      if (known == key) return Error{Code::malformed, key, "duplicate_key", "the same key twice"};
    query.emplace_back(std::move(key), std::move(value));
  }
  return Done{};
}

}  // namespace

Result<std::string> percent_decode(std::string_view text, bool plus) {
  std::string out;
  out.reserve(text.size());
  for (std::size_t i = 0; i < text.size(); ++i) {
    char c = text[i];
    if (c == '%') {
      const int high = i + 2 < text.size() ? hex_digit(text[i + 1]) : -1;
      const int low = i + 2 < text.size() ? hex_digit(text[i + 2]) : -1;
      if (high < 0 || low < 0) return bad_target("escape", "a broken % escape");
      c = static_cast<char>(high * 16 + low);
      i += 2;
    } else if (c == '+' && plus) {
      c = ' ';
    }
    if (c == '\0') return bad_target("control", "a NUL character");
    out += c;
  }
  if (!is_utf8(out)) return bad_target("utf8", "the target is not UTF-8");
  return out;
}

Result<Target> parse_target(std::string_view target) {
  if (!target.starts_with('/')) return bad_target("target", "a path is expected");
  target = target.substr(0, target.find('#'));
  const std::size_t mark = std::min(target.find('?'), target.size());
  std::string_view path = target.substr(1, mark - 1);
  Target parsed;
  while (true) {
    if (parsed.segments.size() >= limits::http_target_parts_max)
      return bad_target("too_many", "too many levels");
    const std::size_t end = std::min(path.find('/'), path.size());
    FILROUGE_TRY(segment, percent_decode(path.substr(0, end), false));
    parsed.segments.push_back(std::move(segment));
    if (end == path.size()) break;
    path.remove_prefix(end + 1);
  }
  FILROUGE_CHECK(parse_query(target.substr(std::min(mark + 1, target.size())), parsed.query));
  return parsed;
}

}  // namespace filrouge::http
