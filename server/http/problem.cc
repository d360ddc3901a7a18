#include "server/http/problem.h"

#include "core/base/json.h"
#include "core/base/text.h"

namespace filrouge::http {
namespace {

constexpr std::size_t kFieldBytesMax = 200;
constexpr std::size_t kDetailBytesMax = 600;

struct Row {
  int status;
  std::string_view title;
  int retry_after_seconds;  // 0: none
};

// The one table from code to HTTP. A switch, so that a new code without a row does not compile.
constexpr Row row_of(Code code) {
  switch (code) {
    case Code::invalid:
      return {400, "Une information n'est pas valable", 0};
    case Code::malformed:
      return {400, "La demande n'est pas lisible", 0};
    case Code::unauthenticated:
      return {401, "Il faut se connecter", 0};
    case Code::forbidden:
      return {403, "Ce compte n'en a pas le droit", 0};
    case Code::not_found:
      return {404, "Rien ici, ou rien que ce compte puisse voir", 0};
    case Code::conflict:
      return {409, "Quelqu'un d'autre l'a changé entre-temps", 0};
    case Code::too_large:
      return {413, "C'est trop volumineux", 0};
    case Code::refused:
      return {422, "Une règle l'empêche", 0};
    case Code::throttled:
      return {429, "Trop d'essais : patientez", 60};
    case Code::quarantined:
      return {202, "Gardé à part jusqu'à vérification", 0};
    case Code::unsupported:
      return {405, "Cette demande n'est pas prévue ici", 0};
    case Code::unavailable:
      return {503, "Service momentanément indisponible", 5};
    case Code::full:
      return {507, "Il n'y a plus de place sur le serveur", 0};
    case Code::timeout:
      return {408, "La demande a mis trop de temps à arriver", 0};
    case Code::internal:
      return {500, "Le serveur s'est trompé", 0};
  }
  return {500, "Le serveur s'est trompé", 0};
}

// Input may be echoed in a field's path: short, and never half a character.
std::optional<std::string> bounded(std::string text, std::size_t bytes_max) {
  if (text.empty()) return std::nullopt;
  if (text.size() > bytes_max) {
    text.resize(bytes_max);
    while (!text.empty() && !is_utf8(text)) text.pop_back();
    text += "…";
  }
  return text;
}

}  // namespace

int status_of(Code code) { return row_of(code).status; }
std::string_view title_of(Code code) { return row_of(code).title; }

bool is_our_fault(Code code) {
  return code == Code::internal || code == Code::unavailable || code == Code::full;
}

Response problem_response(const Error& error, const std::string& reference) {
  const Row row = row_of(error.code);
  Problem problem;
  problem.type = "urn:filrouge:problem:" + std::string(json::enum_text(error.code));
  problem.title = std::string(row.title);
  problem.status = row.status;
  problem.code = error.code;
  problem.rule = bounded(error.rule, kFieldBytesMax);
  if (!is_our_fault(error.code)) {
    problem.field = bounded(error.field, kFieldBytesMax);
    problem.detail = bounded(error.detail, kDetailBytesMax);
  }
  problem.reference = bounded(reference, kFieldBytesMax);

  Response response;
  response.status = row.status;
  response.content_type = "application/problem+json; charset=utf-8";
  response.body = json::encode(problem);
  if (row.retry_after_seconds != 0)
    response.set("Retry-After", std::to_string(row.retry_after_seconds));
  return response;
}

}  // namespace filrouge::http
