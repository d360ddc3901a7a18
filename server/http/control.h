// The local socket DIR/control (mode 0600) through which `filrouge import`, `admin` and `demo` act
// on a folder that a server owns (architecture 4). One line of JSON asks, one line answers, as
// often as one likes on one connection:
//
//   {"command":"import.communes","arguments":{...}}
//   {"ok":true,"value":{...}}      or      {"ok":false,"error":{"code":...,"field":...}}
//
// Commands run one at a time, on a thread of their own. "status" is always there.
#pragma once

#include <functional>
#include <map>
#include <string>
#include <string_view>

#include <boost/describe/class.hpp>

#include "core/base/json.h"
#include "server/app/app.h"

namespace filrouge::http {

using ControlHandler = std::function<Result<json::Value>(App&, const json::Value& arguments)>;
using ControlCommands = std::map<std::string, ControlHandler, std::less<>>;

inline constexpr std::string_view kControlName = "control";

// The answer line (without its end) to one request line; nothing throws, nothing traps.
std::string answer_control(App& app, const ControlCommands& commands, std::string_view line);

// Where the socket lies for bind() and connect(): a folder's path may be longer than an address
// allows, so it goes through the descriptor of the folder. Empty when the folder cannot be opened.
class ControlPath {
 public:
  explicit ControlPath(const std::string& folder);
  ~ControlPath();
  ControlPath(const ControlPath&) = delete;
  ControlPath& operator=(const ControlPath&) = delete;
  const std::string& path() const { return path_; }

 private:
  int descriptor_ = -1;
  std::string path_;
};

// The other end, for the command line. `not_found` "no_server": nobody listens there, the folder
// can be opened directly. The server's own refusal comes back as it was.
Result<json::Value> call_control(const std::string& folder, std::string_view command,
                                 const json::Value& arguments);

}  // namespace filrouge::http
