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

#include "core/measure/figures.h"
#include "core/measure/survey.h"

namespace filrouge {

// How a row is computed. From entries: encounters (persons counted outside the sites), passages
// (visits at the sites, nobody named), sites (places of type own_site), months of the period.
// From rows named in `of` (their published number, or the computed one where nothing is published):
// ratio = first / second x `times`, rounded; sum, difference, product. growth: the computed number
// of the first over the second, in percent more. given: `value`. figure: the `indicator` over the
// period, of all or of one `key` of its detail; or what is printed `beside` it; `take` says which
// number of a rate ("denominator"). survey: percent of the answers to `item` of `instrument` at
// `moment` that are one of `answers`, with its N and who did not answer.
enum class Compute {
  encounters,
  passages,
  rounds,
  figure,
  survey,
  sites,
  months,
  ratio,
  growth,
  sum,
  difference,
  product,
  given,
};
BOOST_DESCRIBE_ENUM(Compute, encounters, passages, rounds, figure, survey, sites, months, ratio,
                    growth, sum, difference, product, given)

enum class ClaimTake { number, denominator };
BOOST_DESCRIBE_ENUM(ClaimTake, number, denominator)

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
  std::optional<Indicator> indicator;
  std::optional<std::string> exit_set;
  std::optional<std::string> key;
  std::optional<std::string> beside;
  std::optional<ClaimTake> take;
  std::optional<std::string> instrument;
  std::optional<SurveyMoment> moment;
  std::optional<std::string> item;
  std::vector<std::string> answers;
  std::optional<std::string> basis;
  std::optional<std::string> note;
};
BOOST_DESCRIBE_STRUCT(ClaimRow, (),
                      (id, label, unit, published, at_least, compute, of, times, value, indicator,
                       exit_set, key, beside, take, instrument, moment, item, answers, basis, note))

struct ClaimTable {
  std::string report;  // its name on the command line
  std::string source;
  std::vector<ClaimRow> rows;
};
BOOST_DESCRIBE_STRUCT(ClaimTable, (), (report, source, rows))

}  // namespace filrouge
