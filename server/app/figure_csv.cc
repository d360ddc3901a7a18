// A figure as a file that opens in a spreadsheet: ";" between fields, UTF-8 with BOM, CRLF, and no
// cell that a spreadsheet would take for a formula (ASVS 1.2.10).
#include "server/app/use_cases.h"

namespace filrouge {

namespace {

std::string field(std::string_view text) {
  std::string out;
  const bool formula =
      !text.empty() && std::string_view("=+-@\t\r").find(text[0]) != std::string_view::npos;
  if (formula) out += '\'';
  out += text;
  if (out.find_first_of("\";\r\n") == std::string::npos) return out;
  std::string quoted = "\"";
  for (const char c : out) {
    if (c == '"') quoted += '"';
    quoted += c;
  }
  return quoted + '"';
}

void line(std::string& out, std::initializer_list<std::string_view> fields) {
  bool first = true;
  for (const std::string_view text : fields) {
    if (!first) out += ';';
    first = false;
    out += field(text);
  }
  out += "\r\n";
}

std::string number(const std::optional<std::int64_t>& n, bool masked) {
  if (n) return std::to_string(*n);
  return masked ? "n.c." : "";
}

std::string_view perimeter_word(Perimeter perimeter) {
  if (perimeter == Perimeter::team) return "équipe";
  return perimeter == Perimeter::consortium ? "consortium" : "public";
}

void write_head(std::string& out, const api::Figure& figure) {
  line(out, {"indicateur", json::enum_text(figure.indicator)});
  line(out, {"libellé", figure.label});
  line(out, {"définition", "v" + std::to_string(figure.definition_version), figure.definition});
  line(out, {"période", figure.period, figure.from.text(), figure.to.text()});
  line(out, {"périmètre", perimeter_word(figure.perimeter), figure.perimeter_label});
  line(out, {"N", std::to_string(figure.n)});
  line(out, {"inconnus", number(figure.unknown, true)});
  line(out, {"cases masquées", std::to_string(figure.masked)});
  if (figure.exit_set) line(out, {"référentiel de sorties", *figure.exit_set});
  for (const api::CountLine& beside : figure.beside)
    line(out, {beside.key, std::to_string(beside.number)});
  for (const std::string& note : figure.notes) line(out, {"note", note});
}

}  // namespace

Result<api::Download> figure_csv(App& app, const Caller& caller, const api::FigureQuery& query) {
  FILROUGE_TRY(shown, figure(app, caller, query));
  std::string body = "\xEF\xBB\xBF";
  write_head(body, shown);
  line(body, {"", ""});
  line(body, {"code", "ligne", "nombre", "sur", "pour cent"});
  for (const api::FigureRow& row : shown.rows)
    line(body,
         {row.key, row.label, number(row.number, row.masked),
          number(row.denominator, row.masked && shown.denominator), number(row.percent, false)});
  line(body, {"", "Ensemble", number(shown.total, true), number(shown.denominator, false),
              number(shown.percent, false)});
  const std::string name =
      "fil-rouge-" + std::string(json::enum_text(shown.indicator)) + "-" + shown.period + ".csv";
  return api::Download{"text/csv; charset=utf-8", name, std::move(body)};
}

}  // namespace filrouge
