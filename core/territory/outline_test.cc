#include "core/territory/outline.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

namespace filrouge {
namespace {

CivilDate day(std::string_view text) { return *CivilDate::parse(text); }
const CivilDate kToday = day("2026-11-21");

// A rectangle from south-west to north-east, as a closed ring or not.
std::vector<std::int64_t> box(std::int64_t s, std::int64_t w, std::int64_t n, std::int64_t e) {
  return {s, w, s, e, n, e, n, w, s, w};
}

Outline outline(OutlineKind kind, std::string code, std::vector<std::vector<std::int64_t>> rings) {
  Outline o;
  o.kind = kind;
  o.code = std::move(code);
  o.department = "37";
  o.valid_from = day("2015-01-01");
  o.rings = std::move(rings);
  return o;
}

// A commune 0..1000 with a district 200..400, and an empty commune to its east.
std::vector<Outline> town() {
  return {outline(OutlineKind::commune, "37261", {box(0, 0, 1'000, 1'000)}),
          outline(OutlineKind::commune, "37050", {box(0, 1'000, 1'000, 2'000)}),
          outline(OutlineKind::district, "QN03701", {box(200, 200, 400, 400)})};
}

std::string at(const TerritoryIndex& index, std::int64_t latitude, std::int64_t longitude,
               std::string_view asked = {}, CivilDate on = kToday) {
  const Located l = index.locate({latitude, longitude}, on, asked);
  return l.commune.value_or("?") + " " + l.district.value_or("?");
}

TEST(Territory, FindsCommuneAndDistrictOfAPoint) {
  const TerritoryIndex index(town());
  EXPECT_EQ(at(index, 300, 300), "37261 QN03701");
  EXPECT_EQ(at(index, 500, 500), "37261 none");
  EXPECT_EQ(at(index, 500, 1'500), "37050 none");
  EXPECT_EQ(at(index, 5'000, 500), "? ?");
}

TEST(Territory, ABorderPointBelongsToTheOutlineAndTheFirstCodeWins) {
  const TerritoryIndex index(town());
  for (const std::int64_t side : {200, 300, 400}) {
    EXPECT_EQ(at(index, 200, side), "37261 QN03701");
    EXPECT_EQ(at(index, 400, side), "37261 QN03701");
    EXPECT_EQ(at(index, side, 200), "37261 QN03701");
    EXPECT_EQ(at(index, side, 400), "37261 QN03701");
  }
  EXPECT_EQ(at(index, 500, 1'000), "37050 none");
  EXPECT_EQ(at(index, 199, 300), "37261 none");
}

TEST(Territory, VintagesFollowTheDay) {
  Outline old = outline(OutlineKind::district, "QP037001", {box(200, 200, 400, 400)});
  old.valid_to = day("2023-12-31");
  Outline young = outline(OutlineKind::district, "QN03701", {box(300, 200, 500, 400)});
  young.valid_from = day("2024-01-01");
  const TerritoryIndex index({town()[0], old, young});
  EXPECT_EQ(at(index, 350, 300, {}, day("2023-12-31")), "37261 QP037001");
  EXPECT_EQ(at(index, 350, 300, {}, day("2024-01-01")), "37261 QN03701");
  EXPECT_EQ(at(index, 250, 300, {}, day("2024-01-01")), "37261 none");
  EXPECT_EQ(at(index, 250, 300, {}, day("2014-12-31")), "? ?") << "no outline was valid then";
}

TEST(Territory, WhereNoDistrictIsLoadedItIsUnknownNeverOutside) {
  Outline elsewhere = outline(OutlineKind::commune, "31555", {box(5'000, 0, 6'000, 1'000)});
  elsewhere.department = "31";
  std::vector<Outline> outlines = town();
  outlines.push_back(elsewhere);
  const TerritoryIndex index(outlines);
  EXPECT_EQ(at(index, 5'500, 500), "31555 ?");
  EXPECT_EQ(at(TerritoryIndex({town()[0]}), 500, 500), "37261 ?");
}

TEST(Territory, ACommuneThatWasAskedGivesTheDepartment) {
  const TerritoryIndex index({town()[2]});
  EXPECT_EQ(at(index, 300, 300, "37261"), "37261 QN03701");
  EXPECT_EQ(at(index, 900, 900, "37261"), "37261 none");
  EXPECT_EQ(at(index, 900, 900, "97411"), "97411 ?");
  EXPECT_EQ(department_of("2A004"), "2A");
  EXPECT_EQ(department_of("97411"), "974");
  EXPECT_EQ(department_of("37"), "");
}

TEST(Territory, ACommuneAloneIsOutsideOnlyWithoutAnyDistrictNear) {
  const TerritoryIndex index(town());
  EXPECT_EQ(index.locate_commune("37050", kToday).district, std::string(kOutsideDistricts));
  EXPECT_FALSE(index.locate_commune("37261", kToday).district.has_value());
  EXPECT_FALSE(index.locate_commune("37999", kToday).district.has_value());
  EXPECT_EQ(index.locate_commune("37999", kToday).commune, "37999");
}

TEST(Territory, HolesAndSecondPartsFollowTheEvenOddRule) {
  const TerritoryIndex index(
      {outline(OutlineKind::commune, "37261",
               {box(0, 0, 1'000, 1'000), box(400, 400, 600, 600), box(2'000, 0, 3'000, 1'000)})});
  EXPECT_EQ(at(index, 500, 500), "? ?");
  EXPECT_EQ(at(index, 400, 500), "37261 ?") << "the border of the hole belongs to the outline";
  EXPECT_EQ(at(index, 2'500, 500), "37261 ?");
}

TEST(Territory, TheWholeWorldDoesNotOverflow) {
  constexpr std::int64_t kLat = 900'000'000;
  constexpr std::int64_t kLon = 1'800'000'000;
  // A triangle over the whole range of coordinates.
  const TerritoryIndex index(
      {outline(OutlineKind::commune, "99999", {{-kLat, -kLon, -kLat, kLon, kLat, kLon}})});
  EXPECT_EQ(at(index, 0, 1), "99999 ?");
  EXPECT_EQ(at(index, 0, 0), "99999 ?") << "on the diagonal";
  EXPECT_EQ(at(index, 0, -1), "? ?");
  EXPECT_EQ(at(index, 1, 1), "? ?");
}

TEST(Territory, BadOutlinesAreNamedAndLeftOut) {
  Outline odd = outline(OutlineKind::commune, "37001", {{0, 0, 1}});
  EXPECT_EQ(check_outline(odd).error().rule, "ring");
  Outline far_away = outline(OutlineKind::commune, "37001", {{0, 0, 0, 9, 900'000'001, 9}});
  EXPECT_EQ(check_outline(far_away).error().rule, "range");
  Outline nothing = outline(OutlineKind::commune, "37001", {});
  EXPECT_EQ(check_outline(nothing).error().rule, "missing");
  EXPECT_EQ(TerritoryIndex({odd, far_away, nothing, town()[0]}).size(), 1u);
}

// Against the definition: a point is inside a rectilinear shape when an odd number of its
// rectangles (none sharing a border with the point) hold it.
RC_GTEST_PROP(TerritoryProperty, EvenOddMatchesCountingBoxes, ()) {
  const auto count = *rc::gen::inRange(1, 6);
  std::vector<std::vector<std::int64_t>> rings;
  const std::int64_t latitude = *rc::gen::inRange(0, 50) * 2 + 1;
  const std::int64_t longitude = *rc::gen::inRange(0, 50) * 2 + 1;
  bool inside = false;
  for (int i = 0; i < count; ++i) {
    const std::int64_t s = *rc::gen::inRange(0, 50) * 2;
    const std::int64_t w = *rc::gen::inRange(0, 50) * 2;
    const std::int64_t n = s + 2 + *rc::gen::inRange(0, 25) * 2;
    const std::int64_t e = w + 2 + *rc::gen::inRange(0, 25) * 2;
    rings.push_back(box(s, w, n, e));
    if (latitude > s && latitude < n && longitude > w && longitude < e) inside = !inside;
  }
  const TerritoryIndex index({outline(OutlineKind::commune, "37261", rings)});
  RC_ASSERT(index.locate({latitude, longitude}, kToday).commune.has_value() == inside);
}

}  // namespace
}  // namespace filrouge
