#include "server/interop/outline_file.h"

#include <algorithm>
#include <array>
#include <set>
#include <span>
#include <string>
#include <utility>

#include "core/base/json.h"
#include "core/base/text.h"
#include "core/network/check.h"
#include "server/interop/degrees.h"
#include "server/interop/feature_reader.h"

namespace filrouge {

namespace {

using json::Kind;
using json::Value;

constexpr std::array<std::string_view, 6> kCommuneCodes = {"com_code", "code_insee",   "insee_com",
                                                           "codgeo",   "code_commune", "code"};
constexpr std::array<std::string_view, 5> kCommuneNames = {"com_name", "nom_commune", "nom",
                                                           "libgeo", "name"};
constexpr std::array<std::string_view, 4> kDistrictCodes = {"code_qp", "codeqp", "code_qpv",
                                                            "code_quartier"};
constexpr std::array<std::string_view, 5> kDistrictNames = {"nom_qp", "lib_qp", "nom_qpv",
                                                            "lib_qpv", "name"};
constexpr std::array<std::string_view, 5> kDepartments = {"dep_code", "code_departement",
                                                          "insee_dep", "code_dep", "dep"};

Error refusal(std::string_view field, std::string_view rule, std::string_view detail) {
  return {Code::invalid, std::string(field), std::string(rule), std::string(detail)};
}

// The text of the first of these properties that is there; some files wrap it in a list of one.
std::string property(const Value& properties, std::span<const std::string_view> names) {
  for (const std::string_view name : names) {
    const Value* value = properties.find(name);
    if (value != nullptr && value->is(Kind::array) && value->items().size() == 1)
      value = &value->items().front();
    if (value != nullptr && value->is(Kind::string) && !value->text().empty()) return value->text();
  }
  return {};
}

Result<std::int64_t> coordinate(const Value& value, std::int64_t degrees_max) {
  const bool whole = value.is(Kind::integer);
  if (!whole && !value.is(Kind::decimal))
    return refusal("geometry.coordinates", "degrees", "a number of degrees expected");
  auto e7 = degrees_e7(whole ? std::to_string(value.integer()) : value.text());
  if (!e7.ok() || *e7 > degrees_max * 10'000'000 || *e7 < -degrees_max * 10'000'000)
    return refusal("geometry.coordinates", "range", "longitude and latitude in degrees expected");
  return *e7;
}

Result<std::vector<std::int64_t>> read_ring(const Value& ring, std::size_t& points) {
  if (!ring.is(Kind::array) || ring.items().size() < 4)
    return refusal("geometry.coordinates", "ring_short", "a ring has at least four points");
  points += ring.items().size();
  if (points > outline_points_max)
    return refusal("geometry.coordinates", "too_many", "at most 60000 points in an outline");
  std::vector<std::int64_t> flat;
  flat.reserve(ring.items().size() * 2);
  for (const Value& point : ring.items()) {
    if (!point.is(Kind::array) || point.items().size() < 2 || point.items().size() > 4)
      return refusal("geometry.coordinates", "type", "a point is [longitude, latitude]");
    FILROUGE_TRY(longitude, coordinate(point.items()[0], 180));
    FILROUGE_TRY(latitude, coordinate(point.items()[1], 90));
    flat.push_back(latitude);
    flat.push_back(longitude);
  }
  if (flat[0] != flat[flat.size() - 2] || flat[1] != flat.back())
    return refusal("geometry.coordinates", "ring_open", "a ring ends where it begins");
  return flat;
}

Status read_polygon(const Value& polygon, std::size_t& points, Outline& outline) {
  if (!polygon.is(Kind::array) || polygon.items().empty())
    return refusal("geometry.coordinates", "type", "a list of rings expected");
  for (const Value& ring : polygon.items()) {
    FILROUGE_TRY(flat, read_ring(ring, points));
    if (outline.rings.size() >= limits::list_items_max)
      return refusal("geometry.coordinates", "too_many", "at most 200 rings in an outline");
    outline.rings.push_back(std::move(flat));
  }
  return Done{};
}

Status read_geometry(const Value& feature, Outline& outline) {
  const Value* geometry = feature.find("geometry");
  if (geometry == nullptr || !geometry->is(Kind::object))
    return refusal("geometry", "missing", "no geometry");
  const Value* type = geometry->find("type");
  const Value* coordinates = geometry->find("coordinates");
  if (type == nullptr || coordinates == nullptr || !type->is(Kind::string))
    return refusal("geometry", "missing", "a type and coordinates expected");
  std::size_t points = 0;
  if (type->text() == "Polygon") return read_polygon(*coordinates, points, outline);
  if (type->text() != "MultiPolygon")
    return refusal("geometry.type", "choice", "Polygon or MultiPolygon expected");
  if (!coordinates->is(Kind::array) || coordinates->items().empty())
    return refusal("geometry.coordinates", "type", "a list of polygons expected");
  for (const Value& polygon : coordinates->items())
    FILROUGE_CHECK(read_polygon(polygon, points, outline));
  return Done{};
}

bool is_district_code(std::string_view code) {
  const auto plain = [](char c) { return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z'); };
  return code.size() >= 6 && code.size() <= 10 &&
         (code.starts_with("QP") || code.starts_with("QN")) &&
         std::all_of(code.begin(), code.end(), plain);
}

// "QP030016": two letters, the département on three characters, the number.
std::string department_of_district(std::string_view code) {
  const std::string_view three = code.substr(2, 3);
  return std::string(three.starts_with('0') ? three.substr(1) : three);
}

// The year 1 January of `year`, which is a real date.
CivilDate first_of(int year) { return *CivilDate::of(year, 1, 1); }

void set_vintage(const OutlineOptions& options, Outline& outline) {
  outline.valid_from = first_of(2015);
  if (outline.kind == OutlineKind::district) {
    const bool overseas = outline.department.size() == 3;
    const CivilDate change = first_of(overseas ? 2025 : 2024);
    if (outline.code.starts_with("QP")) outline.valid_to = change.plus_days(-1);
    if (outline.code.starts_with("QN")) outline.valid_from = change;
  }
  if (!options.valid_from) return;
  outline.valid_from = *options.valid_from;
  outline.valid_to = options.valid_to;
}

Status read_properties(const Value& properties, const OutlineOptions& options, Outline& outline) {
  const std::string district = property(properties, kDistrictCodes);
  outline.kind =
      options.kind.value_or(district.empty() ? OutlineKind::commune : OutlineKind::district);
  const bool is_commune = outline.kind == OutlineKind::commune;
  outline.code = is_commune ? property(properties, kCommuneCodes) : district;
  const std::string_view code_field = is_commune ? "com_code" : "code_qp";
  if (outline.code.empty()) return refusal(code_field, "missing", "no code");
  if (is_commune && !is_commune_code(outline.code))
    return refusal(code_field, "code", "a code as 37261 or 2A004 expected");
  if (!is_commune && !is_district_code(outline.code))
    return refusal(code_field, "code", "a code as QP037001 or QN03701M expected");
  const std::string_view name_field = is_commune ? "com_name" : "nom_qp";
  const auto names = is_commune ? std::span<const std::string_view>(kCommuneNames)
                                : std::span<const std::string_view>(kDistrictNames);
  FILROUGE_TRY(name,
               clean_text(property(properties, names), limits::label_characters_max, name_field));
  if (name.empty()) return refusal(name_field, "missing", "no name");
  outline.name = std::move(name);
  outline.department = property(properties, kDepartments);
  const std::string told =
      is_commune ? department_of_commune(outline.code) : department_of_district(outline.code);
  if (outline.department.empty()) outline.department = told;
  if (outline.department != told)
    return refusal("code_departement", "mismatch", "another département than the code says");
  return Done{};
}

}  // namespace

Result<Outline> read_feature(std::string_view text, const OutlineOptions& options) {
  FILROUGE_TRY(feature, json::parse(text, {.bytes = feature_bytes_max,
                                           .depth = limits::json_depth_max,
                                           .values = 8 * outline_points_max,
                                           .decimals = true}));
  const Value* properties = feature.is(Kind::object) ? feature.find("properties") : nullptr;
  if (properties == nullptr || !properties->is(Kind::object))
    return refusal("properties", "missing", "no properties");
  Outline outline;
  FILROUGE_CHECK(read_properties(*properties, options, outline));
  FILROUGE_CHECK(read_geometry(feature, outline));
  set_vintage(options, outline);
  outline.fictitious = options.fictitious;
  return outline;
}

Result<OutlineImport> read_outlines(const ChunkSource& source, const OutlineOptions& options) {
  if (options.valid_from && options.valid_to && *options.valid_to < *options.valid_from)
    return refusal("valid_to", "range", "the last day lies before the first");
  OutlineImport import;
  std::set<std::pair<OutlineKind, std::string>> seen;
  FeatureReader reader([&](std::int64_t index, std::string_view text) {
    ++import.report.read;
    const std::string where = "feature " + std::to_string(index);
    auto outline = read_feature(text, options);
    if (!outline.ok()) {
      Error& error = outline.error();
      return import.report.refuse(where, error.field, error.rule, error.detail);
    }
    if (!seen.emplace(outline->kind, outline->code).second)
      return import.report.refuse(where, "code", "duplicate", "this code stands before");
    import.outlines.push_back(std::move(*outline));
  });
  std::string chunk;
  while (source(chunk)) FILROUGE_CHECK(reader.feed(chunk));
  FILROUGE_CHECK(reader.finish());
  import.report.used = static_cast<std::int64_t>(import.outlines.size());
  return import;
}

}  // namespace filrouge
