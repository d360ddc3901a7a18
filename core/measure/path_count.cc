#include "core/measure/path_count.h"

#include <algorithm>
#include <set>
#include <tuple>

#include "core/base/limits.h"
#include "core/measure/survey.h"
#include "core/pathway/facts.h"
#include "core/pathway/stage.h"

namespace filrouge {

namespace {

constexpr std::int64_t kTrusting = 60;   // I08: a mean of 6 out of 10
constexpr std::int32_t kPairDays = 60;   // between the two answers of a pair
constexpr std::size_t kPairsShown = 11;  // a change is only said of so many
constexpr std::int32_t kAnswerDays = 7;  // five open days

using FactList = std::vector<const Fact*>;

bool is_earlier(const Fact* a, const Fact* b) {
  return std::tie(a->day, a->entry) < std::tie(b->day, b->entry);
}

// The rows of one person, each list in order of time.
struct Life {
  FactList contacts, signals, enrolments, sides, deliveries, barriers, exits, relays, appointments,
      steps, trust, surveys;

  FactList* list_of(FactKind kind) {
    switch (kind) {
      case FactKind::contact:
        return &contacts;
      case FactKind::signal:
        return &signals;
      case FactKind::enrolment:
        return &enrolments;
      case FactKind::side:
        return &sides;
      case FactKind::delivery:
        return &deliveries;
      case FactKind::barrier:
        return &barriers;
      case FactKind::exit:
        return &exits;
      case FactKind::relay:
        return &relays;
      case FactKind::appointment:
        return &appointments;
      case FactKind::step:
        return &steps;
      case FactKind::trust:
        return &trust;
      case FactKind::survey:
        return &surveys;
      default:
        return nullptr;
    }
  }
};

std::map<Pseudonym, Life> lives_of(const PathRows& rows) {
  FactList sorted;
  for (const Fact& fact : rows.facts)
    if (fact.person) sorted.push_back(&fact);
  std::sort(sorted.begin(), sorted.end(), &is_earlier);
  std::map<Pseudonym, Life> lives;
  for (const Fact* fact : sorted) {
    const auto linked = rows.counts_as.find(*fact->person);
    Life& life = lives[linked == rows.counts_as.end() ? *fact->person : linked->second];
    if (FactList* list = life.list_of(fact->kind)) list->push_back(fact);
  }
  return lives;
}

CivilDate taken_over_on(const Fact& relay) {
  return relay.day.plus_days(static_cast<std::int32_t>(relay.number));
}

bool is_durable_code(std::string_view code) {
  const auto type = json::enum_value<ExitType>(code);
  return type && is_durable(*type);
}

bool is_solution_code(std::string_view code) {
  const auto type = json::enum_value<ExitType>(code);
  return type && is_situation(*type);
}

struct Open {
  CivilDate from;
  CivilDate to;  // last day, INT32_MAX while it is open
  const Fact* enrolment = nullptr;
};

// When a pathway was open: from its opening, or a relay taken over, to the end of the following.
std::vector<Open> openings_of(const Life& life) {
  struct Event {
    CivilDate day;
    const Fact* opens = nullptr;  // null: an end
  };
  std::vector<Event> events;
  for (const Fact* one : life.enrolments) events.push_back({one->day, one});
  for (const Fact* one : life.relays)
    if (one->counts) events.push_back({taken_over_on(*one), one});
  for (const Fact* one : life.sides)
    if (code_of(*one) == "ended") events.push_back({one->day, nullptr});
  std::sort(events.begin(), events.end(), [](const Event& a, const Event& b) {
    return std::tuple(a.day, a.opens == nullptr) < std::tuple(b.day, b.opens == nullptr);
  });
  std::vector<Open> openings;
  const Event* again = nullptr;  // opened on the day on which the one before ended
  for (const Event& event : events) {
    const bool is_open = !openings.empty() && openings.back().to.days == INT32_MAX;
    if (event.opens != nullptr && !is_open)
      openings.push_back({event.day, {INT32_MAX}, event.opens});
    if (event.opens != nullptr && is_open) again = &event;
    if (event.opens != nullptr || !is_open) continue;
    openings.back().to = event.day;
    if (again != nullptr && again->day == event.day)
      openings.push_back({event.day, {INT32_MAX}, again->opens});
  }
  return openings;
}

const Fact* open_between(const Life& life, CivilDate from, CivilDate to) {
  const Fact* found = nullptr;
  for (const Open& one : openings_of(life))
    if (one.from <= to && one.to >= from) found = one.enrolment;
  return found;
}

bool is_paused(const Life& life, CivilDate day) {
  bool paused = false;
  for (const Fact* side : life.sides) {
    if (side->day > day) break;
    if (code_of(*side) == "paused") paused = side->day.days + side->number >= day.days;
    if (code_of(*side) == "back" || code_of(*side) == "resumed") paused = false;
  }
  return paused;
}

std::optional<CivilDate> last_seen(const Life& life, CivilDate day) {
  std::optional<CivilDate> last;
  const auto see = [&](const FactList& list, bool counting) {
    for (const Fact* one : list)
      if (one->day <= day && (one->counts || !counting))
        last = std::max(last.value_or(one->day), one->day);
  };
  see(life.contacts, false);
  see(life.appointments, true);
  see(life.deliveries, false);
  see(life.enrolments, false);
  return last;
}

// Six months of durable situations that are certain, short gaps bridged, and not ended since (I13).
bool is_stable(const Life& life) {
  std::int64_t begun = 0;
  std::int64_t seen = 0;
  bool any = false;
  bool ended = false;
  for (const Fact* exit : life.exits) {
    if (!is_durable_code(code_of(*exit))) continue;
    const std::int64_t from = exit->day.days;
    const std::int64_t until = from + exit->number;
    const bool joins = any && from - seen <= limits::stable_gap_days;
    if (!joins) begun = from;
    if (!joins || until >= seen) ended = outcome_of(*exit) == "ended";
    seen = joins ? std::max(seen, until) : until;
    any = true;
  }
  return any && !ended && seen - begun >= limits::stable_days;
}

class Counter {
 public:
  Counter(const PathQuestion& question, const PathRows& rows)
      : q_(question), lives_(lives_of(rows)), end_(std::min(question.to, question.today)) {}

  PathCount run() {
    for (const auto& [person, life] : lives_) count(person, life);
    finish();
    return std::move(count_);
  }

 private:
  bool is_in(const Fact* fact) const { return fact->day >= q_.from && fact->day <= q_.to; }

  const Fact* first_in(const FactList& list) const {
    const auto at = std::find_if(list.begin(), list.end(), [&](const Fact* f) { return is_in(f); });
    return at == list.end() ? nullptr : *at;
  }

  void add(const Fact* at, const Pseudonym& person, std::string_view detail, bool number = true) {
    count_.units.push_back({at, person, std::string(detail), number ? 1 : 0, 1});
  }

  void count(const Pseudonym& person, const Life& life) {
    switch (q_.indicator) {
      case Indicator::I03b:
        return followed(person, life);
      case Indicator::I03c:
        return enrolled(person, life);
      case Indicator::I03d:
        return exits(person, life);
      case Indicator::I08:
        return trust(person, life);
      case Indicator::I11:
        return deliveries(person, life);
      case Indicator::I12:
        return barriers(person, life);
      case Indicator::I13:
        return stable(person, life);
      case Indicator::I18:
        return appointments(person, life);
      case Indicator::I19:
        return relays(person, life);
      case Indicator::I19b:
        return kept(person, life);
      case Indicator::I20:
        return ruptures(person, life);
      case Indicator::I21:
        return referred(person, life);
      case Indicator::I22:
        return satisfied(person, life);
      case Indicator::I24:
        return delays(person, life);
      case Indicator::I25:
        return prescribers(person, life);
      case Indicator::I26:
        return built_together(person, life);
      default:
        return;
    }
  }

  void followed(const Pseudonym& person, const Life& life) {
    const Fact* first = first_in(life.contacts);
    const Fact* open = open_between(life, q_.from, end_);
    bool twice = false;
    for (const Fact* contact : life.contacts)
      twice = twice || (first != nullptr && is_in(contact) && contact->day > first->day);
    if (open != nullptr) return add(open, person, "pathway");
    if (twice) add(first, person, "contacts");
  }

  void enrolled(const Pseudonym& person, const Life& life) {
    for (const Fact* one : life.enrolments) sums_["entries"] += is_in(one) ? 1 : 0;
    if (const Fact* first = first_in(life.enrolments)) add(first, person, "");
  }

  void exits(const Pseudonym& person, const Life& life) {
    bool any = false;
    if (q_.exit_set == nullptr) return;
    for (const Fact* one : life.exits) {
      if (!is_in(one)) continue;
      const ExitClass* fits = class_of(*q_.exit_set, code_of(*one), one->number);
      if (fits != nullptr && fits->neutral) {
        ++sums_["neutral"];
        continue;
      }
      const bool positive = fits != nullptr && fits->positive;
      any = any || positive;
      add(one, person, code_of(*one), positive);
    }
    sums_["persons_positive"] += any ? 1 : 0;
    const bool entered = first_in(life.enrolments) != nullptr;
    sums_["entries"] += entered ? 1 : 0;
    sums_["entries_positive"] += entered && any ? 1 : 0;
  }

  void trust(const Pseudonym& person, const Life& life) {
    const Fact* entry = nullptr;
    const Fact* latest = nullptr;
    bool asked = false;
    for (const Fact* one : life.trust) {
      asked = asked || is_in(one);
      if (!one->counts) continue;
      if (entry == nullptr || entry->detail != one->detail) entry = one;
      if (is_in(one)) latest = one;
    }
    if (latest == nullptr) {
      unknown_ += asked ? 1 : 0;
      return;
    }
    add(latest, person, code_of(*latest), latest->number >= kTrusting);
    if (entry->detail == latest->detail && latest->day.days - entry->day.days >= kPairDays)
      values_["paired_change_tenths"].push_back(latest->number - entry->number);
  }

  void deliveries(const Pseudonym& person, const Life& life) {
    for (const Fact* one : life.deliveries) {
      if (!is_in(one)) continue;
      add(one, person, code_of(*one));
      sums_["minutes"] += one->minutes;
    }
    sums_["persons"] += first_in(life.deliveries) != nullptr ? 1 : 0;
  }

  void barriers(const Pseudonym& person, const Life& life) {
    std::map<std::string_view, std::pair<const Fact*, bool>> worked;
    bool open = false;
    bool lifted_any = false;
    for (const Fact* one : life.barriers) {
      open = open || one->day <= q_.to;
      if (!is_in(one) || outcome_of(*one) == "open") continue;
      auto& [last, lifted] = worked[code_of(*one)];
      last = one;
      lifted = lifted || one->counts;
    }
    for (const auto& [code, what] : worked) {
      add(what.first, person, code, what.second);
      lifted_any = lifted_any || what.second;
    }
    sums_["persons_lifted"] += lifted_any ? 1 : 0;
    sums_["persons_with_barrier"] += open ? 1 : 0;
  }

  void stable(const Pseudonym& person, const Life& life) {
    const Fact* last = nullptr;
    bool waits = false;  // a durable situation that nobody has seen end
    for (const Fact* one : life.exits) {
      if (!is_in(one) || one->day.days + limits::stable_days > end_today()) continue;
      last = one;
      if (is_durable_code(code_of(*one))) waits = outcome_of(*one) != "ended";
    }
    if (last == nullptr) return;
    const bool held = is_stable(life);
    unknown_ += !held && waits ? 1 : 0;
    add(last, person, code_of(*last), held);
  }

  void appointments(const Pseudonym& person, const Life& life) {
    const Fact* enrolment = first_in(life.enrolments);
    if (enrolment == nullptr) return;
    std::int64_t kept = 0;
    for (const Fact* one : life.appointments)
      kept += one->counts && one->day >= enrolment->day && one->day <= q_.today ? 1 : 0;
    add(enrolment, person, kept > 5 ? "6+" : std::to_string(kept), kept == 3 || kept == 4);
    values_["appointments"].push_back(kept);
  }

  void relays(const Pseudonym& person, const Life& life) {
    for (const Fact* one : life.relays) {
      if (!is_in(one)) continue;
      if (one->outside) {
        ++sums_["outside_platform"];
        continue;
      }
      add(one, person, code_of(*one), one->counts);
      if (one->counts) values_["days_to_taken_over"].push_back(one->number);
    }
  }

  void kept(const Pseudonym& person, const Life& life) {
    for (const Fact* one : life.relays) {
      if (!one->counts || one->outside) continue;
      const CivilDate taken = taken_over_on(*one);
      if (taken < q_.from || taken > q_.to) continue;
      if (taken.days + limits::relay_kept_days > end_today()) continue;
      unknown_ += code_of(*one) == "taken_over" ? 1 : 0;
      add(one, person, code_of(*one), code_of(*one) == "kept");
    }
  }

  void ruptures(const Pseudonym& person, const Life& life) {
    const Fact* open = open_between(life, end_, end_);
    if (open == nullptr) return;
    const auto seen = last_seen(life, end_);
    const bool silent = !seen || seen->days + limits::rupture_days < end_.days;
    if (silent && !is_paused(life, end_)) return add(open, person, "no_contact");
    for (const Fact* one : life.relays) {
      const bool waits = code_of(*one) == "proposed" || code_of(*one) == "acknowledged";
      if (waits && !one->outside && one->day.days + kAnswerDays < end_.days)
        return add(open, person, "relay_unanswered");
    }
    add(open, person, "no_rupture", false);
  }

  void referred(const Pseudonym& person, const Life& life) {
    if (const Fact* first = first_in(life.relays)) add(first, person, "");
    for (const Fact* one : life.relays) sums_["relays"] += is_in(one) ? 1 : 0;
  }

  void satisfied(const Pseudonym& person, const Life& life) {
    for (const Fact* one : life.surveys) {
      if (!is_in(one) || find_survey(code_of(*one)) == nullptr) continue;
      const auto answer = answer_in(*one->detail, "satisfied");
      if (answer)
        add(one, person, *answer, *answer == "very" || *answer == "rather");
      else
        unknown_ += 1;
    }
  }

  void delays(const Pseudonym& person, const Life& life) {
    if (life.contacts.empty() || !is_in(life.contacts.front())) return;
    const Fact* first = life.contacts.front();
    const Fact* met = nullptr;
    for (const Fact* one : life.appointments)
      if (met == nullptr && one->counts && one->day >= first->day && one->day <= q_.today)
        met = one;
    const Fact* solved = nullptr;
    for (const Fact* one : life.exits)
      if (solved == nullptr && is_solution_code(code_of(*one)) && one->day >= first->day)
        solved = one;
    if (met != nullptr) values_["days_to_appointment"].push_back(met->day.days - first->day.days);
    if (solved != nullptr)
      values_["days_to_solution"].push_back(solved->day.days - first->day.days);
    add(first, person, "", met != nullptr);
  }

  void prescribers(const Pseudonym& person, const Life& life) {
    for (const Fact* one : life.signals)
      if (is_in(one)) add(one, person, code_of(*one));
    if (!life.signals.empty() || life.contacts.empty()) return;
    if (is_in(life.contacts.front())) add(life.contacts.front(), person, "outreach");
  }

  void built_together(const Pseudonym& person, const Life& life) {
    const Fact* open = open_between(life, q_.from, end_);
    if (open == nullptr) return;
    std::set<SubjectId> owners;
    for (const Fact* one : life.steps)
      if (one->day <= q_.to) owners.insert(one->organisation);
    const std::string detail = owners.size() > 2 ? "3+" : std::to_string(owners.size());
    add(open, person, detail, owners.size() >= 2);
  }

  std::int32_t end_today() const { return q_.today.days; }

  void say(std::string key, std::int64_t number, std::int64_t basis) {
    count_.beside.push_back({std::move(key), number, basis});
  }

  void say_ranks(const std::string& key, std::vector<std::int64_t> values) {
    std::sort(values.begin(), values.end());
    const auto size = static_cast<std::int64_t>(values.size());
    if (const auto median = rank_of(values, 50)) say("median_" + key, *median, size);
    if (const auto high = rank_of(values, 90)) say("p90_" + key, *high, size);
  }

  // Means in tenths, half up.
  static std::int64_t mean_tenths(const std::vector<std::int64_t>& values, std::int64_t times) {
    std::int64_t sum = 0;
    for (const std::int64_t value : values) sum += times * value;
    const auto size = static_cast<std::int64_t>(values.size());
    const std::int64_t twice = 2 * sum + size;
    return twice >= 0 ? twice / (2 * size) : -((-twice + 2 * size - 1) / (2 * size));
  }

  void finish() {
    const bool asks = q_.indicator == Indicator::I08 || q_.indicator == Indicator::I13 ||
                      q_.indicator == Indicator::I19b || q_.indicator == Indicator::I22;
    if (asks) count_.unknown = unknown_;
    for (const auto& [key, sum] : sums_) say(key, sum, key == "minutes" ? sums_["persons"] : sum);
    for (const auto& [key, values] : values_) {
      const auto size = static_cast<std::int64_t>(values.size());
      if (key == "appointments") {
        say("mean_tenths", mean_tenths(values, 10), size);
      } else if (key == "paired_change_tenths") {
        if (values.size() >= kPairsShown) say(key, mean_tenths(values, 1), size);
        if (values.size() >= kPairsShown) say("pairs", size, size);
      } else {
        say_ranks(key, values);
      }
    }
  }

  const PathQuestion& q_;
  std::map<Pseudonym, Life> lives_;
  CivilDate end_;
  PathCount count_;
  std::int64_t unknown_ = 0;
  std::map<std::string, std::int64_t> sums_;
  std::map<std::string, std::vector<std::int64_t>> values_;
};

}  // namespace

bool is_of_path(Indicator indicator) {
  switch (indicator) {
    case Indicator::encounters:
    case Indicator::I01:
    case Indicator::I02:
    case Indicator::I03a:
    case Indicator::I16:
      return false;
    default:
      return true;
  }
}

PathCount count_path(const PathQuestion& question, const PathRows& rows) {
  return Counter(question, rows).run();
}

std::map<Pseudonym, const Fact*> first_contacts(const PathRows& rows) {
  std::map<Pseudonym, const Fact*> first;
  for (const Fact& fact : rows.facts) {
    if (fact.kind != FactKind::contact || !fact.person) continue;
    const auto linked = rows.counts_as.find(*fact.person);
    const Pseudonym person = linked == rows.counts_as.end() ? *fact.person : linked->second;
    const Fact*& at = first[person];
    if (at == nullptr || is_earlier(&fact, at)) at = &fact;
  }
  return first;
}

std::optional<std::int64_t> rank_of(const std::vector<std::int64_t>& sorted, std::int64_t percent) {
  if (sorted.empty()) return std::nullopt;
  const auto size = static_cast<std::int64_t>(sorted.size());
  const std::int64_t rank = std::max<std::int64_t>(1, (size * percent + 99) / 100);
  return sorted[static_cast<std::size_t>(rank - 1)];
}

}  // namespace filrouge
