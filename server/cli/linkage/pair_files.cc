#include "server/cli/linkage/pair_files.h"

#include <algorithm>
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
  // Rows lie anywhere in the text: their places, and then the ids, are asked of the memory before
  // they are added.
  void fetch_place(std::uint32_t row) const {
    const std::size_t l = list_of(row);
    const PersonList& list = lists_.all[l];
    if (list.id) __builtin_prefetch(&list.file.columns[*list.id][row - begin_[l]]);
  }
  void fetch_text(std::uint32_t row) const {
    const std::size_t l = list_of(row);
    const PersonList& list = lists_.all[l];
    if (list.id) __builtin_prefetch(list.file.cell(row - begin_[l], *list.id).data());
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

// The lines of some links.
class PairLines {
 public:
  PairLines(const PersonLists& lists, const LinkResult& linked, const PairOptions& options)
      : linked_(linked),
        options_(options),
        comparer_(linked.records),
        scorer_(linked.records, linked.model),
        ids_(lists),
        many_(lists.all.size() > 2) {}

  std::string head() const {
    std::string line = "left_id,right_id,probability,weight,band";
    if (many_) line += ",left_list,right_list";
    if (options_.explain) {
      for (std::size_t d = 0; d < dimensions_max; ++d)
        if (comparer_.used(d)) line += ",weight_" + std::string(linkage::dimension_name(d));
      line += ",weight_rest";
    }
    return line + "\n";
  }

  struct Piece {
    std::string text;
    std::uint64_t lines = 0;
  };
  Piece of(std::size_t begin, std::size_t end) const {
    Piece out;
    constexpr std::size_t kAhead = 12;
    for (std::size_t i = begin; i < end; ++i) {
      ids_.fetch_place(linked_.links[std::min(i + 2 * kAhead, end - 1)].pair.b);
      ids_.fetch_text(linked_.links[std::min(i + kAhead, end - 1)].pair.b);
      const Link& link = linked_.links[i];
      if (link.band == Band::non_match && static_cast<double>(link.weight) < options_.above)
        continue;
      add(out.text, link);
      ++out.lines;
    }
    return out;
  }

 private:
  void add(std::string& line, const Link& link) const {
    ids_.add(line, link.pair.a);
    line += ',';
    ids_.add(line, link.pair.b);
    line += ',';
    add_number(line, static_cast<double>(link.probability), 6);
    line += ',';
    add_number(line, static_cast<double>(link.weight), 3);
    line += ',';
    line += band_name(link.band);
    if (many_)
      line += "," + std::to_string(ids_.list_of(link.pair.a) + 1) + "," +
              std::to_string(ids_.list_of(link.pair.b) + 1);
    if (options_.explain) explain(line, link);
    line += '\n';
  }

  void explain(std::string& line, const Link& link) const {
    const auto parts = scorer_.parts(link.pair);
    double rest = static_cast<double>(link.weight);
    for (std::size_t d = 0; d < dimensions_max; ++d) {
      if (!comparer_.used(d)) continue;
      line += ',';
      add_number(line, parts[d], 3);
      rest -= parts[d];
    }
    line += ',';
    add_number(line, rest, 3);
  }

  const LinkResult& linked_;
  const PairOptions& options_;
  Comparer comparer_;
  Scorer scorer_;
  Ids ids_;
  bool many_ = false;
};

constexpr std::size_t kLinksPiece = 1 << 12;
constexpr std::size_t kPiecesTogether = 64;  // so many are held before they are written

}  // namespace

Result<std::uint64_t> write_pairs(const std::string& path, const PersonLists& lists,
                                  const LinkResult& linked, const PairOptions& options,
                                  const linkage::ParallelFor& run) {
  const PairLines lines(lists, linked, options);
  SafeFile file(path);
  file.add(lines.head());
  std::uint64_t written = 0;
  const std::size_t links = linked.links.size();
  for (std::size_t from = 0; from < links; from += kLinksPiece * kPiecesTogether) {
    const std::size_t to = std::min(links, from + kLinksPiece * kPiecesTogether);
    std::vector<PairLines::Piece> pieces((to - from + kLinksPiece - 1) / kLinksPiece);
    run(pieces.size(), [&](std::size_t i) {
      const std::size_t begin = from + i * kLinksPiece;
      pieces[i] = lines.of(begin, std::min(to, begin + kLinksPiece));
    });
    for (const PairLines::Piece& piece : pieces) {
      file.add(piece.text);
      written += piece.lines;
    }
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
