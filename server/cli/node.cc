#include "server/cli/node.h"

#include <filesystem>
#include <utility>

#include "server/cli/speech.h"
#include "server/crypto/sodium_crypto.h"
#include "server/crypto/system_environment.h"
#include "server/store/sqlite/ballast.h"
#include "server/store/sqlite/folder.h"
#include "server/store/sqlite/sqlite_keys.h"
#include "server/store/sqlite/sqlite_store.h"

namespace filrouge {

namespace fs = std::filesystem;

namespace {

// The errors that people meet, in their words; the others keep the store's own.
Error in_words(Error error, const std::string& data) {
  const auto line = [&](std::string_view french, std::string_view english) {
    return refusal_of(error.rule, data + " : " + std::string(tell(french, english)));
  };
  if (error.rule == "no_folder" || error.rule == "no_keys")
    return line("ce n'est pas un dossier de Fil rouge", "this is no folder of Fil rouge");
  if (error.rule == "folder_in_use")
    return line("un serveur ou une autre commande utilise ce dossier",
                "a server or another command is using this folder");
  if (error.rule == "newer_format")
    return line("ce dossier vient d'une version plus récente du programme",
                "this folder comes from a newer version of the program");
  if (error.rule == "wrong_master_key")
    return line("cette clé n'ouvre pas ce dossier", "this key does not open this folder");
  return error;
}

}  // namespace

Result<Node> open_node(const NodeOptions& options) {
  Node node;
  node.data = options.data;
  node.crypto = make_sodium_crypto();
  node.random = make_system_random();
  node.own_clock = make_system_clock();
  if (!options.create) FILROUGE_CHECK(is_data_folder(options.data));
  Bytes32 master{};
  if (options.master) {
    master = *options.master;
  } else {
    FILROUGE_TRY(
        found, find_master_key({.data = options.data, .key_file = options.key_file}, *node.crypto));
    master = found;
  }
  auto store = open_sqlite_store({.folder = options.data,
                                  .hash = node.crypto->hash_function(),
                                  .read_only = options.read_only,
                                  .create = options.create,
                                  .ballast_bytes = ballast_bytes});
  if (!store.ok()) return in_words(store.error(), options.data);
  node.store = std::move(*store);
  auto keys = open_sqlite_keys({.folder = options.data,
                                .master = master,
                                .read_only = options.read_only,
                                .create = options.create,
                                .ballast_bytes = ballast_bytes},
                               *node.crypto, *node.random);
  wipe(master);
  if (!keys.ok()) return in_words(keys.error(), options.data);
  node.keys = std::move(*keys);
  Clock& clock = options.clock != nullptr ? *options.clock : *node.own_clock;
  node.app =
      std::make_unique<App>(make_app(*node.store, *node.keys, *node.crypto, clock, *node.random));
  return node;
}

Status is_data_folder(const std::string& data) {
  const auto format = read_format(data);
  if (!format.ok()) return in_words(format.error(), data);
  return Done{};
}

bool is_empty_folder(const std::string& data) {
  std::error_code error;
  if (!fs::exists(data, error)) return true;
  return fs::is_directory(data, error) && fs::is_empty(data, error);
}

}  // namespace filrouge
