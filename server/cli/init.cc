// `filrouge init`: an empty consortium in a new folder, its master key outside of it, the one-time
// codes of its two administrators and two recovery halves. Codes and halves are shown once, here.
#include <ctime>

#include "server/app/use_cases.h"
#include "server/cli/command.h"
#include "server/cli/node.h"
#include "server/cli/speech.h"
#include "server/crypto/recovery.h"
#include "server/crypto/sodium_crypto.h"
#include "server/crypto/system_environment.h"

namespace filrouge {

namespace {

struct InitCode {
  std::string login;
  std::string code;
};
BOOST_DESCRIBE_STRUCT(InitCode, (), (login, code))

// What `--format json` prints.
struct InitAnswer {
  std::string data;
  std::string key_file;
  std::string organisation;
  std::vector<InitCode> administrators;
  Instant valid_until;
  std::vector<std::string> recovery_halves;
};
BOOST_DESCRIBE_STRUCT(InitAnswer, (),
                      (data, key_file, organisation, administrators, valid_until, recovery_halves))

Result<std::vector<std::string>> read_logins(const std::string& text) {
  std::vector<std::string> logins;
  std::size_t at = 0;
  while (at <= text.size()) {
    const std::size_t end = std::min(text.find(',', at), text.size());
    logins.push_back(text.substr(at, end - at));
    at = end + 1;
  }
  const bool two =
      logins.size() == 2 && !logins[0].empty() && !logins[1].empty() && logins[0] != logins[1];
  if (two) return logins;
  return usage_of(std::string(tell("--logins : deux noms différents, séparés par une virgule",
                                   "--logins: two different names, separated by a comma")));
}

std::string wall_time(Instant at) {
  const std::time_t seconds = static_cast<std::time_t>(at.ms / 1000);
  std::tm wall{};
  localtime_r(&seconds, &wall);
  char text[40];
  const std::size_t size = std::strftime(text, sizeof text, "%Y-%m-%d %H:%M", &wall);
  return {text, size};
}

std::string in_words(const InitAnswer& answer, bool in_database) {
  std::string text;
  text += std::string(tell("Dossier : ", "Folder: ")) + answer.data + "\n";
  text += std::string(tell("Clé maîtresse : ", "Master key: ")) + answer.key_file + "\n";
  text += std::string(tell("  (à garder hors du dossier et de ses sauvegardes)\n\n",
                           "  (to be kept outside the folder and its backups)\n\n"));
  text += std::string(tell("Un code à usage unique par administrateur, valable 72 heures, "
                           "jusqu'au ",
                           "One one-time code for each administrator, valid for 72 hours, "
                           "until ")) +
          wall_time(answer.valid_until) + "\n";
  for (const InitCode& one : answer.administrators)
    text += "  " + one.login + "  " + one.code + "\n";
  text += std::string(
      tell("\nDeux moitiés de secours, pour deux personnes qui les gardent séparément ; ensemble,\n"
           "elles remplacent la clé maîtresse perdue. Elles ne seront plus affichées.\n",
           "\nTwo recovery halves, for two people who keep them apart; together they replace a\n"
           "lost master key. They will not be shown again.\n"));
  for (const std::string& half : answer.recovery_halves) text += "  " + half + "\n";
  text +=
      std::string(tell("\nEnsuite : filrouge serve --data ", "\nNext: filrouge serve --data ")) +
      answer.data + (in_database ? " --database ..." : "") + "\n";
  return text;
}

Error not_empty(const std::string& data) {
  return refusal_of("not_empty", data + " : " +
                                     std::string(tell("ce dossier n'est pas vide, rien n'y est "
                                                      "touché",
                                                      "this folder is not empty, nothing in it "
                                                      "is touched")));
}

}  // namespace

Result<int> run_init(const Arguments& arguments) {
  FILROUGE_TRY(data, arguments.needed("data"));
  FILROUGE_TRY(format, arguments.choice("format", {"text", "json"}));
  FILROUGE_TRY(logins, read_logins(arguments.value_or("logins", "admin1,admin2")));
  const std::string key_file = arguments.value_or("key-file", key_beside(data));
  FILROUGE_CHECK(key_lies_outside(key_file, data));
  if (!is_empty_folder(data)) return not_empty(data);
  const DatabaseChoice database = database_of(arguments);
  if (database.given()) FILROUGE_CHECK(are_empty_databases(database));
  Bytes32 master{};
  make_system_random()->fill(master);
  FILROUGE_CHECK(write_key_file(key_file, master));
  FILROUGE_TRY(node,
               open_node({.data = data, .database = database, .create = true, .master = master}));
  InitAnswer answer;
  answer.data = data;
  answer.key_file = key_file;
  answer.organisation =
      arguments.value_or("organisation", tell("Mon organisation", "My organisation"));
  FILROUGE_TRY(founders, found_consortium(*node.app, answer.organisation, logins));
  for (FirstAccount& one : founders)
    answer.administrators.push_back({std::move(one.login), std::move(one.code)});
  answer.valid_until = {node.app->clock.now().ms + limits::activation_hours * 3'600'000};
  RecoveryHalves halves = split_master_key(master, *node.random, *node.crypto);
  wipe(master);
  answer.recovery_halves = {std::move(halves.first), std::move(halves.second)};
  print_text(format == "json" ? json::encode(answer) + "\n" : in_words(answer, database.given()));
  return 0;
}

}  // namespace filrouge
