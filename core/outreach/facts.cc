#include "core/outreach/facts.h"

#include <algorithm>

#include "core/base/limits.h"
#include "core/journal/body.h"
#include "core/outreach/round_kinds.h"

namespace filrouge {

namespace {

Fact row(FactKind kind, const Draft& draft, const SubjectId& team,
         const std::optional<SubjectId>& project, const Surroundings& around) {
  Fact fact;
  fact.entry = draft.id;
  fact.kind = kind;
  fact.day = draft.occurred.field_day();
  fact.organisation = around.organisation;
  fact.team = team;
  fact.project = project;
  fact.commune = around.located.commune;
  fact.district = around.located.district;
  return fact;
}

void put_encounter(const Draft& draft, const Surroundings& around, FactChange& change) {
  Encounter body;
  if (!reads_into(draft, body)) return;
  Fact fact = row(FactKind::encounter, draft, body.team, body.project, around);
  fact.sex = body.sex;
  fact.age_band = body.age_band;
  fact.number = body.count;
  change.put.push_back(std::move(fact));
}

void put_watch(const Draft& draft, const Surroundings& around, FactChange& change) {
  WatchSession body;
  if (!reads_into(draft, body)) return;
  Fact fact = row(FactKind::watch, draft, body.team, body.project, around);
  fact.detail = std::string(json::enum_text(body.network));
  fact.counts = body.minutes >= limits::watch_minutes_counted_min;
  fact.minutes = body.minutes;
  fact.replies = body.replies;
  fact.conversations = body.conversations;
  change.put.push_back(std::move(fact));
}

void put_contact(const Draft& draft, const Surroundings& around, FactChange& change) {
  Contact body;
  if (!reads_into(draft, body)) return;
  Fact fact = row(FactKind::contact, draft, body.team, body.project, around);
  fact.detail = std::string(json::enum_text(body.mode));
  fact.outside = body.mode != ContactMode::site;
  fact.person = around.person;
  change.put.push_back(std::move(fact));
}

void put_visit(const Draft& draft, const Surroundings& around, FactChange& change) {
  Visit body;
  if (!reads_into(draft, body)) return;
  Fact fact = row(FactKind::visit, draft, body.team, body.project, around);
  if (body.reason) fact.detail = std::string(json::enum_text(*body.reason));
  fact.outside = !around.own_site;
  fact.number = body.count;
  if (body.named) fact.person = around.person;
  change.put.push_back(std::move(fact));
}

bool is_whole(const RoundState& round) {
  return round.started && round.started_entry && round.ended;
}

void put_round(const RoundState& round, const Surroundings& around, FactChange& change) {
  if (!is_whole(round)) return;
  Fact fact;
  fact.entry = *round.started_entry;
  fact.kind = FactKind::round;
  fact.day = round.started->field_day();
  fact.organisation = around.organisation;
  if (round.team) fact.team = *round.team;
  fact.project = round.project;
  fact.commune = around.located.commune;
  fact.district = around.located.district;
  fact.detail = round.round_kind;
  const RoundKind* kind = find_round_kind(round.round_kind);
  fact.counts = kind != nullptr && kind->counts_in_i01;
  const std::int64_t ms = round.ended->instant.ms - round.started->instant.ms;
  fact.minutes = std::clamp<std::int64_t>(ms / 60'000, 0, limits::round_minutes_max);
  fact.refusals = round.refusals;
  change.put.push_back(std::move(fact));
}

SubjectId stood_at(const RoundState& round, const LocalStamp& when) {
  SubjectId place;
  if (!round.stops.empty()) place = round.stops.front();
  for (const WalkedStop& move : round.moves)
    if (move.occurred.instant <= when.instant) place = move.place;
  return place;
}

SubjectId body_place(const Draft& draft) {
  const json::Value* place = draft.body.is(json::Kind::object) ? draft.body.find("place") : nullptr;
  if (place == nullptr || !place->is(json::Kind::string)) return {};
  const auto id = SubjectId::parse(place->text());
  return id.ok() ? *id : SubjectId{};
}

}  // namespace

SubjectId outreach_place(const Draft& draft, const State& after) {
  const auto* round = std::get_if<RoundState>(&after);
  if (draft.kind == "encounter" || draft.kind == "contact" || draft.kind == "visit") {
    const SubjectId own = body_place(draft);
    if (!own.is_nil() || draft.kind != "encounter" || round == nullptr) return own;
    return stood_at(*round, draft.occurred);
  }
  return round != nullptr && !round->stops.empty() ? round->stops.front() : SubjectId{};
}

void add_outreach_facts(const Draft& draft, const State& after, const Surroundings& around,
                        FactChange& change) {
  if (draft.kind == "encounter") put_encounter(draft, around, change);
  if (draft.kind == "watch_session") put_watch(draft, around, change);
  if (draft.kind == "contact") put_contact(draft, around, change);
  if (draft.kind == "visit") put_visit(draft, around, change);
  if (!draft.kind.starts_with("round_")) return;
  if (const auto* round = std::get_if<RoundState>(&after)) put_round(*round, around, change);
}

void add_undone_facts(const Draft& draft, const State& after, const Surroundings& around,
                      FactChange& change) {
  Undone body;
  if (!reads_into(draft, body)) return;
  change.remove.push_back(body.entry);
  const auto* round = std::get_if<RoundState>(&after);
  if (round == nullptr || !round->started_entry) return;
  if (is_whole(*round)) {
    put_round(*round, around, change);
  } else {
    change.remove.push_back(*round->started_entry);
  }
}

}  // namespace filrouge
