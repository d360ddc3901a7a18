#include "core/pathway/stage.h"

#include <algorithm>

#include "core/base/limits.h"
#include "core/pathway/referent.h"
#include "core/relay/relay.h"

namespace filrouge {

namespace {

struct Sign {
  Stage stage = Stage::spotted;
  LocalStamp at;
};

bool has_begun(const StepState& step) {
  return step.set.status == StepStatus::running || step.set.status == StepStatus::done;
}

// What shows a stage today, each with the moment it began to.
std::vector<Sign> signs_of(const PersonState& person, CivilDate today) {
  std::vector<Sign> signs;
  const PathwayState& pathway = person.pathway;
  const auto add = [&](Stage stage, const LocalStamp& at) { signs.push_back({stage, at}); };
  if (person.created) add(Stage::spotted, *person.created);
  if (pathway.first_contacts.size() > 1) add(Stage::hooked, pathway.first_contacts[1]);
  for (const DiagnosisHeld& held : pathway.diagnoses)
    if (held.validated) add(Stage::diagnosed, held.by.occurred);
  for (const StepState& step : pathway.steps) {
    if (step.set.status == StepStatus::dropped) continue;
    if (step.set.person_agrees) add(Stage::co_built, step.by.occurred);
    if (has_begun(step)) add(Stage::remobilising, step.by.occurred);
  }
  for (const RelayState& relay : person.relays) {
    const RelayStanding now = standing_of(relay);
    if (is_open(now) && now.act != RelayAct::prepared && now.act != RelayAct::taken_over &&
        now.proposed)
      add(Stage::in_relay, *now.proposed);
  }
  for (const ExitState& exit : pathway.exits) {
    const auto end = end_of(exit);
    if (is_situation(exit.declared.type) && exit.declared.from <= today && (!end || *end > today))
      add(Stage::in_solution, exit.by.occurred);
  }
  if (is_stable(person, today)) {
    LocalStamp last;
    for (const ExitState& exit : pathway.exits) last = std::max(last, exit.by.occurred);
    add(Stage::stabilised, last);
  }
  return signs;
}

void set_side(const PersonState& person, CivilDate today, StageStanding& now) {
  const auto& side = person.pathway.side;
  if (!side) return;
  const CivilDate on = side->by.occurred.date;
  if (side->side == SideState::paused && (!side->until || *side->until < today)) return;
  const bool met_since = person.last_contact && *person.last_contact > on;
  if (side->side == SideState::lost_contact && met_since) return;
  now.side = side->side;
  now.until = side->until;
}

}  // namespace

StageStanding stage_of(const PersonState& person, CivilDate today) {
  StageStanding now;
  set_side(person, today, now);
  const StageMark* mark = person.pathway.marks.empty() ? nullptr : &person.pathway.marks.back();
  if (mark != nullptr) {
    now.stage = mark->said.stage;
    now.since = mark->by.occurred.date;
    now.provisional = now.stage == Stage::trusted && mark->said.said_by == SaidBy::professional;
  }
  std::vector<Sign> signs = signs_of(person, today);
  std::sort(signs.begin(), signs.end(), [](const Sign& a, const Sign& b) { return a.at < b.at; });
  for (const Sign& sign : signs) {
    if (mark != nullptr && sign.at <= mark->by.occurred) continue;
    if (now.since && sign.stage <= now.stage) continue;
    now.stage = sign.stage;
    now.since = sign.at.date;
    now.provisional = false;
  }
  return now;
}

std::size_t attempts_since_contact(const PersonState& person) {
  return static_cast<std::size_t>(std::count_if(
      person.pathway.attempts.begin(), person.pathway.attempts.end(), [&](const Written& one) {
        return !person.last_contact || one.occurred.field_day() > *person.last_contact;
      }));
}

bool may_declare_lost(const PersonState& person, CivilDate today) {
  if (!person.last_contact && !person.created) return false;
  const CivilDate last =
      person.last_contact.value_or(person.created ? person.created->field_day() : today);
  return today.days - last.days >= limits::lost_days &&
         attempts_since_contact(person) >= limits::lost_attempts;
}

bool is_durable(ExitType type) {
  switch (type) {
    case ExitType::cdi:
    case ExitType::cdd_6_months:
    case ExitType::interim_6_months:
    case ExitType::apprenticeship:
    case ExitType::own_business:
    case ExitType::public_service:
    case ExitType::qualifying_training:
      return true;
    default:
      return false;
  }
}

bool is_situation(ExitType type) {
  return type <= ExitType::second_chance || type == ExitType::cej || type == ExitType::pacea ||
         type == ExitType::right_opened;
}

std::optional<CivilDate> end_of(const ExitState& exit) {
  for (const CheckIn& check : exit.checks)
    if (check.situation == Situation::ended) return check.on;
  return std::nullopt;
}

std::optional<CivilDate> next_check(const ExitState& exit) {
  if (!is_situation(exit.declared.type) || end_of(exit)) return std::nullopt;
  std::size_t due = 0;
  for (const std::int32_t days : {30, 91, limits::stable_days}) {
    const CivilDate day = exit.declared.from.plus_days(days);
    if (exit.checks.size() <= due) return day;
    ++due;
  }
  return std::nullopt;
}

bool is_stable(const PersonState& person, CivilDate today) {
  struct Spell {
    CivilDate from;
    CivilDate seen;  // last day it is known to have held
    bool ended = false;
  };
  std::vector<Spell> spells;
  for (const ExitState& exit : person.pathway.exits) {
    if (!is_durable(exit.declared.type) || exit.declared.from > today) continue;
    Spell spell{exit.declared.from, exit.declared.from, false};
    for (const CheckIn& check : exit.checks) {
      if (check.on > today || spell.ended) continue;
      if (check.situation == Situation::unknown) continue;
      spell.seen = std::max(spell.seen, check.on);
      spell.ended = check.situation == Situation::ended;
    }
    spells.push_back(spell);
  }
  std::sort(spells.begin(), spells.end(),
            [](const Spell& a, const Spell& b) { return a.from < b.from; });
  std::optional<Spell> run;
  bool stable = false;
  for (const Spell& spell : spells) {
    const bool joins = run && spell.from.days - run->seen.days <= limits::stable_gap_days;
    if (joins) {
      run->ended = run->seen <= spell.seen ? spell.ended : run->ended;
      run->seen = std::max(run->seen, spell.seen);
    } else {
      run = spell;
    }
    stable = !run->ended && run->seen.days - run->from.days >= limits::stable_days;
  }
  return stable;
}

std::vector<RuptureFound> ruptures_of(const PersonState& person, CivilDate today) {
  std::vector<RuptureFound> found;
  const ReferentClaim* claim = current_claim(person);
  const StageStanding now = stage_of(person, today);
  if (claim != nullptr && now.side == SideState::none) {
    const CivilDate last =
        std::max(person.last_contact.value_or(claim->by.occurred.date), claim->by.occurred.date);
    const CivilDate since = last.plus_days(limits::rupture_days + 1);
    if (since <= today && now.stage != Stage::stabilised)
      found.push_back({RuptureKind::no_contact, since});
  }
  if (claim != nullptr && claim->interim && interim_until(*claim) < today)
    found.push_back({RuptureKind::interim_over, interim_until(*claim).plus_days(1)});
  for (const RelayState& relay : person.relays) {
    const RelayStanding standing = standing_of(relay);
    if (!is_open(standing)) continue;
    const auto due = due_day(standing);
    if (due && *due < today) found.push_back({RuptureKind::relay_unanswered, due->plus_days(1)});
    const bool disputed = standing.meeting_by_sender && standing.meeting_by_receiver &&
                          standing.meeting_by_sender != standing.meeting_by_receiver;
    if (disputed && standing.since)
      found.push_back({RuptureKind::meeting_disputed, standing.since->date});
  }
  return found;
}

}  // namespace filrouge
