// The program: `filrouge COMMAND ...` (server/cli/command.h). Nothing is left to an exception.
#include <csignal>
#include <cstdio>
#include <string>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <vector>

#include "server/cli/command.h"

namespace {

// What is open in memory reaches no file: no core at a crash, whatever the system is set to, and
// nobody but root may look inside the process (safety.md T20).
void write_no_core() {
  const rlimit none{0, 0};
  ::setrlimit(RLIMIT_CORE, &none);
  ::prctl(PR_SET_DUMPABLE, 0, 0, 0, 0);
}

}  // namespace

int main(int count, char** words) {
  write_no_core();
  // A reader that goes away ends a write, not the program.
  std::signal(SIGPIPE, SIG_IGN);
  try {
    return filrouge::run_words(std::vector<std::string>(words + 1, words + count));
  } catch (...) {
    std::fputs("filrouge : erreur du programme\n", stderr);
    return 1;
  }
}
