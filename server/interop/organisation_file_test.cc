#include "server/interop/organisation_file.h"

#include <algorithm>

#include <gtest/gtest.h>

#include "server/interop/shared_testing.h"

namespace filrouge {
namespace {

std::string agence(int id, const std::string& name, int department) {
  return R"({"id":)" + std::to_string(id) + R"(,"nom_agence":")" + name +
         R"(","code_departement":)" + std::to_string(department) +
         R"(,"structure":"MILO","timezone":"Europe/Paris"})";
}

TEST(OrganisationFile, TellsTheListByItsFirstObject) {
  auto agences =
      read_organisations(pieces("[" + agence(1, "7 - Mission Locale Nord Ardèche", 7) + "]"));
  ASSERT_TRUE(agences.ok()) << agences.error().rule;
  ASSERT_EQ(agences->organisations.size(), 1U);
  const ListedOrganisation& one = agences->organisations[0];
  EXPECT_EQ(one.name, "Mission Locale Nord Ardèche");
  EXPECT_EQ(one.department, "07");
  EXPECT_EQ(one.kind, "mission_locale");
  auto structures = read_organisations(
      pieces(R"([{"id":"18033S00","nom_officiel":"18-ML BOURGES MEHUN","nom_usuel":null,)"
             R"("code_departement":"18","timezone":"Europe/Paris"}])"));
  ASSERT_TRUE(structures.ok());
  EXPECT_EQ(structures->organisations[0].name, "ML BOURGES MEHUN");
  auto prescribers = read_organisations(
      pieces(R"([{"model":"prescribers.prescriberorganization","pk":1,"fields":{"uid":"a-b",)"
             R"("name":"MISSION LOCALE - ARRAS","kind":"ML","department":"62","coords":null}}])"));
  ASSERT_TRUE(prescribers.ok());
  EXPECT_EQ(prescribers->organisations[0].source, "les-emplois");
  EXPECT_EQ(read_organisations(pieces(R"([{"what":1}])")).error().rule, "unknown_list");
  EXPECT_EQ(read_organisations(pieces(R"({"what":1})")).error().rule, "list");
  EXPECT_FALSE(read_organisations(pieces("[{")).ok());
  EXPECT_TRUE(read_organisations(pieces("[]"))->organisations.empty());
}

TEST(OrganisationFile, TheSameNetworkUnderDifferentNamesIsOneKey) {
  EXPECT_EQ(organisation_key("14", "Mission Locale Lisieux Normandie"),
            organisation_key("14", "MISSION LOCALE LISIEUX NORMANDIE"));
  EXPECT_EQ(organisation_key("62", "ML ARRAS"), organisation_key("62", "MISSION LOCALE - ARRAS"));
  EXPECT_EQ(organisation_key("62", "Mission Locale de Saint-Omer"),
            organisation_key("62", "ML ST OMER"));
  EXPECT_NE(organisation_key("62", "ML ARRAS"), organisation_key("59", "ML ARRAS"));
  EXPECT_NE(organisation_key("77", "Mission Locale De Sénart"),
            organisation_key("77", "Mission Locale Du Provinois"));
  EXPECT_EQ(organisation_key("18", "MISSION LOCALE JEUNES"), "") << "no word of its own";
}

TEST(OrganisationFile, EveryRefusedLineHasItsReason) {
  auto read = read_organisations(pieces(
      "[" + agence(1, "Mission Locale Tours", 37) + "," + agence(2, "", 37) + "," +
      agence(3, "ML TOURS", 37) + R"(,{"nom_agence":"Sans numéro","code_departement":37},)" +
      R"({"id":5,"nom_agence":"Sans département","timezone":"Europe/Paris"},)" +
      R"({"id":6,"nom_agence":"Ailleurs","code_departement":"Z9","timezone":"Europe/Paris"}])"));
  ASSERT_TRUE(read.ok());
  EXPECT_EQ(read->organisations.size(), 1U);
  const std::vector<std::pair<std::string, std::string>> expected{{"item 2", "missing"},
                                                                  {"item 3", "duplicate"},
                                                                  {"item 4", "missing"},
                                                                  {"item 5", "missing"},
                                                                  {"item 6", "code"}};
  ASSERT_EQ(read->report.refusals.size(), expected.size());
  for (std::size_t i = 0; i < expected.size(); ++i) {
    EXPECT_EQ(read->report.refusals[i].where, expected[i].first);
    EXPECT_EQ(read->report.refusals[i].rule, expected[i].second) << expected[i].first;
  }
  EXPECT_EQ(read->report.read, 6);
  EXPECT_EQ(read->report.used + read->report.refused, read->report.read);
}

TEST(OrganisationFile, ThePrescribersOfLesEmploisAreRead) {
  SHARED_FILE(path, "les-emplois/fixtures/prescribers__organization.json");
  auto read = read_organisations(file_pieces(path));
  ASSERT_TRUE(read.ok()) << read.error().rule;
  EXPECT_EQ(read->report.read, 1003);
  EXPECT_EQ(read->report.used + read->report.refused, 1003);
  EXPECT_GT(read->report.used, 900);
  for (const Refusal& refusal : read->report.refusals) EXPECT_FALSE(refusal.rule.empty());
  EXPECT_GE(std::count_if(read->organisations.begin(), read->organisations.end(),
                          [](const auto& one) { return one.kind == "mission_locale"; }),
            30);
}

TEST(OrganisationFile, TheTwoListsOfMissionsLocalesMeet) {
  SHARED_FILE(agences_path, "pass-emploi-api/agences_milo.json");
  SHARED_FILE(structures_path, "pass-emploi-api/referentiel_structures_milo.json");
  auto agences = read_organisations(file_pieces(agences_path));
  auto structures = read_organisations(file_pieces(structures_path));
  ASSERT_TRUE(agences.ok());
  ASSERT_TRUE(structures.ok());
  EXPECT_EQ(agences->report.read, 459);
  EXPECT_EQ(structures->report.read, 450);
  std::vector<std::string> keys;
  for (const auto& one : agences->organisations)
    keys.push_back(organisation_key(one.department, one.name));
  std::sort(keys.begin(), keys.end());
  const auto meets = std::count_if(
      structures->organisations.begin(), structures->organisations.end(), [&](const auto& one) {
        const auto has = [&](const std::string& name) {
          const std::string key = organisation_key(one.department, name);
          return !key.empty() && std::binary_search(keys.begin(), keys.end(), key);
        };
        return has(one.name) || has(one.other_name);
      });
  EXPECT_GT(meets, 330) << "the same network, under other names";
  const auto& refusals = structures->report.refusals;
  EXPECT_TRUE(std::any_of(refusals.begin(), refusals.end(), [](const Refusal& refusal) {
    return refusal.field == "department" && refusal.rule == "missing";
  })) << "ML_SUE has no department";
}

}  // namespace
}  // namespace filrouge
