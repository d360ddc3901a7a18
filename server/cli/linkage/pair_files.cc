#include "server/cli/linkage/pair_files.h"

#include <charconv>

#include "core/linkage/score.h"
#include "core/linkage/value_table.h"
#include "server/cli/linkage/safe_file.h"

namespace filrouge {

using linkage::Band;
using linkage::Comparer;
using linkage::dimensions_max;
using linkage::Link;
using linkage::LinkResult;
using linkage::Scorer;

std::string_view band_name(Band band) {
  constexpr std::string_view kNames[] = {"non-match", "review", "match"};
  return kNames[static_cast<std::size_t>(band)];
}

void add_cell(std::string& out, std::string_view text) {
  if (text.find_first_of(",\"\r\n") == std::string_view::npos) {
    out += text;
    return;
  }
  out += '"';
  for (const char c : text) {
    if (c == '"') out += '"';
    out += c;
  }
  out += '"';
}

void add_number(std::string& out, double number, int decimals) {
  char buffer[64];
  // No "-0.000".
  if (number > -1e-9 && number < 1e-9) number = 0;
  const auto done =
      std::to_chars(buffer, buffer + sizeof buffer, number, std::chars_format::fixed, decimals);
  out.append(buffer, done.ptr);
}

namespace {

// Ids as they will be written, row by row, found again without searching.
class Ids {
 public:
  explicit Ids(const PersonLists& lists) : lists_(lists) {
    std::uint32_t begin = 0;
    for (const PersonList& list : lists.all) {
      begin_.push_back(begin);
      begin += static_cast<std::uint32_t>(list.file.rows);
    }
  }
  std::size_t list_of(std::uint32_t row) const {
    std::size_t l = begin_.size() - 1;
    while (row < begin_[l]) --l;
    return l;
  }
  void add(std::string& out, std::uint32_t row) const {
    const std::size_t l = list_of(row);
    const PersonList& list = lists_.all[l];
    const std::uint32_t own = row - begin_[l];
    if (list.id) return add_cell(out, linkage::trimmed(list.file.cell(own, *list.id)));
    char buffer[16];
    out.append(buffer, std::to_chars(buffer, buffer + sizeof buffer, own + 1).ptr);
  }

 private:
  const PersonLists& lists_;
  std::vector<std::uint32_t> begin_;
};

}  // namespace

Result<std::uint64_t> write_pairs(const std::string& path, const PersonLists& lists,
                                  const LinkResult& linked, const PairOptions& options) {
  const Comparer comparer(linked.records);
  const Scorer scorer(linked.records, linked.model);
  const Ids ids(lists);
  const bool many = lists.all.size() > 2;
  std::string line = "left_id,right_id,probability,weight,band";
  if (many) line += ",left_list,right_list";
  if (options.explain) {
    for (std::size_t d = 0; d < dimensions_max; ++d)
      if (comparer.used(d)) line += ",weight_" + std::string(linkage::dimension_name(d));
    line += ",weight_rest";
  }
  SafeFile file(path);
  file.add(line + "\n");
  std::uint64_t written = 0;
  for (const Link& link : linked.links) {
    const double weight = static_cast<double>(link.weight);
    if (link.band == Band::non_match && weight < options.above) continue;
    line.clear();
    ids.add(line, link.pair.a);
    line += ',';
    ids.add(line, link.pair.b);
    line += ',';
    add_number(line, static_cast<double>(link.probability), 6);
    line += ',';
    add_number(line, weight, 3);
    line += ',';
    line += band_name(link.band);
    if (many)
      line += "," + std::to_string(ids.list_of(link.pair.a) + 1) + "," +
              std::to_string(ids.list_of(link.pair.b) + 1);
    if (options.explain) {
      const auto parts = scorer.parts(link.pair);
      double rest = weight;
      for (std::size_t d = 0; d < dimensions_max; ++d) {
        if (!comparer.used(d)) continue;
        line += ',';
        add_number(line, parts[d], 3);
        rest -= parts[d];
      }
      line += ',';
      add_number(line, rest, 3);
    }
    line += '\n';
    file.add(line);
    ++written;
  }
  FILROUGE_CHECK(file.finish());
  return written;
}

Status write_clusters(const std::string& path, const PersonLists& lists,
                      const linkage::Clusters& clusters) {
  const Ids ids(lists);
  SafeFile file(path);
  file.add("id,list,person\n");
  std::string line;
  for (std::uint32_t row = 0; row < clusters.person.size(); ++row) {
    line.clear();
    ids.add(line, row);
    line += "," + std::to_string(ids.list_of(row) + 1) + "," +
            std::to_string(clusters.person[row] + 1) + "\n";
    file.add(line);
  }
  return file.finish();
}

}  // namespace filrouge
