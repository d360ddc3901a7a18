// Facts: the small rows that every figure is counted from (architecture 3 and "A figure"). They
// hold day, commune, district, age band, sex, kind and a keyed pseudonym that is not the subject:
// no name, text, point, place, hour or restricted domain. One row per fact key: the entry that
// it stands for (for a round: its round_started entry), so that writing it again changes nothing.
// What a pathway's rows hold in `detail`, `number` and `counts`: core/pathway/facts.h.
//
// District: a code of the vintage valid on `day`; "none" = outside every district of a territory
// whose outlines are loaded (hors QPV); absent = inconnu, which is never the same (issue 2).
#pragma once

#include <optional>
#include <string>

#include <boost/describe/class.hpp>
#include <boost/describe/enum.hpp>

#include "core/base/ids.h"
#include "core/base/time.h"
#include "core/outreach/vocabulary.h"

namespace filrouge {

enum class FactKind {
  encounter,
  contact,
  round,
  watch,
  visit,
  signal,
  enrolment,
  side,
  delivery,
  barrier,
  exit,
  relay,
  appointment,
  step,
  trust,
  survey
};
BOOST_DESCRIBE_ENUM(FactKind, encounter, contact, round, watch, visit, signal, enrolment, side,
                    delivery, barrier, exit, relay, appointment, step, trust, survey)
// The street's own kinds come first; the others are the facts of a pathway.
constexpr bool is_of_pathway(FactKind kind) { return kind >= FactKind::signal; }

inline constexpr std::string_view kOutsideDistricts = "none";

struct Fact {
  EntryId entry;
  FactKind kind = FactKind::encounter;
  CivilDate day;  // field day of the occurrence
  SubjectId organisation;
  SubjectId team;
  std::optional<SubjectId> project;
  std::optional<std::string> commune;
  std::optional<std::string> district;
  std::optional<Sex> sex;             // encounters only; a person's is in PersonFact
  std::optional<AgeBand> age_band;    // likewise
  std::optional<std::string> detail;  // round kind; reason of a visit; network of a watch
  bool counts = true;                 // rounds: kind counts in I01; watch: at least 10 minutes
  bool outside = true;                // visits: false on an own site; relays: off the platform
  std::int64_t number = 1;            // encounters, visits: how many; a round: 1
  std::int64_t minutes = 0;           // rounds and watch sessions
  std::int64_t refusals = 0;          // rounds
  std::int64_t replies = 0;           // watch sessions
  std::int64_t conversations = 0;     // watch sessions
  std::optional<Pseudonym> person;    // contacts, named visits
};
BOOST_DESCRIBE_STRUCT(Fact, (),
                      (entry, kind, day, organisation, team, project, commune, district, sex,
                       age_band, detail, counts, outside, number, minutes, refusals, replies,
                       conversations, person))

// What is known of the person behind a pseudonym: the latest values, so that a correction corrects
// the figure. Erased persons keep a row under a fresh pseudonym with `erased` set.
struct PersonFact {
  Pseudonym person;
  std::optional<Sex> sex;
  std::optional<AgeBand> age_band;
  bool identified = false;
  bool erased = false;
  // Her records are several (core/people/links.h): the smallest pseudonym among them, so that every
  // figure of persons counts her once. Absent where there is one record.
  std::optional<Pseudonym> counts_as;
};
BOOST_DESCRIBE_STRUCT(PersonFact, (), (person, sex, age_band, identified, erased, counts_as))

// Body of "facts_retained" (core/network/entries.h): what stays when entries go for good.
enum class RetainedBecause { erased, detail_expired };
BOOST_DESCRIBE_ENUM(RetainedBecause, erased, detail_expired)
struct FactsRetained {
  RetainedBecause because = RetainedBecause::erased;
  std::vector<Fact> facts;
  std::vector<PersonFact> persons;
  // Places in the log (recv_seq) of the entries that went, so that an entry which is missing for
  // any other reason is found. They say how many went, never whose they were.
  std::optional<std::vector<std::int64_t>> gone;
};
BOOST_DESCRIBE_STRUCT(FactsRetained, (), (because, facts, persons, gone))

}  // namespace filrouge
