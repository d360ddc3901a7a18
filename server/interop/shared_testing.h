// Real input for tests lies beside the checkout, never in it: FILROUGE_SHARED names its folder.
// Where it is absent a test is skipped, and fails when CI=true.
//
//   SHARED_FILE(path, "offre-inclusion/communes-37.geojson");
#pragma once

#include <cstdlib>
#include <fstream>
#include <memory>
#include <string>

#include <gtest/gtest.h>

#include "server/interop/commune_file.h"

namespace filrouge {

inline std::string shared_path(const std::string& name) {
  const char* folder = std::getenv("FILROUGE_SHARED");
  if (folder == nullptr || *folder == '\0') return {};
  const std::string path = std::string(folder) + "/" + name;
  return std::ifstream(path).good() ? path : std::string();
}

inline bool shared_is_required() {
  const char* ci = std::getenv("CI");
  return ci != nullptr && std::string(ci) == "true";
}

// A text in pieces of `size` bytes.
inline ChunkSource pieces(std::string text, std::size_t size = 7) {
  auto at = std::make_shared<std::size_t>(0);
  return [text = std::move(text), size, at](std::string& chunk) {
    if (*at >= text.size()) return false;
    chunk = text.substr(*at, size);
    *at += size;
    return true;
  };
}

inline ChunkSource file_pieces(const std::string& path) {
  auto in = std::make_shared<std::ifstream>(path, std::ios::binary);
  return [in](std::string& chunk) {
    chunk.resize(64 << 10);
    in->read(chunk.data(), static_cast<std::streamsize>(chunk.size()));
    chunk.resize(static_cast<std::size_t>(in->gcount()));
    return !chunk.empty();
  };
}

}  // namespace filrouge

#define SHARED_FILE(name, file)                                           \
  const std::string name = ::filrouge::shared_path(file);                 \
  if (name.empty()) {                                                     \
    if (::filrouge::shared_is_required()) FAIL() << "absent: " << (file); \
    GTEST_SKIP() << "absent: " << (file);                                 \
  }
