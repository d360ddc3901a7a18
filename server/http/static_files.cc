#include "server/http/static_files.h"

#include <array>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

namespace filrouge::http {
namespace {

struct MediaType {
  std::string_view extension;
  std::string_view type;
};
constexpr std::array kMediaTypes = {
    MediaType{"html", "text/html; charset=utf-8"},
    MediaType{"js", "text/javascript; charset=utf-8"},
    MediaType{"mjs", "text/javascript; charset=utf-8"},
    MediaType{"css", "text/css; charset=utf-8"},
    MediaType{"json", "application/json"},
    MediaType{"webmanifest", "application/manifest+json"},
    MediaType{"wasm", "application/wasm"},
    MediaType{"svg", "image/svg+xml"},
    MediaType{"png", "image/png"},
    MediaType{"jpg", "image/jpeg"},
    MediaType{"webp", "image/webp"},
    MediaType{"ico", "image/x-icon"},
    MediaType{"woff2", "font/woff2"},
    MediaType{"txt", "text/plain; charset=utf-8"},
    MediaType{"md", "text/plain; charset=utf-8"},
};

constexpr std::string_view kNoAppPage =
    "<!doctype html><html lang=\"fr\"><meta charset=\"utf-8\"><title>Fil rouge</title>"
    "<h1>Fil rouge</h1><p>Le serveur fonctionne. L'application web n'est pas installée : "
    "lancez <code>script/build</code>, ou donnez son dossier avec <code>--web</code>.</p></html>";

std::string_view extension_of(std::string_view name) {
  const std::size_t dot = name.rfind('.');
  return dot == name.npos ? std::string_view() : name.substr(dot + 1);
}

bool is_plain_name(std::string_view segment) {
  return !segment.empty() && segment.front() != '.' && segment.find('/') == segment.npos &&
         segment.find('\\') == segment.npos && segment.find('\n') == segment.npos;
}

// Looks in a text of comma-separated parts for one with this word in front.
bool names(std::string_view list, std::string_view word) {
  while (!list.empty()) {
    const std::size_t end = std::min(list.find(','), list.size());
    std::string_view part = list.substr(0, end);
    list.remove_prefix(std::min(end + 1, list.size()));
    while (part.starts_with(' ')) part.remove_prefix(1);
    if (part.substr(0, part.find_first_of("; ")) == word) return true;
  }
  return false;
}

struct Opened {
  std::shared_ptr<OpenFile> file;
  std::string tag;  // changes with the content
};

// No link is followed in the last part; the parts before were named by us or checked.
std::optional<Opened> open_plain(const std::string& path) {
  const int descriptor = ::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK);
  if (descriptor < 0) return std::nullopt;
  struct stat status{};
  const bool plain = ::fstat(descriptor, &status) == 0 && S_ISREG(status.st_mode);
  auto file = std::make_shared<OpenFile>(descriptor,
                                         plain ? static_cast<std::uint64_t>(status.st_size) : 0);
  if (!plain) return std::nullopt;
  const auto nanoseconds = static_cast<std::uint64_t>(status.st_mtim.tv_sec) * 1'000'000'000 +
                           static_cast<std::uint64_t>(status.st_mtim.tv_nsec);
  return Opened{std::move(file),
                std::to_string(nanoseconds) + "-" + std::to_string(status.st_size)};
}

struct Variant {
  std::string_view coding;
  std::string_view suffix;
};
constexpr std::array kVariants = {Variant{"br", ".br"}, Variant{"gzip", ".gz"}};

Response file_response(Opened opened, std::string_view coding, std::string_view path,
                       const Request& request) {
  Response response;
  const std::string tag =
      "\"" + opened.tag + (coding.empty() ? "" : "-") + std::string(coding) + "\"";
  const bool immutable = path.starts_with("assets/");
  response.set("Cache-Control", immutable ? "public, max-age=31536000, immutable" : "no-cache");
  response.set("ETag", tag);
  response.set("Vary", "Accept-Encoding");
  if (request.if_none_match == tag) {
    response.status = 304;
    return response;
  }
  response.content_type = std::string(media_type(path));
  if (!coding.empty()) response.set("Content-Encoding", std::string(coding));
  response.file = std::move(opened.file);
  return response;
}

std::optional<Response> answer_file(const std::string& folder, const std::string& path,
                                    const Request& request) {
  const std::string full = folder + "/" + path;
  for (const Variant& variant : kVariants) {
    if (!takes_encoding(request.accept_encoding, variant.coding)) continue;
    if (auto opened = open_plain(full + std::string(variant.suffix)))
      return file_response(std::move(*opened), variant.coding, path, request);
  }
  if (auto opened = open_plain(full)) return file_response(std::move(*opened), "", path, request);
  return std::nullopt;
}

bool is_navigation(const Request& request, const std::vector<std::string>& segments) {
  return segments.front() != "api" && segments.back().find('.') == std::string::npos &&
         names(request.accept, "text/html");
}

Response no_app_answer() {
  Response response;
  response.content_type = "text/html; charset=utf-8";
  response.body = std::string(kNoAppPage);
  response.set("Cache-Control", "no-store");
  return response;
}

}  // namespace

std::string_view media_type(std::string_view file_name) {
  const std::string_view extension = extension_of(file_name);
  for (const MediaType& row : kMediaTypes)
    if (row.extension == extension) return row.type;
  return "application/octet-stream";
}

bool takes_encoding(std::string_view accept, std::string_view coding) {
  bool any = false;
  while (!accept.empty()) {
    const std::size_t end = std::min(accept.find(','), accept.size());
    std::string_view part = accept.substr(0, end);
    accept.remove_prefix(std::min(end + 1, accept.size()));
    while (part.starts_with(' ')) part.remove_prefix(1);
    const std::string_view name = part.substr(0, part.find_first_of("; "));
    const std::size_t q = part.find("q=");
    const bool refused = q != part.npos && part.find_first_of("123456789", q) == part.npos;
    if (name == coding) return !refused;
    if (name == "*") any = !refused;
  }
  return any;
}

std::optional<Response> static_answer(const std::string& folder, const Request& request,
                                      const std::vector<std::string>& segments) {
  if (request.method != Method::get && request.method != Method::head) return std::nullopt;
  const bool root = segments.size() == 1 && segments.front().empty();
  if (!root) {
    std::string path;
    bool plain = extension_of(segments.back()) != "br" && extension_of(segments.back()) != "gz";
    for (const std::string& segment : segments) {
      plain = plain && is_plain_name(segment);
      if (!path.empty()) path += '/';
      path += segment;
    }
    if (plain && path != "index.html")
      if (auto found = answer_file(folder, path, request)) return found;
    if (!is_navigation(request, segments) && path != "index.html") return std::nullopt;
    // A page that stands alone, beside the app: /mon-carnet is mon-carnet.html.
    if (plain && segments.size() == 1 && path != "index" && path != "index.html")
      if (auto page = answer_file(folder, path + ".html", request)) return page;
  }
  if (auto index = answer_file(folder, "index.html", request)) return index;
  if (root) return no_app_answer();
  return std::nullopt;
}

}  // namespace filrouge::http
