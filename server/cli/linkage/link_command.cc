// `filrouge link A.csv [B.csv ...] --out pairs.csv`: which rows are the same person.
#include "server/cli/linkage/link_command.h"

#include <charconv>
#include <cmath>
#include <filesystem>

#include "core/base/json.h"
#include "core/linkage/cluster.h"
#include "server/cli/command.h"
#include "server/cli/linkage/pair_files.h"
#include "server/cli/linkage/safe_file.h"
#include "server/cli/linkage/threads.h"
#include "server/cli/speech.h"

namespace filrouge {

namespace {

using linkage::Clusters;
using linkage::LinkOptions;
using linkage::LinkResult;
using linkage::Model;

Result<PairOptions> pair_options(const Arguments& arguments) {
  PairOptions options;
  options.explain = arguments.has("explain");
  const auto text = arguments.value("all-above");
  if (!text) return options;
  const char* const end = text->data() + text->size();
  const auto read = std::from_chars(text->data(), end, options.above);
  if (read.ec != std::errc{} || read.ptr != end || !std::isfinite(options.above))
    return usage_of("--all-above : " + std::string(tell("un nombre de bits", "a number of bits")));
  return options;
}

}  // namespace

Result<std::optional<Model>> read_model_file(const Arguments& arguments) {
  const auto path = arguments.value("model");
  std::error_code failed;
  if (!path || !std::filesystem::exists(*path, failed)) return std::optional<Model>();
  FILROUGE_TRY(text, read_whole_file(*path));
  auto model = linkage::read_model(text);
  if (!model.ok())
    return refusal_of("model", *path + " : " + model.error().field + ", " +
                                   std::string(tell("ce n'est pas un modèle de ce programme",
                                                    "not a model of this program")));
  return std::optional<Model>(*model);
}

Status keep_model(const Arguments& arguments, const std::optional<Model>& given,
                  const Model& model) {
  const auto path = arguments.value("model");
  if (!path || given) return Done{};
  SafeFile file(*path);
  file.add(linkage::write_model(model));
  return file.finish();
}

Error linkage_refusal(const Error& error) {
  if (error.rule == "no_column")
    return refusal_of("no_column",
                      std::string(tell("aucune colonne commune à comparer ; voir --columns",
                                       "no common column to compare; see --columns")));
  if (error.rule == "model_lacks")
    return refusal_of("model_lacks", std::string(tell("le modèle ne dit rien de : ",
                                                      "the model says nothing about: ")) +
                                         error.field);
  if (error.rule == "empty")
    return refusal_of("empty", std::string(tell("une liste est vide", "a list is empty")));
  return error;
}

void print_link_report(const LinkReport& report, const std::string& format) {
  print_text(format == "json" ? json::encode(report) + "\n" : link_report_text(report));
}

Result<int> run_link(const Arguments& arguments) {
  FILROUGE_TRY(format, arguments.choice("format", {"text", "json"}));
  if (arguments.has("generate")) return generate_lists(arguments);
  if (arguments.words().empty())
    return usage_of(std::string(tell("attendu : link A.csv [B.csv ...] --out FICHIER",
                                     "expected: link A.csv [B.csv ...] --out FILE")));
  FILROUGE_TRY(out, arguments.needed("out"));
  FILROUGE_TRY(threads, threads_of(arguments));
  FILROUGE_TRY(pairs, pair_options(arguments));
  LinkOptions options;
  FILROUGE_TRY(
      pairs_per_row,
      arguments.number("pairs-per-row", static_cast<std::int64_t>(options.blocking.pairs_per_row),
                       1, 1000));
  options.blocking.pairs_per_row = static_cast<std::uint64_t>(pairs_per_row);
  const linkage::ParallelFor run = run_on_threads(threads);
  FILROUGE_TRY(given, read_model_file(arguments));
  FILROUGE_TRY(lists, read_lists(arguments.words(), list_options(arguments), run));
  options.model = given;
  options.links_from = std::min(options.links_from, pairs.above);
  auto done = linkage::link(lists.inputs(), options, run);
  if (!done.ok()) return linkage_refusal(done.error());
  LinkResult& linked = *done;
  tell_oddities(lists, linked);
  const bool one_list = lists.all.size() == 1;
  Clusters clusters;
  if (one_list || arguments.has("clusters") || arguments.has("truth")) {
    clusters = linkage::make_clusters(linked);
    linkage::apply_clusters(linked, clusters);
  }
  FILROUGE_TRY(written, write_pairs(out, lists, linked, pairs, run));
  if (const auto path = arguments.value("clusters"))
    FILROUGE_CHECK(write_clusters(*path, lists, clusters));
  FILROUGE_CHECK(keep_model(arguments, given, linked.model));
  if (arguments.has("report") || arguments.has("truth")) {
    std::vector<linkage::Unseen> unseen;
    if (!one_list) unseen = linkage::unseen_rows(linked);
    print_link_report(make_link_report({lists, linked, clusters.persons > 0 ? &clusters : nullptr,
                                        one_list ? nullptr : &unseen, arguments.has("truth")}),
                      format);
  } else {
    say_line(out + " : " + std::to_string(written) + std::string(tell(" paires", " pairs")));
  }
  return 0;
}

}  // namespace filrouge
