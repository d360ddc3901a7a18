// The commands of `filrouge` (architecture 8): each declares its options and gives an exit status:
// 0 done, 1 refused or failed with one clear line on standard error, 2 wrong usage. Errors that a
// command returns become that line; what it found wrong but told in full (`verify`, `device check`)
// is an exit status of its own.
//
//   int status = run_words({"verify", "--data", "/srv/filrouge"});
#pragma once

#include <span>
#include <string>
#include <vector>

#include "server/cli/arguments.h"

namespace filrouge {

struct Command {
  std::string_view name;
  std::vector<OptionSpec> options;
  std::size_t words_max = 0;
  Result<int> (*run)(const Arguments&) = nullptr;
};

const std::vector<Command>& all_commands();
// The whole of main() but its last guard.
int run_words(const std::vector<std::string>& words);

// The help of one command ("" for the overview), in the language of the program.
std::string help_text(std::string_view command);

Result<int> run_init(const Arguments&);
Result<int> run_serve(const Arguments&);
Result<int> run_demo(const Arguments&);
Result<int> run_device(const Arguments&);
Result<int> run_report(const Arguments&);
Result<int> run_import(const Arguments&);
Result<int> run_link(const Arguments&);
Result<int> run_unseen(const Arguments&);
Result<int> run_encode(const Arguments&);
Result<int> run_match_encoded(const Arguments&);
Result<int> run_campaign(const Arguments&);
Result<int> run_verify(const Arguments&);
Result<int> run_backup(const Arguments&);
Result<int> run_restore(const Arguments&);
Result<int> run_openapi(const Arguments&);
Result<int> run_version(const Arguments&);

}  // namespace filrouge
