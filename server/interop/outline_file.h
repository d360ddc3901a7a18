// Outlines of communes and of QPV districts from a GeoJSON file: rings of 1e-7 degrees with the
// years they are valid (R07; domain.md section 4: QPV are dated, 2015, 2024, overseas 2025).
// Understood names of properties: com_code, com_name, dep_code (communes of opendatasoft and
// Insee); code_qp, nom_qp, code_departement (QPV), and the usual others. A feature that cannot be
// used is refused with its field and rule; a file that stops half-way is refused whole.
//
// Vintage where --valid-from is not given: communes from 2015-01-01; "QP..." 2015-01-01 to
// 2023-12-31 (overseas to 2024-12-31), "QN..." from 2024-01-01 (overseas from 2025-01-01).
//
//   auto read = read_outlines(source, {.kind = OutlineKind::district});
//   read->outlines[0].code == "QP030016"; read->report.refusals[0].where == "feature 3";
#pragma once

#include <optional>
#include <vector>

#include "core/territory/outline.h"
#include "server/interop/commune_file.h"
#include "server/interop/import_report.h"

namespace filrouge {

inline constexpr std::size_t outline_points_max = 60'000;

struct OutlineOptions {
  std::optional<OutlineKind> kind;  // absent: told from the properties of each feature
  std::optional<CivilDate> valid_from;
  std::optional<CivilDate> valid_to;
  bool fictitious = false;
};

struct OutlineImport {
  std::vector<Outline> outlines;
  ImportReport report;
};

// `malformed` when the file is no FeatureCollection or stops half-way.
Result<OutlineImport> read_outlines(const ChunkSource& source, const OutlineOptions& options);

// One feature, for the reader above and for the fuzzer; the error names its field.
Result<Outline> read_feature(std::string_view json, const OutlineOptions& options);

}  // namespace filrouge
