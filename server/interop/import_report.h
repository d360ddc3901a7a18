// What an import read, used and refused: every line or feature that is left out says why (law 7).
// `where` counts as people do: the first line of a file is line 1, the first feature is feature 1.
// `rule` is a stable word ("missing", "code", "ring_open"); no value of the file is repeated in it.
//
//   report.refuse("line 12", "code_insee", "code", "five characters expected");
#pragma once

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include <boost/describe/class.hpp>

namespace filrouge {

struct Refusal {
  std::string where;
  std::string field;
  std::string rule;
  std::string detail;
  friend bool operator==(const Refusal&, const Refusal&) = default;
};
BOOST_DESCRIBE_STRUCT(Refusal, (), (where, field, rule, detail))

// Refusals kept with their words; beyond it they are only counted.
inline constexpr std::size_t import_refusals_max = 100'000;

struct ImportReport {
  std::int64_t read = 0;     // lines or features seen
  std::int64_t used = 0;     // communes or outlines that come out of them
  std::int64_t refused = 0;  // lines or features left out
  std::vector<Refusal> refusals;

  void refuse(std::string where, std::string field, std::string rule, std::string detail) {
    ++refused;
    if (refusals.size() < import_refusals_max)
      refusals.push_back({std::move(where), std::move(field), std::move(rule), std::move(detail)});
  }
};
BOOST_DESCRIBE_STRUCT(ImportReport, (), (read, used, refused, refusals))

}  // namespace filrouge
