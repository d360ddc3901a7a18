// `filrouge verify --receipt FILE` checks one receipt with no folder (core/journal/receipt.h).
// `filrouge verify`: recomputes the log, opens and folds every entry again and compares with what
// screens and figures read. Opens read-only: beside a running server it changes nothing.
#include <fstream>
#include <sstream>

#include "core/journal/receipt.h"
#include "server/app/use_cases.h"
#include "server/cli/command.h"
#include "server/cli/node.h"
#include "server/cli/speech.h"
#include "server/crypto/sodium_crypto.h"

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

struct ReceiptAnswer {
  bool holds = false;
  std::string node;  // whose signature: to be compared with what the consortium published
  EntryId entry;
  std::int64_t position = 0;
  std::int64_t size = 0;
};
BOOST_DESCRIBE_STRUCT(ReceiptAnswer, (), (holds, node, entry, position, size))

// No folder and no key: what the file says is enough.
Result<int> check_receipt_file(const std::string& path, const Arguments& arguments,
                               const std::string& format) {
  std::ifstream file(path, std::ios::binary);
  std::stringstream text;
  text << file.rdbuf();
  if (!file)
    return refusal_of("receipt",
                      path + " : " + std::string(tell("fichier introuvable", "no such file")));
  auto receipt = json::decode<EntryReceipt>(text.str());
  if (!receipt.ok())
    return refusal_of(
        "receipt", path + " : " + std::string(tell("ce n'est pas un reçu", "this is no receipt")));
  const auto published = arguments.value("node");
  const bool other = published && *published != receipt->checkpoint.node;
  const auto held = check_receipt(*receipt, sodium_hash_function(), &sodium_check_signature);
  const ReceiptAnswer answer{held.ok() && !other, receipt->checkpoint.node, receipt->entry.id,
                             receipt->position, receipt->checkpoint.size};
  if (format == "json")
    print_text(json::encode(answer) + "\n");
  else if (answer.holds)
    print_text(std::string(tell("le reçu est juste : entrée ", "the receipt holds: entry ")) +
               std::to_string(answer.position) + " / " + std::to_string(answer.size) +
               std::string(tell(", signée par ", ", signed by ")) + answer.node + "\n");
  if (other) say_line(tell("un autre nœud a signé ce reçu", "another node signed this receipt"));
  if (!held.ok()) say_line(sentence_of(held.error()));
  return answer.holds ? 0 : 1;
}

}  // namespace

Result<int> run_verify(const Arguments& arguments) {
  FILROUGE_TRY(format, arguments.choice("format", {"text", "json"}));
  if (const auto receipt = arguments.value("receipt"))
    return check_receipt_file(*receipt, arguments, format);
  FILROUGE_TRY(data, arguments.needed("data"));
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
