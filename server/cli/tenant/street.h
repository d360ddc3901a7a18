// Plays what was planned: writes into the diary the notes that a team would have written that day.
// Persons are invented: an alias and a way to recognise from the tenant's lists, met again by rule;
// some give a first name and a reserved telephone number (06 39 98 xx xx, kept for fiction).
//
//   Street street(tenant, cast, diary, last_day_of(tenant, plan, now));
//   for (const Happening& one : plan) street.play(one);
//   FILROUGE_CHECK(diary.flush());
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "core/people/entries.h"
#include "server/cli/tenant/cast.h"
#include "server/cli/tenant/chance.h"
#include "server/cli/tenant/diary.h"
#include "server/cli/tenant/plan.h"

namespace filrouge {

class Street {
 public:
  Street(const Tenant& tenant, const Cast& cast, Diary& diary, const LastDay& last_day)
      : tenant_(tenant), cast_(cast), diary_(diary), last_day_(last_day) {}

  void play(const Happening& one);

 private:
  // Somebody a team knows.
  struct Known {
    SubjectId id;
    std::size_t alias = 0;  // of the tenant's lists
    std::optional<AgeBand> age_band;
    std::int64_t contacts = 0;
    bool identified = false;
  };
  // A round while it is played.
  struct Walk {
    const RoundRule& rule;
    CivilDate date;
    std::int32_t start = 0;
    std::int32_t minutes = 0;
    SubjectId round;
    SubjectId author;
    std::vector<SubjectId> stops;
    std::vector<std::size_t> met;  // positions in the team's list, each once a round
    std::optional<SubjectId> project;

    SubjectId place_at(std::int32_t minute) const;
  };

  void play_round(const Happening& one);
  void play_desk(const Happening& one);
  void play_watch(const Happening& one);
  void play_report(const Happening& one);

  void start_round(Walk& walk, Chance& chance);
  void move_round(const Walk& walk);
  void tap_encounters(const Walk& walk, std::int64_t number, Chance& chance);
  void note_contact(Walk& walk, std::int32_t minute, Chance& chance);
  std::size_t meet(Walk& walk, std::int32_t minute, Chance& chance);
  std::size_t make_person(const std::string& team, SubjectId author, const LocalStamp& at,
                          const std::optional<SubjectId>& project, Chance& chance);
  void go_further(Known& known, SubjectId author, const LocalStamp& at, Chance& chance);
  void inform_minor(const Known& known, SubjectId author, const LocalStamp& at, Chance& chance);

  LocalStamp stamp(CivilDate date, std::int32_t minute) const;
  std::optional<SubjectId> project_of(const std::optional<std::string>& key) const;
  template <class Choice>
  std::optional<Choice> drawn(const Weights& weights, Chance& chance) const;
  // Up to two different ones.
  template <class Choice>
  std::vector<Choice> some(const Weights& weights, std::int64_t one_percent, Chance& chance) const;

  const Tenant& tenant_;
  const Cast& cast_;
  Diary& diary_;
  LastDay last_day_;
  std::map<std::string, std::vector<Known>> known_;  // by the key of the team
};

}  // namespace filrouge
