#include "core/people/visible.h"

#include <algorithm>

#include "core/pathway/referent.h"
#include "core/people/age.h"
#include "core/relay/relay.h"

namespace filrouge {

namespace {

class Cut {
 public:
  Cut(const PersonState& whole, const Reader& reader, CivilDate today,
      const OrganisationOf& organisation_of)
      : whole_(whole),
        reader_(reader),
        today_(today),
        organisation_of_(organisation_of),
        fields_(shared_with(whole.sharing, reader.organisation, today)),
        home_(whole.team ? organisation_of(*whole.team) : reader.home),
        is_home_(!home_.is_nil() && home_ == reader.organisation) {
    const ReferentClaim* claim = current_claim(whole);
    is_referent_ = claim != nullptr && claim->referent == reader.account;
    is_referents_ = claim != nullptr && claim->organisation == reader.organisation;
  }

  PersonState run() {
    PersonState seen = whole_;
    if (whole_.erased) return seen;
    seen.own_page = without_her_words(std::move(seen.own_page));
    seen.outside = without_hashes(std::move(seen.outside));
    cut_names(seen);
    if (!is_home_) cut_profile(seen);
    cut_street(seen);
    if (!reader_.reads_pathway) {
      seen.pathway = {};
      seen.relays.clear();
      seen.sharing = {};
      return seen;
    }
    cut_pathway(seen.pathway);
    cut_plan(seen.pathway);
    cut_relays(seen.relays);
    if (!is_home_ && !is_referents_) cut_sharing(seen.sharing);
    return seen;
  }

  bool sees(Barrier barrier, SubjectId author) const {
    if (!is_restricted(barrier)) return is_own(author) || has(SharedField::barriers);
    return is_referent_ || author == reader_.account || has(field_of(barrier));
  }

 private:
  bool has(SharedField field) const {
    return std::binary_search(fields_.begin(), fields_.end(), field);
  }
  // What the program wrote belongs to the organisation whose team she is of.
  bool is_own(SubjectId author) const {
    const SubjectId of = author.is_nil() ? home_ : organisation_of_(author);
    return !of.is_nil() && of == reader_.organisation;
  }
  bool is_own(const RecentContact& contact) const {
    return contact.team.is_nil() ? is_own(contact.author) : is_ours(organisation_of_(contact.team));
  }
  bool is_ours(SubjectId organisation) const { return organisation == reader_.organisation; }

  void cut_register(TextRegister& text, bool shared) const {
    std::erase_if(text.values,
                  [&](const RegisterValue& value) { return !shared && !is_own(value.author); });
  }

  void cut_names(PersonState& seen) const {
    cut_register(seen.alias, has(SharedField::alias));
    cut_register(seen.first_name, has(SharedField::first_name));
    cut_register(seen.surname, has(SharedField::surname));
    cut_register(seen.reach, has(SharedField::reach));
    cut_register(seen.recognise, false);
    seen.level = seen.first_name.values.empty() ? IdentityLevel::alias : IdentityLevel::identified;
    if (!is_own(whole_.born_author)) seen.born.reset();
  }

  void cut_profile(PersonState& seen) const {
    seen.project.reset();
    seen.created.reset();
    seen.created_entry.reset();
    if (!is_own(whole_.sex.author)) seen.sex = {};
    if (has(SharedField::age_band))
      seen.age_band.value = age_band_of(whole_);
    else if (!is_own(whole_.age_band.author))
      seen.age_band = {};
    for (TextRegister* text :
         {&seen.alias, &seen.first_name, &seen.surname, &seen.reach, &seen.recognise})
      text->replaced.clear();
    seen.own_page = {};
    seen.outside.clear();
    seen.links.clear();
    seen.identified_on.reset();
    seen.sought_seen.clear();
    seen.consents.clear();
    seen.receipts.clear();
    seen.heard.clear();
    seen.undone.clear();
    seen.confirmed.clear();
  }

  void cut_street(PersonState& seen) const {
    std::erase_if(seen.minor_acts, [&](const MinorAct& act) { return !is_own(act.author); });
    for (RecentContact& contact : seen.recent) {
      if (is_own(contact)) continue;
      // Days and modes, never the notes, and nothing of what was done.
      RecentContact bare;
      bare.entry = contact.entry;
      bare.team = contact.team;
      bare.occurred = contact.occurred;
      bare.author = contact.author;
      bare.mode = contact.mode;
      contact = std::move(bare);
    }
    if (has(SharedField::contacts)) return;
    std::erase_if(seen.recent, [&](const RecentContact& contact) { return !is_own(contact); });
    if (!is_home_) seen.contact_count = static_cast<std::int64_t>(seen.recent.size());
  }

  void cut_pathway(PathwayState& seen) const {
    if (seen.signal && !is_own(seen.signal->by.author)) seen.signal.reset();
    const bool goals = has(SharedField::goals);
    std::erase_if(seen.marks,
                  [&](const StageMark& mark) { return !goals && !is_own(mark.by.author); });
    if (seen.side && !is_own(seen.side->by.author)) {
      seen.side->because.reset();  // that it ended is who follows; why is content
      if (seen.side->side == SideState::refused) seen.side->side = SideState::closed;
    }
    std::erase_if(seen.attempts, [&](const Written& by) { return !is_own(by.author); });
    for (DiagnosisHeld& held : seen.diagnoses) {
      const SubjectId author = held.by.author;
      std::erase_if(held.first, [&](Barrier one) { return !sees(one, author); });
      if (is_own(author)) continue;
      if (!goals) held.goals.clear();
      held.lines = 0;
    }
    std::erase_if(seen.diagnoses, [&](const DiagnosisHeld& held) {
      return !is_own(held.by.author) && !goals && !has(SharedField::barriers);
    });
    for (BarrierState& barrier : seen.barriers)
      std::erase_if(barrier.history, [&](const BarrierWord& word) {
        return !sees(barrier.barrier, word.by.author);
      });
    std::erase_if(seen.barriers, [](const BarrierState& one) { return one.history.empty(); });
    if (!is_home_ && !has(SharedField::steps)) seen.delivery_count = 0;
  }

  void cut_plan(PathwayState& seen) const {
    std::erase_if(seen.steps, [&](const StepState& step) {
      return !is_ours(step.set.organisation) && !has(SharedField::steps);
    });
    for (StepState& step : seen.steps)
      if (step.set.barrier && is_restricted(*step.set.barrier) &&
          !sees(*step.set.barrier, step.by.author))
        step.set.barrier.reset();
    std::erase_if(seen.appointments, [&](const AppointmentState& one) {
      return !is_ours(one.set.organisation) && !has(SharedField::appointments);
    });
    std::erase_if(seen.exits, [&](const ExitState& exit) { return !sees_exit(exit); });
    for (ExitState& exit : seen.exits)
      if (!is_ours(exit.declared.organisation))
        for (CheckIn& check : exit.checks) check.alert.reset();
  }

  bool sees_exit(const ExitState& exit) const {
    if (exit.declared.type == ExitType::prison) return sees(Barrier::legal, exit.by.author);
    return is_ours(exit.declared.organisation) || has(SharedField::exits);
  }

  // The two sides of a relay; the receiver from the proposal on, and its words only as long as she
  // agrees. The sender sees the outcome.
  void cut_relays(std::vector<RelayState>& relays) const {
    const bool agreed = live_grant(whole_.sharing, reader_.organisation, today_) != nullptr;
    std::erase_if(relays, [&](const RelayState& relay) {
      const RelayStanding now = standing_of(relay);
      if (is_ours(now.from)) return false;
      return !now.to || !is_ours(*now.to) || !now.proposed;
    });
    for (RelayState& relay : relays) {
      if (agreed || is_ours(standing_of(relay).from)) continue;
      for (ActDone& act : relay.acts) {
        act.body.need.reset();
        if (act.body.meeting) act.body.meeting->where.reset();
      }
    }
  }

  void cut_sharing(Sharing& sharing) const {
    std::erase_if(sharing.grants,
                  [&](const Grant& grant) { return !is_ours(grant.agreed.organisation); });
    std::erase_if(sharing.withdrawals, [&](const Withdrawal& one) {
      return one.organisation && !is_ours(*one.organisation);
    });
  }

  const PersonState& whole_;
  const Reader& reader_;
  CivilDate today_;
  const OrganisationOf& organisation_of_;
  std::vector<SharedField> fields_;
  SubjectId home_;
  bool is_home_;
  bool is_referent_ = false;
  bool is_referents_ = false;
};

}  // namespace

SharedField field_of(Barrier barrier) {
  switch (barrier) {
    case Barrier::health:
      return SharedField::health;
    case Barrier::mental_health:
      return SharedField::mental_health;
    case Barrier::disability:
      return SharedField::disability;
    case Barrier::legal:
      return SharedField::legal;
    default:
      return SharedField::barriers;
  }
}

PersonState visible_to(const PersonState& person, const Reader& reader, CivilDate today,
                       const OrganisationOf& organisation_of) {
  return Cut(person, reader, today, organisation_of).run();
}

bool sees_barrier(const PersonState& person, const Reader& reader, CivilDate today,
                  const OrganisationOf& organisation_of, Barrier barrier, SubjectId author) {
  return Cut(person, reader, today, organisation_of).sees(barrier, author);
}

}  // namespace filrouge
