// The thread of one person from organisation to organisation, newest first: what the reader may see
// of her, and on whose line each knot stands. Made from the state alone: its length is bounded.
#include <algorithm>
#include <set>

#include "core/base/json.h"
#include "core/pathway/referent.h"
#include "core/relay/relay.h"
#include "server/app/person_view.h"
#include "server/app/rows.h"
#include "server/app/stamps.h"
#include "server/app/use_cases.h"

namespace filrouge {

namespace {

using api::Knot;
using api::KnotKind;

class ThreadWriter {
 public:
  ThreadWriter(App& app, const OpenedPerson& person)
      : app_(app),
        seen_(person.seen),
        today_(utc_day(app.clock.now())),
        names_(app),
        belonging_(app) {}

  Result<api::Thread> run() {
    FILROUGE_CHECK(add_meetings_with_her());
    FILROUGE_CHECK(add_identity());
    FILROUGE_CHECK(add_agreements());
    FILROUGE_CHECK(add_claims());
    FILROUGE_CHECK(add_diagnoses());
    FILROUGE_CHECK(add_plan());
    FILROUGE_CHECK(add_exits());
    FILROUGE_CHECK(add_relays());
    FILROUGE_CHECK(add_side());
    FILROUGE_CHECK(belonging_.failed());
    std::sort(rows_.begin(), rows_.end(), [](const Row& a, const Row& b) {
      return std::tie(b.knot.on, b.at, b.number) < std::tie(a.knot.on, a.at, a.number);
    });
    return finish();
  }

 private:
  struct Row {
    Knot knot;
    std::int64_t at = 0;  // within the day
    std::size_t number = 0;
  };

  Status add(Knot knot, SubjectId who, std::int64_t at) {
    if (!who.is_nil()) {
      FILROUGE_TRY(name, names_.of(who));
      knot.who = std::move(name);
    }
    knot.to_come = today_ < knot.on;
    rows_.push_back({std::move(knot), at, rows_.size()});
    return Done{};
  }
  static Knot knot_of(KnotKind kind, CivilDate on, SubjectId organisation, std::string_view what) {
    Knot knot;
    knot.kind = kind;
    knot.on = on;
    knot.organisation = organisation;
    knot.what = std::string(what);
    return knot;
  }
  Status add_written(KnotKind kind, const Written& by, std::string_view what,
                     std::optional<std::string> detail = {}) {
    Knot knot = knot_of(kind, by.occurred.date, belonging_.of(by.author), what);
    knot.detail = std::move(detail);
    return add(std::move(knot), by.author, by.occurred.instant.ms);
  }

  Status add_meetings_with_her() {
    const SubjectId home = belonging_.of(seen_.team.value_or(SubjectId{}));
    if (seen_.created)
      FILROUGE_CHECK(add(knot_of(KnotKind::met, seen_.created->date, home, ""), {},
                         seen_.created->instant.ms));
    for (const RecentContact& contact : seen_.recent)
      FILROUGE_CHECK(add(knot_of(KnotKind::contact, contact.occurred.date,
                                 belonging_.of(contact.team), json::enum_text(contact.mode)),
                         contact.author, contact.occurred.instant.ms));
    return Done{};
  }

  // The day she said her name stands in the entry alone.
  Status add_identity() {
    if (seen_.first_name.values.empty()) return Done{};
    FILROUGE_TRY(entries, open_entries(app_, {seen_.first_name.values.front().entry}));
    for (const OpenedEntry& entry : entries)
      FILROUGE_CHECK(add(knot_of(KnotKind::identified, entry.draft.occurred.date,
                                 belonging_.of(entry.draft.author), ""),
                         entry.draft.author, entry.draft.occurred.instant.ms));
    return Done{};
  }

  Status add_agreements() {
    for (const Grant& grant : seen_.sharing.grants) {
      Knot knot = knot_of(KnotKind::agreed, grant.on, belonging_.of(grant.author),
                          json::enum_text(grant.agreed.purpose));
      knot.with = grant.agreed.organisation;
      FILROUGE_CHECK(add(std::move(knot), grant.author, grant.hlc.ms));
    }
    return Done{};
  }

  Status add_claims() {
    for (const ReferentClaim& claim : seen_.pathway.claims) {
      Knot knot = knot_of(KnotKind::referent, claim.by.occurred.date, claim.organisation,
                          claim.interim ? "interim"
                          : claim.after ? "named"
                                        : "opened");
      if (claim.relay) knot.what = "taken_over";
      FILROUGE_CHECK(add(std::move(knot), claim.referent, claim.by.occurred.instant.ms));
    }
    return Done{};
  }

  Status add_diagnoses() {
    for (const DiagnosisHeld& held : seen_.pathway.diagnoses)
      FILROUGE_CHECK(
          add_written(KnotKind::diagnosis, held.by, held.validated ? "validated" : "open"));
    return Done{};
  }

  Status add_plan() {
    for (const StepState& step : seen_.pathway.steps) {
      Knot knot = knot_of(KnotKind::step, step.by.occurred.date, step.set.organisation,
                          json::enum_text(step.set.status));
      knot.detail = step.set.what;
      FILROUGE_CHECK(add(std::move(knot), step.set.account.value_or(step.by.author),
                         step.by.occurred.instant.ms));
    }
    for (const AppointmentState& one : seen_.pathway.appointments) {
      Knot knot = knot_of(KnotKind::appointment, one.set.on, one.set.organisation,
                          json::enum_text(one.set.status));
      knot.minute = one.set.minute;
      knot.detail = one.set.about;
      FILROUGE_CHECK(add(std::move(knot), one.set.account, std::int64_t{one.set.minute} * 60'000));
    }
    return Done{};
  }

  Status add_exits() {
    for (const ExitState& exit : seen_.pathway.exits) {
      if (exit.by.author.is_nil()) continue;  // a check-in came before what it checks
      Knot knot = knot_of(KnotKind::situation, exit.declared.from, exit.declared.organisation,
                          json::enum_text(exit.declared.type));
      knot.detail = exit.declared.place;
      FILROUGE_CHECK(add(std::move(knot), exit.by.author, exit.by.occurred.instant.ms));
      for (const CheckIn& check : exit.checks)
        FILROUGE_CHECK(add(knot_of(KnotKind::check, check.on, exit.declared.organisation,
                                   json::enum_text(check.situation)),
                           {}, 0));
    }
    return Done{};
  }

  Status add_relays() {
    for (const RelayState& relay : seen_.relays) {
      const RelayStanding now = standing_of(relay);
      for (const ActDone& act : relay.acts) {
        const bool meets = act.body.act == RelayAct::meeting_set && act.body.meeting.has_value();
        const SubjectId own = act.body.organisation;
        Knot knot = knot_of(meets ? KnotKind::meeting : KnotKind::relay,
                            meets ? act.body.meeting->on : act.occurred.date, own,
                            json::enum_text(act.body.act));
        if (now.to) knot.with = own == now.from ? *now.to : now.from;
        if (meets) knot.minute = act.body.meeting->minute;
        knot.detail = act.body.need;
        FILROUGE_CHECK(add(std::move(knot), act.author, act.occurred.instant.ms));
      }
    }
    return Done{};
  }

  Status add_side() {
    const auto& side = seen_.pathway.side;
    if (!side || side->side == SideState::none) return Done{};
    const KnotKind kind = side->side == SideState::paused ? KnotKind::pause : KnotKind::ended;
    return add_written(kind, side->by, json::enum_text(side->side));
  }

  // The organisation whose référent held the thread on that day; nil before there was one.
  SubjectId holder_on(CivilDate day) const {
    SubjectId holder;
    for (const ReferentClaim& claim : seen_.pathway.claims)
      if (claim.by.occurred.date <= day) holder = claim.organisation;
    const auto& claims = seen_.pathway.claims;
    const bool closed = !claims.empty() && current_claim(seen_) == nullptr;
    const auto& endings = seen_.pathway.endings;
    if (closed && !endings.empty() && endings.back().occurred.date < day) return {};
    return holder;
  }

  Result<api::Thread> finish() {
    api::Thread thread;
    std::set<SubjectId> listed;
    const auto list = [&](SubjectId id) -> Status {
      if (id.is_nil() || !listed.insert(id).second) return Done{};
      FILROUGE_TRY(name, names_.of(id));
      thread.organisations.push_back({id, std::move(name)});
      return Done{};
    };
    for (auto row = rows_.rbegin(); row != rows_.rend(); ++row) {
      FILROUGE_CHECK(list(row->knot.organisation));
      FILROUGE_CHECK(list(row->knot.with.value_or(SubjectId{})));
    }
    for (Row& row : rows_) {
      thread.holders.push_back(holder_on(row.knot.on));
      thread.knots.push_back(std::move(row.knot));
    }
    return thread;
  }

  App& app_;
  const PersonState& seen_;
  CivilDate today_;
  Names names_;
  Belonging belonging_;
  std::vector<Row> rows_;
};

}  // namespace

Result<api::Thread> person_thread(App& app, const Caller& caller, const api::PersonQuery& query) {
  FILROUGE_TRY(person, open_person(app, caller, query.person, "pathway.read"));
  FILROUGE_TRY(thread, ThreadWriter(app, person).run());
  FILROUGE_CHECK(note_opened(app, caller, *person.known, "pathway.read", "thread"));
  return thread;
}

}  // namespace filrouge
