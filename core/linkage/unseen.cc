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

UnseenCount finish(Sums& sums, std::string_view name) {
  UnseenCount out = sums.count;
  out.group = name;
  out.likely = sums.likely;
  const double spread = kInterval * std::sqrt(sums.variance);
  out.low = std::max(0.0, sums.likely - spread);
  out.high = std::min(static_cast<double>(out.rows), sums.likely + spread);
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

std::vector<UnseenCount> count_unseen(const LinkResult& linked, const std::vector<Unseen>& rows,
                                      const std::vector<std::uint32_t>& group_of,
                                      const std::vector<std::string>& groups) {
  std::vector<double> unseen(rows.size(), 1.0);
  for (const Link& link : linked.links)
    if (link.pair.a < rows.size()) unseen[link.pair.a] *= 1 - double(link.probability);
  // A row whose partner no key had looks unseen: so many of those who look so are not.
  double looks = 0;
  for (const double one : unseen) looks += one;
  const double missed = std::min(linked.estimates.lost_in_blocking, looks);
  const double stays = looks <= 0 ? 1 : 1 - missed / looks;
  std::vector<Sums> sums(groups.size());
  Sums all;
  for (std::size_t i = 0; i < rows.size(); ++i) {
    add(sums[group_of[i]], rows[i], unseen[i] * stays);
    add(all, rows[i], unseen[i] * stays);
  }
  std::vector<UnseenCount> out;
  for (std::size_t i = 0; i < groups.size(); ++i)
    if (sums[i].count.rows > 0) out.push_back(finish(sums[i], groups[i]));
  out.push_back(finish(all, ""));
  return out;
}

}  // namespace filrouge::linkage
