#include "core/linkage/evaluate.h"

#include <algorithm>

namespace filrouge::linkage {

namespace {

// Rows by what they have in common: rows of value v are rows[begin[v]] up to rows[begin[v + 1]].
struct Grouped {
  std::vector<std::uint32_t> begin;
  std::vector<std::uint32_t> rows;
};

Grouped group(const std::vector<std::uint32_t>& value_of) {
  std::uint32_t highest = 0;
  for (const std::uint32_t value : value_of) highest = std::max(highest, value);
  Grouped out;
  out.begin.assign(std::size_t{highest} + 2, 0);
  for (const std::uint32_t value : value_of) ++out.begin[value + 1];
  for (std::size_t i = 1; i < out.begin.size(); ++i) out.begin[i] += out.begin[i - 1];
  out.rows.resize(value_of.size());
  std::vector<std::uint32_t> next(out.begin.begin(), out.begin.end() - 1);
  for (std::uint32_t row = 0; row < value_of.size(); ++row) out.rows[next[value_of[row]]++] = row;
  return out;
}

class Evaluator {
 public:
  explicit Evaluator(const EvaluationInput& input)
      : in_(input), records_(input.linked.records), persons_(group(input.person)) {}

  Evaluation run() {
    count_links();
    count_true_pairs();
    if (in_.unseen != nullptr) count_unseen_rows();
    if (in_.clusters != nullptr) count_clusters();
    return out_;
  }

 private:
  bool wanted(std::uint32_t row) const { return in_.wanted == nullptr || (*in_.wanted)[row]; }
  bool wanted(const Pair& pair) const {
    return in_.person[pair.a] != 0 && in_.person[pair.b] != 0 && (wanted(pair.a) || wanted(pair.b));
  }

  void count_links() {
    for (const Link& link : in_.linked.links) {
      if (!wanted(link.pair)) continue;
      const bool one = in_.person[link.pair.a] == in_.person[link.pair.b];
      if (link.band == Band::match) {
        out_.precision.of += 1;
        out_.precision.right += one;
      }
      if (link.band == Band::review) {
        out_.review_true.of += 1;
        out_.review_true.right += one;
      }
      const double probability = static_cast<double>(link.probability);
      Evaluation::Decile& decile = out_.calibration[std::min(
          deciles - 1, static_cast<std::size_t>(probability * static_cast<double>(deciles)))];
      ++decile.pairs;
      decile.claimed += probability;
      decile.right += one;
    }
    out_.recall.right = out_.precision.right;
  }

  // Every true pair that could be asked about, and whether a key brought it together.
  void count_true_pairs() {
    for (std::size_t person = 1; person + 1 < persons_.begin.size(); ++person)
      for (std::uint32_t i = persons_.begin[person]; i < persons_.begin[person + 1]; ++i)
        for (std::uint32_t k = i + 1; k < persons_.begin[person + 1]; ++k) {
          const Pair pair{persons_.rows[i], persons_.rows[k], 0};
          if (records_.lists() > 1 && records_.rows[pair.a].list == records_.rows[pair.b].list)
            continue;
          if (!wanted(pair)) continue;
          out_.recall.of += 1;
          out_.compared.of += 1;
          const UnsetVector<RowKeys>& keys = in_.linked.row_keys;
          out_.compared.right +=
              shares_key(keys[pair.a], keys[pair.b], first_keys(in_.linked.keys.size()));
        }
  }

  void count_unseen_rows() {
    const std::uint32_t own = records_.list_begin[1];
    for (std::uint32_t row = 0; row < own; ++row) {
      const std::uint32_t person = in_.person[row];
      if (person == 0 || !wanted(row)) continue;
      const std::uint32_t last = persons_.rows[persons_.begin[person + 1] - 1];
      const bool truly = last < own;  // rows ascend: no row of another list
      const bool said = (*in_.unseen)[row].band == Known::unseen;
      out_.unseen_precision.of += said;
      out_.unseen_precision.right += said && truly;
      out_.unseen_recall.of += truly;
      out_.unseen_recall.right += said && truly;
    }
  }

  // B-cubed: for each row, what share of its cluster is its person, and of its person its cluster.
  void count_clusters() {
    const Grouped clusters = group(in_.clusters->person);
    std::vector<std::uint32_t> size(persons_.begin.size() - 1);
    for (std::size_t c = 0; c + 1 < clusters.begin.size(); ++c) {
      const auto rows = std::span(clusters.rows)
                            .subspan(clusters.begin[c], clusters.begin[c + 1] - clusters.begin[c]);
      std::uint32_t known = 0;
      for (const std::uint32_t row : rows) {
        known += in_.person[row] != 0;
        ++size[in_.person[row]];
      }
      for (const std::uint32_t row : rows) {
        const std::uint32_t person = in_.person[row];
        if (person == 0 || !wanted(row)) continue;
        if (size[person] < known)
          out_.largest_mixed = std::max<std::uint64_t>(out_.largest_mixed, known);
        out_.cluster_precision.of += 1;
        out_.cluster_precision.right += static_cast<double>(size[person]) / known;
        out_.cluster_recall.of += 1;
        out_.cluster_recall.right += static_cast<double>(size[person]) /
                                     (persons_.begin[person + 1] - persons_.begin[person]);
      }
      for (const std::uint32_t row : rows) size[in_.person[row]] = 0;
    }
  }

  const EvaluationInput& in_;
  const Records& records_;
  Grouped persons_;
  Evaluation out_;
};

}  // namespace

Evaluation evaluate(const EvaluationInput& input) { return Evaluator(input).run(); }

}  // namespace filrouge::linkage
