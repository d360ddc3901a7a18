// `filrouge report`: consortium figures, masked, never nominative; each run leaves a row in the
// access ledger before anything is printed (law 8). Beside a running server the row goes through
// it and the folder is read without writing.
#include "core/measure/exit_sets.h"
#include "server/app/use_cases.h"
#include "server/cli/command.h"
#include "server/cli/control_commands.h"
#include "server/cli/demo_marker.h"
#include "server/cli/report/report_forms.h"
#include "server/cli/speech.h"

namespace filrouge {

namespace {

Result<std::optional<CivilDate>> read_day(const Arguments& arguments, std::string_view name) {
  const auto text = arguments.value(name);
  if (!text) return std::optional<CivilDate>();
  auto day = CivilDate::parse(*text);
  if (day.ok()) return std::optional<CivilDate>(*day);
  return usage_of("--" + std::string(name) + " : " +
                  std::string(tell("une date AAAA-MM-JJ", "a date YYYY-MM-DD")));
}

Result<Node> open_for_report(const std::string& data, const Arguments& arguments,
                             const std::string& report) {
  NodeOptions options{.data = data, .database = database_of(arguments)};
  FILROUGE_CHECK(is_node(data, options.database));
  json::Value order = json::Value::object();
  order.append("report", json::Value(report));
  const auto told = http::call_control(data, "report.record", order);
  if (!told.ok() && !no_server(told.error())) return told.error();
  options.key_file = arguments.value("key-file");
  options.read_only = told.ok();
  FILROUGE_TRY(node, open_node(options));
  if (!told.ok()) FILROUGE_CHECK(record_report(*node.app, report));
  return std::move(node);
}

Result<int> report_claims(const Arguments& arguments, const std::string& data,
                          const std::string& name, const std::string& format) {
  FILROUGE_TRY(from, read_day(arguments, "from"));
  FILROUGE_TRY(to, read_day(arguments, "to"));
  auto tenant = kept_tenant(data);
  if (!tenant.ok() || !tenant->published || tenant->published->report != name)
    return refusal_of("no_report", name + " : " +
                                       std::string(tell("ce dossier n'a pas ce rapport",
                                                        "this folder has no such report")));
  FILROUGE_TRY(marker, read_marker(data));
  if (!marker.complete)
    return refusal_of("incomplete", data + " : " +
                                        std::string(tell("la démonstration n'est pas entière, "
                                                         "relancez filrouge demo",
                                                         "the demonstration is not whole, run "
                                                         "filrouge demo again")));
  DayRange range = range_of(*tenant, marker.until);
  range.from = from.value_or(range.from);
  range.to = to.value_or(range.to);
  if (range.to < range.from)
    return usage_of(std::string(tell("--to vient avant --from", "--to comes before --from")));
  FILROUGE_TRY(node, open_for_report(data, arguments, name));
  FILROUGE_TRY(report, claim_report(*node.app, *tenant, range));
  print_text(in_form(report, format));
  return 0;
}

// Fixed periods only (law 6): a month, a quarter or a year, by its name or by its two days.
Result<Period> read_period(const Arguments& arguments) {
  FILROUGE_TRY(from, read_day(arguments, "from"));
  FILROUGE_TRY(to, read_day(arguments, "to"));
  const auto named = arguments.value("period");
  if (named && !from && !to) {
    auto period = parse_period(*named);
    if (period.ok()) return period;
  }
  if (from && to && !named) {
    const std::string year = from->text().substr(0, 4);
    const std::string quarter = std::to_string((from->month() + 2) / 3);
    for (const std::string& text : {from->text().substr(0, 7), year + "-Q" + quarter, year}) {
      auto period = parse_period(text);
      if (period.ok() && period->from == *from && period->to == *to) return period;
    }
  }
  return usage_of(std::string(
      tell("une période fixe : --period 2026-11, 2026-Q4 ou 2026, ou ses deux jours avec --from "
           "et --to",
           "a fixed period: --period 2026-11, 2026-Q4 or 2026, or its two days with --from and "
           "--to")));
}

template <class Choice>
Result<std::optional<Choice>> read_choice(const Arguments& arguments, std::string_view name) {
  const auto text = arguments.value(name);
  if (!text) return std::optional<Choice>();
  if (const auto choice = json::enum_value<Choice>(*text)) return choice;
  std::string known;
  boost::mp11::mp_for_each<boost::describe::describe_enumerators<Choice>>(
      [&](auto d) { known += " " + std::string(json::enum_text(d.value)); });
  return usage_of("--" + std::string(name) + " : " + std::string(tell("au choix", "one of")) +
                  known);
}

Error no_exit_set() {
  std::string known;
  for (const ExitSet& set : exit_sets()) known += " " + set.name;
  return usage_of("--exit-set : " + std::string(tell("au choix", "one of")) + known);
}

Result<int> report_figures(const Arguments& arguments, const std::string& data,
                           const std::string& format) {
  FILROUGE_TRY(period, read_period(arguments));
  FILROUGE_TRY(indicator, read_choice<Indicator>(arguments, "indicator"));
  FILROUGE_TRY(by, read_choice<Dimension>(arguments, "by"));
  std::vector<Indicator> wanted;
  if (indicator) wanted = {*indicator};
  if (!indicator)
    boost::mp11::mp_for_each<boost::describe::describe_enumerators<Indicator>>(
        [&](auto d) { wanted.push_back(d.value); });
  const auto exit_set = arguments.value("exit-set");
  if (exit_set && find_exit_set(*exit_set) == nullptr) return no_exit_set();
  FILROUGE_TRY(node, open_for_report(data, arguments, "figures"));
  Caller caller;
  caller.command_line = true;
  FigureReport report{"figures", {}};
  for (const Indicator one : wanted) {
    api::FigureQuery query;
    query.indicator = one;
    query.period = period.text;
    query.by = by;
    query.exit_set = exit_set;
    query.language = language() == Language::english ? "en" : "fr";
    FILROUGE_TRY(counted, figure(*node.app, caller, query));
    report.figures.push_back(std::move(counted));
  }
  print_text(in_form(report, format));
  return 0;
}

}  // namespace

Result<int> run_report(const Arguments& arguments) {
  FILROUGE_TRY(data, arguments.needed("data"));
  FILROUGE_TRY(format, arguments.choice("format", {"text", "json", "csv"}));
  const auto tenant = kept_tenant(data);
  const bool has_own = tenant.ok() && tenant->published.has_value();
  if (arguments.words().empty() && !has_own)
    return usage_of(std::string(tell("quel rapport ? figures, ou celui de la démonstration (sipa)",
                                     "which report? figures, or the demonstration's own (sipa)")));
  // A demonstration prints its own table where none is named.
  const std::string name =
      arguments.words().empty() ? tenant->published->report : arguments.words()[0];
  if (name == "figures") return report_figures(arguments, data, format);
  return report_claims(arguments, data, name, format);
}

}  // namespace filrouge
