#include "server/interop/commune_file.h"

#include <gtest/gtest.h>

#include "server/interop/shared_testing.h"

namespace filrouge {
namespace {

TEST(CommuneFile, ReadsTheColumnsByNameInAnyOrder) {
  auto read =
      read_communes(pieces("nom;code_postal;code_insee\nTours;37000;37261\n"
                           "Nantua;\"01130, 01460\";01269\n"));
  ASSERT_TRUE(read.ok());
  ASSERT_EQ(read->communes.size(), 2u);
  EXPECT_EQ(read->communes[0].code, "01269");
  EXPECT_EQ(read->communes[0].postcodes, (std::vector<std::string>{"01130", "01460"}));
  EXPECT_EQ(read->communes[1].name, "Tours");
  EXPECT_EQ(read->report.used, 2);
  EXPECT_EQ(read->report.refused, 0);
}

TEST(CommuneFile, ACommuneOnSeveralLinesKeepsAllItsPostcodes) {
  auto read =
      read_communes(pieces("code_insee,nom,code_postal\n37261,Tours,37000\n"
                           "37261,Tours,37100\n37261,Tours,37100\n"));
  ASSERT_TRUE(read.ok());
  ASSERT_EQ(read->communes.size(), 1u);
  EXPECT_EQ(read->communes[0].postcodes, (std::vector<std::string>{"37000", "37100"}));
}

TEST(CommuneFile, EveryRefusedLineHasItsReason) {
  auto read =
      read_communes(pieces("code_insee,nom,code_postal\n"
                           "3726,Tours,37000\n"
                           ",Tours,37000\n"
                           "37261,,37000\n"
                           "37261,Tours,3700\n"
                           "37261,Tours\n"
                           "37122,Jou\xe9,37300\n"
                           "37122,Joué-lès-Tours,37300\n"
                           "37122,Autre nom,37300\n"
                           "2A004,Ajaccio,20000\n"));
  ASSERT_TRUE(read.ok());
  const std::vector<Refusal> expected = {
      {"line 2", "code_insee", "code", "a code as 37261 or 2A004 expected"},
      {"line 3", "code_insee", "missing", "no code"},
      {"line 4", "nom", "missing", "no name"},
      {"line 5", "code_postal", "code", "five digits expected"},
      {"line 6", "", "columns", "3 columns expected"},
      {"line 7", "", "utf8", "the text is not UTF-8"},
      {"line 9", "code_insee", "duplicate", "this code has another name before"},
  };
  EXPECT_EQ(read->report.refusals, expected);
  EXPECT_EQ(read->report.read, 9);
  EXPECT_EQ(read->report.refused, 7);
  EXPECT_EQ(read->report.used, 2);
}

TEST(CommuneFile, AFileWithoutItsColumnsIsRefusedWhole) {
  EXPECT_EQ(read_communes(pieces("a,b\n1,2\n")).error().rule, "header");
  EXPECT_EQ(read_communes(pieces("code_insee,b\n1,2\n")).error().field, "nom");
  EXPECT_EQ(read_communes(pieces("")).error().rule, "header");
}

TEST(CommuneFile, DepartmentsOfCodes) {
  EXPECT_EQ(department_of_commune("37261"), "37");
  EXPECT_EQ(department_of_commune("2A004"), "2A");
  EXPECT_EQ(department_of_commune("97411"), "974");
}

TEST(CommuneFile, TheNationalListIsReadWhole) {
  SHARED_FILE(path, "coop-mediation-numerique/communes.csv");
  auto read = read_communes(file_pieces(path));
  ASSERT_TRUE(read.ok());
  EXPECT_EQ(read->report.read, 35071);
  EXPECT_EQ(read->report.used + read->report.refused, 35071);
  EXPECT_GT(read->communes.size(), 34'900u);
  for (const Refusal& refusal : read->report.refusals) EXPECT_FALSE(refusal.rule.empty());
  bool tours = false;
  for (const Commune& one : read->communes)
    tours = tours || (one.code == "37261" && one.name == "Tours");
  EXPECT_TRUE(tours);
}

}  // namespace
}  // namespace filrouge
