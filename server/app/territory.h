// Where a place lies: commune and district of its point by the outlines of that day, or the commune
// that was asked once (R07). Outlines are read at first need and again after an import.
//
//   FILROUGE_TRY(located, app.territory->locate(app, place.set, day));
#pragma once

#include <memory>
#include <mutex>

#include "core/territory/outline.h"
#include "server/app/app.h"

namespace filrouge {

class TerritoryCache {
 public:
  Result<Located> locate(App& app, const PlaceSet& place, CivilDate day);
  Result<std::shared_ptr<const TerritoryIndex>> index(App& app);
  // After an import of outlines: they are read again.
  void forget();

 private:
  std::mutex mutex_;
  std::shared_ptr<const TerritoryIndex> index_;
};

}  // namespace filrouge
