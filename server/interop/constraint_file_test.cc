#include "server/interop/constraint_file.h"

#include <gtest/gtest.h>

#include "server/interop/shared_testing.h"

namespace filrouge {
namespace {

TEST(ConstraintFile, ReadsObjectsAndTextsThatHoldOne) {
  auto read =
      read_constraints(pieces(R"([{"code":"26","libelle":"Lire",)"
                              R"("situations":[{"code":"20","libelle":"Écrit","valeur":"OUI"}],)"
                              R"("objectifs":[{"code":"1","libelle":"Prendre des cours"}]},)"
                              R"("{\"code\":\"23\",\"libelle\":\"Bouger\",\"situations\":[]}"])"));
  ASSERT_TRUE(read.ok()) << read.error().rule;
  ASSERT_EQ(read->constraints.size(), 2U);
  EXPECT_EQ(read->constraints[0].code, "23");
  EXPECT_EQ(read->constraints[0].barriers, std::vector<Barrier>{Barrier::mobility});
  EXPECT_EQ(read->constraints[1].barriers,
            (std::vector<Barrier>{Barrier::language, Barrier::literacy}));
  EXPECT_EQ(read->constraints[1].situations[0].label, "Écrit");
  EXPECT_EQ(read->constraints[1].objectives[0].label, "Prendre des cours");
}

TEST(ConstraintFile, EveryRefusedItemHasItsReason) {
  auto read = read_constraints(pieces(
      R"([{"code":"22","libelle":"x"},{"code":"23"},{"code":"24","libelle":"a","situations":[]},)"
      R"({"code":"24","libelle":"b","situations":[]},{"code":"28","libelle":"Indre"},"{"])"));
  ASSERT_TRUE(read.ok());
  ASSERT_EQ(read->report.refusals.size(), 5U);
  EXPECT_EQ(read->report.refusals[0].rule, "choice");
  EXPECT_EQ(read->report.refusals[1].rule, "missing");
  EXPECT_EQ(read->report.refusals[2].rule, "duplicate");
  EXPECT_EQ(read->report.refusals[3].field, "situations") << "a list of départements";
  EXPECT_EQ(read->report.used, 1);
}

TEST(ConstraintFile, TheSevenOfFranceTravailAreReadWithTheirSituations) {
  SHARED_FILE(path, "carnet-de-bord/france_travail_contraintes_approved.json");
  auto read = read_constraints(file_pieces(path));
  ASSERT_TRUE(read.ok()) << read.error().rule;
  ASSERT_EQ(read->constraints.size(), 7U);
  EXPECT_TRUE(read->report.refusals.empty());
  std::size_t situations = 0;
  for (const Constraint& one : read->constraints) {
    EXPECT_FALSE(one.barriers.empty()) << one.code;
    situations += one.situations.size();
  }
  EXPECT_EQ(situations, 36U);
  Draft draft;
  draft.subject = constraints_subject();
  draft.kind = "constraints_set";
  draft.body = json::parse(json::encode(ConstraintsSet{read->constraints})).value();
  EXPECT_TRUE(check_constraints_set(draft).ok()) << check_constraints_set(draft).error().field;
}

}  // namespace
}  // namespace filrouge
