#include "server/app/app.h"

#include "server/app/comparison_run.h"
#include "server/app/intake.h"
#include "server/app/log_tree.h"
#include "server/app/mine.h"
#include "server/app/sessions.h"
#include "server/app/stamps.h"
#include "server/app/states.h"
#include "server/app/territory.h"
#include "server/app/throttle.h"

#ifndef FILROUGE_VERSION
#define FILROUGE_VERSION "0.0.0"
#endif

namespace filrouge {

namespace {

constexpr std::int64_t hour_ms = 3'600'000;

const PolicyLine* line_of(std::string_view rule) {
  for (const PolicyLine& line : policy())
    if (line.rule == rule) return &line;
  return nullptr;
}

bool has_target(std::string_view rule) {
  const PolicyLine* line = line_of(rule);
  return line != nullptr && line->relation != Relation::none &&
         line->relation != Relation::consortium;
}

Error no_permission(std::string_view rule, Verdict verdict) {
  if (verdict == Verdict::unknown_rule)
    return {Code::internal, "", "unknown_rule", std::string(rule)};
  if (verdict == Verdict::convention_over)
    return {Code::forbidden, "", std::string(reason::convention_over), "the convention is over"};
  if (verdict == Verdict::account_not_active)
    return {Code::unauthenticated, "", std::string(reason::account_not_active), "no live account"};
  if (has_target(rule)) return {Code::not_found, "", "not_found", "nothing here for this account"};
  return {Code::forbidden, "", "role", "not open to this role"};
}

}  // namespace

App make_app(Store& store, Keys& keys, Crypto& crypto, Clock& clock, Random& random) {
  App app{store, keys, crypto, clock, random};
  app.sessions = std::make_shared<SessionTable>();
  app.mine = std::make_shared<MineTable>();
  app.throttle = std::make_shared<Throttle>();
  app.territory = std::make_shared<TerritoryCache>();
  app.states = std::make_shared<StateCache>();
  app.stamps = std::make_shared<NodeClock>();
  app.gate = std::make_shared<IntakeGate>();
  app.log_tree = std::make_shared<LogTree>();
  app.runs = std::make_shared<RunTable>();
  app.facts_stale = std::make_shared<std::atomic<bool>>(true);
  app.stopping = std::make_shared<std::atomic<bool>>(false);
  app.version = FILROUGE_VERSION;
  return app;
}

void release_memory(App& app) {
  app.states->clear();
  app.territory->forget();
}

Result<Actor> load_actor(App& app, SubjectId account) {
  const Instant now = app.clock.now();
  // Somewhere on Earth it is still, or already, a day of the convention.
  const CivilDate first = utc_day({now.ms - 12 * hour_ms});
  const CivilDate last = utc_day({now.ms + 14 * hour_ms});
  FILROUGE_TRY(actor, actor_on(app, account, first, last));
  if (!actor || actor->state.status != AccountStatus::active)
    return Error{Code::unauthenticated, "", "signed_out", "sign in again"};
  return std::move(*actor);
}

Status require(App&, const Caller& caller, std::string_view rule, const Target& target) {
  const PolicyLine* line = line_of(rule);
  if (line != nullptr && line->anyone) return Done{};
  if (caller.command_line && rule == "figures.read") return Done{};
  if (!caller.actor) return Error{Code::unauthenticated, "", "signed_out", "sign in first"};
  const Verdict verdict = permit(*caller.actor, rule, target);
  if (verdict == Verdict::permitted) return Done{};
  return no_permission(rule, verdict);
}

Status disclose(App& app, const Caller& caller, std::string_view rule, std::string_view purpose,
                std::vector<SubjectId> subjects) {
  LedgerRow row;
  row.at = app.clock.now();
  row.action = std::string(rule);
  row.purpose = std::string(purpose);
  row.subjects = std::move(subjects);
  if (caller.actor) {
    row.account = caller.actor->account;
    row.organisation = caller.actor->state.organisation;
  }
  Append append;
  append.ledger.push_back(std::move(row));
  FILROUGE_CHECK(app.store.append(std::move(append)));
  return Done{};
}

}  // namespace filrouge
