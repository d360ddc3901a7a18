#include "server/interop/outline_file.h"

#include <gtest/gtest.h>

#include "server/interop/degrees.h"
#include "server/interop/feature_reader.h"
#include "server/interop/shared_testing.h"

namespace filrouge {
namespace {

std::string feature(const std::string& properties, const std::string& geometry) {
  return R"({"type":"Feature","properties":)" + properties + R"(,"geometry":)" + geometry + "}";
}
const std::string kSquare =
    R"({"type":"Polygon","coordinates":[[[0.68,47.38],[0.69,47.38],[0.69,47.39],[0.68,47.38]]]})";
const std::string kTours = R"({"com_code":["37261"],"com_name":["Tours"],"dep_code":["37"]})";
const std::string kDistrict =
    R"({"code_qp":"QP037005","nom_qp":"Sanitas","code_departement":"37"})";

std::string collection(const std::string& features) {
  return R"({"type":"FeatureCollection","name":"x \" [ {","features":[)" + features + "]}\n";
}

TEST(Degrees, AreReadWithoutFloatingPoint) {
  EXPECT_EQ(*degrees_e7("0.704369759175381"), 7043698);
  EXPECT_EQ(*degrees_e7("-21.12345675"), -211234568);
  EXPECT_EQ(*degrees_e7("47"), 470000000);
  EXPECT_EQ(*degrees_e7("5.2e-3"), 52000);
  EXPECT_EQ(*degrees_e7("0.00000004"), 0);
  EXPECT_EQ(*degrees_e7("0.00000005"), 1);
  for (const char* bad : {"", "-", "1.", ".5", "1e", "1e99", "361", "1,5", "99999999999999999999"})
    EXPECT_FALSE(degrees_e7(bad).ok()) << bad;
}

TEST(OutlineFile, ReadsCommunesAndDistrictsOfOneFile) {
  auto read = read_outlines(
      pieces(collection(feature(kTours, kSquare) + "," + feature(kDistrict, kSquare))), {});
  ASSERT_TRUE(read.ok());
  ASSERT_EQ(read->outlines.size(), 2u);
  const Outline& commune = read->outlines[0];
  EXPECT_EQ(commune.kind, OutlineKind::commune);
  EXPECT_EQ(commune.department, "37");
  EXPECT_EQ(commune.rings,
            (std::vector<std::vector<std::int64_t>>{
                {473800000, 6800000, 473800000, 6900000, 473900000, 6900000, 473800000, 6800000}}));
  const Outline& district = read->outlines[1];
  EXPECT_EQ(district.kind, OutlineKind::district);
  EXPECT_EQ(district.code, "QP037005");
  EXPECT_EQ(district.valid_from.text(), "2015-01-01");
  EXPECT_EQ(district.valid_to->text(), "2023-12-31");
}

TEST(OutlineFile, VintagesFollowTheCodeUnlessTheyAreGiven) {
  const auto overseas =
      read_feature(feature(R"({"code_qp":"QN97401M","nom_qp":"Le Chaudron"})", kSquare), {});
  ASSERT_TRUE(overseas.ok());
  EXPECT_EQ(overseas->department, "974");
  EXPECT_EQ(overseas->valid_from.text(), "2025-01-01");
  EXPECT_FALSE(overseas->valid_to.has_value());
  const auto given = read_feature(
      feature(kDistrict, kSquare),
      {.valid_from = *CivilDate::parse("2016-01-01"), .valid_to = *CivilDate::parse("2017-12-31")});
  ASSERT_TRUE(given.ok());
  EXPECT_EQ(given->valid_from.text(), "2016-01-01");
  EXPECT_EQ(given->valid_to->text(), "2017-12-31");
}

TEST(OutlineFile, SeveralPolygonsAndHolesAreRingsOfOneOutline) {
  const std::string ring = "[[0,0],[1,0],[1,1],[0,0]]";
  const auto outline = read_feature(feature(kTours, R"({"type":"MultiPolygon","coordinates":[[)" +
                                                        ring + "," + ring + "],[" + ring + "]]}"),
                                    {});
  ASSERT_TRUE(outline.ok());
  EXPECT_EQ(outline->rings.size(), 3u);
}

TEST(OutlineFile, EveryRefusedFeatureHasItsReason) {
  const std::string open = R"({"type":"Polygon","coordinates":[[[0,0],[1,0],[1,1],[0,1]]]})";
  const std::string far = R"({"type":"Polygon","coordinates":[[[0,99],[1,0],[1,1],[0,99]]]})";
  auto read = read_outlines(
      pieces(collection(feature(kTours, open) + "," + feature(kTours, far) + "," +
                        feature(R"({"com_name":["Tours"]})", kSquare) + "," +
                        feature(R"({"com_code":"3726","com_name":"Tours"})", kSquare) + "," +
                        feature(kTours, R"({"type":"Point","coordinates":[0,0]})") + "," +
                        feature(kTours, kSquare) + "," + feature(kTours, kSquare) + "," +
                        R"({"properties":{},"geometry":{,}})")),
      {});
  ASSERT_TRUE(read.ok());
  std::vector<std::string> rules;
  for (const Refusal& one : read->report.refusals) rules.push_back(one.where + " " + one.rule);
  EXPECT_EQ(rules,
            (std::vector<std::string>{"feature 1 ring_open", "feature 2 range", "feature 3 missing",
                                      "feature 4 code", "feature 5 choice", "feature 7 duplicate",
                                      "feature 8 syntax"}));
  EXPECT_EQ(read->outlines.size(), 1u);
  EXPECT_EQ(read->report.read, 8);
}

TEST(OutlineFile, AFileThatStopsHalfWayIsRefusedWhole) {
  const std::string whole = collection(feature(kTours, kSquare));
  EXPECT_TRUE(read_outlines(pieces(whole), {}).ok());
  for (const std::size_t size :
       {std::size_t{0}, std::size_t{10}, whole.size() / 2, whole.size() - 3})
    EXPECT_FALSE(read_outlines(pieces(whole.substr(0, size)), {}).ok()) << size;
  EXPECT_FALSE(read_outlines(pieces("[]"), {}).ok());
  EXPECT_FALSE(read_outlines(pieces(R"({"features":[1]})"), {}).ok());
  EXPECT_FALSE(read_outlines(pieces(R"({"features":{}})"), {}).ok());
  EXPECT_FALSE(read_outlines(pieces(R"({"type":"x"})"), {}).ok());
  EXPECT_FALSE(read_outlines(pieces(R"({"features":[]}})"), {}).ok());
}

TEST(OutlineFile, ThePiecesMakeNoDifference) {
  const std::string text =
      collection(feature(kTours, kSquare) + " , \n" + feature(kDistrict, kSquare));
  for (std::size_t size = 1; size < text.size(); size += 13) {
    auto read = read_outlines(pieces(text, size), {});
    ASSERT_TRUE(read.ok()) << size;
    EXPECT_EQ(read->outlines.size(), 2u) << size;
  }
}

// A point inside each, found by hand on the map.
TEST(OutlineFile, TheCommunesOfIndreEtLoireFindTheirPoints) {
  SHARED_FILE(path, "offre-inclusion/communes-37.geojson");
  auto read = read_outlines(file_pieces(path), {});
  ASSERT_TRUE(read.ok());
  EXPECT_EQ(read->report.read, 272);
  EXPECT_EQ(read->report.refused, 0);
  const TerritoryIndex index(std::move(read->outlines));
  const CivilDate day = *CivilDate::parse("2026-11-21");
  const auto commune = [&](std::int64_t latitude, std::int64_t longitude) {
    return index.locate({latitude, longitude}, day).commune.value_or("");
  };
  EXPECT_EQ(commune(473895000, 6935000), "37261");  // Tours, Sanitas
  EXPECT_EQ(commune(473520000, 6610000), "37122");  // Joué-lès-Tours
  EXPECT_EQ(commune(488566000, 23522000), "");      // Paris
  // No district of the département is loaded: unknown, never outside.
  EXPECT_FALSE(index.locate({473895000, 6935000}, day).district.has_value());
}

TEST(OutlineFile, TheDistrictsOfOccitanieAreDated) {
  SHARED_FILE(path, "hackaviz2021/qp_sauf_31_66.geojson");
  auto read = read_outlines(file_pieces(path), {});
  ASSERT_TRUE(read.ok());
  EXPECT_EQ(read->report.read, 76);
  EXPECT_EQ(read->report.refused, 0);
  const TerritoryIndex index(std::move(read->outlines));
  const GeoPoint inside{442086000, 40280000};  // La Grand-Combe, Centre Ville - Arboux
  const auto at = [&](std::string_view day) {
    return index.locate(inside, *CivilDate::parse(day)).district;
  };
  EXPECT_EQ(at("2019-06-01"), "QP030016");
  EXPECT_EQ(at("2026-06-01"), std::nullopt);  // that vintage is over, no newer one is loaded
  // Beside it: outside where the commune says the département, unknown where nothing does.
  const GeoPoint beside{443000000, 40280000};
  const CivilDate then = *CivilDate::parse("2019-06-01");
  EXPECT_EQ(index.locate(beside, then, "30132").district, kOutsideDistricts);
  EXPECT_EQ(index.locate(beside, then).district, std::nullopt);
}

}  // namespace
}  // namespace filrouge
