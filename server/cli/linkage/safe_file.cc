#include "server/cli/linkage/safe_file.h"

#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>
#include <utility>

#include "server/cli/speech.h"

namespace filrouge {

namespace {

constexpr std::size_t kHeld = 1 << 20;

Error not_written(const std::string& path) {
  return refusal_of("not_written",
                    path + " : " +
                        std::string(tell("ne peut être écrit, ", "cannot be written, ")) +
                        std::strerror(errno));
}

}  // namespace

SafeFile::SafeFile(std::string path, Readers readers)
    : path_(std::move(path)), beside_(path_ + ".part") {
  // What an interrupted run left there may have another mode.
  std::remove(beside_.c_str());
  const mode_t mode = readers == Readers::owner ? 0600 : 0666;
  const int made = open(beside_.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, mode);
  file_ = made < 0 ? nullptr : fdopen(made, "wb");
  failed_ = file_ == nullptr;
}

SafeFile::~SafeFile() {
  if (file_ == nullptr) return;
  std::fclose(file_);
  std::remove(beside_.c_str());
}

void SafeFile::add(std::string_view text) {
  held_ += text;
  if (held_.size() >= kHeld) write();
}

void SafeFile::write() {
  if (!failed_ && std::fwrite(held_.data(), 1, held_.size(), file_) != held_.size()) failed_ = true;
  held_.clear();
}

Status SafeFile::finish() {
  write();
  if (failed_) return not_written(path_);
  const bool closed = std::fclose(std::exchange(file_, nullptr)) == 0;
  if (!closed || std::rename(beside_.c_str(), path_.c_str()) != 0) {
    const Error error = not_written(path_);
    std::remove(beside_.c_str());
    return error;
  }
  return Done{};
}

Status write_safely(const std::string& path, std::string_view text, SafeFile::Readers readers) {
  SafeFile file(path, readers);
  file.add(text);
  return file.finish();
}

Result<std::string> read_whole_file(const std::string& path) {
  const auto unreadable = [&](std::string_view french, std::string_view english) {
    return refusal_of("no_file", path + " : " + std::string(tell(french, english)));
  };
  std::FILE* const file = std::fopen(path.c_str(), "rb");
  struct stat about{};
  if (file == nullptr || fstat(fileno(file), &about) != 0 || S_ISDIR(about.st_mode)) {
    if (file != nullptr) std::fclose(file);
    return unreadable("introuvable ou illisible", "not found, or cannot be read");
  }
  std::string text(static_cast<std::size_t>(std::max<off_t>(about.st_size, 0)), '\0');
  std::size_t size = std::fread(text.data(), 1, text.size(), file);
  // What grew meanwhile, or has no size to tell (a pipe).
  char more[4096];
  text.resize(size);
  while ((size = std::fread(more, 1, sizeof more, file)) > 0) text.append(more, size);
  const bool failed = std::ferror(file) != 0;
  std::fclose(file);
  if (failed) return unreadable("la lecture a échoué", "reading failed");
  return text;
}

}  // namespace filrouge
