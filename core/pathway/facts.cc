#include "core/pathway/facts.h"

#include <algorithm>

#include "core/journal/body.h"
#include "core/journal/entry_set.h"
#include "core/measure/survey.h"
#include "core/relay/relay.h"

namespace filrouge {

namespace {

constexpr std::string_view kRestricted = "restricted";

std::string word(const auto& value) { return std::string(json::enum_text(value)); }

std::string barrier_word(Barrier barrier) {
  return is_restricted(barrier) ? std::string(kRestricted) : word(barrier);
}

std::string prescriber_word(Prescriber prescriber) {
  const bool tells = prescriber == Prescriber::justice || prescriber == Prescriber::health;
  return tells ? std::string(kRestricted) : word(prescriber);
}

class Rows {
 public:
  Rows(const PersonState& person, const Surroundings& around, FactChange& change)
      : person_(person), around_(around), change_(change) {}

  void of_entry(const Draft& draft) {
    if (draft.kind == "signal_received") signal(draft);
    if (draft.kind == "pathway_opened") enrolment(draft);
    if (draft.kind == "pause_agreed") pause(draft);
    if (draft.kind == "contact_lost") side(draft, "lost_contact");
    if (draft.kind == "following_ended") ending(draft);
    if (draft.kind == "following_resumed") side(draft, "resumed");
    if (draft.kind == "delivery") delivery(draft);
    if (draft.kind == "barrier_changed") barrier(draft);
    if (draft.kind == "trust_answered") trust(draft);
    if (draft.kind == "survey_answered") survey(draft);
  }

  // Rows that several entries make together.
  void of_state(const Draft& draft) {
    if (draft.kind == "exit" || draft.kind == "check_in")
      for (const ExitState& one : person_.pathway.exits) exit(one);
    if (draft.kind == "relay")
      for (const RelayState& one : person_.relays) relay(one);
    if (draft.kind == "appointment_set")
      for (const AppointmentState& one : person_.pathway.appointments) appointment(one);
    if (draft.kind == "step_set")
      for (const StepState& one : person_.pathway.steps) step(one);
  }

 private:
  Fact row(FactKind kind, EntryId key, CivilDate day) const {
    Fact fact;
    fact.entry = key;
    fact.kind = kind;
    fact.day = day;
    fact.organisation = around_.organisation;
    fact.team = person_.team.value_or(SubjectId{});
    fact.project = person_.project;
    fact.person = around_.person;
    return fact;
  }
  Fact row(FactKind kind, const Draft& draft) const {
    return row(kind, draft.id, draft.occurred.field_day());
  }
  void put(Fact fact) { change_.put.push_back(std::move(fact)); }

  void signal(const Draft& draft) {
    SignalReceived body;
    if (!reads_into(draft, body)) return;
    Fact fact = row(FactKind::signal, draft);
    fact.team = body.team;
    if (body.project) fact.project = body.project;
    fact.detail = prescriber_word(body.prescriber);
    put(std::move(fact));
  }

  void enrolment(const Draft& draft) {
    PathwayOpened body;
    if (!reads_into(draft, body)) return;
    Fact fact = row(FactKind::enrolment, draft);
    fact.organisation = body.organisation;
    fact.team = body.team;
    if (body.project) fact.project = body.project;
    put(std::move(fact));
  }

  void side(const Draft& draft, std::string detail, std::int64_t days = 1) {
    Fact fact = row(FactKind::side, draft);
    fact.detail = std::move(detail);
    fact.number = days;
    put(std::move(fact));
  }

  void pause(const Draft& draft) {
    PauseAgreed body;
    if (!reads_into(draft, body)) return;
    if (!body.until) return side(draft, "back", 0);
    side(draft, "paused",
         std::max<std::int64_t>(0, body.until->days - draft.occurred.field_day().days));
  }

  void ending(const Draft& draft) {
    FollowingEnded body;
    if (reads_into(draft, body)) side(draft, "ended/" + word(body.because));
  }

  void delivery(const Draft& draft) {
    Delivery body;
    if (!reads_into(draft, body)) return;
    Fact fact = row(FactKind::delivery, draft);
    fact.organisation = body.organisation;
    fact.team = body.team;
    fact.detail = body.barrier ? barrier_word(*body.barrier) : "none";
    fact.minutes = body.minutes.value_or(0);
    put(std::move(fact));
  }

  void barrier(const Draft& draft) {
    BarrierChanged body;
    if (!reads_into(draft, body)) return;
    Fact fact = row(FactKind::barrier, draft);
    fact.organisation = body.organisation;
    fact.detail = barrier_word(body.barrier) + "/" + word(body.status);
    fact.counts = body.status == BarrierStatus::lifted;
    put(std::move(fact));
  }

  void trust(const Draft& draft) {
    TrustAnswered body;
    if (!reads_into(draft, body) || find_survey(body.instrument) == nullptr) return;
    Fact fact = row(FactKind::trust, draft);
    fact.detail = body.instrument;
    const TrustScore score =
        body.refused ? TrustScore{} : trust_score(body.instrument, body.answers);
    fact.number = score.mean_tenths;
    fact.replies = score.items;
    fact.counts = score.items >= kTrustItemsMin;
    fact.refusals = body.refused ? 1 : 0;
    put(std::move(fact));
  }

  void survey(const Draft& draft) {
    SurveyAnswered body;
    if (!reads_into(draft, body)) return;
    Fact fact = row(FactKind::survey, draft);
    if (body.project) fact.project = body.project;
    fact.detail = survey_detail(body);
    fact.number = static_cast<std::int64_t>(body.answers.size());
    fact.counts = !body.refused && !body.answers.empty();
    fact.refusals = body.refused ? 1 : 0;
    put(std::move(fact));
  }

  void exit(const ExitState& one) {
    if (one.by.author.is_nil()) return;  // a check came first, or the exit was taken back
    Fact fact = row(FactKind::exit, one.by.entry, one.declared.from);
    fact.organisation = one.declared.organisation;
    fact.team = one.declared.team;
    if (one.declared.project) fact.project = one.declared.project;
    const bool hidden = one.declared.type == ExitType::prison;
    std::string code = hidden ? "other" : word(one.declared.type);
    std::string outcome = "unchecked";
    fact.number = 0;
    for (const CheckIn& check : one.checks) {
      outcome = word(check.situation);
      // The day of an ending is the last day that is certain, as is that of a check that holds.
      if (check.situation != Situation::unknown)
        fact.number = std::max<std::int64_t>(fact.number, check.on.days - one.declared.from.days);
      if (check.situation == Situation::ended) break;
    }
    fact.detail = std::move(code) + "/" + outcome;
    put(std::move(fact));
  }

  void relay(const RelayState& one) {
    const RelayStanding now = standing_of(one);
    if (now.head.is_nil() || !now.proposed) return;
    // The act it begins with: the way back from the figure to an entry.
    Fact fact = row(FactKind::relay, beginning_of(one)->entry, now.proposed->field_day());
    fact.organisation = now.from;
    fact.detail = word(now.act);
    fact.counts = now.taken_over.has_value();
    fact.outside = !now.to.has_value();
    fact.number =
        now.taken_over ? now.taken_over->field_day().days - now.proposed->field_day().days : 0;
    put(std::move(fact));
  }

  void appointment(const AppointmentState& one) {
    Fact fact = row(FactKind::appointment, one.set.appointment, one.set.on);
    fact.organisation = one.set.organisation;
    fact.detail = word(one.set.status);
    fact.counts = one.set.status == AppointmentStatus::kept;
    put(std::move(fact));
  }

  void step(const StepState& one) {
    Fact fact = row(FactKind::step, one.set.step, one.first.occurred.field_day());
    fact.organisation = one.set.organisation;
    fact.detail = word(one.set.status);
    fact.counts = one.set.person_agrees;
    put(std::move(fact));
  }

  const PersonState& person_;
  const Surroundings& around_;
  FactChange& change_;
};

}  // namespace

void add_pathway_facts(const Draft& draft, const PersonState& after, const Surroundings& around,
                       FactChange& change) {
  if (after.erased || !around.person) return;
  Rows rows(after, around, change);
  if (!has_entry(after.undone, draft.id)) rows.of_entry(draft);
  rows.of_state(draft);
}

std::optional<EntryId> row_key_in(const Draft& draft) {
  if (StepSet body; draft.kind == "step_set" && reads_into(draft, body)) return body.step;
  if (AppointmentSet body; draft.kind == "appointment_set" && reads_into(draft, body))
    return body.appointment;
  return std::nullopt;
}

std::string_view code_of(const Fact& fact) {
  if (!fact.detail) return {};
  const std::string_view text = *fact.detail;
  return text.substr(0, text.find('/'));
}

std::string_view outcome_of(const Fact& fact) {
  if (!fact.detail) return {};
  const std::string_view text = *fact.detail;
  const auto at = text.find('/');
  return at == std::string_view::npos ? std::string_view() : text.substr(at + 1);
}

}  // namespace filrouge
