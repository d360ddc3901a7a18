#include "server/app/place_rows.h"

#include <algorithm>

#include "core/base/text.h"
#include "server/app/territory.h"

namespace filrouge {

namespace {

const Outline* find_outline(const TerritoryIndex& index, OutlineKind kind, std::string_view code,
                            CivilDate day) {
  for (const Outline& outline : index.outlines())
    if (outline.kind == kind && outline.code == code && outline.valid_from <= day &&
        (!outline.valid_to || day <= *outline.valid_to))
      return &outline;
  return nullptr;
}

}  // namespace

Result<api::PlaceRow> place_row(App& app, SubjectId id, const PlaceSet& place, CivilDate day) {
  api::PlaceRow row;
  row.id = id;
  row.name = place.name;
  row.type = place.type;
  row.latitude_e7 = place.latitude_e7;
  row.longitude_e7 = place.longitude_e7;
  row.active = place.active;
  FILROUGE_TRY(located, app.territory->locate(app, place, day));
  row.commune = located.commune;
  row.district = located.district;
  FILROUGE_TRY(index, app.territory->index(app));
  if (row.commune) {
    FILROUGE_TRY(commune, app.store.commune(*row.commune));
    const Outline* outline = find_outline(*index, OutlineKind::commune, *row.commune, day);
    if (commune) row.commune_name = commune->name;
    if (!commune && outline != nullptr) row.commune_name = outline->name;
  }
  if (!row.district || *row.district == kOutsideDistricts) return row;
  const Outline* outline = find_outline(*index, OutlineKind::district, *row.district, day);
  if (outline == nullptr) return row;
  row.district_name = outline->name;
  row.fictitious = outline->fictitious;
  return row;
}

Result<std::vector<api::PlaceRow>> places_of(App& app, SubjectId organisation, CivilDate day) {
  StateFilter filter;
  filter.collection = Collection::place;
  filter.organisation = organisation;
  FILROUGE_TRY(known, all_known(app, filter));
  std::vector<api::PlaceRow> rows;
  for (const KnownPtr& one : known) {
    const auto place = state_in<PlaceState>(one);
    if (!place) continue;
    FILROUGE_TRY(row, place_row(app, one->row.subject, place->set, day));
    rows.push_back(std::move(row));
  }
  std::sort(rows.begin(), rows.end(), [](const api::PlaceRow& a, const api::PlaceRow& b) {
    return std::tuple(fold_for_search(a.name), a.id) < std::tuple(fold_for_search(b.name), b.id);
  });
  return rows;
}

}  // namespace filrouge
