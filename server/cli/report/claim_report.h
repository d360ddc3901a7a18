// A published table beside what the entries give (domain.md 5.4): each row has what was published,
// what the program computes from the entries or from other rows, and from what. Counts of 1 to 4
// are masked, as in every consortium figure.
//
//   auto report = claim_report(app, tenant, range);   // of a folder that `demo` made
//   report->rows[0].id == "captured_outside"
#pragma once

#include <optional>
#include <string>
#include <vector>

#include <boost/describe/class.hpp>

#include "server/app/app.h"
#include "server/cli/tenant/tenant_file.h"

namespace filrouge {

struct ClaimReportRow {
  std::string id;
  std::string label;
  std::string unit;
  std::optional<std::int64_t> published;
  std::optional<bool> at_least;  // the published number is a floor
  std::optional<std::int64_t> computed;
  std::optional<bool> masked;  // computed, and too small to be shown
  std::string basis;
  std::optional<std::string> note;
  std::optional<std::string> published_text;  // as people write it: "1 366 568,14 €"
  std::optional<std::string> computed_text;
};
BOOST_DESCRIBE_STRUCT(ClaimReportRow, (),
                      (id, label, unit, published, at_least, computed, masked, basis, note,
                       published_text, computed_text))

struct ClaimReport {
  std::string report;
  std::string source;
  CivilDate from;
  CivilDate to;
  std::string perimeter;
  std::vector<ClaimReportRow> rows;
};
BOOST_DESCRIBE_STRUCT(ClaimReport, (), (report, source, from, to, perimeter, rows))

Result<ClaimReport> claim_report(App& app, const Tenant& tenant, const DayRange& range);

// "17 000"; of "centimes" "1 366 568,14 €", of "‰" "70,8 %", of "dixièmes" "7,9".
std::string number_text(std::int64_t number, std::string_view unit);

}  // namespace filrouge
