// `filrouge verify`: recomputes the log, opens and folds every entry again and compares with what
// screens and figures read. Opens read-only: beside a running server it changes nothing.
#include "server/app/use_cases.h"
#include "server/cli/command.h"
#include "server/cli/node.h"
#include "server/cli/speech.h"

namespace filrouge {

namespace {

// What `--format json` prints: numbers, and findings that name no content.
struct VerifyAnswer {
  std::string data;
  bool clean = false;
  std::int64_t entries = 0;
  std::int64_t erased = 0;
  std::int64_t subjects = 0;
  std::int64_t facts = 0;
  std::vector<std::string> findings;
};
BOOST_DESCRIBE_STRUCT(VerifyAnswer, (), (data, clean, entries, erased, subjects, facts, findings))

std::string in_words(const VerifyAnswer& answer) {
  std::string text = answer.data + " : " + std::to_string(answer.entries) +
                     std::string(tell(" entrées, ", " entries, ")) + std::to_string(answer.erased) +
                     std::string(tell(" effacées, ", " erased, ")) +
                     std::to_string(answer.subjects) +
                     std::string(tell(" sujets, ", " subjects, ")) + std::to_string(answer.facts) +
                     std::string(tell(" faits : ", " facts: "));
  if (answer.clean) return text + std::string(tell("tout concorde\n", "everything agrees\n"));
  return text + std::to_string(answer.findings.size()) +
         std::string(tell(" anomalies\n", " findings\n"));
}

}  // namespace

Result<int> run_verify(const Arguments& arguments) {
  FILROUGE_TRY(data, arguments.needed("data"));
  FILROUGE_TRY(format, arguments.choice("format", {"text", "json"}));
  FILROUGE_TRY(node, open_node({.data = data,
                                .database = database_of(arguments),
                                .key_file = arguments.value("key-file"),
                                .read_only = true}));
  FILROUGE_TRY(report, verify_folder(*node.app));
  VerifyAnswer answer{
      data,         report.findings.empty(),   report.entries, report.erased, report.subjects,
      report.facts, std::move(report.findings)};
  print_text(format == "json" ? json::encode(answer) + "\n" : in_words(answer));
  for (const std::string& finding : answer.findings)
    if (format == "text") say_line(finding);
  return answer.clean ? 0 : 1;
}

}  // namespace filrouge
