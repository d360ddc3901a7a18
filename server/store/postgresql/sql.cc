#include "server/store/postgresql/sql.h"

#include <map>
#include <string>

#include "core/base/result.h"
#include "server/ports/embedded.h"

namespace filrouge::postgresql {

namespace {

constexpr std::string_view kMark = "-- name: ";

using Statements = std::map<std::string_view, std::string_view>;

// Comments belong to the statement after them and stay in the file.
std::string_view without_end(std::string_view text) {
  const std::size_t end = text.rfind(';');
  verify(end != std::string_view::npos);
  return text.substr(0, end);
}

void add_file(Statements& statements, std::string_view path) {
  const std::string_view file = server_file(path);
  verify(!file.empty());
  for (std::size_t at = file.find(kMark); at != std::string_view::npos;) {
    const std::size_t name_at = at + kMark.size();
    const std::size_t line_end = file.find('\n', name_at);
    at = file.find(kMark, line_end);
    const std::string_view text =
        file.substr(line_end + 1, at == std::string_view::npos ? at : at - line_end - 1);
    const bool fresh =
        statements.emplace(file.substr(name_at, line_end - name_at), without_end(text)).second;
    verify(fresh);
  }
}

Statements all_statements() {
  Statements statements;
  for (const char* name : {"session", "append", "reads", "figures", "keys"})
    add_file(statements, "server/store/postgresql/" + std::string(name) + ".sql");
  return statements;
}

}  // namespace

std::string_view sql(std::string_view name) {
  static const Statements statements = all_statements();
  const auto found = statements.find(name);
  verify(found != statements.end());
  return found->second;
}

}  // namespace filrouge::postgresql
