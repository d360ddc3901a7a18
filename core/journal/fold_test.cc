#include "core/journal/fold.h"

#include <algorithm>
#include <set>

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "core/base/limits.h"
#include "core/testing.h"

namespace filrouge {
namespace {

using testing::draft_of;
using testing::id_of;
using testing::Numbers;

constexpr Collection kCollections[] = {
    Collection::organisation, Collection::team,      Collection::project, Collection::place,
    Collection::account,      Collection::device,    Collection::round,   Collection::person,
    Collection::retained,     Collection::comparison};

// As the application does: fold one by one, fold again from the journal after an undone entry.
std::string state_after(Collection collection, const std::vector<Draft>& drafts) {
  State state = empty_state(collection);
  std::vector<Draft> journal;
  for (const Draft& draft : drafts) {
    journal.push_back(draft);
    if (refold_needed(draft.kind, collection)) {
      state = refold(collection, journal);
    } else {
      fold(state, draft);
    }
  }
  return encode_state(state);
}

void shuffle(std::vector<Draft>& drafts, Numbers& n) {
  for (std::size_t i = drafts.size(); i > 1; --i) std::swap(drafts[i - 1], drafts[n.below(i)]);
}

RC_GTEST_PROP(Fold, AnyOrderOfArrivalGivesTheSameState, (std::uint64_t seed)) {
  Numbers n(seed);
  const std::size_t count = 1 + n.below(14);
  for (const Collection collection : kCollections) {
    std::vector<Draft> drafts = testing::random_drafts(collection, seed, count);
    for (const Draft& draft : drafts) RC_ASSERT(check(draft).ok());
    const std::string first = state_after(collection, drafts);
    shuffle(drafts, n);
    RC_ASSERT(state_after(collection, drafts) == first);
    RC_ASSERT(encode_state(refold(collection, drafts)) == first);
  }
}

RC_GTEST_PROP(Fold, AnErasureInAnyOrderLeavesNothing, (std::uint64_t seed)) {
  Numbers n(seed);
  std::vector<Draft> drafts = testing::random_drafts(Collection::person, seed, 1 + n.below(10));
  drafts.push_back(draft_of(500, id_of(1), "person_erased", PersonErased{"person"}));
  shuffle(drafts, n);
  State erased = empty_state(Collection::person);
  std::get<PersonState>(erased).erased = true;
  RC_ASSERT(state_after(Collection::person, drafts) == encode_state(erased));
}

RC_GTEST_PROP(Fold, AStateSurvivesItsText, (std::uint64_t seed)) {
  for (const Collection collection : kCollections) {
    const auto drafts = testing::random_drafts(collection, seed, 8);
    const std::string text = state_after(collection, drafts);
    const auto again = decode_state(collection, text);
    RC_ASSERT(again.ok());
    RC_ASSERT(encode_state(*again) == text);
  }
}

RC_GTEST_PROP(Fold, TheSameSettingTwiceChangesNothing, (std::uint64_t seed)) {
  Numbers n(seed);
  for (const Collection collection :
       {Collection::organisation, Collection::team, Collection::project, Collection::place,
        Collection::account, Collection::device, Collection::retained, Collection::comparison}) {
    std::vector<Draft> drafts = testing::random_drafts(collection, seed, 1 + n.below(8));
    const std::string once = state_after(collection, drafts);
    drafts.insert(drafts.end(), drafts.begin(), drafts.end());
    shuffle(drafts, n);
    RC_ASSERT(state_after(collection, drafts) == once);
  }
}

TEST(Fold, EveryKindHasACheckAndAnUnknownOneIsUnsupported) {
  std::set<std::string_view> names;
  for (const KindInfo& kind : all_kinds()) {
    EXPECT_TRUE(names.insert(kind.name).second) << kind.name;
    Draft draft = draft_of(1, id_of(1), kind.name, json::Value::object());
    const Status status = check(draft);
    if (!status.ok()) {
      EXPECT_NE(status.error().rule, "unknown_kind") << kind.name;
    }
  }
  EXPECT_EQ(names.size(), 68u);
  Draft draft = draft_of(1, id_of(1), "tomorrow", json::Value::object());
  Status status = check(draft);
  ASSERT_FALSE(status.ok());
  EXPECT_EQ(status.error().code, Code::unsupported);
  EXPECT_EQ(status.error().rule, "unknown_kind");
}

TEST(Fold, FrameIsCheckedBeforeTheBody) {
  const TeamSet body{id_of(40), "Équipe", {}, true};
  Draft good = draft_of(1, id_of(50), "team_set", body);
  EXPECT_TRUE(check(good).ok());

  Draft stamp = good;
  stamp.occurred.minute += 1;
  EXPECT_EQ(check(stamp).error().field, "occurred");
  Draft newer = good;
  newer.version = 2;
  EXPECT_EQ(check(newer).error().code, Code::unsupported);
  Draft zero = good;
  zero.version = 0;
  EXPECT_EQ(check(zero).error().field, "version");
  Draft nobody = good;
  nobody.id = EntryId{};
  EXPECT_EQ(check(nobody).error().field, "id");
  nobody = good;
  nobody.subject = SubjectId{};
  EXPECT_EQ(check(nobody).error().field, "subject");
}

TEST(Fold, UnknownFieldsOfANewerPhoneAreNoError) {
  Draft draft = draft_of(1, id_of(50), "team_set", TeamSet{id_of(40), "Équipe", {}, true});
  draft.body.set("colour", json::Value("red"));
  EXPECT_TRUE(check(draft).ok());
}

TEST(Fold, AnEntryAboutSomethingElseIsRefusedAndNotFolded) {
  State place = empty_state(Collection::place);
  const Draft draft = draft_of(1, id_of(1), "team_set", TeamSet{id_of(40), "Équipe", {}, true});
  EXPECT_EQ(decide(draft, place).error().rule, "other_subject");
  const std::string before = encode_state(place);
  fold(place, draft);
  EXPECT_EQ(encode_state(place), before);
}

TEST(Fold, ABodyThatCannotBeReadChangesNothing) {
  for (const KindInfo& kind : all_kinds()) {
    Draft draft = draft_of(1, id_of(1), kind.name, json::Value("not an object"));
    State state;
    fold(state, draft);
    draft.body = json::Value::object();
    fold(state, draft);
    facts_of(draft, state, Surroundings{});
    place_of(draft, state);
  }
}

}  // namespace
}  // namespace filrouge
