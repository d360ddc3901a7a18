// Who follows a person, without a word of what was written (R12), and what she shares with whom.
#include <algorithm>

#include "core/pathway/referent.h"
#include "core/relay/relay.h"
#include "server/app/person_view.h"
#include "server/app/stamps.h"
#include "server/app/use_cases.h"

namespace filrouge {

namespace {

class FollowerList {
 public:
  // `organisation`: whose people are named; nil names all, for herself.
  FollowerList(App& app, SubjectId organisation, const Known& person)
      : app_(app),
        reader_(organisation),
        whole_(std::get<PersonState>(person.state)),
        home_(person.row.organisation),
        names_(app),
        belonging_(app) {}

  Result<api::Followers> run() {
    collect();
    FILROUGE_CHECK(belonging_.failed());
    api::Followers followers;
    for (auto& [key, row] : rows_) {
      FILROUGE_TRY(organisation, names_.of(key.first));
      row.organisation = std::move(organisation);
      FILROUGE_TRY(name, names_.of(key.second));
      row.name = std::move(name);
      FILROUGE_TRY(account, find_state<AccountState>(app_, key.second));
      if (account) row.role = account->role;
      followers.rows.push_back(std::move(row));
    }
    std::sort(followers.rows.begin(), followers.rows.end(),
              [](const api::Follower& a, const api::Follower& b) {
                return std::tuple(!a.referent, b.last_contact, a.organisation, a.name) <
                       std::tuple(!b.referent, a.last_contact, b.organisation, b.name);
              });
    return followers;
  }

 private:
  // Nil account: the organisation alone is known.
  api::Follower& row(SubjectId organisation, SubjectId account, std::optional<CivilDate> since) {
    api::Follower& found = rows_[{organisation, account}];
    if (since && (!found.since || *since < *found.since)) found.since = since;
    return found;
  }

  void collect() {
    if (!home_.is_nil())
      row(home_, {}, whole_.created ? std::optional(whole_.created->date) : std::nullopt);
    if (const ReferentClaim* claim = current_claim(whole_)) {
      api::Follower& referent = row(claim->organisation, claim->referent, claim->by.occurred.date);
      referent.referent = true;
      referent.interim = claim->interim;
    }
    for (const StepState& step : whole_.pathway.steps)
      if (step.set.status != StepStatus::dropped)
        row(step.set.organisation, step.set.account.value_or(SubjectId{}),
            step.first.occurred.date);
    for (const RelayState& relay : whole_.relays) {
      const RelayStanding now = standing_of(relay);
      if (now.to && is_open(now) && now.act != RelayAct::taken_over &&
          now.act >= RelayAct::accepted)
        row(*now.to, {}, now.since->date);
    }
    for (const RecentContact& contact : whole_.recent) add_contact(contact);
    // An organisation that is there by name of somebody needs no row of its own.
    std::erase_if(rows_, [&](const auto& one) {
      if (!one.first.second.is_nil() || one.second.last_contact) return false;
      return std::any_of(rows_.begin(), rows_.end(), [&](const auto& other) {
        return other.first.first == one.first.first && !other.first.second.is_nil();
      });
    });
  }

  // Names of those who met her: of the own organisation, and of whoever is there by name already.
  void add_contact(const RecentContact& contact) {
    const SubjectId organisation = belonging_.of(contact.team);
    if (organisation.is_nil()) return;
    const bool named = reader_.is_nil() || organisation == reader_ ||
                       rows_.contains({organisation, contact.author});
    const CivilDate day = contact.occurred.field_day();
    api::Follower& met = row(organisation, named ? contact.author : SubjectId{}, day);
    if (!met.last_contact || *met.last_contact < day) met.last_contact = day;
  }

  App& app_;
  SubjectId reader_;
  const PersonState& whole_;
  SubjectId home_;
  Names names_;
  Belonging belonging_;
  std::map<std::pair<SubjectId, SubjectId>, api::Follower> rows_;
};

}  // namespace

Result<api::Followers> all_followers(App& app, const Known& person) {
  return FollowerList(app, SubjectId{}, person).run();
}

Result<api::Followers> person_followers(App& app, const Caller& caller,
                                        const api::PersonQuery& query) {
  FILROUGE_TRY(person, open_person(app, caller, query.person, "pathway.read"));
  FILROUGE_TRY(followers, FollowerList(app, caller.actor->state.organisation, *person.known).run());
  FILROUGE_CHECK(note_opened(app, caller, *person.known, "pathway.read", "followers"));
  return followers;
}

Result<api::SharingView> person_sharing(App& app, const Caller& caller,
                                        const api::PersonQuery& query) {
  FILROUGE_TRY(person, open_person(app, caller, query.person, "pathway.read"));
  const CivilDate today = utc_day(app.clock.now());
  Names names(app);
  api::SharingView view;
  for (const Grant& grant : person.seen.sharing.grants) {
    FILROUGE_TRY(organisation, names.of(grant.agreed.organisation));
    view.grants.push_back(
        {grant, std::move(organisation), holds(person.whole().sharing, grant, today)});
  }
  std::sort(view.grants.begin(), view.grants.end(),
            [](const api::GrantView& a, const api::GrantView& b) {
              return std::tie(b.grant.hlc, b.grant.entry) < std::tie(a.grant.hlc, a.grant.entry);
            });
  view.withdrawals = person.seen.sharing.withdrawals;
  std::sort(view.withdrawals.begin(), view.withdrawals.end(),
            [](const Withdrawal& a, const Withdrawal& b) {
              return std::tie(b.hlc, b.entry) < std::tie(a.hlc, a.entry);
            });
  FILROUGE_CHECK(note_opened(app, caller, *person.known, "pathway.read", "sharing"));
  return view;
}

}  // namespace filrouge
