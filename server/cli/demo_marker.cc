#include "server/cli/demo_marker.h"

#include <cstdio>
#include <fcntl.h>
#include <fstream>
#include <iterator>
#include <unistd.h>

#include "server/cli/speech.h"

namespace filrouge {

namespace {

std::string marker_path(const std::string& data) { return data + "/demo.json"; }
std::string tenant_path(const std::string& data) { return data + "/tenant.json"; }

}  // namespace

Result<std::string> read_small_file(const std::string& path) {
  std::ifstream in(path, std::ios::binary);
  if (!in) return Error{Code::not_found, "", "no_file", path};
  return std::string(std::istreambuf_iterator<char>(in), {});
}

Status write_small_file(const std::string& path, std::string_view text) {
  const std::string beside = path + ".new";
  const int file = open(beside.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
  bool written = file >= 0 &&
                 write(file, text.data(), text.size()) == static_cast<ssize_t>(text.size()) &&
                 fsync(file) == 0;
  if (file >= 0) close(file);
  written = written && std::rename(beside.c_str(), path.c_str()) == 0;
  if (written) return Done{};
  return refusal_of(
      "disk", path + " : " + std::string(tell("ne peut pas être écrit", "cannot be written")));
}

bool is_demo(const std::string& data) { return read_marker(data).ok(); }

Result<DemoMarker> read_marker(const std::string& data) {
  FILROUGE_TRY(text, read_small_file(marker_path(data)));
  FILROUGE_TRY(marker, json::decode<DemoMarker>(text));
  if (marker.made_by != demo_made_by)
    return Error{Code::not_found, "made_by", "no_demo", "no mark of filrouge demo"};
  return marker;
}

Status write_marker(const std::string& data, const DemoMarker& marker) {
  return write_small_file(marker_path(data), json::encode(marker) + "\n");
}

Result<Tenant> kept_tenant(const std::string& data) {
  FILROUGE_TRY(text, read_small_file(tenant_path(data)));
  return read_tenant(text);
}

Status keep_tenant(const std::string& data, const std::string& text) {
  return write_small_file(tenant_path(data), text);
}

}  // namespace filrouge
