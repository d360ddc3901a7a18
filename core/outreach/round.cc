#include "core/outreach/round.h"

#include <algorithm>
#include <tuple>

#include "core/journal/body.h"
#include "core/journal/entry_set.h"

namespace filrouge {

namespace {

// Is (occurred, id) of the draft earlier than what stands, or is nothing standing yet?
bool is_earlier(const Draft& draft, const std::optional<LocalStamp>& stamp,
                const std::optional<EntryId>& entry) {
  if (!stamp || !entry) return true;
  return std::tie(draft.occurred, draft.id) < std::tie(*stamp, *entry);
}

void walk_again(RoundState& state) {
  state.stops = state.planned;
  for (const WalkedStop& move : state.moves)
    if (std::find(state.stops.begin(), state.stops.end(), move.place) == state.stops.end())
      state.stops.push_back(move.place);
  state.moved.reset();
  state.at.reset();
  if (!state.stops.empty()) state.at = state.stops.front();
  if (state.moves.empty()) return;
  state.at = state.moves.back().place;
  state.moved = state.moves.back().occurred;
}

void fold_start(RoundState& state, const Draft& draft) {
  RoundStarted body;
  if (!reads_into(draft, body) || !is_earlier(draft, state.started, state.started_entry)) return;
  state.started = draft.occurred;
  state.started_entry = draft.id;
  state.round_kind = std::move(body.round_kind);
  state.team = body.team;
  state.project = body.project;
  state.members = std::move(body.members);
  state.volunteers = body.volunteers;
  state.planned = std::move(body.stops);
  walk_again(state);
}

void fold_move(RoundState& state, const Draft& draft) {
  RoundMoved body;
  if (!reads_into(draft, body)) return;
  WalkedStop move{draft.id, draft.occurred, body.place};
  const auto before = [](const WalkedStop& a, const WalkedStop& b) {
    return std::tie(a.occurred, a.entry) < std::tie(b.occurred, b.entry);
  };
  const auto at = std::lower_bound(state.moves.begin(), state.moves.end(), move, before);
  if (at != state.moves.end() && at->entry == move.entry) return;
  state.moves.insert(at, std::move(move));
  walk_again(state);
}

void fold_end(RoundState& state, const Draft& draft) {
  RoundEnded body;
  if (!reads_into(draft, body) || !is_earlier(draft, state.ended, state.ended_entry)) return;
  state.ended = draft.occurred;
  state.ended_entry = draft.id;
  state.refusals = body.refusals;
  state.ambience = body.ambience;
  state.kilometres = body.kilometres;
  state.observation.reset();
  if (body.observation) state.observation = cleaned(*body.observation);
}

}  // namespace

Status decide_round(const Draft& draft, const RoundState& before) {
  if (draft.kind == "round_started" && before.started_entry && *before.started_entry != draft.id)
    return Error{Code::refused, "", "already_started", "this round was started before"};
  return Done{};
}

void fold_round(RoundState& state, const Draft& draft) {
  if (draft.kind == "undone") {
    if (Undone body; reads_into(draft, body)) add_entry(state.undone, body.entry);
    return;
  }
  if (has_entry(state.undone, draft.id)) return;
  if (draft.kind == "round_started") fold_start(state, draft);
  if (draft.kind == "round_moved") fold_move(state, draft);
  if (draft.kind == "round_ended") fold_end(state, draft);
  if (draft.kind == "encounter")
    if (Encounter body; reads_into(draft, body)) state.encounter_count += body.count;
  if (draft.kind == "encounters_expired")
    if (EncountersExpired body; reads_into(draft, body)) state.encounter_count += body.count;
}

}  // namespace filrouge
