// `filrouge device load` and `filrouge device check`: a phone without a screen, for load and for
// proof. load writes the ids of what the server acknowledged; check asks the server for each.
#include <algorithm>
#include <fstream>

#include "server/app/api/known.h"
#include "server/cli/command.h"
#include "server/cli/device/api_client.h"
#include "server/cli/device/load.h"
#include "server/cli/progress.h"

namespace filrouge {

namespace {

constexpr std::string_view kAckedFile = "acknowledged.txt";

struct CheckAnswer {
  std::int64_t checked = 0;
  std::int64_t missing = 0;  // not in the journal, or not in the figures
  std::int64_t doubled = 0;  // more than once in the journal or in the figures
  std::string acked;
};
BOOST_DESCRIBE_STRUCT(CheckAnswer, (), (checked, missing, doubled, acked))

// Decimal numbers stay text until here: the program folds no floating point.
json::Value load_answer(const LoadResult& result, const std::string& acked) {
  json::Value answer = json::Value::object();
  answer.append("acknowledged", json::Value(result.acknowledged))
      .append("per_second",
              json::Value::decimal(per_second_text(result.acknowledged, result.wall_microseconds)))
      .append("p50_ms", json::Value::decimal(milliseconds_text(result.p50_microseconds)))
      .append("p99_ms", json::Value::decimal(milliseconds_text(result.p99_microseconds)))
      .append("contacts", json::Value(result.contacts))
      .append("clients", json::Value(result.clients))
      .append("batch", json::Value(result.batch))
      .append("duplicates", json::Value(result.duplicates))
      .append("quarantined", json::Value(result.quarantined))
      .append("failed", json::Value(result.failed))
      .append("seconds", json::Value::decimal(milliseconds_text(result.wall_microseconds / 1'000)))
      .append("acked", json::Value(acked));
  return answer;
}

std::string in_words(const LoadResult& result) {
  return std::to_string(result.acknowledged) + "/" + std::to_string(result.contacts) +
         std::string(tell(" contacts acquittés, ", " contacts acknowledged, ")) +
         per_second_text(result.acknowledged, result.wall_microseconds) +
         std::string(tell(" par seconde, p50 ", " a second, p50 ")) +
         milliseconds_text(result.p50_microseconds) + " ms, p99 " +
         milliseconds_text(result.p99_microseconds) + " ms\n";
}

Result<LoadOptions> read_load_options(const Arguments& arguments) {
  LoadOptions options;
  FILROUGE_TRY(url, arguments.needed("url"));
  FILROUGE_TRY(address, parse_url(url));
  FILROUGE_TRY(login, arguments.needed("login"));
  FILROUGE_TRY(password, arguments.needed("password"));
  FILROUGE_TRY(clients, arguments.number("clients", options.clients, 1, 256));
  FILROUGE_TRY(contacts, arguments.number("contacts", options.contacts, 1, 2'000'000));
  FILROUGE_TRY(batch, arguments.number("batch", options.batch, 1,
                                       static_cast<std::int64_t>(limits::sync_batch_entries_max)));
  FILROUGE_TRY(patience, arguments.number("patience", options.patience_seconds, 1, 3'600));
  return LoadOptions{address,  login, password, clients,
                     contacts, batch, patience, arguments.value_or("acked", kAckedFile)};
}

Result<int> load(const Arguments& arguments, const std::string& format) {
  FILROUGE_TRY(options, read_load_options(arguments));
  FILROUGE_TRY(result, run_load(options));
  print_text(format == "json" ? json::write(load_answer(result, options.acked)) + "\n"
                              : in_words(result));
  if (!result.stopped.empty()) say_line(result.stopped);
  return result.acknowledged + result.duplicates == result.contacts ? 0 : 1;
}

Result<std::vector<EntryId>> read_acked(const std::string& path) {
  std::ifstream in(path);
  if (!in)
    return refusal_of("acked",
                      path + " : " + std::string(tell("fichier introuvable", "no such file")));
  std::vector<EntryId> ids;
  std::string line;
  while (std::getline(in, line)) {
    auto id = EntryId::parse(line);
    if (!id.ok())
      return refusal_of("acked", path + ", " + std::string(tell("ligne ", "line ")) +
                                     std::to_string(ids.size() + 1) + " : " +
                                     std::string(tell("pas un identifiant", "no id")));
    ids.push_back(*id);
  }
  // An id acknowledged twice is one entry.
  std::sort(ids.begin(), ids.end());
  ids.erase(std::unique(ids.begin(), ids.end()), ids.end());
  return ids;
}

// Each id once in the journal and once in the figures, or it is named here by its lack.
void judge(const std::vector<EntryId>& asked, const api::KnownEntries& known, CheckAnswer& answer) {
  std::int64_t found = 0;
  for (const api::KnownEntry& one : known.rows) {
    found += one.journal > 0 && one.facts > 0 ? 1 : 0;
    answer.doubled += one.journal > 1 || one.facts > 1 ? 1 : 0;
  }
  answer.checked += static_cast<std::int64_t>(asked.size());
  answer.missing += static_cast<std::int64_t>(asked.size()) - found;
}

Result<int> check(const Arguments& arguments, const std::string& format) {
  FILROUGE_TRY(url, arguments.needed("url"));
  FILROUGE_TRY(address, parse_url(url));
  FILROUGE_TRY(login, arguments.needed("login"));
  FILROUGE_TRY(password, arguments.needed("password"));
  CheckAnswer answer;
  answer.acked = arguments.value_or("acked", kAckedFile);
  FILROUGE_TRY(ids, read_acked(answer.acked));
  ApiClient api(address);
  FILROUGE_CHECK(api.sign_in(login, password));
  Progress progress;
  for (std::size_t at = 0; at < ids.size(); at += limits::known_entries_max) {
    const std::size_t end = std::min(at + limits::known_entries_max, ids.size());
    const std::vector<EntryId> slice(ids.begin() + static_cast<std::ptrdiff_t>(at),
                                     ids.begin() + static_cast<std::ptrdiff_t>(end));
    FILROUGE_TRY(known,
                 api.post<api::KnownEntries>("/api/v1/entries/known", api::EntryList{slice}));
    judge(slice, known, answer);
    progress.at(
        [&] { return std::to_string(answer.checked) + " / " + std::to_string(ids.size()); });
  }
  api.sign_out();
  print_text(
      format == "json"
          ? json::encode(answer) + "\n"
          : std::to_string(answer.checked) + std::string(tell(" vérifiés, ", " checked, ")) +
                std::to_string(answer.missing) + std::string(tell(" manquants, ", " missing, ")) +
                std::to_string(answer.doubled) + std::string(tell(" en double\n", " doubled\n")));
  return answer.missing == 0 && answer.doubled == 0 ? 0 : 1;
}

}  // namespace

Result<int> run_device(const Arguments& arguments) {
  FILROUGE_TRY(format, arguments.choice("format", {"text", "json"}));
  if (!arguments.words().empty() && arguments.words()[0] == "load") return load(arguments, format);
  if (!arguments.words().empty() && arguments.words()[0] == "check")
    return check(arguments, format);
  return usage_of(std::string(
      tell("attendu : device load, ou device check", "expected: device load, or device check")));
}

}  // namespace filrouge
