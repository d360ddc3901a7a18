#include "core/linkage/unseen.h"

#include <algorithm>
#include <cmath>

namespace filrouge::linkage {

namespace {

constexpr double kInterval = 1.96;  // standard deviations on both sides

struct Sums {
  UnseenCount count;
  double likely = 0;
  double variance = 0;
};

void add(Sums& sums, const Unseen& row, double unseen) {
  ++sums.count.rows;
  sums.count.known += row.band == Known::known;
  sums.count.uncertain += row.band == Known::uncertain;
  sums.count.unseen += row.band == Known::unseen;
  sums.likely += unseen;
  sums.variance += unseen * (1 - unseen);
}

// Of the rows that look unseen, the share that is, and between which shares it likely lies.
struct Stays {
  double likely = 1;
  double low = 1;
  double high = 1;
};

UnseenCount finish(Sums& sums, const Stays& stays, std::string_view name) {
  UnseenCount out = sums.count;
  out.group = name;
  out.likely = sums.likely * stays.likely;
  const double spread = kInterval * std::sqrt(sums.variance);
  out.low = std::max(0.0, sums.likely * stays.low - spread);
  out.high = std::min(static_cast<double>(out.rows), sums.likely * stays.high + spread);
  return out;
}

}  // namespace

std::string_view known_name(Known known) {
  constexpr std::string_view kNames[] = {"known", "uncertain", "unseen"};
  return kNames[static_cast<std::size_t>(known)];
}

std::vector<Unseen> unseen_rows(const LinkResult& linked) {
  std::vector<Unseen> out(linked.records.list_begin[1]);
  for (const Link& link : linked.links) {
    if (link.pair.a >= out.size()) break;
    Unseen& row = out[link.pair.a];
    row.best = std::max(row.best, link.probability);
    if (link.band == Band::match) row.band = Known::known;
    if (link.band == Band::review && row.band == Known::unseen) row.band = Known::uncertain;
  }
  return out;
}

void take_partner(Unseen& row, double& unseen, float probability, bool certain) {
  row.best = std::max(row.best, probability);
  unseen *= 1 - double(probability);
  if (certain) {
    row.band = Known::known;
  } else if (row.band == Known::unseen) {
    row.band = Known::uncertain;
  }
}

LostPairs lost_pairs(const LinkEstimates& estimates) {
  return {estimates.lost_in_blocking, estimates.lost_low, estimates.lost_high};
}

std::vector<double> unseen_probabilities(const LinkResult& linked) {
  std::vector<double> unseen(linked.records.list_begin[1], 1.0);
  for (const Link& link : linked.links)
    if (link.pair.a < unseen.size()) unseen[link.pair.a] *= 1 - double(link.probability);
  return unseen;
}

std::vector<UnseenCount> count_unseen(const LinkResult& linked, const std::vector<Unseen>& rows,
                                      const std::vector<std::uint32_t>& group_of,
                                      const std::vector<std::string>& groups) {
  return count_unseen(rows, unseen_probabilities(linked), lost_pairs(linked.estimates), group_of,
                      groups);
}

std::vector<UnseenCount> count_unseen(const std::vector<Unseen>& rows,
                                      const std::vector<double>& unseen, const LostPairs& sum,
                                      const std::vector<std::uint32_t>& group_of,
                                      const std::vector<std::string>& groups) {
  // A row whose partner no key had looks unseen: so many of those who look so are not.
  double looks = 0;
  for (const double one : unseen) looks += one;
  const auto without = [&](double lost) {
    return looks <= 0 ? 1 : 1 - std::min(lost, looks) / looks;
  };
  const Stays stays{without(sum.pairs), without(sum.high), without(sum.low)};
  std::vector<Sums> sums(groups.size());
  Sums all;
  for (std::size_t i = 0; i < rows.size(); ++i) {
    add(sums[group_of[i]], rows[i], unseen[i]);
    add(all, rows[i], unseen[i]);
  }
  std::vector<UnseenCount> out;
  for (std::size_t i = 0; i < groups.size(); ++i)
    if (sums[i].count.rows > 0) out.push_back(finish(sums[i], stays, groups[i]));
  out.push_back(finish(all, stays, ""));
  return out;
}

}  // namespace filrouge::linkage
