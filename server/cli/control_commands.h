// What the command line asks of a server that owns the folder, through DIR/control: the same
// functions run here when no server does. Each command is atomic: all or nothing.
//
//   import.communes {"communes":[...]}   import.outlines {"outlines":[...]}   -> {"written":n}
//   import.organisations {"organisations":[...]}   -> {"written":n,"unchanged":n,"refusals":[...]}
//   import.constraints   {"constraints":[...]}     -> {"written":n}
//   report.record   {"report":"sipa"}    rows in the access ledger, durable  -> {}
#pragma once

#include <string>
#include <vector>

#include "core/territory/outline.h"
#include "server/cli/node.h"
#include "server/http/control.h"

namespace filrouge {

http::ControlCommands control_commands();

Result<std::int64_t> write_communes(App& app, const std::vector<Commune>& communes);
Result<std::int64_t> write_outlines(App& app, const std::vector<Outline>& outlines);
Status record_report(App& app, const std::string& report);

// True for the answer of call_control() when nobody listens.
bool no_server(const Error& error);

}  // namespace filrouge
