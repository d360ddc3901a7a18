#include "core/pathway/pathway.h"

#include <algorithm>
#include <array>
#include <tuple>

#include "core/base/limits.h"
#include "core/journal/body.h"
#include "core/pathway/referent.h"
#include "core/pathway/stage.h"

namespace filrouge {

namespace {

constexpr std::size_t kNewest = 10;  // attempts, diagnoses

Written written(const Draft& draft) { return {draft.id, draft.hlc, draft.occurred, draft.author}; }

bool is_before(const Written& a, const Written& b) {
  return std::tie(a.hlc, a.entry) < std::tie(b.hlc, b.entry);
}

Error refused(std::string_view field, std::string_view rule, std::string_view detail) {
  return {Code::refused, field, rule, detail};
}

// Inserted where it belongs by the clock, once; the oldest go when there are too many.
template <class Row, class By>
void add_sorted(std::vector<Row>& rows, Row row, By by, std::size_t most) {
  const auto at = std::lower_bound(rows.begin(), rows.end(), row, [&](const Row& a, const Row& b) {
    return is_before(by(a), by(b));
  });
  if (at != rows.end() && by(*at).entry == by(row).entry) return;
  rows.insert(at, std::move(row));
  if (rows.size() > most) rows.erase(rows.begin());
}

// The row of this id, made where there is none.
template <class Row, class IdOf>
std::pair<Row*, bool> row_of(std::vector<Row>& rows, const EntryId& id, IdOf id_of) {
  auto at = std::lower_bound(rows.begin(), rows.end(), id,
                             [&](const Row& row, const EntryId& one) { return id_of(row) < one; });
  if (at != rows.end() && id_of(*at) == id) return {&*at, false};
  return {&*rows.insert(at, Row{}), true};
}

// ---- folds, one a kind

void fold_signal(PersonState& person, const Draft& draft) {
  auto& signal = person.pathway.signal;
  if (draft.kind == "signal_closed") {
    SignalEnded body;
    if (!reads_into(draft, body)) return;
    if (!signal) signal = SignalState{};
    signal->ended = body;
    return;
  }
  SignalReceived body;
  if (!reads_into(draft, body)) return;
  if (!signal) signal = SignalState{};
  if (!signal->by.entry.is_nil() && is_before(signal->by, written(draft)))
    return;  // the first told
  signal->by = written(draft);
  signal->said = std::move(body);
}

void fold_opened(PersonState& person, const Draft& draft) {
  PathwayOpened body;
  if (reads_into(draft, body))
    add_claim(person.pathway, ReferentClaim{written(draft), std::nullopt, body.organisation,
                                            body.team, body.referent, false, std::nullopt});
}

void fold_named(PersonState& person, const Draft& draft) {
  ReferentNamed body;
  if (reads_into(draft, body))
    add_claim(person.pathway, ReferentClaim{written(draft), body.after, body.organisation,
                                            body.team, body.referent, body.interim, std::nullopt});
}

void fold_marked(PersonState& person, const Draft& draft) {
  StageMark mark{written(draft), {}};
  if (reads_into(draft, mark.said))
    add_sorted(person.pathway.marks, std::move(mark), [](const StageMark& m) { return m.by; }, 40);
}

void set_side(PersonState& person, const Draft& draft, SideMark mark) {
  mark.by = written(draft);
  auto& side = person.pathway.side;
  if (!side || is_before(side->by, mark.by)) side = std::move(mark);
}

void fold_side(PersonState& person, const Draft& draft) {
  SideMark mark;
  if (draft.kind == "pause_agreed") {
    PauseAgreed body;
    if (!reads_into(draft, body)) return;
    mark.side = body.until ? SideState::paused : SideState::none;
    mark.until = body.until;
  } else if (draft.kind == "contact_lost") {
    mark.side = SideState::lost_contact;
  } else if (draft.kind == "following_ended") {
    FollowingEnded body;
    if (!reads_into(draft, body)) return;
    mark.side = body.because == EndedBecause::refused ? SideState::refused : SideState::closed;
    mark.because = body.because;
    add_sorted(person.pathway.endings, written(draft), [](const Written& w) { return w; }, 40);
  }
  set_side(person, draft, std::move(mark));
}

void fold_diagnosis(PersonState& person, const Draft& draft) {
  Diagnosis body;
  if (!reads_into(draft, body)) return;
  DiagnosisHeld held{
      written(draft), body.first, {}, body.validated, static_cast<std::int32_t>(body.lines.size())};
  for (const std::string& goal : body.goals) held.goals.push_back(cleaned(goal));
  add_sorted(
      person.pathway.diagnoses, std::move(held), [](const DiagnosisHeld& d) { return d.by; },
      kNewest);
}

void add_word(PersonState& person, Barrier barrier, BarrierWord word) {
  auto& all = person.pathway.barriers;
  auto at = std::lower_bound(
      all.begin(), all.end(), barrier,
      [](const BarrierState& one, Barrier wanted) { return one.barrier < wanted; });
  if (at == all.end() || at->barrier != barrier) at = all.insert(at, BarrierState{barrier, {}});
  // One sitting may say two things of a barrier: hers and the professional's.
  const auto place = [](const BarrierWord& w) {
    return std::tuple(w.by.hlc, w.by.entry, w.said ? static_cast<int>(w.said->said_by) : 2);
  };
  const auto where = std::lower_bound(
      at->history.begin(), at->history.end(), word,
      [&](const BarrierWord& a, const BarrierWord& b) { return place(a) < place(b); });
  if (where != at->history.end() && place(*where) == place(word)) return;
  at->history.insert(where, std::move(word));
  if (at->history.size() > kBarrierHistoryMax) at->history.erase(at->history.begin());
}

void fold_barriers(PersonState& person, const Draft& draft) {
  if (draft.kind == "diagnosis") {
    Diagnosis body;
    if (!reads_into(draft, body)) return;
    for (const BarrierSaid& said : body.lines)
      add_word(person, said.barrier, BarrierWord{written(draft), said, std::nullopt});
    return;
  }
  BarrierChanged body;
  if (reads_into(draft, body))
    add_word(person, body.barrier, BarrierWord{written(draft), std::nullopt, body});
}

void fold_step(PersonState& person, const Draft& draft) {
  StepSet body;
  if (!reads_into(draft, body)) return;
  const auto [step, made] =
      row_of(person.pathway.steps, body.step, [](const StepState& s) { return s.set.step; });
  const Written by = written(draft);
  if (made || is_before(by, step->first)) step->first = by;
  if (!made && !is_before(step->by, by)) return;
  step->by = by;
  body.what = cleaned(body.what);
  if (body.result) body.result = cleaned(*body.result);
  step->set = std::move(body);
}

void fold_appointment(PersonState& person, const Draft& draft) {
  AppointmentSet body;
  if (!reads_into(draft, body)) return;
  const auto [row, made] = row_of(person.pathway.appointments, body.appointment,
                                  [](const AppointmentState& a) { return a.set.appointment; });
  const Written by = written(draft);
  if (!made && !is_before(row->by, by)) return;
  row->by = by;
  row->set = std::move(body);
}

ExitState& exit_of(PathwayState& pathway, const EntryId& id) {
  const auto [row, made] =
      row_of(pathway.exits, id, [](const ExitState& exit) { return exit.by.entry; });
  if (made) row->by.entry = id;
  return *row;
}

void fold_exit(PersonState& person, const Draft& draft) {
  ExitDeclared body;
  if (!reads_into(draft, body)) return;
  ExitState& row = exit_of(person.pathway, draft.id);
  row.by = written(draft);
  row.declared = std::move(body);
}

void fold_check_in(PersonState& person, const Draft& draft) {
  CheckIn body;
  if (!reads_into(draft, body)) return;
  ExitState& row = exit_of(person.pathway, body.exit);
  const auto place = std::pair(body.on, draft.id);
  std::size_t at = 0;
  while (at < row.checks.size() && std::pair(row.checks[at].on, row.check_entries[at]) < place)
    ++at;
  if (at < row.checks.size() && row.check_entries[at] == draft.id) return;
  row.checks.insert(row.checks.begin() + static_cast<std::ptrdiff_t>(at), std::move(body));
  row.check_entries.insert(row.check_entries.begin() + static_cast<std::ptrdiff_t>(at), draft.id);
}

// ---- decisions

Status decide_signal(const Draft&, const PersonState& person) {
  if (person.created_entry)
    return refused("", "already_met", "she was met; this is her own record");
  return Done{};
}

Status decide_ended(const Draft& draft, const PersonState& person) {
  const ReferentClaim* claim = current_claim(person);
  if (claim != nullptr && std::tie(draft.hlc, draft.id) <= std::tie(claim->by.hlc, claim->by.entry))
    return refused("", "stale", "a referent was named later");
  return Done{};
}

Status decide_lost(const Draft& draft, const PersonState& person) {
  if (may_declare_lost(person, draft.occurred.date)) return Done{};
  return refused("", "lost_rule", "after 45 days without a contact and three attempts");
}

Status decide_step(const Draft& draft, const PersonState& person) {
  StepSet body;
  FILROUGE_CHECK(read_into(draft, body));
  for (const StepState& step : person.pathway.steps)
    if (step.set.step == body.step)
      return step.set.organisation == body.organisation
                 ? Status(Done{})
                 : refused("body.step", "not_owner", "each organisation changes its own steps");
  if (person.pathway.steps.size() >= kStepsMax)
    return refused("body.step", "too_many", "this plan has too many steps");
  return Done{};
}

Status decide_appointment(const Draft& draft, const PersonState& person) {
  AppointmentSet body;
  FILROUGE_CHECK(read_into(draft, body));
  for (const AppointmentState& one : person.pathway.appointments)
    if (one.set.appointment == body.appointment)
      return one.set.organisation == body.organisation
                 ? Status(Done{})
                 : refused("body.appointment", "not_owner", "another organisation's appointment");
  if (person.pathway.appointments.size() >= kAppointmentsMax)
    return refused("body.appointment", "too_many", "too many appointments");
  return Done{};
}

Status decide_exit(const Draft& draft, const PersonState& person) {
  ExitDeclared body;
  FILROUGE_CHECK(read_into(draft, body));
  if (!person.created) return refused("", "not_met", "she is met first");
  const CivilDate met =
      std::min(person.created->date, person.first_contact.value_or(person.created->date));
  if (body.from < met) return refused("body.from", "before_entry", "before the day she was met");
  return Done{};
}

Status decide_check_in(const Draft& draft, const PersonState& person) {
  CheckIn body;
  FILROUGE_CHECK(read_into(draft, body));
  for (const ExitState& exit : person.pathway.exits) {
    if (exit.by.entry != body.exit) continue;
    if (body.on < exit.declared.from) return refused("body.on", "before_start", "before it began");
    return Done{};
  }
  return refused("body.exit", "unknown_exit", "no such situation");
}

struct Row {
  std::string_view kind;
  Status (*decide)(const Draft&, const PersonState&);
  void (*fold)(PersonState&, const Draft&);
};

Status always(const Draft&, const PersonState&) { return Done{}; }

constexpr std::array kRows{
    Row{"signal_received", decide_signal, fold_signal},
    Row{"signal_closed", decide_signal, fold_signal},
    Row{"pathway_opened", decide_opened, fold_opened},
    Row{"referent_named", decide_named, fold_named},
    Row{"stage_marked", always, fold_marked},
    Row{"pause_agreed", always, fold_side},
    Row{"contact_lost", decide_lost, fold_side},
    Row{"following_ended", decide_ended, fold_side},
    Row{"following_resumed", always, fold_side},
    Row{"diagnosis", always,
        [](PersonState& person, const Draft& draft) {
          fold_diagnosis(person, draft);
          fold_barriers(person, draft);
        }},
    Row{"barrier_changed", always, fold_barriers},
    Row{"step_set", decide_step, fold_step},
    Row{"appointment_set", decide_appointment, fold_appointment},
    Row{"exit", decide_exit, fold_exit},
    Row{"check_in", decide_check_in, fold_check_in},
    Row{"attempt_made", always,
        [](PersonState& person, const Draft& draft) {
          add_sorted(
              person.pathway.attempts, written(draft), [](const Written& w) { return w; }, kNewest);
        }},
    Row{"delivery", always,
        [](PersonState& person, const Draft&) { ++person.pathway.delivery_count; }},
};

const Row* row_for(std::string_view kind) {
  for (const Row& row : kRows)
    if (row.kind == kind) return &row;
  return nullptr;
}

}  // namespace

bool is_pathway_kind(std::string_view kind) { return row_for(kind) != nullptr; }

Status decide_pathway(const Draft& draft, const PersonState& person) {
  return row_for(draft.kind)->decide(draft, person);
}

void fold_pathway(PersonState& person, const Draft& draft) {
  row_for(draft.kind)->fold(person, draft);
}

void fold_contact_day(PathwayState& pathway, const LocalStamp& occurred) {
  auto& days = pathway.first_contacts;
  const auto same = [&](const LocalStamp& one) { return one.field_day() == occurred.field_day(); };
  const auto at = std::find_if(days.begin(), days.end(), same);
  if (at != days.end()) {
    *at = std::min(*at, occurred);
  } else {
    days.push_back(occurred);
  }
  std::sort(days.begin(), days.end());
  if (days.size() > 2) days.pop_back();
}

bool is_binding(const PersonState& person, const EntryId& entry) {
  const auto by_claim = [&](const ReferentClaim& one) { return one.by.entry == entry; };
  const auto by_entry = [&](const auto& one) { return one.entry == entry; };
  const auto& claims = person.pathway.claims;
  if (std::any_of(claims.begin(), claims.end(), by_claim)) return true;
  const auto& endings = person.pathway.endings;
  if (std::any_of(endings.begin(), endings.end(), by_entry)) return true;
  for (const RelayState& relay : person.relays)
    if (std::any_of(relay.acts.begin(), relay.acts.end(), by_entry)) return true;
  const Sharing& sharing = person.sharing;
  return std::any_of(sharing.grants.begin(), sharing.grants.end(), by_entry) ||
         std::any_of(sharing.withdrawals.begin(), sharing.withdrawals.end(), by_entry);
}

}  // namespace filrouge
