#include "server/store/sqlite/disk_failure.h"

#include <string>
#include <unistd.h>

namespace filrouge {

void stop_on_disk_failure(std::string_view line) {
  std::string text(line);
  text += '\n';
  // Nothing can be done about a standard error that is closed.
  [[maybe_unused]] const auto written = ::write(STDERR_FILENO, text.data(), text.size());
  ::_exit(exit_status_disk_failed);
}

}  // namespace filrouge
