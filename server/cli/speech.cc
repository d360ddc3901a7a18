#include "server/cli/speech.h"

#include <cstdio>
#include <cstdlib>
#include <optional>

#include "core/base/json.h"

namespace filrouge {

namespace {

constexpr std::string_view kUsage = "usage";
constexpr std::string_view kSpoken = "said:";  // before the rule of a refusal that has its words

Language from_environment() {
  for (const char* name : {"LC_ALL", "LC_MESSAGES", "LANG"}) {
    const char* value = std::getenv(name);
    if (value == nullptr || *value == '\0') continue;
    return std::string_view(value).starts_with("en") ? Language::english : Language::french;
  }
  return Language::french;
}

std::optional<Language>& chosen_language() {
  static std::optional<Language> chosen;
  return chosen;
}

// What the other rooms refuse, in a few words; their rule stays in the line for those who search.
std::string_view words_of(Code code) {
  switch (code) {
    case Code::invalid:
      return tell("une valeur n'est pas acceptée", "a value is not accepted");
    case Code::malformed:
      return tell("contenu illisible", "unreadable content");
    case Code::unauthenticated:
      return tell("identification refusée", "sign-in refused");
    case Code::forbidden:
      return tell("accès refusé", "access refused");
    case Code::not_found:
      return tell("introuvable", "not found");
    case Code::conflict:
      return tell("déjà présent ou modifié entre-temps", "already there, or changed meanwhile");
    case Code::too_large:
      return tell("trop volumineux", "too large");
    case Code::refused:
      return tell("refusé par une règle", "refused by a rule");
    case Code::throttled:
      return tell("trop d'essais, attendez", "too many tries, wait");
    case Code::quarantined:
      return tell("mis de côté, à vérifier", "kept apart, to be checked");
    case Code::unsupported:
      return tell("version ou forme inconnue", "unknown version or form");
    case Code::unavailable:
      return tell("disque, réseau ou base indisponible", "disk, network or database unavailable");
    case Code::full:
      return tell("plus de place sur le disque", "no space left on the disk");
    case Code::timeout:
      return tell("pas de réponse à temps", "no answer in time");
    case Code::internal:
      break;
  }
  return tell("erreur du programme", "an error of the program");
}

}  // namespace

Language language() {
  if (!chosen_language()) chosen_language() = from_environment();
  return *chosen_language();
}

void set_language(Language chosen) { chosen_language() = chosen; }

std::string_view tell(std::string_view french, std::string_view english) {
  return language() == Language::english ? english : french;
}

void say_line(std::string_view line) {
  std::string text(line);
  text += '\n';
  std::fwrite(text.data(), 1, text.size(), stderr);
}

void print_text(std::string_view text) {
  std::fwrite(text.data(), 1, text.size(), stdout);
  std::fflush(stdout);
}

std::string sentence_of(const Error& error) {
  if (is_usage(error) || error.rule.starts_with(kSpoken)) return error.detail;
  std::string line(words_of(error.code));
  std::string about = error.field;
  if (!error.rule.empty()) about += (about.empty() ? "" : ", ") + error.rule;
  if (!about.empty()) line += " (" + about + ")";
  if (!error.detail.empty()) line += " : " + error.detail;
  return line;
}

Error refusal_of(std::string_view rule, std::string sentence) {
  return {Code::refused, "", std::string(kSpoken) + std::string(rule), std::move(sentence)};
}

Error usage_of(std::string sentence) {
  return {Code::invalid, "", std::string(kUsage), std::move(sentence)};
}

bool is_usage(const Error& error) { return error.rule == kUsage; }

}  // namespace filrouge
