// Which commune and which district (QPV) a point lies in, with no network (R07): integer
// arithmetic on 1e-7 degrees, the same on the phone and on the server. Outlines carry the years
// they are valid (QPV of 2015, of 2024, overseas 2025); a border point belongs to the outline.
// Where no district outline of the département is loaded for that day, the district is unknown,
// never "outside".
//
//   TerritoryIndex index(outlines);
//   Located l = index.locate({473936000, 6848000}, *CivilDate::parse("2026-11-21"));
#pragma once

#include <optional>
#include <string>
#include <vector>

#include <boost/describe/class.hpp>
#include <boost/describe/enum.hpp>

#include "core/base/time.h"
#include "core/journal/fold.h"

namespace filrouge {

enum class OutlineKind { commune, district };
BOOST_DESCRIBE_ENUM(OutlineKind, commune, district)

struct GeoPoint {
  std::int64_t latitude_e7 = 0;
  std::int64_t longitude_e7 = 0;
};
BOOST_DESCRIBE_STRUCT(GeoPoint, (), (latitude_e7, longitude_e7))

// One ring, flat: latitude, longitude, latitude, longitude, ... The first ring of a polygon is
// its outside, further rings are holes or further parts: even-odd rule.
struct Outline {
  OutlineKind kind = OutlineKind::commune;
  std::string code;
  std::string name;
  std::string department;  // "37", "2A", "974": the territory that this outline covers
  CivilDate valid_from;
  std::optional<CivilDate> valid_to;
  std::vector<std::vector<std::int64_t>> rings;
  bool fictitious = false;  // contours fictifs of a demo
};
BOOST_DESCRIBE_STRUCT(Outline, (),
                      (kind, code, name, department, valid_from, valid_to, rings, fictitious))

// Rings of at least three points, coordinates of this world, dates in order.
Status check_outline(const Outline& outline);
// "37" of 37261, "2A" of 2A004, "974" of 97411; empty where the code is none.
std::string_view department_of(std::string_view commune);

// Outlines that check_outline() refuses are left out.
class TerritoryIndex {
 public:
  TerritoryIndex() = default;
  explicit TerritoryIndex(std::vector<Outline> outlines);

  // `commune` of the point, when its outline is loaded, else `commune_asked` when one was asked;
  // the district by the vintage of `day`. Several outlines at a border: the first by code.
  Located locate(GeoPoint point, CivilDate day, std::string_view commune_asked = {}) const;
  // The district where only the commune is known (asked once): absent unless the département has
  // no district at all in the commune on that day.
  Located locate_commune(std::string_view commune, CivilDate day) const;
  std::size_t size() const { return outlines_.size(); }
  const std::vector<Outline>& outlines() const { return outlines_; }

 private:
  struct Box {
    std::int64_t south, west, north, east;
  };
  const Outline* find(OutlineKind kind, GeoPoint point, CivilDate day) const;
  bool has_districts(std::string_view department, CivilDate day) const;
  std::vector<Outline> outlines_;
  std::vector<Box> boxes_;
};

}  // namespace filrouge
