// The program: `filrouge COMMAND ...` (server/cli/command.h). Nothing is left to an exception.
#include <csignal>
#include <cstdio>
#include <string>
#include <vector>

#include "server/cli/command.h"

int main(int count, char** words) {
  // A reader that goes away ends a write, not the program.
  std::signal(SIGPIPE, SIG_IGN);
  try {
    return filrouge::run_words(std::vector<std::string>(words + 1, words + count));
  } catch (...) {
    std::fputs("filrouge : erreur du programme\n", stderr);
    return 1;
  }
}
