#include "server/cli/key_file.h"

#include <cstdlib>
#include <fcntl.h>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <sys/stat.h>
#include <termios.h>
#include <unistd.h>

#include "core/base/ids.h"
#include "server/cli/speech.h"
#include "server/crypto/recovery.h"

namespace filrouge {

namespace fs = std::filesystem;

namespace {

Error key_error(std::string_view rule, std::string_view french, std::string_view english,
                const std::string& path) {
  return refusal_of(rule, path + " : " + std::string(tell(french, english)));
}

Result<Bytes32> key_of_text(std::string text) {
  while (!text.empty() && (text.back() == '\n' || text.back() == '\r' || text.back() == ' '))
    text.pop_back();
  Bytes32 key{};
  if (!from_hex(text, key.data(), key.size()))
    return refusal_of("key_text", std::string(tell("la clé n'a pas la forme attendue",
                                                   "the key does not have the expected form")));
  return key;
}

bool there(const std::string& path) {
  std::error_code error;
  return fs::exists(path, error);
}

// One line typed on the terminal without being shown.
std::string ask_hidden(std::string_view question) {
  termios before{};
  const bool hidden = tcgetattr(STDIN_FILENO, &before) == 0;
  if (hidden) {
    termios quiet = before;
    quiet.c_lflag &= ~static_cast<tcflag_t>(ECHO);
    tcsetattr(STDIN_FILENO, TCSAFLUSH, &quiet);
  }
  // Asked once nothing is shown any more, and what was typed before is gone.
  std::cerr << question << std::flush;
  std::string line;
  std::getline(std::cin, line);
  if (hidden) tcsetattr(STDIN_FILENO, TCSAFLUSH, &before);
  std::cerr << '\n';
  return line;
}

Result<Bytes32> ask_master_key(Crypto& crypto) {
  std::string first =
      ask_hidden(tell("Clé maîtresse (64 chiffres), ou première moitié de secours : ",
                      "Master key (64 digits), or the first recovery half: "));
  if (first.size() == 64) return key_of_text(std::move(first));
  const std::string second =
      ask_hidden(tell("Seconde moitié de secours : ", "Second recovery half: "));
  return join_master_key(first, second, crypto);
}

}  // namespace

Result<Bytes32> read_key_file(const std::string& path) {
  struct stat facts{};
  if (stat(path.c_str(), &facts) != 0)
    return key_error("no_key", "fichier de clé introuvable", "no such key file", path);
  if ((facts.st_mode & 077) != 0)
    return key_error("key_mode", "le fichier de clé doit être en mode 0600 (chmod 600)",
                     "the key file must have mode 0600 (chmod 600)", path);
  std::ifstream in(path, std::ios::binary);
  std::string text(80, '\0');
  in.read(text.data(), static_cast<std::streamsize>(text.size()));
  text.resize(static_cast<std::size_t>(in.gcount()));
  return key_of_text(std::move(text));
}

Status write_key_file(const std::string& path, const Bytes32& key) {
  const int file = open(path.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
  if (file < 0)
    return errno == EEXIST ? key_error("key_there", "ce fichier de clé existe déjà",
                                       "this key file is already there", path)
                           : key_error("key_write", "le fichier de clé ne peut pas être écrit",
                                       "the key file cannot be written", path);
  const std::string text = to_hex(key.data(), key.size()) + "\n";
  const bool written = write(file, text.data(), text.size()) == static_cast<ssize_t>(text.size());
  const bool durable = written && fsync(file) == 0;
  close(file);
  if (durable) return Done{};
  unlink(path.c_str());
  return key_error("key_write", "le fichier de clé ne peut pas être écrit",
                   "the key file cannot be written", path);
}

Result<Bytes32> find_master_key(const KeyPlace& place, Crypto& crypto) {
  if (place.key_file) return read_key_file(*place.key_file);
  if (const char* credentials = std::getenv("CREDENTIALS_DIRECTORY")) {
    const std::string path = std::string(credentials) + "/filrouge.key";
    if (there(path)) {
      // systemd gives it to the service alone, under a mode of its own choice.
      std::ifstream in(path, std::ios::binary);
      std::string text;
      std::getline(in, text);
      return key_of_text(std::move(text));
    }
  }
  if (there(demo_key_path(place.data))) return read_key_file(demo_key_path(place.data));
  if (there(key_beside(place.data))) return read_key_file(key_beside(place.data));
  if (place.may_ask && isatty(STDIN_FILENO) == 1) return ask_master_key(crypto);
  return key_error("no_key", "aucun fichier de clé ; donnez --key-file",
                   "no key file; give --key-file", key_beside(place.data));
}

std::string key_beside(const std::string& data) { return beside_of(data, ".key"); }

std::string beside_of(const std::string& data, std::string_view ending) {
  std::error_code error;
  std::string path = fs::absolute(data, error).lexically_normal().string();
  while (path.size() > 1 && path.ends_with('/')) path.pop_back();
  return path + std::string(ending);
}

std::string demo_key_path(const std::string& data) { return data + "/demo.key"; }

Status key_lies_outside(const std::optional<std::string>& key_file, const std::string& data) {
  if (!key_file || !lies_inside(*key_file, data)) return Done{};
  return key_error("key_inside", "la clé doit être hors du dossier de données",
                   "the key must lie outside the data folder", *key_file);
}

bool lies_inside(const std::string& path, const std::string& folder) {
  std::error_code error;
  const fs::path inner = fs::weakly_canonical(path, error);
  fs::path outer = fs::weakly_canonical(folder, error);
  if (!outer.has_filename()) outer = outer.parent_path();
  const fs::path between = inner.lexically_relative(outer);
  return !between.empty() && *between.begin() != "..";
}

}  // namespace filrouge
