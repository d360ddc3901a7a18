// A figure as a file that opens in a spreadsheet (csv.h), UTF-8 with BOM.
#include "server/app/csv.h"
#include "server/app/use_cases.h"

namespace filrouge {

namespace {

std::string number(const std::optional<std::int64_t>& n, bool masked) {
  if (n) return std::to_string(*n);
  return masked ? "n.c." : "";
}

std::string_view perimeter_word(Perimeter perimeter) {
  if (perimeter == Perimeter::team) return "équipe";
  return perimeter == Perimeter::consortium ? "consortium" : "public";
}

void write_head(std::string& out, const api::Figure& figure) {
  csv_line(out, {"indicateur", json::enum_text(figure.indicator)});
  csv_line(out, {"libellé", figure.label});
  csv_line(out, {"définition", "v" + std::to_string(figure.definition_version), figure.definition});
  csv_line(out, {"période", figure.period, figure.from.text(), figure.to.text()});
  csv_line(out, {"périmètre", perimeter_word(figure.perimeter), figure.perimeter_label});
  csv_line(out, {"N", std::to_string(figure.n)});
  csv_line(out, {"inconnus", number(figure.unknown, true)});
  csv_line(out, {"cases masquées", std::to_string(figure.masked)});
  if (figure.exit_set) csv_line(out, {"référentiel de sorties", *figure.exit_set});
  for (const api::CountLine& beside : figure.beside)
    csv_line(out, {beside.key, std::to_string(beside.number)});
  for (const std::string& note : figure.notes) csv_line(out, {"note", note});
}

}  // namespace

Result<api::Download> figure_csv(App& app, const Caller& caller, const api::FigureQuery& query) {
  FILROUGE_TRY(shown, figure(app, caller, query));
  std::string body = "\xEF\xBB\xBF";
  write_head(body, shown);
  csv_line(body, {"", ""});
  csv_line(body, {"code", "ligne", "nombre", "sur", "pour cent"});
  for (const api::FigureRow& row : shown.rows)
    csv_line(body, {row.key, row.label, number(row.number, row.masked),
                    number(row.denominator, row.masked && shown.denominator),
                    number(row.percent, false)});
  csv_line(body, {"", "Ensemble", number(shown.total, true), number(shown.denominator, false),
                  number(shown.percent, false)});
  const std::string name =
      "fil-rouge-" + std::string(json::enum_text(shown.indicator)) + "-" + shown.period + ".csv";
  return api::Download{"text/csv; charset=utf-8", name, std::move(body)};
}

}  // namespace filrouge
