#include "server/http/control.h"

#include <cstring>
#include <fcntl.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include "core/base/limits.h"

namespace filrouge::http {
namespace {

// The owner of the folder is trusted with size: an import is one line.
constexpr json::ParseLimits kLimits{limits::control_line_bytes_max, limits::json_depth_max,
                                    limits::control_values_max, false};

struct ControlError {
  Code code = Code::internal;
  std::string field;
  std::string rule;
  std::string detail;
};
BOOST_DESCRIBE_STRUCT(ControlError, (), (code, field, rule, detail))

std::string refused(const Error& error) {
  const ControlError told{error.code, error.field, error.rule, error.detail};
  return R"({"ok":false,"error":)" + json::encode(told) + "}";
}

Result<json::Value> run(App& app, const ControlCommands& commands, std::string_view line) {
  FILROUGE_TRY(request, json::parse(line, kLimits));
  const json::Value* name = request.find("command");
  if (name == nullptr || !name->is(json::Kind::string))
    return Error{Code::malformed, "command", "missing", "a command is expected"};
  if (name->text() == "status")
    return json::Value::object()
        .append("version", json::Value(app.version))
        .append("process", json::Value(static_cast<std::int64_t>(::getpid())));
  const auto found = commands.find(name->text());
  if (found == commands.end())
    return Error{Code::not_found, "command", "unknown_command", "no such command"};
  const json::Value* arguments = request.find("arguments");
  return found->second(app, arguments == nullptr ? json::Value::object() : *arguments);
}

bool write_all(int descriptor, std::string_view bytes) {
  while (!bytes.empty()) {
    const ssize_t sent = ::send(descriptor, bytes.data(), bytes.size(), MSG_NOSIGNAL);
    if (sent <= 0) return false;
    bytes.remove_prefix(static_cast<std::size_t>(sent));
  }
  return true;
}

std::string read_line(int descriptor) {
  std::string line;
  char piece[16 << 10];
  while (line.find('\n') == line.npos && line.size() < limits::control_line_bytes_max) {
    const ssize_t got = ::recv(descriptor, piece, sizeof piece, 0);
    if (got <= 0) break;
    line.append(piece, static_cast<std::size_t>(got));
  }
  return line;
}

Result<json::Value> read_answer(const std::string& line) {
  if (!line.ends_with('\n'))
    return Error{Code::unavailable, "", "no_answer", "the server ended before it answered"};
  FILROUGE_TRY(answer, json::parse(line, kLimits));
  if (const json::Value* value = answer.find("value")) return *value;
  const json::Value* error = answer.find("error");
  if (error == nullptr) return Error{Code::malformed, "", "no_answer", "no answer to read"};
  FILROUGE_TRY(told, json::read<ControlError>(*error));
  return Error{told.code, told.field, told.rule, told.detail};
}

}  // namespace

std::string answer_control(App& app, const ControlCommands& commands, std::string_view line) {
  const auto value = run(app, commands, line);
  if (!value.ok()) return refused(value.error());
  return R"({"ok":true,"value":)" + json::write(*value) + "}";
}

ControlPath::ControlPath(const std::string& folder)
    : descriptor_(::open(folder.c_str(), O_PATH | O_DIRECTORY | O_CLOEXEC)) {
  if (descriptor_ < 0) return;
  path_ = "/proc/self/fd/" + std::to_string(descriptor_) + "/";
  path_ += kControlName;
}

ControlPath::~ControlPath() {
  if (descriptor_ >= 0) ::close(descriptor_);
}

Result<json::Value> call_control(const std::string& folder, std::string_view command,
                                 const json::Value& arguments) {
  const ControlPath place(folder);
  sockaddr_un address{};
  address.sun_family = AF_UNIX;
  if (place.path().empty() || place.path().size() >= sizeof address.sun_path)
    return Error{Code::not_found, "", "no_server", "no server owns this folder"};
  std::memcpy(address.sun_path, place.path().c_str(), place.path().size() + 1);
  const int descriptor = ::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
  if (descriptor < 0) return Error{Code::unavailable, "", "socket", std::strerror(errno)};
  std::string answer;
  const bool connected =
      ::connect(descriptor, reinterpret_cast<const sockaddr*>(&address), sizeof address) == 0;
  if (connected) {
    json::Value request = json::Value::object();
    request.append("command", json::Value(command)).append("arguments", arguments);
    if (write_all(descriptor, json::write(request) + "\n")) answer = read_line(descriptor);
  }
  ::close(descriptor);
  if (!connected) return Error{Code::not_found, "", "no_server", "no server owns this folder"};
  return read_answer(answer);
}

}  // namespace filrouge::http
