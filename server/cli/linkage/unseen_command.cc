// `filrouge unseen SCHOOL.csv --known ML.csv ... --out unseen.csv`: who is known to nobody.
#include <algorithm>

#include "core/base/json.h"
#include "core/comparison/published_counts.h"
#include "core/linkage/dictionary.h"
#include "core/linkage/unseen.h"
#include "core/linkage/value_table.h"
#include "server/cli/command.h"
#include "server/cli/linkage/link_command.h"
#include "server/cli/linkage/pair_files.h"
#include "server/cli/linkage/safe_file.h"
#include "server/cli/linkage/threads.h"
#include "server/cli/speech.h"

namespace filrouge {

namespace {

using linkage::Field;
using linkage::LinkResult;
using linkage::Unseen;
using linkage::UnseenCount;

Status write_unseen(const std::string& path, const PersonList& list,
                    const std::vector<Unseen>& rows) {
  SafeFile file(path);
  file.add("id,band,best_probability\n");
  std::string line;
  for (std::size_t row = 0; row < rows.size(); ++row) {
    line.clear();
    add_cell(line, list.id_of(row));
    line += ',';
    line += linkage::known_name(rows[row].band);
    line += ',';
    add_number(line, static_cast<double>(rows[row].best), 6);
    file.add(line + "\n");
  }
  return file.finish();
}

// Rows of the first list by --by, otherwise by their commune as it is written there, less case and
// accents.
struct Places {
  std::vector<std::uint32_t> of_row;
  std::vector<std::string> names;
};

Places places_of(const PersonList& list, const LinkResult& linked) {
  Places out;
  const std::size_t rows = list.file.rows;
  if (list.by) {
    linkage::Dictionary names;
    for (std::size_t row = 0; row < rows; ++row)
      out.of_row.push_back(names.id_of(linkage::trimmed(list.file.cell(row, *list.by))));
    for (std::size_t i = 0; i < names.size(); ++i) out.names.emplace_back(names[i]);
    return out;
  }
  const auto column =
      std::find_if(list.mapped.begin(), list.mapped.end(),
                   [](const MappedColumn& one) { return one.field == Field::place; });
  out.names.resize(linked.records.places.of.size());
  for (std::size_t row = 0; row < rows; ++row) {
    const std::uint32_t place = linked.records.rows[row].place;
    out.of_row.push_back(place);
    if (place != 0 && out.names[place].empty() && column != list.mapped.end())
      out.names[place] = linkage::trimmed(list.file.cell(row, column->column));
  }
  return out;
}

// What `--format json` prints.
struct UnseenAnswer {
  std::int64_t rows = 0;
  std::int64_t known = 0;
  std::int64_t uncertain = 0;
  std::int64_t unseen = 0;
  std::int64_t likely_low = 0;
  std::int64_t likely_high = 0;
  std::vector<TruthLine> truth;
};
BOOST_DESCRIBE_STRUCT(UnseenAnswer, (),
                      (rows, known, uncertain, unseen, likely_low, likely_high, truth))

void print_answer(const UnseenAnswer& answer, const LinkReport& report, const std::string& format) {
  if (format == "json") return print_text(json::encode(answer) + "\n");
  print_text(std::to_string(answer.rows) + std::string(tell(" lignes : ", " rows: ")) +
             std::to_string(answer.known) + std::string(tell(" connues, ", " known, ")) +
             std::to_string(answer.uncertain) + std::string(tell(" à vérifier, ", " to check, ")) +
             std::to_string(answer.unseen) +
             std::string(tell(" inconnues de tous (vraisemblablement entre ",
                              " known to nobody (likely between ")) +
             std::to_string(answer.likely_low) + std::string(tell(" et ", " and ")) +
             std::to_string(answer.likely_high) + ")\n");
  if (!report.truth.empty()) print_text(link_report_text(report));
}

}  // namespace

Status write_counts(const std::string& path, const std::vector<UnseenCount>& counts) {
  SafeFile file(path);
  file.add("place,unseen,likely_low,likely_high\n");
  std::string line;
  const auto add = [&](std::optional<std::int64_t> number) {
    line += ',';
    if (number) line += std::to_string(*number);
  };
  const auto published = published_counts(counts);
  for (const PublishedCount& one : published) {
    const bool whole = &one == &published.back();
    line.clear();
    add_cell(line, whole               ? tell("ensemble", "all")
                   : one.place.empty() ? tell("inconnue", "unknown")
                                       : one.place);
    add(one.unseen);
    add(one.at_least);
    add(one.at_most);
    file.add(line + "\n");
  }
  return file.finish();
}

Result<int> run_unseen(const Arguments& arguments) {
  FILROUGE_TRY(format, arguments.choice("format", {"text", "json"}));
  std::vector<std::string> paths = arguments.words();
  const std::vector<std::string> known = arguments.values("known");
  if (paths.size() != 1 || known.empty())
    return usage_of(
        std::string(tell("attendu : unseen LISTE.csv --known AUTRE.csv [--known ...] --out FICHIER",
                         "expected: unseen LIST.csv --known OTHER.csv [--known ...] --out FILE")));
  paths.insert(paths.end(), known.begin(), known.end());
  FILROUGE_TRY(out, arguments.needed("out"));
  FILROUGE_TRY(threads, threads_of(arguments));
  const linkage::ParallelFor run = run_on_threads(threads);
  FILROUGE_TRY(given, read_model_file(arguments));
  ListOptions options = list_options(arguments);
  // Only ids of the first list are written.
  options.id_required = false;
  FILROUGE_TRY(lists, read_lists(paths, options, run));
  if (options.id && !lists.all[0].id)
    return refusal_of(
        "column",
        paths[0] + " : " + std::string(tell("pas de colonne ", "no column ")) + *options.id);
  linkage::LinkOptions linking;
  linking.model = given;
  linking.first_against_rest = true;
  auto done = linkage::link(lists.inputs(), linking, run);
  if (!done.ok()) return linkage_refusal(done.error());
  tell_oddities(lists, *done);
  const std::vector<Unseen> rows = linkage::unseen_rows(*done);
  const Places places = places_of(lists.all[0], *done);
  const auto counts = linkage::count_unseen(*done, rows, places.of_row, places.names);
  FILROUGE_CHECK(write_unseen(out, lists.all[0], rows));
  if (const auto path = arguments.value("counts")) FILROUGE_CHECK(write_counts(*path, counts));
  FILROUGE_CHECK(keep_model(arguments, given, done->model));
  const UnseenCount& all = counts.back();
  UnseenAnswer answer{all.rows,      all.known, all.uncertain, all.unseen, all.at_least(),
                      all.at_most(), {}};
  const LinkReport report =
      make_link_report({lists, *done, nullptr, &rows, arguments.has("truth")});
  answer.truth = report.truth;
  print_answer(answer, report, format);
  return 0;
}

}  // namespace filrouge
