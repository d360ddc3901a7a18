// `filrouge backup` and `filrouge restore`. A backup is one folder: journal.db, then keys.db
// (copied last, so that every key of the journal's copy is in it), `format`, and for a
// demonstration its marks. The master key is never in it. Taken beside a running server without
// disturbing it. A restore is made beside the folder and renamed into place: it is there whole or
// not at all.
#include <filesystem>
#include <sys/stat.h>

#include "server/app/checkpoint.h"
#include "server/app/use_cases.h"
#include "server/cli/command.h"
#include "server/cli/demo_marker.h"
#include "server/cli/node.h"
#include "server/cli/speech.h"
#include "server/crypto/sodium_crypto.h"
#include "server/store/sqlite/folder.h"
#include "server/store/sqlite/sqlite_keys.h"

namespace filrouge {

namespace fs = std::filesystem;

namespace {

constexpr std::string_view kDemoFiles[] = {"demo.json", "tenant.json", "demo.key"};

// What both print with `--format json`.
struct CopyAnswer {
  std::string from;
  std::string to;
  std::int64_t entries = 0;  // places in the log, also of what was deleted; backup: at its start
  std::vector<std::string> findings;  // of the verification after a restore
};
BOOST_DESCRIBE_STRUCT(CopyAnswer, (), (from, to, entries, findings))

Error in_the_way(const std::string& folder) {
  return refusal_of("not_empty", folder + " : " +
                                     std::string(tell("ce dossier n'est pas vide, rien n'y est "
                                                      "touché",
                                                      "this folder is not empty, nothing in it is "
                                                      "touched")));
}

Status copy_file(const std::string& from, const std::string& to) {
  std::error_code error;
  fs::copy_file(from, to, error);
  if (!error) chmod(to.c_str(), 0600);
  if (!error) return Done{};
  return refusal_of("disk",
                    from + " : " + std::string(tell("copie impossible", "cannot be copied")));
}

Status copy_demo_marks(const std::string& from, const std::string& to) {
  if (!is_demo(from)) return Done{};
  for (const std::string_view name : kDemoFiles)
    FILROUGE_CHECK(copy_file(from + "/" + std::string(name), to + "/" + std::string(name)));
  return Done{};
}

Result<std::int64_t> entries_in(Store& store) {
  FILROUGE_TRY(head, store.log_head());
  return static_cast<std::int64_t>(head.size);
}

Result<std::int64_t> copy_folder(Node& node, const std::string& to) {
  FILROUGE_TRY(entries, entries_in(*node.store));
  FILROUGE_CHECK(create_folder(to));
  FILROUGE_CHECK(node.store->backup(journal_path(to)));
  FILROUGE_CHECK(node.keys->backup(keys_path(to)));
  FILROUGE_CHECK(copy_demo_marks(node.data, to));
  FILROUGE_CHECK(write_format(to));
  return entries;
}

int finish(const std::string& format, const CopyAnswer& answer, std::string_view french,
           std::string_view english) {
  if (format == "json") {
    print_text(json::encode(answer) + "\n");
  } else {
    print_text(answer.to + " : " + std::string(tell(french, english)) + ", " +
               std::to_string(answer.entries) + std::string(tell(" entrées\n", " entries\n")));
    for (const std::string& finding : answer.findings) say_line(finding);
  }
  return answer.findings.empty() ? 0 : 1;
}

// The keys are copied after the journal, and with them a checkpoint that may be about entries which
// came in between: that one says nothing about this journal.
Status fit_checkpoint(App& app) {
  FILROUGE_TRY(kept, kept_checkpoint(app));
  FILROUGE_TRY(entries, entries_in(app.store));
  if (kept && kept->size > entries) FILROUGE_CHECK(begin_epoch(app));
  return Done{};
}

// Who was erased since the backup: the list lies in keys.db of the folder that is given up, also
// when its journal is lost.
Result<std::vector<SubjectId>> erased_in(const std::string& folder, const Bytes32& master,
                                         Node& node) {
  FILROUGE_TRY(keys, open_sqlite_keys({.folder = folder, .master = master, .read_only = true},
                                      *node.crypto, *node.random));
  return keys->destroyed();
}

// Copies into `beside` and makes sure that it opens with this key.
Result<CopyAnswer> restore_into(const std::string& from, const std::string& beside,
                                const Bytes32& master, const std::optional<std::string>& erasures) {
  FILROUGE_CHECK(create_folder(beside));
  FILROUGE_CHECK(copy_file(journal_path(from), journal_path(beside)));
  FILROUGE_CHECK(copy_file(keys_path(from), keys_path(beside)));
  FILROUGE_CHECK(copy_demo_marks(from, beside));
  FILROUGE_CHECK(copy_file(from + "/format", beside + "/format"));
  FILROUGE_TRY(node, open_node({.data = beside, .master = master}));
  FILROUGE_CHECK(fit_checkpoint(*node.app));
  if (erasures) {
    FILROUGE_TRY(erased, erased_in(*erasures, master, node));
    for (const SubjectId& person : erased) FILROUGE_CHECK(node.keys->destroy(person));
  }
  // Persons whose key was destroyed before the keys were copied, and after the journal was.
  FILROUGE_CHECK(finish_erasures(*node.app));
  // And what was to be located again when the journal was copied.
  FILROUGE_CHECK(refresh_facts(*node.app));
  FILROUGE_TRY(report, verify_folder(*node.app));
  // From here on phones send again what they still keep.
  FILROUGE_CHECK(begin_epoch(*node.app));
  return CopyAnswer{from, {}, report.entries + report.erased, std::move(report.findings)};
}

}  // namespace

Result<int> run_backup(const Arguments& arguments) {
  FILROUGE_CHECK(needs_a_folder(arguments));
  FILROUGE_TRY(data, arguments.needed("data"));
  FILROUGE_TRY(to, arguments.needed("to"));
  FILROUGE_TRY(format, arguments.choice("format", {"text", "json"}));
  if (!is_empty_folder(to)) return in_the_way(to);
  if (lies_inside(to, data))
    return refusal_of(
        "inside",
        to + " : " + std::string(tell("hors du dossier de données", "outside the data folder")));
  FILROUGE_TRY(
      node, open_node({.data = data, .key_file = arguments.value("key-file"), .read_only = true}));
  auto entries = copy_folder(node, to);
  if (!entries.ok()) {
    std::error_code ignored;
    fs::remove_all(to, ignored);
    return std::move(entries.error());
  }
  return finish(format, {data, to, *entries, {}}, "sauvegarde faite", "backup done");
}

Result<int> run_restore(const Arguments& arguments) {
  FILROUGE_CHECK(needs_a_folder(arguments));
  FILROUGE_TRY(data, arguments.needed("data"));
  FILROUGE_TRY(from, arguments.needed("from"));
  FILROUGE_TRY(format, arguments.choice("format", {"text", "json"}));
  const auto key_file = arguments.value("key-file");
  FILROUGE_CHECK(key_lies_outside(key_file, data));
  FILROUGE_CHECK(is_data_folder(from));
  if (!is_empty_folder(data)) return in_the_way(data);
  const auto crypto = make_sodium_crypto();
  FILROUGE_TRY(master, find_master_key({.data = is_demo(from) ? from : data, .key_file = key_file},
                                       *crypto));
  const std::string beside = beside_of(data, ".restoring");
  std::error_code ignored;
  fs::remove_all(beside, ignored);
  auto answer = restore_into(from, beside, master, arguments.value("erasures"));
  if (!answer.ok()) {
    fs::remove_all(beside, ignored);
    return std::move(answer.error());
  }
  std::error_code failed;
  fs::remove(data, ignored);
  fs::rename(beside, data, failed);
  if (failed)
    return refusal_of(
        "disk", data + " : " +
                    std::string(tell("ne peut pas être mis en place", "cannot be put in place")));
  answer->to = data;
  return finish(format, *answer, "dossier restauré", "folder restored");
}

}  // namespace filrouge
