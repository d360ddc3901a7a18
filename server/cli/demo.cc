// `filrouge demo`: lists the demonstrations, makes a folder from one, prints its sign-ins and
// serves it. Only the sign-in lines may hold the two words by which scripts find them.
#include <filesystem>

#include "server/cli/command.h"
#include "server/cli/control_commands.h"
#include "server/cli/demo_marker.h"
#include "server/cli/serve.h"
#include "server/cli/speech.h"
#include "server/cli/tenant/calendar.h"
#include "server/cli/tenant/fill.h"
#include "server/crypto/system_environment.h"
#include "server/store/sqlite/folder.h"

namespace filrouge {

namespace fs = std::filesystem;

namespace {

constexpr std::string_view kDefaultTenant = "tours";

int list_tenants() {
  for (const std::string& name : tenant_names()) {
    const auto found = find_tenant(name);
    verify(found.ok());
    print_text(name + "\t" + std::string(tell(found->tenant.title_fr, found->tenant.title_en)) +
               "\n");
  }
  return 0;
}

void print_sign_ins(const Tenant& tenant) {
  std::string text;
  for (const TenantAccount& account : tenant.accounts)
    text += "login=" + account.login + " password=" + account.password +
            " role=" + std::string(json::enum_text(account.role)) + "\n";
  print_text(text);
}

// The field day of this moment, on the wall of the consortium: the machine may be set to any zone.
Result<CivilDate> last_day(const Arguments& arguments, const Tenant& tenant) {
  const CivilDate today = wall_of(tenant.zone, make_system_clock()->now()).field_day();
  const auto until = arguments.value("until");
  if (!until) return today;
  auto day = CivilDate::parse(*until);
  if (!day.ok() || *day > today)
    return usage_of(std::string(tell("--until : une date AAAA-MM-JJ, aujourd'hui au plus tard",
                                     "--until: a date YYYY-MM-DD, today at the latest")));
  return *day;
}

// Removes what is in the folder, never the folder, never through a link.
Status empty_folder(const std::string& data) {
  auto lock = FolderLock::take(data);
  if (!lock.ok())
    return refusal_of("folder_in_use",
                      data + " : " +
                          std::string(tell("un serveur utilise ce dossier, arrêtez-le",
                                           "a server is using this folder, stop it")));
  std::error_code error;
  for (const auto& entry : fs::directory_iterator(data, error)) {
    if (entry.path().filename() == "demo.json") continue;
    std::error_code failed;
    fs::remove_all(entry.path(), failed);
    if (failed)
      return refusal_of("disk",
                        entry.path().string() + " : " +
                            std::string(tell("ne peut pas être effacé", "cannot be removed")));
  }
  return Done{};
}

// The mark goes in first: a folder whose filling stopped half-way is still known as ours.
Status make_demo(const std::string& data, const DatabaseChoice& database, const FoundTenant& found,
                 CivilDate until) {
  FILROUGE_CHECK(create_folder(data));
  DemoMarker marker{std::string(demo_made_by), found.tenant.name, until, false};
  FILROUGE_CHECK(write_marker(data, marker));
  FILROUGE_CHECK(keep_tenant(data, found.text));
  Bytes32 master{};
  make_system_random()->fill(master);
  FILROUGE_CHECK(write_key_file(demo_key_path(data), master));
  FILROUGE_TRY(filled, fill_demo(data, found.tenant, master, until, database));
  say_line(std::string(tell("Démonstration prête : ", "The demonstration is ready: ")) +
           found.tenant.name + ", " + std::to_string(filled.entries) + " notes");
  marker.complete = true;
  return write_marker(data, marker);
}

Error not_ours(const std::string& data) {
  return refusal_of("not_a_demo",
                    data + " : " +
                        std::string(tell("ce dossier n'est pas vide et ne vient pas de filrouge "
                                         "demo, rien n'y est touché",
                                         "this folder is not empty and was not made by filrouge "
                                         "demo, nothing in it is touched")));
}

Status prepare(const std::string& data, const Arguments& arguments) {
  const auto marker = read_marker(data);
  if (!marker.ok() && !is_empty_folder(data)) return not_ours(data);
  const bool keep = marker.ok() && marker->complete && !arguments.has("reset");
  const auto asked = arguments.value("tenant");
  const DatabaseChoice database = database_of(arguments);
  if (database.given() && arguments.has("reset"))
    return refusal_of("reset_database",
                      std::string(tell("--reset ne vide pas une base : supprimez-la et recréez-la",
                                       "--reset does not empty a database: drop it and make it "
                                       "anew")));
  if (keep && !asked) return Done{};
  const std::string name =
      asked.value_or(marker.ok() ? marker->tenant : std::string(kDefaultTenant));
  // A file of one's own is known again by its copy in the folder.
  const bool from_copy = !asked && marker.ok();
  FILROUGE_TRY(found, find_tenant(from_copy ? data + "/tenant.json" : name));
  if (keep && found.tenant.name == marker->tenant) return Done{};
  if (keep)
    return refusal_of("other_tenant",
                      data + " : " +
                          std::string(tell("ce dossier contient la démonstration ",
                                           "this folder holds the demonstration ")) +
                          marker->tenant +
                          std::string(tell(" ; --reset la remplace", "; --reset replaces it")));
  FILROUGE_TRY(until, last_day(arguments, found.tenant));
  if (database.given()) FILROUGE_CHECK(are_empty_databases(database));
  if (marker.ok()) FILROUGE_CHECK(empty_folder(data));
  return make_demo(data, database, found, until);
}

}  // namespace

Result<int> run_demo(const Arguments& arguments) {
  const auto given = arguments.value("data");
  if (!given) return list_tenants();
  FILROUGE_TRY(data, arguments.needed("data"));
  ServeOptions options;
  options.node.data = data;
  options.node.database = database_of(arguments);
  options.listen = arguments.value_or("listen", options.listen);
  FILROUGE_CHECK(parse_listen(options.listen));
  FILROUGE_CHECK(prepare(data, arguments));
  FILROUGE_TRY(tenant, kept_tenant(data));
  print_sign_ins(tenant);
  if (arguments.has("no-serve")) return 0;
  options.web_folder = arguments.value_or("web", "");
  options.demo = true;
  options.control = control_commands();
  return serve(options);
}

}  // namespace filrouge
