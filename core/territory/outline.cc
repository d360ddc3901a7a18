#include "core/territory/outline.h"

#include <algorithm>
#include <tuple>

namespace filrouge {

namespace {

constexpr std::int64_t kDegree = 10'000'000;
constexpr std::int64_t kLatitudeMax = 90 * kDegree;
constexpr std::int64_t kLongitudeMax = 180 * kDegree;

bool is_on_earth(std::int64_t latitude, std::int64_t longitude) {
  return latitude >= -kLatitudeMax && latitude <= kLatitudeMax && longitude >= -kLongitudeMax &&
         longitude <= kLongitudeMax;
}

bool is_between(std::int64_t n, std::int64_t a, std::int64_t b) {
  return n >= std::min(a, b) && n <= std::max(a, b);
}

enum class Edge { aside, crossed, touched };

// A ray to the east from the point against the edge a-b. Each product is a longitude difference
// (at most 3.6e9) by a latitude difference (at most 1.8e9): it fits 63 bits, and the two are
// compared, never subtracted.
Edge meet(GeoPoint p, GeoPoint a, GeoPoint b) {
  const std::int64_t left = (p.longitude_e7 - a.longitude_e7) * (b.latitude_e7 - a.latitude_e7);
  const std::int64_t right = (b.longitude_e7 - a.longitude_e7) * (p.latitude_e7 - a.latitude_e7);
  if (left == right && is_between(p.latitude_e7, a.latitude_e7, b.latitude_e7) &&
      is_between(p.longitude_e7, a.longitude_e7, b.longitude_e7))
    return Edge::touched;
  if ((a.latitude_e7 > p.latitude_e7) == (b.latitude_e7 > p.latitude_e7)) return Edge::aside;
  const bool goes_north = b.latitude_e7 > a.latitude_e7;
  return (goes_north ? left < right : left > right) ? Edge::crossed : Edge::aside;
}

bool contains(const Outline& outline, GeoPoint point) {
  bool is_inside = false;
  for (const auto& ring : outline.rings) {
    GeoPoint from{ring[ring.size() - 2], ring[ring.size() - 1]};
    for (std::size_t i = 0; i + 1 < ring.size(); i += 2) {
      const GeoPoint to{ring[i], ring[i + 1]};
      const Edge edge = meet(point, from, to);
      if (edge == Edge::touched) return true;
      if (edge == Edge::crossed) is_inside = !is_inside;
      from = to;
    }
  }
  return is_inside;
}

bool is_valid_on(const Outline& outline, CivilDate day) {
  return outline.valid_from <= day && (!outline.valid_to || day <= *outline.valid_to);
}

Error bad_outline(const Outline& outline, std::string_view rule, std::string_view detail) {
  return {Code::invalid, outline.code, std::string(rule), std::string(detail)};
}

}  // namespace

Status check_outline(const Outline& outline) {
  if (outline.code.empty()) return bad_outline(outline, "missing", "an outline has a code");
  if (outline.rings.empty()) return bad_outline(outline, "missing", "an outline has a ring");
  if (outline.valid_to && *outline.valid_to < outline.valid_from)
    return bad_outline(outline, "period", "the end comes before the start");
  for (const auto& ring : outline.rings) {
    if (ring.size() < 6 || ring.size() % 2 != 0)
      return bad_outline(outline, "ring", "a ring has at least three points");
    for (std::size_t i = 0; i < ring.size(); i += 2)
      if (!is_on_earth(ring[i], ring[i + 1]))
        return bad_outline(outline, "range", "latitude and longitude in 1e-7 degrees");
  }
  return Done{};
}

std::string_view department_of(std::string_view commune) {
  if (commune.size() != 5) return {};
  return commune.substr(0, commune.starts_with("97") || commune.starts_with("98") ? 3 : 2);
}

TerritoryIndex::TerritoryIndex(std::vector<Outline> outlines) {
  for (Outline& outline : outlines) {
    if (!check_outline(outline).ok()) continue;
    Box box{kLatitudeMax, kLongitudeMax, -kLatitudeMax, -kLongitudeMax};
    for (const auto& ring : outline.rings) {
      for (std::size_t i = 0; i < ring.size(); i += 2) {
        box.south = std::min(box.south, ring[i]);
        box.north = std::max(box.north, ring[i]);
        box.west = std::min(box.west, ring[i + 1]);
        box.east = std::max(box.east, ring[i + 1]);
      }
    }
    boxes_.push_back(box);
    outlines_.push_back(std::move(outline));
  }
}

const Outline* TerritoryIndex::find(OutlineKind kind, GeoPoint point, CivilDate day) const {
  const Outline* found = nullptr;
  for (std::size_t i = 0; i < outlines_.size(); ++i) {
    const Box& box = boxes_[i];
    const Outline& outline = outlines_[i];
    const bool is_near = point.latitude_e7 >= box.south && point.latitude_e7 <= box.north &&
                         point.longitude_e7 >= box.west && point.longitude_e7 <= box.east;
    if (!is_near || outline.kind != kind || !is_valid_on(outline, day)) continue;
    const bool comes_first = found == nullptr || std::tie(outline.code, outline.valid_from) <
                                                     std::tie(found->code, found->valid_from);
    if (comes_first && contains(outline, point)) found = &outline;
  }
  return found;
}

bool TerritoryIndex::has_districts(std::string_view department, CivilDate day) const {
  return std::any_of(outlines_.begin(), outlines_.end(), [&](const Outline& o) {
    return o.kind == OutlineKind::district && o.department == department && is_valid_on(o, day);
  });
}

Located TerritoryIndex::locate(GeoPoint point, CivilDate day,
                               std::string_view commune_asked) const {
  Located located;
  std::string_view department;
  if (const Outline* commune = find(OutlineKind::commune, point, day)) {
    located.commune = commune->code;
    department = commune->department;
  } else if (!commune_asked.empty()) {
    located.commune = std::string(commune_asked);
    department = department_of(commune_asked);
  }
  if (const Outline* district = find(OutlineKind::district, point, day)) {
    located.district = district->code;
  } else if (!department.empty() && has_districts(department, day)) {
    located.district = std::string(kOutsideDistricts);
  }
  return located;
}

Located TerritoryIndex::locate_commune(std::string_view commune, CivilDate day) const {
  Located located;
  located.commune = std::string(commune);
  for (std::size_t c = 0; c < outlines_.size(); ++c) {
    const Outline& outline = outlines_[c];
    if (outline.kind != OutlineKind::commune || outline.code != commune ||
        !is_valid_on(outline, day) || !has_districts(outline.department, day))
      continue;
    const Box& box = boxes_[c];
    bool is_near_district = false;
    for (std::size_t d = 0; d < outlines_.size(); ++d) {
      const Box& other = boxes_[d];
      is_near_district =
          is_near_district ||
          (outlines_[d].kind == OutlineKind::district && is_valid_on(outlines_[d], day) &&
           other.south <= box.north && other.north >= box.south && other.west <= box.east &&
           other.east >= box.west);
    }
    if (!is_near_district) located.district = std::string(kOutsideDistricts);
    return located;
  }
  return located;
}

}  // namespace filrouge
