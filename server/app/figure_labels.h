// The words of a figure's lines: names of communes, districts, projects and teams, bands and sexes.
// A code that has no name is printed as it is; "unknown" and "none" have words of their own.
#pragma once

#include <string>
#include <vector>

#include "core/measure/figures.h"
#include "server/app/app.h"

namespace filrouge {

// Sets the label of every cell; true when a line lies in contours fictifs.
Result<bool> label_cells(App& app, std::vector<Cell>& cells, Dimension by, bool english);

// "Tous les projets", a project's name, or a team's.
Result<std::string> perimeter_label(App& app, const std::optional<SubjectId>& team,
                                    const std::optional<SubjectId>& project, bool english);

}  // namespace filrouge
