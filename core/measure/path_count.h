// Counting the pathway's indicators from facts (domain.md 5.1, 5.2): pure, the same on both stores.
// What comes out are units, one a person, pathway, relay, exit, ... with what it adds to the number
// and to the denominator; the application groups them by a dimension and publishes (figures.h).
//
// Rows: every fact of the perimeter up to the last day, contacts included. "Today" bounds what may
// be judged: a relay taken over ten days ago is neither kept nor broken.
//
//   const PathCount count = count_path({Indicator::I19, from, to, today, nullptr}, rows);
//   count.units.size() == relays proposed in the period
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/measure/exit_sets.h"
#include "core/measure/fact.h"
#include "core/measure/figures.h"

namespace filrouge {

struct PathQuestion {
  Indicator indicator = Indicator::I03b;
  CivilDate from;
  CivilDate to;
  CivilDate today;
  const ExitSet* exit_set = nullptr;  // I03d; the others do not look
};

struct PathRows {
  std::vector<Fact> facts;
  std::map<Pseudonym, Pseudonym> counts_as;  // of linked records: as whom they count
};

struct Unit {
  const Fact* at = nullptr;         // whose project, team and territory count
  std::optional<Pseudonym> person;  // whose age and sex count
  std::string detail;               // barrier, exit type, prescriber, ...
  std::int64_t number = 1;
  std::int64_t denominator = 0;  // rates only
};

// A number printed beside the figure. `basis`: how many persons or acts it is made of, which
// decides whether it may be shown.
struct Beside {
  std::string key;
  std::int64_t number = 0;
  std::int64_t basis = 0;
};

struct PathCount {
  std::vector<Unit> units;
  std::vector<Beside> beside;
  std::optional<std::int64_t> unknown;
};

// Is it one of those that count_path knows?
bool is_of_path(Indicator indicator);
PathCount count_path(const PathQuestion& question, const PathRows& rows);

// The first contact of every person, for the territory of rows that have none of their own.
std::map<Pseudonym, const Fact*> first_contacts(const PathRows& rows);

// Of a sorted list, by the nearest-rank rule: the smallest value that at least `percent` reach.
std::optional<std::int64_t> rank_of(const std::vector<std::int64_t>& sorted, std::int64_t percent);

}  // namespace filrouge
