// What sets up a consortium: settings by the newest write, accounts by two people, phones lost.
#include <gtest/gtest.h>

#include "core/network/check.h"
#include "core/testing.h"

namespace filrouge {
namespace {

using testing::draft_of;
using testing::id_of;

const SubjectId kAccount = id_of(1);

template <class Body>
std::string verdict(std::string_view kind, const Body& body) {
  const Status status = check(draft_of(1, kAccount, kind, body));
  return status.ok() ? "ok" : status.error().field + " " + status.error().rule;
}

template <class Body>
Draft by(std::uint64_t author, std::uint64_t id, std::string_view kind, const Body& body,
         std::int64_t minutes = 0) {
  Draft draft = draft_of(id, kAccount, kind, body, minutes);
  draft.author = author == 0 ? SubjectId{} : id_of(author);
  return draft;
}

AccountProposed proposal() {
  return {"lea.martin", "Léa Martin", Role::outreach_worker, id_of(40), {id_of(50)}};
}

std::string decided(const Draft& draft, const State& before) {
  const Status status = decide(draft, before);
  return status.ok() ? "ok" : status.error().rule;
}

TEST(CheckNetwork, PeriodsEndAfterTheyStart) {
  OrganisationSet body{"Prévention 37", "association",     {20'000},         {20'365},
                       "Europe/Paris",  PersonWord::jeune, "02 47 00 00 00", "Passer au local"};
  EXPECT_EQ(verdict("organisation_set", body), "ok");
  body.convention_to = {19'999};
  EXPECT_EQ(verdict("organisation_set", body), "body.convention_to period");
  body.convention_to = {20'000};
  body.name = " ";
  EXPECT_EQ(verdict("organisation_set", body), "body.name missing");
  ProjectSet project{"Aller vers", "ANCT", "insertion", {20'000}, {19'000}, {}};
  EXPECT_EQ(verdict("project_set", project), "body.to period");
}

TEST(CheckNetwork, APlaceIsOnEarthAndInACommune) {
  PlaceSet body{"Gare",  PlaceType::station, 473'936'000, 6'848'000,
                "37261", LocatedBy::outline, true};
  EXPECT_EQ(verdict("place_set", body), "ok");
  body.latitude_e7 = 900'000'001;
  EXPECT_EQ(verdict("place_set", body), "body.latitude_e7 range");
  body.latitude_e7.reset();
  EXPECT_EQ(verdict("place_set", body), "body.latitude_e7 missing");
  body.longitude_e7.reset();
  body.commune = "3726";
  EXPECT_EQ(verdict("place_set", body), "body.commune commune");
  for (const std::string_view good : {"37261", "2A004", "2B033", "97411"})
    EXPECT_TRUE(is_commune_code(good)) << good;
  for (const std::string_view bad : {"2C004", "A7261", "3726a", "372610", ""})
    EXPECT_FALSE(is_commune_code(bad)) << bad;
}

TEST(CheckNetwork, ALoginHasNoBlank) {
  AccountProposed body = proposal();
  EXPECT_EQ(verdict("account_proposed", body), "ok");
  body.login = "lea martin";
  EXPECT_EQ(verdict("account_proposed", body), "body.login login");
  body.login = "";
  EXPECT_EQ(verdict("account_proposed", body), "body.login missing");
  EXPECT_EQ(verdict("account_changed", AccountChanged{AccountChange::revoked, {id_of(50)}}),
            "body.teams mismatch");
}

TEST(Accounts, TakeTwoDifferentAdministrators) {
  State state = empty_state(Collection::account);
  EXPECT_EQ(decided(by(910, 2, "account_confirmed", AccountConfirmed{id_of(910)}), state),
            "not_proposed");
  const Draft proposed = by(910, 1, "account_proposed", proposal());
  EXPECT_EQ(decided(proposed, state), "ok");
  fold(state, proposed);
  EXPECT_EQ(decided(by(910, 3, "account_proposed", proposal()), state), "already_proposed");
  EXPECT_EQ(decided(by(910, 2, "account_confirmed", AccountConfirmed{id_of(910)}), state),
            "same_administrator");
  EXPECT_EQ(decided(by(910, 2, "account_confirmed", AccountConfirmed{id_of(911)}), state),
            "same_administrator")
      << "the proposer writes another name";
  EXPECT_EQ(decided(by(912, 2, "account_confirmed", AccountConfirmed{id_of(911)}), state),
            "confirmed_by");
  EXPECT_EQ(decided(by(911, 4, "account_changed", AccountChanged{}), state), "not_confirmed");
  const Draft confirmed = by(911, 2, "account_confirmed", AccountConfirmed{id_of(911)});
  EXPECT_EQ(decided(confirmed, state), "ok");
  fold(state, confirmed);
  EXPECT_EQ(decided(confirmed, state), "not_proposed");
  const Draft activated = by(0, 4, "account_changed", AccountChanged{});
  EXPECT_EQ(decided(activated, state), "ok");
  fold(state, activated);
  EXPECT_EQ(std::get<AccountState>(state).status, AccountStatus::active);
  EXPECT_EQ(std::get<AccountState>(state).confirmed_by, id_of(911));
}

TEST(Accounts, TheFirstAdministratorsAreProposedByTheProgramItself) {
  State state = empty_state(Collection::account);
  fold(state, by(0, 1, "account_proposed", proposal()));
  EXPECT_EQ(decided(by(0, 2, "account_confirmed", AccountConfirmed{}), state), "ok");
}

TEST(Accounts, RevokedStaysRevokedWhateverArrivesLater) {
  State state =
      refold(Collection::account,
             {by(910, 1, "account_proposed", proposal()),
              by(911, 2, "account_confirmed", AccountConfirmed{id_of(911)}, 1),
              by(910, 3, "account_changed", AccountChanged{AccountChange::revoked, {}}, 2),
              by(911, 4, "account_changed", AccountChanged{AccountChange::activated, {}}, 3)});
  EXPECT_EQ(std::get<AccountState>(state).status, AccountStatus::revoked);
  EXPECT_EQ(decided(by(911, 5, "account_changed", AccountChanged{}), state), "revoked");
  EXPECT_EQ(
      decided(by(911, 5, "account_changed", AccountChanged{AccountChange::teams, {id_of(51)}}),
              state),
      "revoked");
  EXPECT_EQ(
      decided(by(911, 5, "account_changed", AccountChanged{AccountChange::revoked, {}}), state),
      "ok");
}

TEST(Accounts, ALaterProposalNeverChangesARole) {
  AccountProposed forged = proposal();
  forged.role = Role::administrator;
  const State state = refold(Collection::account, {by(911, 2, "account_proposed", forged, 60),
                                                   by(910, 1, "account_proposed", proposal())});
  EXPECT_EQ(std::get<AccountState>(state).role, Role::outreach_worker);
}

TEST(Devices, LostIsForGood) {
  State state = empty_state(Collection::device);
  const Draft enrolled =
      by(900, 1, "device_enrolled", DeviceEnrolled{id_of(900), "Phone", id_of(40)});
  EXPECT_EQ(decided(enrolled, state), "ok");
  fold(state, by(910, 2, "device_lost", DeviceLost{id_of(910)}));
  fold(state, enrolled);
  EXPECT_TRUE(std::get<DeviceState>(state).lost);
  EXPECT_EQ(std::get<DeviceState>(state).organisation, id_of(40));
  EXPECT_EQ(decided(enrolled, state), "lost");
}

TEST(Devices, BelongToOneAccount) {
  State state = refold(Collection::device,
                       {by(900, 1, "device_enrolled", DeviceEnrolled{id_of(900), "Phone", {}})});
  EXPECT_EQ(decided(by(901, 2, "device_enrolled", DeviceEnrolled{id_of(901), "Mine", {}}), state),
            "already_enrolled");
  EXPECT_EQ(decided(by(900, 2, "device_enrolled", DeviceEnrolled{id_of(900), "Again", {}}), state),
            "ok");
}

TEST(Settings, TheNewestWriteStands) {
  const auto name = [](std::string text, std::uint64_t id, std::int64_t minutes) {
    return draft_of(id, kAccount, "team_set", TeamSet{id_of(40), std::move(text), {}, true},
                    minutes);
  };
  const State state =
      refold(Collection::team, {name("old", 1, 0), name("newest", 2, 60), name("late", 3, 30)});
  EXPECT_EQ(std::get<TeamState>(state).set.name, "newest");
}

}  // namespace
}  // namespace filrouge
