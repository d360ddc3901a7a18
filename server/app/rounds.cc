#include "server/app/rounds.h"

#include <algorithm>

#include "server/app/paging.h"
#include "server/app/states.h"
#include "server/app/use_cases.h"

namespace filrouge {

bool is_open(const RoundState& round) { return round.started && !round.ended; }

Result<Target> team_target(App& app, SubjectId team) {
  FILROUGE_TRY(state, find_state<TeamState>(app, team));
  Target target;
  target.teams = {team};
  if (state != nullptr) target.organisation = state->set.organisation;
  return target;
}

Result<std::vector<api::OpenRound>> rounds_of(App& app, SubjectId team) {
  FILROUGE_TRY(all, all_known(app, {.collection = Collection::round, .teams = {team}}));
  std::vector<api::OpenRound> rounds;
  for (const KnownPtr& known : all)
    if (const auto round = state_in<RoundState>(known); round != nullptr)
      rounds.push_back({known->row.subject, *round});
  std::sort(rounds.begin(), rounds.end(), [](const api::OpenRound& a, const api::OpenRound& b) {
    const Instant start_a = a.state.started ? a.state.started->instant : Instant{INT64_MAX};
    const Instant start_b = b.state.started ? b.state.started->instant : Instant{INT64_MAX};
    return std::tie(start_b, b.id) < std::tie(start_a, a.id);
  });
  return rounds;
}

Result<api::RoundList> list_rounds(App& app, const Caller& caller, const api::RoundsQuery& query) {
  FILROUGE_TRY(target, team_target(app, query.team));
  FILROUGE_CHECK(require(app, caller, "today.read", target));
  FILROUGE_TRY(rounds, rounds_of(app, query.team));
  api::RoundList list;
  list.total = static_cast<std::int64_t>(rounds.size());
  list.rows = page_of(std::move(rounds), query.page);
  return list;
}

}  // namespace filrouge
