// What `link` and `unseen` print about a run: counts, what the model believes of itself, what
// blocking lost, and, with a truth, how it really was; as text or JSON. Counts only, no name.
//
//   print_text(link_report_text(report));
#pragma once

#include <optional>
#include <string>
#include <vector>

#include <boost/describe/class.hpp>

#include "core/linkage/evaluate.h"
#include "core/linkage/link.h"
#include "server/cli/linkage/lists.h"

namespace filrouge {

struct KeyLine {
  std::string key;
  std::uint64_t pairs = 0;
  std::uint64_t first = 0;     // that no key before it gave
  std::uint64_t split = 0;     // blocks
  std::uint64_t left_out = 0;  // pairs
};
BOOST_DESCRIBE_STRUCT(KeyLine, (), (key, pairs, first, split, left_out))

// Estimated, for the pairs of one subgroup or of all (empty name). Shares are in millionths.
struct GroupLine {
  std::string group;
  std::uint64_t rows = 0;
  std::uint64_t match = 0;
  std::uint64_t review = 0;
  std::int64_t precision = 0;
  std::int64_t recall = 0;
};
BOOST_DESCRIBE_STRUCT(GroupLine, (), (group, rows, match, review, precision, recall))

struct DecileLine {
  std::uint64_t pairs = 0;
  std::int64_t claimed = 0;  // mean probability, millionths
  std::int64_t right = 0;    // share that is one person, millionths
};
BOOST_DESCRIBE_STRUCT(DecileLine, (), (pairs, claimed, right))

// Against the truth; shares in millionths.
struct TruthLine {
  std::string group;
  std::uint64_t true_pairs = 0;
  std::int64_t precision = 0;
  std::int64_t recall = 0;
  std::int64_t f1 = 0;
  std::int64_t blocking_recall = 0;
  std::uint64_t missed = 0;
  std::uint64_t review_true = 0;
  std::int64_t cluster_precision = 0;
  std::int64_t cluster_recall = 0;
  std::uint64_t largest_mixed = 0;
  std::int64_t unseen_precision = 0;
  std::int64_t unseen_recall = 0;
  std::vector<DecileLine> calibration;
};
BOOST_DESCRIBE_STRUCT(TruthLine, (),
                      (group, true_pairs, precision, recall, f1, blocking_recall, missed,
                       review_true, cluster_precision, cluster_recall, largest_mixed,
                       unseen_precision, unseen_recall, calibration))

struct LinkReport {
  std::vector<std::uint64_t> rows;  // by list
  std::uint64_t pairs_compared = 0;
  std::uint64_t match = 0;
  std::uint64_t review = 0;
  std::int64_t match_from = 0;  // probability, millionths
  std::int64_t review_from = 0;
  std::int64_t expected_matches = 0;
  std::int64_t expected_missed = 0;
  std::int64_t missed_low = 0;  // between these, likely
  std::int64_t missed_high = 0;
  std::int64_t expected_lost_in_blocking = 0;
  std::uint64_t left_out = 0;  // pairs of blocks that would not split
  std::vector<GroupLine> estimated;
  std::vector<KeyLine> keys;
  std::vector<TruthLine> truth;
};
BOOST_DESCRIBE_STRUCT(LinkReport, (),
                      (rows, pairs_compared, match, review, match_from, review_from,
                       expected_matches, expected_missed, missed_low, missed_high,
                       expected_lost_in_blocking, left_out, estimated, keys, truth))

struct ReportInput {
  const PersonLists& lists;
  const linkage::LinkResult& linked;
  const linkage::Clusters* clusters = nullptr;
  const std::vector<linkage::Unseen>* unseen = nullptr;
  bool truth = false;
};

LinkReport make_link_report(const ReportInput& input);
std::string link_report_text(const LinkReport& report);

}  // namespace filrouge
