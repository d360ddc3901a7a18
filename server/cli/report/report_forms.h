// The three forms of a report: JSON (numbers as numbers), CSV for a spreadsheet, text for people.
//
//   print_text(in_form(report, "text"));
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "server/app/api/figures.h"
#include "server/cli/report/claim_report.h"

namespace filrouge {

// The figures of `filrouge report figures`.
struct FigureReport {
  std::string report;
  std::vector<api::Figure> figures;
};
BOOST_DESCRIBE_STRUCT(FigureReport, (), (report, figures))

std::string in_form(const ClaimReport& report, std::string_view format);
std::string in_form(const FigureReport& report, std::string_view format);

// Lines of cells as aligned columns; a column whose cells are all numbers stands to the right.
std::string aligned(const std::vector<std::vector<std::string>>& lines);

}  // namespace filrouge
