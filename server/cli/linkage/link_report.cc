#include "server/cli/linkage/link_report.h"

#include <algorithm>
#include <cmath>

#include "core/linkage/dictionary.h"
#include "core/linkage/value_table.h"
#include "server/cli/linkage/pair_files.h"
#include "server/cli/speech.h"

namespace filrouge {

namespace {

using linkage::Band;
using linkage::Evaluation;
using linkage::Link;

std::int64_t millionths(double share) { return std::llround(share * 1e6); }

// The subgroup of each row, by --by: numbers and their names; 0 for none.
struct Subgroups {
  std::vector<std::uint32_t> of_row;
  linkage::Dictionary names;
};

Subgroups subgroups_of(const PersonLists& lists) {
  Subgroups out;
  out.names.id_of("");
  for (const PersonList& list : lists.all)
    for (std::size_t row = 0; row < list.file.rows; ++row)
      out.of_row.push_back(
          list.by ? out.names.id_of(linkage::trimmed(list.file.cell(row, *list.by))) : 0);
  return out;
}

// Estimates of a subgroup from the probabilities of its pairs; the loss of blocking is shared out.
GroupLine estimate_group(const linkage::LinkResult& linked, std::string_view name,
                         const std::vector<bool>* wanted) {
  GroupLine line;
  line.group = name;
  line.rows = wanted == nullptr
                  ? linked.records.rows.size()
                  : static_cast<std::uint64_t>(std::count(wanted->begin(), wanted->end(), true));
  double found = 0;
  double all = 0;
  double everywhere = 0;
  for (const Link& link : linked.links) {
    const double probability = static_cast<double>(link.probability);
    everywhere += probability;
    if (wanted != nullptr && !(*wanted)[link.pair.a] && !(*wanted)[link.pair.b]) continue;
    line.match += link.band == Band::match;
    line.review += link.band == Band::review;
    all += probability;
    if (link.band == Band::match) found += probability;
  }
  const double lost = everywhere <= 0 ? 0 : linked.estimates.lost_in_blocking * all / everywhere;
  line.precision = millionths(line.match == 0 ? 1 : found / static_cast<double>(line.match));
  line.recall = millionths(all + lost <= 0 ? 1 : found / (all + lost));
  return line;
}

TruthLine truth_line(std::string_view name, const Evaluation& one) {
  TruthLine line;
  line.group = name;
  line.true_pairs = static_cast<std::uint64_t>(one.recall.of);
  line.precision = millionths(one.precision.value());
  line.recall = millionths(one.recall.value());
  line.f1 = millionths(f1_of(one.precision, one.recall));
  line.blocking_recall = millionths(one.compared.value());
  line.missed = static_cast<std::uint64_t>(one.recall.of - one.recall.right);
  line.review_true = static_cast<std::uint64_t>(one.review_true.right);
  line.cluster_precision = millionths(one.cluster_precision.value());
  line.cluster_recall = millionths(one.cluster_recall.value());
  line.largest_mixed = one.largest_mixed;
  line.unseen_precision = millionths(one.unseen_precision.value());
  line.unseen_recall = millionths(one.unseen_recall.value());
  for (const Evaluation::Decile& decile : one.calibration) {
    const double pairs = std::max<double>(1, static_cast<double>(decile.pairs));
    line.calibration.push_back(
        {decile.pairs, millionths(decile.claimed / pairs), millionths(decile.right / pairs)});
  }
  return line;
}

std::string percent(std::int64_t share) {
  std::string out;
  add_number(out, static_cast<double>(share) / 1e4, 2);
  return out + " %";
}

std::string line_of(std::string_view french, std::string_view english, const std::string& value) {
  return std::string(tell(french, english)) + " : " + value + "\n";
}

std::string group_name(const std::string& name) {
  return name.empty() ? std::string(tell("ensemble", "all")) : name;
}

std::string truth_text(const TruthLine& one) {
  std::string out = group_name(one.group) + " : " + std::to_string(one.true_pairs) +
                    std::string(tell(" vraies paires", " true pairs")) + "\n";
  const auto add = [&](std::string_view french, std::string_view english,
                       const std::string& value) { out += "  " + line_of(french, english, value); };
  add("précision, rappel, F1", "precision, recall, F1",
      percent(one.precision) + ", " + percent(one.recall) + ", " + percent(one.f1));
  add("rappel des clés", "recall of blocking", percent(one.blocking_recall));
  add("manquées ; vraies parmi celles à relire", "missed; true among those in review",
      std::to_string(one.missed) + " ; " + std::to_string(one.review_true));
  add("B-cube : précision, rappel ; plus grand groupe mêlé",
      "B-cubed: precision, recall; largest mixed cluster",
      percent(one.cluster_precision) + ", " + percent(one.cluster_recall) + " ; " +
          std::to_string(one.largest_mixed));
  add("inconnus de tous : précision, rappel", "unseen: precision, recall",
      percent(one.unseen_precision) + ", " + percent(one.unseen_recall));
  if (!one.group.empty()) return out;
  out += std::string(
      tell("  par décile : paires, annoncé, vrai\n", "  by decile: pairs, claimed, true\n"));
  for (const DecileLine& decile : one.calibration)
    if (decile.pairs > 0)
      out += "    " + std::to_string(decile.pairs) + ", " + percent(decile.claimed) + ", " +
             percent(decile.right) + "\n";
  return out;
}

void add_truth(LinkReport& report, const ReportInput& input, const Subgroups& groups,
               const std::vector<std::vector<bool>>& members) {
  const std::vector<std::uint32_t> persons = input.lists.persons();
  const auto add = [&](std::string_view name, const std::vector<bool>* wanted) {
    report.truth.push_back(truth_line(
        name, linkage::evaluate({input.linked, persons, wanted, input.clusters, input.unseen})));
  };
  add("", nullptr);
  for (std::size_t g = 1; g < groups.names.size(); ++g) add(groups.names[g], &members[g]);
}

}  // namespace

LinkReport make_link_report(const ReportInput& input) {
  const linkage::LinkResult& linked = input.linked;
  LinkReport out;
  for (const PersonList& list : input.lists.all) out.rows.push_back(list.file.rows);
  out.pairs_compared = linked.pairs_compared;
  out.match = linked.estimates.match_pairs;
  out.review = linked.estimates.review_pairs;
  out.match_from = millionths(linked.match_from);
  out.review_from = millionths(linked.review_from);
  out.expected_matches = std::llround(linked.estimates.matches);
  out.expected_missed = std::llround(linked.estimates.missed());
  out.missed_low = std::llround(std::floor(linked.estimates.missed_low()));
  out.missed_high = std::llround(std::ceil(linked.estimates.missed_high()));
  out.expected_lost_in_blocking = std::llround(linked.estimates.lost_in_blocking);
  for (std::size_t k = 0; k < linked.keys.size(); ++k) {
    const linkage::Key& key = linked.keys[k];
    out.keys.push_back(
        {key.name, key.pairs, linked.pairs_by_key[k], key.split_blocks, key.left_out_pairs});
    out.left_out += key.left_out_pairs;
  }
  const Subgroups groups = subgroups_of(input.lists);
  std::vector<std::vector<bool>> members(groups.names.size());
  for (std::size_t g = 1; g < members.size(); ++g) {
    members[g].resize(groups.of_row.size());
    for (std::size_t row = 0; row < groups.of_row.size(); ++row)
      members[g][row] = groups.of_row[row] == g;
  }
  out.estimated.push_back(estimate_group(linked, "", nullptr));
  for (std::size_t g = 1; g < members.size(); ++g)
    out.estimated.push_back(estimate_group(linked, groups.names[g], &members[g]));
  if (input.truth) add_truth(out, input, groups, members);
  return out;
}

std::string link_report_text(const LinkReport& report) {
  std::string rows;
  for (const std::uint64_t one : report.rows)
    rows += (rows.empty() ? "" : ", ") + std::to_string(one);
  std::string out = line_of("lignes", "rows", rows);
  out += line_of("paires comparées", "pairs compared", std::to_string(report.pairs_compared));
  out += line_of("rapprochées ; à relire", "matches; in review",
                 std::to_string(report.match) + " ; " + std::to_string(report.review));
  out += line_of("seuils de probabilité", "thresholds of probability",
                 percent(report.match_from) + " ; " + percent(report.review_from));
  out += line_of("vraies paires attendues ; manquées (sans doute entre) ; jamais comparées",
                 "true pairs expected; missed (likely between); of these never compared",
                 std::to_string(report.expected_matches) + " ; " +
                     std::to_string(report.expected_missed) + " (" +
                     std::to_string(report.missed_low) + "-" + std::to_string(report.missed_high) +
                     ") ; " + std::to_string(report.expected_lost_in_blocking));
  if (report.left_out > 0)
    out += line_of("paires laissées de côté (valeurs identiques en masse)",
                   "pairs left out (masses of identical values)", std::to_string(report.left_out));
  out += std::string(tell("estimé : lignes, rapprochées, à relire, précision, rappel\n",
                          "estimated: rows, matches, review, precision, recall\n"));
  for (const GroupLine& one : report.estimated)
    out += "  " + group_name(one.group) + " : " + std::to_string(one.rows) + ", " +
           std::to_string(one.match) + ", " + std::to_string(one.review) + ", " +
           percent(one.precision) + ", " + percent(one.recall) + "\n";
  out += std::string(tell("clés : paires, nouvelles, blocs divisés, paires laissées\n",
                          "keys: pairs, new ones, blocks split, pairs left out\n"));
  for (const KeyLine& one : report.keys)
    out += "  " + one.key + " : " + std::to_string(one.pairs) + ", " + std::to_string(one.first) +
           ", " + std::to_string(one.split) + ", " + std::to_string(one.left_out) + "\n";
  for (const TruthLine& one : report.truth) out += truth_text(one);
  return out;
}

}  // namespace filrouge
