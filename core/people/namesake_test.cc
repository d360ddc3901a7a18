// Names and birth dates that may be one person's, and notices that were seen.
#include "core/people/namesake.h"

#include <gtest/gtest.h>

#include "core/testing.h"

namespace filrouge {
namespace {

using testing::draft_of;
using testing::id_of;

Namesake who(std::string given, std::string surname = "", std::string born = "") {
  Namesake of{{std::move(given)}, {}, {}};
  if (!surname.empty()) of.surnames.push_back(std::move(surname));
  if (!born.empty()) of.born = CivilDate::parse(born).value();
  return of;
}
Likeness like(const Namesake& a, const Namesake& b) {
  EXPECT_EQ(likeness(compare(a, b)), likeness(compare(b, a)));
  return likeness(compare(a, b));
}

TEST(Namesake, SpellingAccentsAndOrderAreForgiven) {
  EXPECT_EQ(like(who("Inès", "Benali", "2005-03-02"), who("Ines", "BEN ALI", "2005-03-02")),
            Likeness::strong);
  EXPECT_EQ(like(who("Mohamed", "Haddad"), who("mohammed", "Hadad", "2004-01-31")),
            Likeness::possible);
  EXPECT_EQ(like(who("Karim", "Saidi", "2005-03-02"), who("Karim", "Saïdi", "2005-02-03")),
            Likeness::strong)
      << "day and month in each other's place";
}

TEST(Namesake, OneNameAsksAndTellsNoPartner) {
  EXPECT_EQ(like(who("Momo"), who("Momo", "Haddad")), Likeness::possible);
  EXPECT_EQ(like(who("Momo"), who("Nadia", "Haddad")), Likeness::none);
  EXPECT_EQ(like(who("Léa", "Martin"), who("Léa", "Durand")), Likeness::none);
  EXPECT_EQ(like(who("Léa", "Martin", "2006-05-04"), who("Léa", "Durand", "2006-05-04")),
            Likeness::possible)
      << "a name that changed";
}

TEST(Namesake, AnotherBirthDateIsNeverToldToAPartner) {
  EXPECT_EQ(like(who("Léa", "Martin", "2006-05-04"), who("Léa", "Martin", "1999-12-30")),
            Likeness::possible);
  EXPECT_EQ(like(who("Léa", "", "2006-05-04"), who("Léa", "Martin", "1999-12-30")), Likeness::none);
}

TEST(Namesake, TheNearestOfSeveralValuesCounts) {
  Namesake disputed = who("Sofiane", "Amrani");
  disputed.given.push_back("Sofi");
  const NameMarks marks = compare(disputed, who("Sofi", "Amrani"));
  EXPECT_EQ(marks.given, NameAgreement::same);
  EXPECT_EQ(marks.surname, NameAgreement::same);
  EXPECT_EQ(marks.born, NameAgreement::missing);
}

TEST(Namesake, NoNameIsNobody) {
  EXPECT_EQ(like({}, who("Léa", "Martin")), Likeness::none);
  EXPECT_EQ(like(who("inconnu"), who("inconnu")), Likeness::none);
  EXPECT_EQ(like({}, {}), Likeness::none);
}

TEST(Sought, ANoticeThatWasSeenStaysAwayThirtyDays) {
  std::vector<NoticeSeen> seen;
  const SubjectId partner = id_of(7), other = id_of(8);
  const CivilDate day = testing::stamp().date;
  EXPECT_TRUE(is_due(seen, partner, day));
  const Draft first = draft_of(1, id_of(1), "sought_seen", SoughtSeen{partner});
  const Draft later = draft_of(2, id_of(1), "sought_seen", SoughtSeen{partner}, 10 * 24 * 60);
  for (const Draft& draft : {later, first, later}) fold_sought(seen, draft);
  ASSERT_EQ(seen.size(), 1U) << "the newest word, in any order";
  EXPECT_EQ(seen[0].on, day.plus_days(10));
  EXPECT_FALSE(is_due(seen, partner, day.plus_days(39)));
  EXPECT_TRUE(is_due(seen, partner, day.plus_days(40)));
  EXPECT_TRUE(is_due(seen, other, day));
}

}  // namespace
}  // namespace filrouge
