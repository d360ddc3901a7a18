#include "server/cli/report/report_forms.h"

#include <algorithm>

#include "core/base/text.h"
#include "server/cli/speech.h"
#include "server/interop/csv_writer.h"

namespace filrouge {

namespace {

constexpr std::string_view kAbsent = "—";

std::string number_or(const std::optional<std::int64_t>& number, std::string_view otherwise) {
  return number ? std::to_string(*number) : std::string(otherwise);
}

std::string masked_word() { return std::string(tell("n.c. (< 5)", "n.a. (< 5)")); }

std::string word(const auto& value) { return std::string(json::enum_text(value)); }

bool looks_like_number(std::string_view text) {
  if (text == kAbsent || text.empty()) return true;
  return std::any_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; }) &&
         text.find_first_not_of("0123456789 ,.-+%") == std::string_view::npos;
}

std::string published_cell(const ClaimReportRow& row) {
  if (!row.published_text) return std::string(kAbsent);
  return row.at_least.value_or(false) ? "≥ " + *row.published_text : *row.published_text;
}

std::string computed_cell(const ClaimReportRow& row) {
  if (row.masked.value_or(false)) return masked_word();
  return row.computed_text.value_or(std::string(kAbsent));
}

// The unit, where the number does not already carry it ("70,8 %").
std::string unit_cell(const ClaimReportRow& row) {
  const bool carried =
      row.unit == "centimes" || row.unit == "‰" || row.unit == "%" || row.unit == "dixièmes";
  return carried ? std::string() : row.unit;
}

std::string claim_text(const ClaimReport& report) {
  std::string text = report.report + " · " + report.source + "\n" + report.from.text() +
                     std::string(tell(" au ", " to ")) + report.to.text() + " · " +
                     std::string(tell("périmètre : consortium, 1 à 4 masqués",
                                      "perimeter: consortium, 1 to 4 masked")) +
                     "\n\n";
  std::vector<std::vector<std::string>> lines = {
      {std::string(tell("ligne", "line")), std::string(tell("publié", "published")),
       std::string(tell("calculé", "computed")), std::string(tell("unité", "unit")),
       std::string(tell("base", "basis"))}};
  for (const ClaimReportRow& row : report.rows)
    lines.push_back(
        {row.label, published_cell(row), computed_cell(row), unit_cell(row), row.basis});
  text += aligned(lines) + "\n";
  for (const ClaimReportRow& row : report.rows)
    if (row.note) text += row.label + " : " + *row.note + "\n";
  return text;
}

std::string claim_csv(const ClaimReport& report) {
  CsvWriter csv;
  csv.row({"id", "label", "unit", "published", "at_least", "computed", "basis", "note"});
  for (const ClaimReportRow& row : report.rows)
    csv.row({row.id, row.label, row.unit, number_or(row.published, ""),
             row.at_least.value_or(false) ? "true" : "",
             row.masked.value_or(false) ? masked_word() : number_or(row.computed, ""), row.basis,
             row.note.value_or("")});
  return csv.text();
}

// The words that law 6 asks beside every number.
std::string figure_head(const api::Figure& figure) {
  std::string text = word(figure.indicator) + " · " + figure.label + " (" +
                     std::string(tell("définition, version ", "definition, version ")) +
                     std::to_string(figure.definition_version) + ")\n" + figure.definition + "\n" +
                     figure.from.text() + std::string(tell(" au ", " to ")) + figure.to.text() +
                     " · " + figure.perimeter_label + " · N = " + std::to_string(figure.n) +
                     std::string(tell(" · inconnu : ", " · unknown: ")) +
                     number_or(figure.unknown, figure.unknown ? "" : masked_word()) +
                     std::string(tell(" · masqués : ", " · masked: ")) +
                     std::to_string(figure.masked) + "\n";
  if (figure.exit_set)
    text +=
        std::string(tell("référentiel de sorties : ", "set of exits: ")) + *figure.exit_set + "\n";
  for (const std::string& note : figure.notes) text += note + "\n";
  return text;
}

std::vector<std::string> figure_cells(const std::string& label,
                                      const std::optional<std::int64_t>& number,
                                      const std::optional<std::int64_t>& denominator,
                                      const std::optional<std::int64_t>& percent) {
  return {label, number_or(number, masked_word()), number_or(denominator, kAbsent),
          percent ? std::to_string(*percent) + " %" : std::string(kAbsent)};
}

std::string figure_text(const api::Figure& figure) {
  std::vector<std::vector<std::string>> lines;
  for (const api::FigureRow& row : figure.rows)
    lines.push_back(figure_cells(row.label, row.number, row.denominator, row.percent));
  lines.push_back(figure_cells(std::string(tell("Total", "Total")), figure.total,
                               figure.denominator, figure.percent));
  std::string text = figure_head(figure) + aligned(lines);
  for (const api::CountLine& beside : figure.beside)
    text += "  " + beside.key + " : " + std::to_string(beside.number) + "\n";
  return text + "\n";
}

std::string figures_csv(const FigureReport& report) {
  CsvWriter csv;
  csv.row({"indicator", "label", "definition_version", "from", "to", "perimeter", "by", "key",
           "name", "number", "denominator", "percent", "masked", "exit_set"});
  for (const api::Figure& figure : report.figures) {
    const auto line = [&](const std::string& key, const std::string& name, const auto& cell) {
      csv.row({word(figure.indicator), figure.label, std::to_string(figure.definition_version),
               figure.from.text(), figure.to.text(), word(figure.perimeter),
               figure.by ? word(*figure.by) : "", key, name, number_or(cell.number, ""),
               number_or(cell.denominator, ""), number_or(cell.percent, ""),
               cell.masked ? "true" : "", figure.exit_set.value_or("")});
    };
    for (const api::FigureRow& row : figure.rows) line(row.key, row.label, row);
    line("total", "Total",
         api::FigureRow{"", "", figure.total, figure.denominator, figure.percent, !figure.total});
  }
  return csv.text();
}

}  // namespace

std::string in_form(const ClaimReport& report, std::string_view format) {
  if (format == "json") return json::encode(report) + "\n";
  return format == "csv" ? claim_csv(report) : claim_text(report);
}

std::string in_form(const FigureReport& report, std::string_view format) {
  if (format == "json") return json::encode(report) + "\n";
  if (format == "csv") return figures_csv(report);
  std::string text;
  for (const api::Figure& figure : report.figures) text += figure_text(figure);
  return text;
}

std::string aligned(const std::vector<std::vector<std::string>>& lines) {
  std::vector<std::size_t> widths;
  std::vector<bool> numbers;
  for (const auto& line : lines) {
    widths.resize(std::max(widths.size(), line.size()));
    numbers.resize(widths.size(), true);
  }
  for (std::size_t i = 0; i < lines.size(); ++i) {
    for (std::size_t k = 0; k < lines[i].size(); ++k) {
      widths[k] = std::max(widths[k], count_characters(lines[i][k]));
      // The first line may be a heading.
      if (i != 0 && !looks_like_number(lines[i][k])) numbers[k] = false;
    }
  }
  std::string text;
  for (const auto& line : lines) {
    std::string row;
    for (std::size_t k = 0; k < line.size(); ++k) {
      const std::string gap(widths[k] - count_characters(line[k]), ' ');
      row += (k == 0 ? "" : "  ") + (numbers[k] && k != 0 ? gap + line[k] : line[k] + gap);
    }
    row.erase(row.find_last_not_of(' ') + 1);
    text += row + "\n";
  }
  return text;
}

}  // namespace filrouge
