// Records of one person: linked when both say so, unlinked again, in any order.
#include "core/people/links.h"

#include <algorithm>
#include <map>

#include <gtest/gtest.h>

#include "core/testing.h"

namespace filrouge {
namespace {

using testing::draft_of;
using testing::id_of;

Draft word(std::uint64_t id, std::uint64_t of, std::uint64_t other, bool linked,
           std::int64_t minutes) {
  return draft_of(id, id_of(of), linked ? "persons_linked" : "persons_unlinked",
                  PersonsLinked{id_of(other)}, minutes);
}
std::string rule(const Status& status) { return status.ok() ? "" : status.error().rule; }

struct Records {
  std::map<SubjectId, std::vector<PersonLink>> all;
  void fold(const Draft& draft) { fold_link(all[draft.subject], draft); }
  void both(std::uint64_t id, std::uint64_t a, std::uint64_t b, bool linked, std::int64_t minutes) {
    fold(word(id, a, b, linked, minutes));
    fold(word(id + 1, b, a, linked, minutes));
  }
  std::vector<SubjectId> group(std::uint64_t of) const {
    return linked_group(id_of(of),
                        [&](SubjectId id) -> Result<const std::vector<PersonLink>*> {
                          const auto at = all.find(id);
                          return at == all.end() ? nullptr : &at->second;
                        })
        .value();
  }
};

TEST(Links, AreOneGroupHoweverTheyHangTogetherAndComeApartAgain) {
  Records records;
  records.both(10, 1, 2, true, 0);
  records.both(12, 3, 2, true, 1);
  const std::vector<SubjectId> three{id_of(1), id_of(2), id_of(3)};
  for (const std::uint64_t one : {1, 2, 3}) EXPECT_EQ(records.group(one), three);
  records.both(14, 2, 3, false, 2);
  EXPECT_EQ(records.group(1), (std::vector<SubjectId>{id_of(1), id_of(2)}));
  EXPECT_EQ(records.group(3), std::vector<SubjectId>{id_of(3)});
}

TEST(Links, ToldApartTheyAreSettledAndMayStillBeLinked) {
  std::vector<PersonLink> links;
  const Draft apart = draft_of(1, id_of(1), "persons_distinct", PersonsLinked{id_of(2)});
  EXPECT_FALSE(is_settled(links, id_of(2)));
  EXPECT_EQ(rule(decide_link(links, apart)), "");
  fold_link(links, apart);
  EXPECT_TRUE(is_settled(links, id_of(2)));
  EXPECT_FALSE(is_linked(links, id_of(2)));
  EXPECT_EQ(rule(decide_link(links, word(2, 1, 2, true, 1))), "");
  fold_link(links, word(2, 1, 2, true, 1));
  EXPECT_EQ(rule(decide_link(
                links, draft_of(3, id_of(1), "persons_distinct", PersonsLinked{id_of(2)}, 2))),
            "already_linked");
}

TEST(Links, HalfALinkLinksNothing) {
  Records records;
  records.fold(word(10, 1, 2, true, 0));
  EXPECT_EQ(records.group(1), std::vector<SubjectId>{id_of(1)}) << "the other one was erased";
  records.all[id_of(2)] = {};
  EXPECT_EQ(records.group(1), std::vector<SubjectId>{id_of(1)});
}

TEST(Links, TheNewestWordHoldsInAnyOrder) {
  std::vector<Draft> drafts{word(1, 1, 2, true, 0), word(2, 1, 2, false, 5), word(3, 1, 2, true, 9),
                            word(4, 1, 3, true, 2), word(5, 1, 3, false, 3)};
  std::vector<PersonLink> expected;
  for (const Draft& draft : drafts) fold_link(expected, draft);
  EXPECT_EQ(links_of(expected), std::vector<SubjectId>{id_of(2)});
  testing::Numbers numbers(3);
  for (int round = 0; round < 100; ++round) {
    for (std::size_t i = drafts.size(); i > 1; --i)
      std::swap(drafts[i - 1], drafts[numbers.below(i)]);
    std::vector<PersonLink> links;
    for (const Draft& draft : drafts) fold_link(links, draft);
    fold_link(links, drafts.front());
    ASSERT_EQ(json::encode(links), json::encode(expected));
  }
}

TEST(Links, SayWhyTheyMayNot) {
  EXPECT_EQ(rule(check_link(word(1, 1, 1, true, 0))), "linked_to_herself");
  std::vector<PersonLink> links;
  EXPECT_EQ(rule(decide_link(links, word(1, 1, 2, false, 0))), "not_linked");
  EXPECT_TRUE(decide_link(links, word(1, 1, 2, true, 0)).ok());
  fold_link(links, word(1, 1, 2, true, 0));
  EXPECT_EQ(rule(decide_link(links, word(2, 1, 2, true, 1))), "already_linked");
  for (std::uint64_t i = 0; i < kLinksMax; ++i) fold_link(links, word(10 + i, 1, 20 + i, true, 1));
  EXPECT_EQ(rule(decide_link(links, word(40, 1, 50, true, 2))), "too_many");
}

TEST(Links, AnEntryThatIsTakenBackTakesNoHalfOfALinkAway) {
  State state = empty_state(Collection::person);
  const Draft link = word(1, 1, 2, true, 0);
  fold(state, link);
  fold(state, draft_of(2, id_of(1), "undone", Undone{link.id, "person"}));
  EXPECT_EQ(encode_state(refold(Collection::person, {link})).find("\"linked\":false"),
            std::string::npos);
  EXPECT_TRUE(is_linked(std::get<PersonState>(state).links, id_of(2)));
  const State again = refold(Collection::person,
                             {draft_of(2, id_of(1), "undone", Undone{link.id, "person"}), link});
  EXPECT_TRUE(is_linked(std::get<PersonState>(again).links, id_of(2)));
}

}  // namespace
}  // namespace filrouge
