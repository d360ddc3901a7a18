// The host's log of runs: one line of JSON for each comparison, each with the hash of the line
// before, so that a line that was changed, added between or taken away shows. What was compared is
// named by hash; counts are those that were given. A run is in the log before its answer is there.
//
//   FILROUGE_TRY(log, RunLog::open("runs.log"));  FILROUGE_CHECK(log.add(line));
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include <boost/describe/class.hpp>

#include "core/base/result.h"

namespace filrouge {

struct RunLine {
  std::string at;  // 2026-11-21T22:30:00Z
  std::string campaign;
  std::string fingerprint;  // of the campaign's key; empty in the protocol without a key
  std::string first;        // hash of the first list's file
  std::vector<std::string> known;
  std::int64_t rows = 0;
  std::string answer;  // hash of the answer's content
  std::optional<std::string> again;
  std::string previous;
};
BOOST_DESCRIBE_STRUCT(RunLine, (),
                      (at, campaign, fingerprint, first, known, rows, answer, again, previous))

class RunLog {
 public:
  // An absent file is an empty log. Refuses one whose lines do not follow one another.
  static Result<RunLog> open(const std::string& path);
  const std::vector<RunLine>& lines() const { return lines_; }
  // Writes the line with the hash of the one before; gives its own hash.
  Result<std::string> add(RunLine line);

 private:
  std::string path_;
  std::string text_;
  std::string head_;  // hash of the last line
  std::vector<RunLine> lines_;
};

}  // namespace filrouge
