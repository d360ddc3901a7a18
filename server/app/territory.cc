#include "server/app/territory.h"

namespace filrouge {

Result<std::shared_ptr<const TerritoryIndex>> TerritoryCache::index(App& app) {
  const std::lock_guard lock(mutex_);
  if (index_ == nullptr) {
    FILROUGE_TRY(outlines, app.store.outlines());
    index_ = std::make_shared<const TerritoryIndex>(std::move(outlines));
  }
  return index_;
}

void TerritoryCache::forget() {
  const std::lock_guard lock(mutex_);
  index_.reset();
}

Result<Located> TerritoryCache::locate(App& app, const PlaceSet& place, CivilDate day) {
  FILROUGE_TRY(territory, index(app));
  if (place.latitude_e7 && place.longitude_e7)
    return territory->locate({*place.latitude_e7, *place.longitude_e7}, day,
                             place.commune.value_or(""));
  if (place.commune) return territory->locate_commune(*place.commune, day);
  return Located{};
}

}  // namespace filrouge
