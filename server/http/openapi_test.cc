#include "server/http/openapi.h"

#include <gtest/gtest.h>

#include "core/base/json.h"
#include "server/http/routes.h"

namespace filrouge::http {
namespace {

using json::Value;

const Value& document() {
  static const Value parsed = json::parse(openapi_document()).value();
  return parsed;
}

const Value* at(const Value& from, const std::vector<std::string_view>& keys) {
  const Value* here = &from;
  for (const std::string_view key : keys) {
    if (here == nullptr) return nullptr;
    here = here->find(key);
  }
  return here;
}

void collect_references(const Value& value, std::vector<std::string>& found) {
  for (std::size_t i = 0; i < value.items().size(); ++i) {
    if (value.is(json::Kind::object) && value.keys()[i] == "$ref")
      found.push_back(value.items()[i].text());
    collect_references(value.items()[i], found);
  }
}

TEST(OpenApi, EveryRouteStandsInItWithItsRule) {
  std::size_t operations = 0;
  for (const Value& path : document().find("paths")->items()) operations += path.items().size();
  EXPECT_EQ(operations, all_routes().size());
  for (const Route& route : all_routes()) {
    const std::string_view method =
        route.method == Method::delete_ ? "delete" : json::enum_text(route.method);
    const Value* operation = at(document(), {"paths", route.path, method});
    ASSERT_NE(operation, nullptr) << route.path;
    EXPECT_EQ(operation->find("operationId")->text(), route.operation);
    EXPECT_EQ(operation->find("x-rule")->text(), route.rule);
    EXPECT_NE(at(*operation, {"responses", "200", "content", route.produces}), nullptr);
  }
}

TEST(OpenApi, EveryReferenceLeadsToAComponent) {
  std::vector<std::string> references;
  collect_references(document(), references);
  EXPECT_GT(references.size(), 200u);
  const std::string prefix = "#/components/schemas/";
  for (const std::string& reference : references) {
    ASSERT_TRUE(reference.starts_with(prefix)) << reference;
    EXPECT_NE(at(document(), {"components", "schemas", reference.substr(prefix.size())}), nullptr)
        << reference;
  }
}

TEST(OpenApi, WhatMayBeAbsentIsNotRequired) {
  const Value* node = at(document(), {"components", "schemas", "PersonRow"});
  ASSERT_NE(node, nullptr);
  bool shown = false;
  bool recognise = false;
  for (const Value& name : node->find("required")->items()) {
    shown = shown || name.text() == "shown";
    recognise = recognise || name.text() == "recognise";
  }
  EXPECT_TRUE(shown);
  EXPECT_FALSE(recognise);
  EXPECT_NE(at(*node, {"properties", "recognise"}), nullptr);
}

TEST(OpenApi, EnumsAreWrittenAsTheCodecWritesThem) {
  const Value* values = at(document(), {"components", "schemas", "Acquaintance", "enum"});
  ASSERT_NE(values, nullptr);
  ASSERT_EQ(values->items().size(), 2u);
  EXPECT_EQ(values->items()[1].text(), "new");
}

TEST(OpenApi, NamesInThePathLeaveTheBody) {
  const Value* operation = at(document(), {"paths", "/api/v1/people/{person}/erasure", "post"});
  ASSERT_NE(operation, nullptr);
  const Value& parameter = operation->find("parameters")->items().at(0);
  EXPECT_EQ(parameter.find("in")->text(), "path");
  EXPECT_EQ(parameter.find("name")->text(), "person");
  const Value* body = at(*operation, {"requestBody", "content", "application/json", "schema"});
  EXPECT_EQ(at(*body, {"properties", "person"}), nullptr);
  EXPECT_NE(at(*body, {"properties", "asked_by"}), nullptr);
}

TEST(OpenApi, WhatTravelsSealedIsDescribedAsWell) {
  for (const std::string_view name : {"Draft", "Encounter", "Contact", "SyncStep"})
    EXPECT_NE(at(document(), {"components", "schemas", name}), nullptr) << name;
}

}  // namespace
}  // namespace filrouge::http
