// A table of published figures beside what the entries give: the rows of `filrouge report NAME`, as
// a tenant file declares them (domain.md 5.4). Every number is a whole one; money is in centimes.
// What the program works out is `computed`, never `published`; `basis` says from what.
//
//   {"id":"captured_outside","label":"Personnes captées hors sites","unit":"personnes",
//    "published":4000,"at_least":true,"compute":"encounters"}
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include <boost/describe/class.hpp>
#include <boost/describe/enum.hpp>

namespace filrouge {

// How a row is computed. From entries: encounters (persons counted outside the sites), passages
// (visits at the sites, nobody named), sites (places of type own_site), months of the period.
// From rows named in `of` (their published number, or the computed one where nothing is published):
// ratio = first / second x `times`, rounded; sum, difference, product. growth: the computed number
// of the first over the second, in percent more. given: `value`.
enum class Compute {
  encounters,
  passages,
  sites,
  months,
  ratio,
  growth,
  sum,
  difference,
  product,
  given,
};
BOOST_DESCRIBE_ENUM(Compute, encounters, passages, sites, months, ratio, growth, sum, difference,
                    product, given)

struct ClaimRow {
  std::string id;
  std::string label;
  std::string unit;
  std::optional<std::int64_t> published;
  std::optional<bool> at_least;  // the published number is a floor
  std::optional<Compute> compute;
  std::vector<std::string> of;
  std::optional<std::int64_t> times;
  std::optional<std::int64_t> value;
  std::optional<std::string> basis;
  std::optional<std::string> note;
};
BOOST_DESCRIBE_STRUCT(ClaimRow, (),
                      (id, label, unit, published, at_least, compute, of, times, value, basis,
                       note))

struct ClaimTable {
  std::string report;  // its name on the command line
  std::string source;
  std::vector<ClaimRow> rows;
};
BOOST_DESCRIBE_STRUCT(ClaimTable, (), (report, source, rows))

}  // namespace filrouge
