#include "server/cli/linkage/run_log.h"

#include <algorithm>
#include <filesystem>
#include <utility>

#include "core/base/ids.h"
#include "core/base/json.h"
#include "server/cli/linkage/safe_file.h"
#include "server/cli/speech.h"
#include "server/crypto/sodium_crypto.h"

namespace filrouge {

namespace {

std::string hash_of_line(std::string_view line) {
  const Bytes32 sum = sodium_hash_function()(line);
  return to_hex(sum.data(), sum.size());
}

}  // namespace

Result<RunLog> RunLog::open(const std::string& path) {
  RunLog out;
  out.path_ = path;
  std::error_code failed;
  if (!std::filesystem::exists(path, failed)) return out;
  FILROUGE_TRY(text, read_whole_file(path));
  out.text_ = std::move(text);
  std::string_view rest = out.text_;
  for (std::size_t number = 1; !rest.empty(); ++number) {
    const std::size_t end = rest.find('\n');
    const std::string_view line = rest.substr(0, end);
    auto read = json::decode<RunLine>(line);
    if (end == std::string_view::npos || !read.ok() || read->previous != out.head_)
      return refusal_of("log_broken",
                        path + std::string(tell(", ligne ", ", line ")) + std::to_string(number) +
                            std::string(tell(" : ne suit pas la ligne d'avant ; le registre a été "
                                             "modifié",
                                             ": does not follow the line before; the log was "
                                             "changed")));
    out.head_ = hash_of_line(line);
    out.lines_.push_back(std::move(*read));
    rest.remove_prefix(end + 1);
  }
  return out;
}

Result<std::string> RunLog::add(RunLine line) {
  line.previous = head_;
  const std::string text = json::encode(line);
  text_ += text + "\n";
  FILROUGE_CHECK(write_safely(path_, text_));
  head_ = hash_of_line(text);
  lines_.push_back(std::move(line));
  return head_;
}

}  // namespace filrouge
