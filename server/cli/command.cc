#include "server/cli/command.h"

#include <algorithm>

#include "server/cli/speech.h"
#include "server/http/openapi.h"
#include "server/ports/embedded.h"

namespace filrouge {

const std::vector<Command>& all_commands() {
  static const std::vector<Command> commands = {
      {"init",
       {{"data"},
        {"database"},
        {"keys-database"},
        {"key-file"},
        {"organisation"},
        {"logins"},
        {"format"}},
       0,
       &run_init},
      {"serve",
       {{"data"}, {"database"}, {"keys-database"}, {"key-file"}, {"listen"}, {"web"}},
       0,
       &run_serve},
      {"demo",
       {{"data"},
        {"database"},
        {"keys-database"},
        {"tenant"},
        {"reset", false},
        {"no-serve", false},
        {"listen"},
        {"web"},
        {"until"}},
       0,
       &run_demo},
      {"device",
       {{"url"},
        {"login"},
        {"password"},
        {"clients"},
        {"contacts"},
        {"batch"},
        {"acked"},
        {"patience"},
        {"format"}},
       1,
       &run_device},
      {"report",
       {{"data"},
        {"database"},
        {"keys-database"},
        {"key-file"},
        {"from"},
        {"to"},
        {"period"},
        {"indicator"},
        {"by"},
        {"exit-set"},
        {"format"}},
       1,
       &run_report},
      {"import",
       {{"data"},
        {"database"},
        {"keys-database"},
        {"key-file"},
        {"kind"},
        {"valid-from"},
        {"valid-to"},
        {"format"}},
       2,
       &run_import},
      {"link",
       {{"out"},
        {"columns"},
        {"id"},
        {"all-above"},
        {"pairs-per-row"},
        {"explain", false},
        {"clusters"},
        {"model"},
        {"report", false},
        {"by"},
        {"truth"},
        {"threads"},
        {"generate"},
        {"rows"},
        {"noise"},
        {"seed"},
        {"duplicates"},
        {"format"}},
       16,
       &run_link},
      {"unseen",
       {{.name = "known", .many = true},
        {"out"},
        {"columns"},
        {"id"},
        {"model"},
        {"counts"},
        {"by"},
        {"truth"},
        {"threads"},
        {"format"}},
       1,
       &run_unseen},
      {"encode",
       {{"key"},
        {"secret"},
        {"out"},
        {"register"},
        {"columns"},
        {"id"},
        {"by"},
        {"decoys"},
        {"blinded"},
        {"again"},
        {"as"},
        {"until"},
        {"seed"},
        {"threads"}},
       1,
       &run_encode},
      {"match-encoded",
       {{.name = "known", .many = true}, {"out"}, {"log"}, {"again"}, {"threads"}},
       16,
       &run_match_encoded},
      {"campaign",
       {{"as"},
        {"secret"},
        {"out"},
        {.name = "member", .many = true},
        {"until"},
        {"level"},
        {"register"},
        {"counts"},
        {"truth"},
        {"columns"},
        {"id"},
        {"decoys"},
        {"seed"},
        {"attacks", false},
        {"threads"},
        {"format"}},
       16,
       &run_campaign},
      {"verify",
       {{"data"}, {"database"}, {"keys-database"}, {"key-file"}, {"receipt"}, {"node"}, {"format"}},
       0,
       &run_verify},
      {"backup",
       {{"data"}, {"database"}, {"keys-database"}, {"key-file"}, {"to"}, {"format"}},
       0,
       &run_backup},
      {"restore",
       {{"data"},
        {"database"},
        {"keys-database"},
        {"key-file"},
        {"from"},
        {"erasures"},
        {"format"}},
       0,
       &run_restore},
      {"openapi", {}, 0, &run_openapi},
      {"version", {}, 0, &run_version},
  };
  return commands;
}

// help/fr.txt and help/en.txt: sections that begin with a line "# COMMAND".
std::string help_text(std::string_view command) {
  const std::string_view all =
      server_file(tell("server/cli/help/fr.txt", "server/cli/help/en.txt"));
  const std::string head = "# " + std::string(command) + "\n";
  const std::size_t at = all.find(head);
  verify(at != std::string_view::npos);
  const std::string_view section = all.substr(at + head.size());
  const std::size_t end = section.find("\n# ");
  return std::string(end == std::string_view::npos ? section : section.substr(0, end + 1));
}

namespace {

int tell_error(std::string_view command, const Error& error) {
  say_line("filrouge " + std::string(command) + " : " + sentence_of(error));
  if (!is_usage(error)) return 1;
  say_line(std::string(tell("Voir : filrouge help ", "See: filrouge help ")) +
           std::string(command));
  return 2;
}

int run_help(const std::vector<std::string>& words) {
  if (words.size() < 2) return print_text(help_text("filrouge")), 0;
  const auto& commands = all_commands();
  const bool known = std::any_of(commands.begin(), commands.end(),
                                 [&](const Command& one) { return one.name == words[1]; });
  if (known) return print_text(help_text(words[1])), 0;
  say_line(std::string(tell("commande inconnue : ", "unknown command: ")) + words[1]);
  return 2;
}

}  // namespace

int run_words(const std::vector<std::string>& words) {
  if (words.empty()) {
    say_line(help_text("filrouge"));
    return 2;
  }
  if (words[0] == "help" || words[0] == "--help" || words[0] == "-h") return run_help(words);
  if (words[0] == "--version") return run_words({"version"});
  const auto& commands = all_commands();
  const auto found = std::find_if(commands.begin(), commands.end(),
                                  [&](const Command& one) { return one.name == words[0]; });
  if (found == commands.end()) {
    say_line(std::string(tell("commande inconnue : ", "unknown command: ")) + words[0]);
    say_line(tell("Voir : filrouge help", "See: filrouge help"));
    return 2;
  }
  const std::vector<std::string> rest(words.begin() + 1, words.end());
  if (std::find(rest.begin(), rest.end(), "--help") != rest.end())
    return run_help({"help", words[0]});
  auto arguments = parse_arguments(rest, found->options, found->words_max);
  if (!arguments.ok()) return tell_error(found->name, arguments.error());
  auto status = found->run(*arguments);
  return status.ok() ? *status : tell_error(found->name, status.error());
}

Result<int> run_openapi(const Arguments&) {
  print_text(http::openapi_document());
  return 0;
}

Result<int> run_version(const Arguments&) {
  print_text("filrouge " FILROUGE_VERSION "\n");
  return 0;
}

}  // namespace filrouge
