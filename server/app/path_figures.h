// The figures of the pathway (I03b to I26): facts of the perimeter from the store, counted by
// core/measure/path_count.h, grouped by one dimension. A row without a place of its own counts
// where the person was first met; age and sex are the person's latest known.
#pragma once

#include <vector>

#include "core/measure/path_count.h"
#include "server/app/app.h"

namespace filrouge {

struct PathFigure {
  std::vector<Cell> cells;  // not labelled, not sorted
  std::vector<Beside> beside;
  std::optional<std::int64_t> unknown;
};

// `perimeter`: organisation, project and teams; its days are not looked at.
Result<PathFigure> count_path_figure(App& app, const PathQuestion& question, FactFilter perimeter,
                                     Dimension by);

// The entries that stand behind such a figure, newest first; empty for what a person answered in
// confidence (I08).
Result<std::vector<EntryId>> path_entries(App& app, const PathQuestion& question,
                                          FactFilter perimeter);

}  // namespace filrouge
