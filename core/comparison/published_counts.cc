#include "core/comparison/published_counts.h"

#include "core/measure/figures.h"

namespace filrouge {

std::vector<PublishedCount> published_counts(const std::vector<linkage::UnseenCount>& counts) {
  std::vector<Cell> cells;
  for (std::size_t i = 0; i + 1 < counts.size(); ++i)
    cells.push_back({counts[i].group, counts[i].group, counts[i].unseen, 0});
  const PublishedTable table = publish(cells, Perimeter::consortium);
  std::vector<PublishedCount> published;
  for (std::size_t i = 0; i < counts.size(); ++i) {
    PublishedCount one{counts[i].group, {}, {}, {}};
    one.unseen = i + 1 < counts.size() ? table.rows[i].number : table.total;
    if (one.unseen) {
      one.at_least = counts[i].at_least();
      one.at_most = counts[i].at_most();
    }
    published.push_back(std::move(one));
  }
  return published;
}

}  // namespace filrouge
