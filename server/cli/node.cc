#include "server/cli/node.h"

#include <filesystem>
#include <utility>

#include "server/cli/speech.h"
#include "server/crypto/sodium_crypto.h"
#include "server/crypto/system_environment.h"
#include "server/store/postgresql/postgresql_keys.h"
#include "server/store/postgresql/postgresql_store.h"
#include "server/store/sqlite/ballast.h"
#include "server/store/sqlite/folder.h"
#include "server/store/sqlite/sqlite_keys.h"
#include "server/store/sqlite/sqlite_store.h"

namespace filrouge {

namespace fs = std::filesystem;

namespace {

struct Addresses {
  postgresql::Address journal;
  postgresql::Address keys;
};

Result<Addresses> addresses_of(const DatabaseChoice& database) {
  const auto read = [](std::string_view option,
                       const std::string& text) -> Result<postgresql::Address> {
    auto address = postgresql::Address::parse(text);
    if (address.ok()) return address;
    if (address.error().rule == "libpq_missing")
      return refusal_of("database",
                        std::string(tell("il manque libpq.so.5 : installez le paquet libpq5",
                                         "libpq.so.5 is missing: install the package libpq5")));
    return usage_of("--" + std::string(option) + " : " +
                    std::string(tell("une adresse est attendue, comme postgresql://HÔTE/BASE",
                                     "an address is expected, as postgresql://HOST/DATABASE")));
  };
  FILROUGE_TRY(journal, read("database", database.address));
  if (database.keys_address.empty())
    return Addresses{journal, journal.with_database(journal.database() + "_keys")};
  FILROUGE_TRY(keys, read("keys-database", database.keys_address));
  return Addresses{journal, keys};
}

// The errors that people meet, in their words; the others keep the store's own.
Error in_words(Error error, const NodeOptions& options) {
  const std::string where =
      options.database.given() ? std::string(tell("base de données", "database")) : options.data;
  const auto line = [&](std::string_view french, std::string_view english) {
    return refusal_of(error.rule, where + " : " + std::string(tell(french, english)));
  };
  if (error.rule == "no_journal" || (error.rule == "no_keys" && options.database.given()))
    return line("rien de Fil rouge dans cette base ; filrouge init --database la prépare",
                "nothing of Fil rouge in this database; filrouge init --database prepares it");
  if (error.rule == "no_folder" || error.rule == "no_keys")
    return line("ce n'est pas un dossier de Fil rouge", "this is no folder of Fil rouge");
  if (error.rule == "folder_in_use")
    return refusal_of(error.rule, options.data + " : " +
                                      std::string(tell("un serveur ou une autre commande utilise "
                                                       "ce dossier",
                                                       "a server or another command is using this "
                                                       "folder")));
  if (error.rule == "newer_format")
    return line("ce dossier vient d'une version plus récente du programme",
                "this folder comes from a newer version of the program");
  if (error.rule == "other_format")
    return line("faite par une autre version du programme",
                "made by another version of the program");
  if (error.rule == "other_tables")
    return line("elle contient les tables d'autre chose, rien n'y est touché",
                "it holds tables of something else, nothing in it is touched");
  if (error.rule == "wrong_master_key")
    return line("cette clé ne l'ouvre pas", "this key does not open it");
  if (error.rule == "database_away" && options.database.given())
    return refusal_of(error.rule, where + " : " + error.detail);
  return error;
}

Status open_folder(const NodeOptions& options, const Bytes32& master, Node& node) {
  FILROUGE_TRY(store, open_sqlite_store({.folder = options.data,
                                         .hash = node.crypto->hash_function(),
                                         .read_only = options.read_only,
                                         .create = options.create,
                                         .ballast_bytes = ballast_bytes}));
  node.store = std::move(store);
  FILROUGE_TRY(keys, open_sqlite_keys({.folder = options.data,
                                       .master = master,
                                       .read_only = options.read_only,
                                       .create = options.create,
                                       .ballast_bytes = ballast_bytes},
                                      *node.crypto, *node.random));
  node.keys = std::move(keys);
  return Done{};
}

Status open_databases(const NodeOptions& options, const Bytes32& master, Node& node) {
  FILROUGE_TRY(places, addresses_of(options.database));
  if (!options.read_only) {
    FILROUGE_CHECK(create_folder(options.data));
    FILROUGE_TRY(lock, FolderLock::take(options.data));
    node.lock = std::move(lock);
  }
  Bytes16 name{};
  node.random->fill(name);
  FILROUGE_TRY(store, open_postgresql_store({.address = places.journal,
                                             .hash = node.crypto->hash_function(),
                                             .name = name,
                                             .read_only = options.read_only,
                                             .create = options.create}));
  node.store = std::move(store);
  FILROUGE_TRY(keys, open_postgresql_keys({.address = places.keys,
                                           .master = master,
                                           .read_only = options.read_only,
                                           .create = options.create},
                                          *node.crypto, *node.random));
  node.keys = std::move(keys);
  return Done{};
}

}  // namespace

DatabaseChoice database_of(const Arguments& arguments) {
  return {arguments.value_or("database", ""), arguments.value_or("keys-database", "")};
}

Status needs_a_folder(const Arguments& arguments) {
  if (!database_of(arguments).given()) return Done{};
  return refusal_of("database_tools",
                    std::string(tell("une base PostgreSQL se sauvegarde et se restaure avec ses "
                                     "propres outils (docs/postgresql.md)",
                                     "a PostgreSQL database is backed up and restored with its "
                                     "own tools (docs/postgresql.md)")));
}

Result<Node> open_node(const NodeOptions& options) {
  Node node;
  node.data = options.data;
  node.crypto = make_sodium_crypto();
  node.random = make_system_random();
  node.own_clock = make_system_clock();
  if (!options.create) FILROUGE_CHECK(is_node(options.data, options.database));
  Bytes32 master{};
  if (options.master) {
    master = *options.master;
  } else {
    FILROUGE_TRY(
        found, find_master_key({.data = options.data, .key_file = options.key_file}, *node.crypto));
    master = found;
  }
  const Status opened = options.database.given() ? open_databases(options, master, node)
                                                 : open_folder(options, master, node);
  wipe(master);
  if (!opened.ok()) return in_words(opened.error(), options);
  Clock& clock = options.clock != nullptr ? *options.clock : *node.own_clock;
  node.app =
      std::make_unique<App>(make_app(*node.store, *node.keys, *node.crypto, clock, *node.random));
  return node;
}

Status is_data_folder(const std::string& data) {
  const auto format = read_format(data);
  if (!format.ok()) return in_words(format.error(), {.data = data});
  return Done{};
}

Status is_node(const std::string& data, const DatabaseChoice& database) {
  if (!database.given()) return is_data_folder(data);
  FILROUGE_CHECK(addresses_of(database));
  if (!read_format(data).ok()) return Done{};
  return refusal_of("folder_has_journal",
                    data + " : " +
                        std::string(tell("ce dossier contient déjà un journal ; avec --database, "
                                         "donnez-en un autre",
                                         "this folder holds a journal of its own; with --database, "
                                         "give another one")));
}

Status are_empty_databases(const DatabaseChoice& database) {
  const NodeOptions options{.database = database};
  const auto crypto = make_sodium_crypto();
  const auto random = make_system_random();
  FILROUGE_TRY(places, addresses_of(database));
  const auto store = open_postgresql_store(
      {.address = places.journal, .hash = crypto->hash_function(), .read_only = true});
  if (!store.ok() && store.error().rule != "no_journal") return in_words(store.error(), options);
  const auto keys =
      open_postgresql_keys({.address = places.keys, .read_only = true}, *crypto, *random);
  if (!keys.ok() && keys.error().rule != "no_keys" && keys.error().rule != "wrong_master_key")
    return in_words(keys.error(), options);
  if (!store.ok() && !keys.ok() && keys.error().rule == "no_keys") return Done{};
  return refusal_of("not_empty",
                    std::string(tell("cette base contient déjà un journal ou des clés, rien n'y "
                                     "est touché",
                                     "this database holds a journal or keys already, nothing in it "
                                     "is touched")));
}

bool is_empty_folder(const std::string& data) {
  std::error_code error;
  if (!fs::exists(data, error)) return true;
  return fs::is_directory(data, error) && fs::is_empty(data, error);
}

}  // namespace filrouge
