// Point and Parcours of one person in one answer, made from what the reader may see of her: stage,
// référent, barriers, goals, steps, appointments, situations, relays.
#include <algorithm>

#include <boost/describe/enumerators.hpp>
#include <boost/mp11/algorithm.hpp>

#include "core/pathway/referent.h"
#include "core/pathway/stage.h"
#include "core/relay/relay.h"
#include "server/app/relay_view.h"
#include "server/app/rows.h"
#include "server/app/stamps.h"
#include "server/app/surroundings.h"
#include "server/app/use_cases.h"

namespace filrouge {

namespace {

class PathwayWriter {
 public:
  PathwayWriter(App& app, const Actor& reader, const OpenedPerson& person)
      : app_(app),
        reader_(reader),
        seen_(person.seen),
        whole_(person.whole()),
        today_(utc_day(app.clock.now())),
        names_(app) {
    view_.person = person.known->row.subject;
  }

  Result<api::PathwayView> run() {
    view_.shown = shown_name(seen_);
    view_.level = seen_.level;
    const StageStanding now = stage_of(seen_, today_);
    view_.stage = {now.stage, now.since, now.provisional, now.side, now.until};
    FILROUGE_CHECK(add_referent());
    FILROUGE_CHECK(look_at_other_records());
    add_barriers();
    add_diagnosis();
    FILROUGE_CHECK(add_steps());
    FILROUGE_CHECK(add_appointments());
    FILROUGE_CHECK(add_exits());
    FILROUGE_CHECK(add_relays());
    view_.attempts = static_cast<std::int64_t>(attempts_since_contact(seen_));
    view_.lost_allowed = may_declare_lost(whole_, today_);
    return std::move(view_);
  }

 private:
  bool is_mine(SubjectId organisation) const { return organisation == reader_.state.organisation; }

  Status add_referent() {
    const ReferentClaim* claim = current_claim(seen_);
    if (claim == nullptr) return Done{};
    view_.claim = claim->by.entry;
    api::ReferentView referent;
    FILROUGE_TRY(name, names_.of(claim->referent));
    FILROUGE_TRY(organisation, names_.of(claim->organisation));
    referent.name = std::move(name);
    referent.organisation = std::move(organisation);
    referent.account = claim->referent;
    referent.organisation_id = claim->organisation;
    referent.since = claim->by.occurred.date;
    referent.interim = claim->interim;
    if (claim->interim) referent.until = interim_until(*claim);
    referent.mine = claim->referent == reader_.account;
    view_.referent = std::move(referent);
    return Done{};
  }

  // Two records of one person, each with an open pathway and its référent: both stay until a human
  // closes one, and are shown as such.
  Status look_at_other_records() {
    if (!view_.referent) return Done{};
    StoredSource source(app_);
    FILROUGE_TRY(records, linked_records(source, view_.person, seen_.links));
    for (const SubjectId& record : records) {
      if (record == view_.person) continue;
      auto other = find_state<PersonState>(app_, record);
      if (!other.ok() && other.error().code == Code::not_found) continue;  // erased meanwhile
      if (!other.ok()) return std::move(other.error());
      if (*other != nullptr && current_claim(**other) != nullptr) view_.to_reunite = true;
    }
    return Done{};
  }

  // Of a restricted one, the line is there for who may write in it: the référent, or anybody of the
  // team before there is one; and for whom something in it may be read.
  void add_barriers() {
    const ReferentClaim* claim = current_claim(seen_);
    const bool opens_restricted = claim == nullptr || claim->referent == reader_.account;
    boost::mp11::mp_for_each<boost::describe::describe_enumerators<Barrier>>([&](auto described) {
      const Barrier barrier = described.value;
      const auto at = std::find_if(seen_.pathway.barriers.begin(), seen_.pathway.barriers.end(),
                                   [&](const BarrierState& one) { return one.barrier == barrier; });
      const bool known = at != seen_.pathway.barriers.end();
      if (is_restricted(barrier) && !known && !opens_restricted) return;
      api::BarrierLine line;
      line.barrier = barrier;
      line.restricted = is_restricted(barrier);
      if (known) add_words(at->history, line);
      if (!seen_.pathway.diagnoses.empty()) {
        const auto& first = seen_.pathway.diagnoses.back().first;
        line.first = std::find(first.begin(), first.end(), barrier) != first.end();
      }
      view_.barriers.push_back(std::move(line));
    });
  }

  static void add_words(const std::vector<BarrierWord>& history, api::BarrierLine& line) {
    for (const BarrierWord& word : history) {
      if (word.said)
        (word.said->said_by == SaidBy::person ? line.by_person : line.by_professional) =
            word.said->level;
      if (word.changed) line.status = word.changed->status;
      line.on = word.by.occurred.date;
    }
    line.history = history;
  }

  void add_diagnosis() {
    if (seen_.pathway.diagnoses.empty()) return;
    const DiagnosisHeld& held = seen_.pathway.diagnoses.back();
    view_.goals = held.goals;
    view_.diagnosed = held.by.occurred.date;
    view_.validated = held.validated;
  }

  Status add_steps() {
    for (const StepState& step : seen_.pathway.steps) {
      api::StepLine line;
      line.set = step.set;
      FILROUGE_TRY(organisation, names_.of(step.set.organisation));
      line.organisation = std::move(organisation);
      if (step.set.account) {
        FILROUGE_TRY(who, names_.of(*step.set.account));
        line.who = std::move(who);
      }
      line.since = step.first.occurred.date;
      line.mine = is_mine(step.set.organisation);
      line.late = is_open_step(step.set.status) && step.set.due && *step.set.due < today_;
      view_.steps.push_back(std::move(line));
    }
    // Open ones first, the soonest first; then the others, the latest first.
    std::sort(view_.steps.begin(), view_.steps.end(),
              [](const api::StepLine& a, const api::StepLine& b) { return place(a) < place(b); });
    return Done{};
  }

  static std::tuple<bool, std::int32_t, EntryId> place(const api::StepLine& line) {
    const bool open = is_open_step(line.set.status);
    const std::int32_t due = line.set.due ? line.set.due->days : INT32_MAX;
    return {!open, open ? due : -line.since.days, line.set.step};
  }

  Status add_appointments() {
    for (const AppointmentState& one : seen_.pathway.appointments) {
      api::AppointmentLine line;
      line.set = one.set;
      FILROUGE_TRY(organisation, names_.of(one.set.organisation));
      FILROUGE_TRY(who, names_.of(one.set.account));
      line.organisation = std::move(organisation);
      line.who = std::move(who);
      line.mine = is_mine(one.set.organisation);
      view_.appointments.push_back(std::move(line));
    }
    const auto when = [&](const api::AppointmentLine& line) {
      const bool to_come = line.set.on >= today_;
      const std::int64_t minutes = std::int64_t{line.set.on.days} * 24 * 60 + line.set.minute;
      return std::tuple(!to_come, to_come ? minutes : -minutes, line.set.appointment);
    };
    std::sort(view_.appointments.begin(), view_.appointments.end(),
              [&](const api::AppointmentLine& a, const api::AppointmentLine& b) {
                return when(a) < when(b);
              });
    return Done{};
  }

  Status add_exits() {
    const bool stable = is_stable(seen_, today_);
    for (const ExitState& exit : seen_.pathway.exits) {
      if (exit.by.author.is_nil()) continue;  // a check-in came before what it checks
      api::ExitLine line;
      line.exit = exit.by.entry;
      line.declared = exit.declared;
      FILROUGE_TRY(organisation, names_.of(exit.declared.organisation));
      line.organisation = std::move(organisation);
      line.checks = exit.checks;
      line.next_check = next_check(exit);
      line.holds = !end_of(exit).has_value();
      line.stable = stable && line.holds && is_durable(exit.declared.type);
      view_.exits.push_back(std::move(line));
    }
    std::sort(view_.exits.begin(), view_.exits.end(),
              [](const api::ExitLine& a, const api::ExitLine& b) {
                return std::tie(b.declared.from, b.exit) < std::tie(a.declared.from, a.exit);
              });
    return Done{};
  }

  Status add_relays() {
    for (const RelayState& relay : seen_.relays) {
      FILROUGE_TRY(view, relay_view(names_, reader_, view_.person, seen_, whole_, relay, today_));
      view_.relays.push_back(std::move(view));
    }
    const auto rank = [](const api::RelayView& view) {
      const std::int64_t since = view.standing.since ? view.standing.since->instant.ms : 0;
      return std::tuple(!is_open(view.standing), -since, view.relay.relay);
    };
    std::sort(view_.relays.begin(), view_.relays.end(),
              [&](const api::RelayView& a, const api::RelayView& b) { return rank(a) < rank(b); });
    return Done{};
  }

  App& app_;
  const Actor& reader_;
  const PersonState& seen_;
  const PersonState& whole_;
  CivilDate today_;
  Names names_;
  api::PathwayView view_;
};

}  // namespace

Result<api::PathwayView> person_pathway(App& app, const Caller& caller,
                                        const api::PersonQuery& query) {
  FILROUGE_TRY(person, open_person(app, caller, query.person, "pathway.read"));
  FILROUGE_TRY(view, PathwayWriter(app, *caller.actor, person).run());
  FILROUGE_CHECK(note_opened(app, caller, *person.known, "pathway.read", "pathway"));
  return view;
}

}  // namespace filrouge
