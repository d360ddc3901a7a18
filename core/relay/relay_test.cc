// The relay: the whole walk, what may not follow, and what holds whatever happens (law 4, law 5).
#include "core/relay/relay.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "core/base/limits.h"
#include "core/journal/fold.h"
#include "core/pathway/referent.h"
#include "core/testing.h"

namespace filrouge {
namespace {

using testing::draft_of;
using testing::id_of;
using testing::Numbers;

const SubjectId kPerson = id_of(1);
const SubjectId kStreet = id_of(40);   // sends
const SubjectId kMission = id_of(41);  // receives
const SubjectId kOther = id_of(42);
const EntryId kRelay = id_of<EntryId>(3'000);

// One person, and what is noted about her, each entry a minute after the one before.
class Story {
 public:
  Story() {
    note("person_created", PersonCreated{"Momo", id_of(50), {}, {}, {}, {}});
    note("pathway_opened", PathwayOpened{kStreet, id_of(50), id_of(900), {}});
  }

  template <class Body>
  std::string note(std::string_view kind, const Body& body) {
    ++count_;
    const Draft draft = draft_of(count_, kPerson, kind, body, static_cast<std::int64_t>(count_));
    for (const Status& status : {check(draft), decide(draft, state_)})
      if (!status.ok()) return status.error().rule;
    fold(state_, draft);
    return "ok";
  }

  std::string agree(SubjectId organisation = kMission) {
    SharingAgreed agreed;
    agreed.organisation = organisation;
    agreed.fields = {SharedField::first_name};
    agreed.wording = "partage-1";
    return note("sharing_agreed", agreed);
  }

  Relay act(RelayAct act, SubjectId by) const {
    Relay body;
    body.relay = kRelay;
    body.act = act;
    body.organisation = by;
    const RelayState* relay = find_relay(person(), kRelay);
    if (relay != nullptr) body.after = standing_of(*relay).head;
    if (relay == nullptr) body.to = kMission;
    if (act == RelayAct::declined || act == RelayAct::returned)
      body.because = DeclinedBecause::full;
    if (act == RelayAct::meeting_set)
      body.meeting = MeetingPlan{testing::stamp().date.plus_days(3), 600, "place de la gare"};
    if (act == RelayAct::taken_over) {
      body.referent = id_of(901);
      body.team = id_of(51);
    }
    return body;
  }
  std::string does(RelayAct what, SubjectId by) { return note("relay", act(what, by)); }

  const PersonState& person() const { return std::get<PersonState>(state_); }
  RelayStanding now() const { return standing_of(*find_relay(person(), kRelay)); }
  SubjectId referent() const {
    const ReferentClaim* claim = current_claim(person());
    return claim == nullptr ? SubjectId{} : claim->referent;
  }

 private:
  State state_ = empty_state(Collection::person);
  std::uint64_t count_ = 0;
};

Story met() {
  Story story;
  story.agree();
  for (const auto& [act, by] :
       {std::pair(RelayAct::proposed, kStreet), std::pair(RelayAct::acknowledged, kMission),
        std::pair(RelayAct::accepted, kMission), std::pair(RelayAct::meeting_set, kMission),
        std::pair(RelayAct::meeting_held, kMission)})
    EXPECT_EQ(story.does(act, by), "ok");
  return story;
}

TEST(Relay, WalksFromTheProposalToThirtyDaysLater) {
  Story story = met();
  EXPECT_EQ(story.referent(), id_of(900)) << "the old one stays until taken over";
  EXPECT_EQ(story.does(RelayAct::meeting_held, kStreet), "ok") << "the other side says so too";
  EXPECT_EQ(story.does(RelayAct::taken_over, kMission), "ok");
  EXPECT_EQ(story.referent(), id_of(901));
  EXPECT_EQ(story.does(RelayAct::kept, kMission), "ok");
  EXPECT_FALSE(is_open(story.now()));
}

TEST(Relay, EachRefusalHasItsOwnRule) {
  Story story;
  EXPECT_EQ(story.does(RelayAct::proposed, kStreet), "no_consent");
  story.agree();
  Relay self = story.act(RelayAct::proposed, kStreet);
  self.to = kStreet;
  EXPECT_EQ(story.note("relay", self), "relay_to_oneself");
  EXPECT_EQ(story.does(RelayAct::proposed, kStreet), "ok");
  Relay second = story.act(RelayAct::proposed, kStreet);
  second.relay = id_of<EntryId>(3'001);
  second.after.reset();
  second.to = kMission;
  EXPECT_EQ(story.note("relay", second), "relay_open");
  EXPECT_EQ(story.does(RelayAct::accepted, kStreet), "not_your_turn");
  EXPECT_EQ(story.does(RelayAct::accepted, kOther), "not_your_turn");
  EXPECT_EQ(story.does(RelayAct::taken_over, kMission), "relay_order");
  const Relay late = story.act(RelayAct::declined, kMission);
  EXPECT_EQ(story.does(RelayAct::accepted, kMission), "ok");
  EXPECT_EQ(story.note("relay", late), "stale");
  Relay past = story.act(RelayAct::meeting_set, kStreet);
  past.meeting->on = testing::stamp().date.plus_days(-1);
  EXPECT_EQ(story.note("relay", past), "past_day");
}

TEST(Relay, NobodyTakesOverWhoHasNotMetHer) {
  Story story;
  story.agree();
  story.does(RelayAct::proposed, kStreet);
  story.does(RelayAct::accepted, kMission);
  story.does(RelayAct::meeting_set, kStreet);
  EXPECT_EQ(story.does(RelayAct::no_show, kMission), "ok");
  EXPECT_EQ(story.does(RelayAct::taken_over, kMission), "relay_order");
  EXPECT_EQ(story.does(RelayAct::meeting_held, kStreet), "ok");
  EXPECT_EQ(story.does(RelayAct::taken_over, kMission), "not_met");
}

TEST(Relay, AMeetingThatOneSideDeniesIsDisputed) {
  Story story = met();
  EXPECT_EQ(story.does(RelayAct::no_show, kStreet), "ok");
  EXPECT_EQ(story.does(RelayAct::meeting_held, kMission), "ok");
  EXPECT_EQ(story.does(RelayAct::taken_over, kMission), "meeting_disputed");
}

TEST(Relay, NobodyComesThreeTimesAtMost) {
  Story story;
  story.agree();
  story.does(RelayAct::proposed, kStreet);
  story.does(RelayAct::accepted, kMission);
  for (int i = 0; i < 3; ++i) {
    EXPECT_EQ(story.does(RelayAct::meeting_set, kMission), "ok");
    EXPECT_EQ(story.does(RelayAct::no_show, kMission), "ok");
  }
  EXPECT_EQ(story.does(RelayAct::meeting_set, kMission), "too_many_meetings");
  EXPECT_EQ(story.does(RelayAct::returned, kMission), "ok");
}

TEST(Relay, HerWordEndsItFromAnywhereAndTheReferentStays) {
  Story story = met();
  Relay hers = story.act(RelayAct::withdrawn, kStreet);
  hers.after = EntryId{};
  EXPECT_EQ(story.note("relay", hers), "ok") << "whatever it answers";
  EXPECT_EQ(story.now().act, RelayAct::withdrawn);
  EXPECT_EQ(story.referent(), id_of(900));
  EXPECT_EQ(story.does(RelayAct::taken_over, kMission), "relay_order");
}

// Simulation, seed 393: who noted it had not seen the last word, and what was done before it was
// forgotten: the proposal, with its row in the figures.
TEST(Relay, HerWordUndoesNothingThatWasDoneBeforeIt) {
  Story story;
  story.agree();
  story.does(RelayAct::prepared, kStreet);
  const EntryId seen = story.now().head;
  story.does(RelayAct::proposed, kStreet);
  story.does(RelayAct::accepted, kMission);
  Relay hers = story.act(RelayAct::withdrawn, kStreet);
  hers.after = seen;
  EXPECT_EQ(story.note("relay", hers), "ok");
  EXPECT_EQ(story.now().act, RelayAct::withdrawn);
  EXPECT_TRUE(story.now().proposed.has_value());
  EXPECT_TRUE(story.now().crossed);
}

TEST(Relay, NoLaterActMovesItToAnOrganisationSheDidNotAgreeTo) {
  Story story;
  story.agree();
  story.does(RelayAct::proposed, kStreet);
  Relay moved = story.act(RelayAct::accepted, kMission);
  moved.to = kOther;
  EXPECT_EQ(story.note("relay", moved), "ok");
  EXPECT_EQ(story.now().to, kMission);
}

TEST(Relay, AWithdrawnAgreementStopsItWhereItStands) {
  Story story = met();
  EXPECT_EQ(story.note("sharing_withdrawn", SharingWithdrawn{kMission}), "ok");
  EXPECT_EQ(story.does(RelayAct::taken_over, kMission), "no_consent");
  EXPECT_EQ(story.does(RelayAct::returned, kMission), "ok");
}

TEST(Relay, ReturnsToWhoSentHer) {
  Story story = met();
  story.does(RelayAct::taken_over, kMission);
  Relay back = story.act(RelayAct::returned, kMission);
  back.referent = id_of(900);
  back.team = id_of(50);
  back.to = kOther;
  EXPECT_EQ(story.note("relay", back), "relay_order");
  back.to = kStreet;
  EXPECT_EQ(story.note("relay", back), "ok");
  EXPECT_EQ(story.referent(), id_of(900));
  EXPECT_EQ(current_claim(story.person())->organisation, kStreet);
}

// Without the act it answers, nobody would ever find the relay again.
TEST(Relay, BeginsWithNothingThatItAnswers) {
  Story story;
  story.agree();
  Relay body = story.act(RelayAct::proposed, kStreet);
  body.after = id_of<EntryId>(77);
  EXPECT_EQ(story.note("relay", body), "stale");
}

TEST(Relay, IsNotEvenAcknowledgedWithoutHerAgreement) {
  Story story;
  story.agree();
  story.does(RelayAct::proposed, kStreet);
  story.note("sharing_withdrawn", SharingWithdrawn{kMission});
  EXPECT_EQ(story.does(RelayAct::acknowledged, kMission), "no_consent");
  EXPECT_EQ(story.does(RelayAct::declined, kMission), "ok");
}

TEST(Relay, OnlyWhoHoldsHerPassesHerOn) {
  Story story = met();
  Relay back = story.act(RelayAct::returned, kMission);
  back.to = kStreet;
  back.referent = id_of(902);
  back.team = id_of(50);
  EXPECT_EQ(story.note("relay", back), "relay_order") << "she was not taken over";
  // The pathway passes to a third one by another relay; the first one takes nothing over any more.
  story.agree(kOther);
  Relay other = story.act(RelayAct::proposed, kStreet);
  other.relay = id_of<EntryId>(3'001);
  other.after.reset();
  other.to = kOther;
  for (const RelayAct act : {RelayAct::proposed, RelayAct::accepted, RelayAct::meeting_set,
                             RelayAct::meeting_held, RelayAct::taken_over}) {
    Relay next = story.act(act, act == RelayAct::proposed ? kStreet : kOther);
    next.relay = other.relay;
    next.to = act == RelayAct::proposed ? std::optional(kOther) : std::nullopt;
    const RelayState* so_far = find_relay(story.person(), other.relay);
    next.after = so_far == nullptr ? std::nullopt : std::optional(standing_of(*so_far).head);
    EXPECT_EQ(story.note("relay", next), "ok");
  }
  EXPECT_EQ(current_claim(story.person())->organisation, kOther);
  EXPECT_EQ(story.does(RelayAct::taken_over, kMission), "stale");
  EXPECT_EQ(current_claim(story.person())->organisation, kOther);
}

// A phone whose clock is behind: the following ended later than it says.
TEST(Relay, IsNotTakenOverBeforeTheEnding) {
  Story story = met();
  EXPECT_EQ(story.note("following_ended", FollowingEnded{}), "ok");
  Draft late = draft_of(500, kPerson, "relay", story.act(RelayAct::taken_over, kMission), 5);
  EXPECT_EQ(decide(late, State(story.person())).error().rule, "stale");
  EXPECT_EQ(story.does(RelayAct::taken_over, kMission), "ok");
  EXPECT_EQ(story.referent(), id_of(901));
}

// Sent from two phones, the undo may come first.
TEST(Relay, WhatWasTakenBackBeforeItCameIsNotTaken) {
  Story story;
  const EntryId coming = id_of<EntryId>(4);
  EXPECT_EQ(story.note("undone", Undone{coming, "person"}), "ok");
  EXPECT_EQ(story.agree(), "binding");
}

TEST(Relay, AWithdrawalHoldsWhateverWasTakenBack) {
  Story story;
  story.agree();  // entry 3
  EXPECT_EQ(story.note("undone", Undone{id_of<EntryId>(5), "person"}), "ok");
  EXPECT_EQ(story.note("sharing_withdrawn", SharingWithdrawn{kMission}), "ok");
  EXPECT_EQ(live_grant(story.person().sharing, kMission, testing::stamp().date), nullptr);
}

TEST(Relay, TakenOverWithoutAPathwayOpensOne) {
  State state = empty_state(Collection::person);
  fold(state,
       draft_of(1, kPerson, "person_created", PersonCreated{"Momo", id_of(50), {}, {}, {}, {}}));
  Relay body;
  body.relay = kRelay;
  body.act = RelayAct::taken_over;
  body.organisation = kMission;
  body.after = id_of<EntryId>(9);
  body.referent = id_of(901);
  body.team = id_of(51);
  fold(state, draft_of(2, kPerson, "relay", body));
  EXPECT_EQ(current_claim(std::get<PersonState>(state))->referent, id_of(901));
}

TEST(Relay, DeadlinesAreInOpenDays) {
  const CivilDate friday = *CivilDate::of(2026, 11, 20);
  EXPECT_EQ(plus_open_days(friday, 1).text(), "2026-11-23");
  EXPECT_EQ(plus_open_days(friday, 5).text(), "2026-11-27");
  EXPECT_EQ(plus_open_days(*CivilDate::of(2026, 11, 21), 2).text(), "2026-11-24");
  Story story;
  story.agree();
  story.does(RelayAct::proposed, kStreet);  // on a Saturday
  EXPECT_EQ(due_day(story.now())->text(), "2026-11-24");
  EXPECT_EQ(awaited_of(story.now()), kMission);
}

// ---- what holds whatever anybody does, in whatever order

std::string_view any_kind_word(RelayAct act) { return json::enum_text(act); }

// Acts of three organisations on one person, chosen at random, with stale answers and withdrawals.
RC_GTEST_PROP(Relay, OneReferentAndNothingBeyondTheProposalWithoutHerAgreement,
              (std::uint64_t seed)) {
  Numbers n(seed);
  State state = empty_state(Collection::person);
  std::vector<Draft> accepted;
  std::vector<EntryId> heads{EntryId{}};
  const CivilDate today = testing::stamp().date;
  for (std::uint64_t i = 1; i <= 90; ++i) {
    const SubjectId by = id_of(40 + n.below(3));
    Draft draft;
    const auto minute = static_cast<std::int64_t>(i);
    switch (i == 1 ? 0 : i == 2 ? 1 : 2 + n.below(9)) {
      case 0:
        draft = draft_of(i, kPerson, "person_created",
                         PersonCreated{"Momo", id_of(50), {}, {}, {}, {}}, minute);
        break;
      case 1:
      case 2:
        draft = draft_of(i, kPerson, "pathway_opened",
                         PathwayOpened{by, id_of(50), id_of(900 + n.below(3)), {}}, minute);
        break;
      case 3:
        draft = draft_of(i, kPerson, "sharing_withdrawn", SharingWithdrawn{id_of(41)}, minute);
        break;
      case 4: {
        SharingAgreed agreed;
        agreed.organisation = id_of(40 + n.below(3));
        agreed.wording = "partage-1";
        draft = draft_of(i, kPerson, "sharing_agreed", agreed, minute);
        break;
      }
      case 5: {
        ReferentNamed named;
        named.organisation = by;
        named.team = id_of(50);
        named.referent = id_of(900 + n.below(3));
        named.after = heads[n.below(heads.size())];
        draft = draft_of(i, kPerson, "referent_named", named, minute);
        break;
      }
      default: {
        Relay body;
        body.relay = id_of<EntryId>(3'000 + n.below(2));
        body.organisation = by;
        // Mostly the way forward, so that walks get far; sometimes anything.
        body.act = static_cast<RelayAct>(n.chance(6) ? n.below(14) : 1 + n.below(8));
        if (body.act == RelayAct::declined && !n.chance(6)) body.act = RelayAct::accepted;
        const auto* person = std::get_if<PersonState>(&state);
        const RelayState* relay = person == nullptr ? nullptr : find_relay(*person, body.relay);
        if (relay != nullptr)
          body.after = n.chance(6) ? heads[n.below(heads.size())] : standing_of(*relay).head;
        if (relay == nullptr) body.to = id_of(40 + n.below(3));
        if (relay != nullptr && !n.chance(6)) body.organisation = awaited_of(standing_of(*relay));
        body.because = DeclinedBecause::full;
        body.meeting = MeetingPlan{today.plus_days(1), 600, {}};
        body.referent = id_of(900 + n.below(3));
        body.team = id_of(50);
        if (body.act == RelayAct::returned && relay != nullptr) body.to = standing_of(*relay).from;
        draft = draft_of(i, kPerson, "relay", body, minute);
      }
    }
    const PersonState before =
        std::holds_alternative<PersonState>(state) ? std::get<PersonState>(state) : PersonState{};
    if (!check(draft).ok() || !decide(draft, state).ok()) continue;
    fold(state, draft);
    accepted.push_back(draft);
    heads.push_back(draft.id);
    const PersonState& after = std::get<PersonState>(state);
    // Open once, open ever since: nothing here ends a pathway.
    if (current_claim(before) != nullptr) RC_ASSERT(current_claim(after) != nullptr);
    for (const RelayState& relay : after.relays) {
      const RelayStanding now = standing_of(relay);
      if (now.head != draft.id) continue;
      const bool beyond = now.act == RelayAct::accepted || now.act == RelayAct::meeting_set ||
                          now.act == RelayAct::taken_over || now.act == RelayAct::proposed;
      RC_TAG(std::string(any_kind_word(now.act)));
      if (beyond && now.to) RC_ASSERT(live_grant(before.sharing, *now.to, today) != nullptr);
      if (now.act == RelayAct::taken_over) {
        RC_ASSERT(now.meeting_by_receiver == RelayAct::meeting_held);
        RC_ASSERT(current_claim(after)->relay == relay.relay);
      }
    }
  }
  // The same entries in any order, and repeated, give the same.
  const std::string one = encode_state(state);
  for (std::size_t i = accepted.size(); i > 1; --i)
    std::swap(accepted[i - 1], accepted[n.below(i)]);
  RC_ASSERT(encode_state(refold(Collection::person, accepted)) == one);
}

}  // namespace
}  // namespace filrouge
