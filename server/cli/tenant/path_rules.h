// How the pathways of a demonstration go: a group of persons that a team meets, and what happens to
// each of them, in words of the tenant file. Weights are shared out exactly: of 537 persons with
// exits "cdi 40 none 497", 40 have that one, whichever the seed.
//
//   {"key":"adapte","team":"montbeliard","authors":["laure"],"total":537,"appointments":"3..4",...}
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include <boost/describe/class.hpp>

#include "core/base/time.h"
#include "server/cli/tenant/tenant_words.h"

namespace filrouge {

// Who receives relays on the platform: an adviser, and the team that takes over.
struct RelayTo {
  std::string author;
  std::string team;
};
BOOST_DESCRIBE_STRUCT(RelayTo, (), (author, team))

// `outcomes`: how far they go, as acts ("kept 12 declined 3 proposed 2"), and "none" for persons
// without one. `outside`: names of organisations that are not on the platform.
struct RelayRule {
  Weights outcomes;
  std::vector<RelayTo> to;
  std::vector<std::string> outside;
  std::vector<std::string> needs;
};
BOOST_DESCRIBE_STRUCT(RelayRule, (), (outcomes, to, outside, needs))

struct SurveyAnswers {
  std::string item;
  Weights answers;  // "yes 403 no 134 unknown 0"
};
BOOST_DESCRIBE_STRUCT(SurveyAnswers, (), (item, answers))
struct SurveyRule {
  std::string instrument;
  std::string moment;  // "entry": with the opening; "exit": at the end
  std::vector<SurveyAnswers> items;
};
BOOST_DESCRIBE_STRUCT(SurveyRule, (), (instrument, moment, items))

// What she says on her own page about institutions, from 0 to 10: when the pathway opens, and once
// more after two months (I08 compares pairs that lie 60 days apart). Who is not drawn was not
// asked.
struct TrustRule {
  std::int64_t asked_percent = 0;
  std::int64_t refused_percent = 0;  // of the asked: rather not; counted, never chased
  Span entry;
  Span later;
};
BOOST_DESCRIBE_STRUCT(TrustRule, (), (asked_percent, refused_percent, entry, later))

struct PathRule {
  std::string key;
  std::string team;
  std::vector<std::string> authors;  // in turn: who writes, and is the referent
  std::optional<std::string> project;
  std::int64_t total = 0;
  std::optional<CivilDate> from;  // first meetings; absent: the tenant's period
  std::optional<CivilDate> to;
  Weekdays days;
  Hour start;
  std::string mode;  // of the contacts: street, site, ...
  std::optional<std::string> place;
  std::optional<Weights> sex;  // absent: the tenant's
  std::optional<Weights> age_band;
  std::optional<Weights> signals;       // who told of them; "none"
  std::optional<bool> without_pathway;  // met and passed on, no pathway is opened
  std::optional<Span> appointments;
  std::optional<Weights> barriers;  // up to three each, of the diagnosis
  std::optional<std::int64_t> lifted_percent;
  std::optional<Span> steps;
  std::vector<std::string> step_texts;
  std::optional<Span> deliveries;
  std::vector<std::string> services;
  std::optional<Weights> exits;  // exit types; "none"
  std::optional<std::int64_t>
      held_percent;                // of the situations that began: hold at 30, 91, 182 days
  std::optional<Span> exit_after;  // days from the opening
  std::optional<bool> ends;        // the following ends a week after the exit
  std::optional<std::int64_t> silent_percent;  // of the open ones: nobody has seen them for long
  std::vector<SurveyRule> surveys;
  std::optional<TrustRule> trust;
  std::optional<RelayRule> relays;
};
BOOST_DESCRIBE_STRUCT(PathRule, (),
                      (key, team, authors, project, total, from, to, days, start, mode, place, sex,
                       age_band, signals, without_pathway, appointments, barriers, lifted_percent,
                       steps, step_texts, deliveries, services, exits, held_percent, exit_after,
                       ends, silent_percent, surveys, trust, relays))

}  // namespace filrouge
