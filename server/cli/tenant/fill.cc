#include "server/cli/tenant/fill.h"

#include <algorithm>

#include "server/app/use_cases.h"
#include "server/cli/progress.h"
#include "server/cli/tenant/calendar.h"
#include "server/cli/tenant/cast.h"
#include "server/cli/tenant/diary.h"
#include "server/cli/tenant/paths.h"
#include "server/cli/tenant/plan.h"
#include "server/cli/tenant/street.h"

namespace filrouge {

namespace {

// One flush to the disk takes longer than sealing a hundred notes.
constexpr std::size_t kNotesTogether = 400;

}  // namespace

Result<Filled> fill_demo(const std::string& data, const Tenant& tenant, const Bytes32& master,
                         CivilDate until, const DatabaseChoice& database) {
  const DayRange range = range_of(tenant, until);
  // The consortium is set up on the morning before the first day.
  SetClock clock(stamp_at(tenant.zone, range.from.plus_days(-1), 9 * 60).instant);
  FILROUGE_TRY(
      node,
      open_node(
          {.data = data, .database = database, .create = true, .master = master, .clock = &clock}));
  FILROUGE_TRY(cast, set_up(*node.app, tenant));
  Diary diary(*node.app, clock);
  const std::vector<Happening> plan = plan_of(tenant, range);
  Street street(tenant, cast, diary,
                last_day_of(tenant, plan, wall_of(tenant.zone, node.own_clock->now())));
  Paths paths(tenant, cast, diary, range);
  Progress progress;
  const auto flush_some = [&](CivilDate date) -> Status {
    if (diary.waiting() >= kNotesTogether) FILROUGE_CHECK(diary.flush());
    progress.at([&] {
      return std::string(tell("Démonstration : ", "Demonstration: ")) + date.text() + ", " +
             std::to_string(diary.written()) + std::string(tell(" notes", " notes"));
    });
    return Done{};
  };
  for (const Happening& one : plan) {
    paths.play_until(one.date, one.minute);
    street.play(one);
    FILROUGE_CHECK(flush_some(one.date));
  }
  while (!paths.is_done()) {
    paths.play_next();
    FILROUGE_CHECK(flush_some(range.to));
  }
  FILROUGE_CHECK(diary.flush());
  const Instant now = std::max(node.own_clock->now(), clock.now());
  clock.set(now);
  FILROUGE_CHECK(expire_encounter_detail(*node.app, now));
  return Filled{diary.written()};
}

}  // namespace filrouge
