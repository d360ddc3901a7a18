#include "server/cli/tenant/street.h"

#include <algorithm>
#include <utility>

#include "core/people/consent.h"
#include "server/cli/tenant/calendar.h"

namespace filrouge {

namespace {

constexpr std::string_view kWording = "consentement-1";
// A team meets again those of its last persons, not everybody it ever met.
constexpr std::int64_t kRemembered = 60;

std::string digits(Chance& chance, int count) {
  std::string text;
  for (int i = 0; i < count; ++i) text += static_cast<char>('0' + chance.below(10));
  return text;
}

bool is_minor(const std::optional<AgeBand>& band) {
  return band == AgeBand::under_16 || band == AgeBand::from_16_to_17;
}

}  // namespace

LocalStamp Street::stamp(CivilDate date, std::int32_t minute) const {
  return stamp_at(tenant_.zone, date, last_day_.minute(date, minute));
}

std::optional<SubjectId> Street::project_of(const std::optional<std::string>& key) const {
  if (!key) return std::nullopt;
  return cast_.projects.at(*key);
}

template <class Choice>
std::optional<Choice> Street::drawn(const Weights& weights, Chance& chance) const {
  return json::enum_value<Choice>(chance.pick(weights));
}

template <class Choice>
std::vector<Choice> Street::some(const Weights& weights, std::int64_t one_percent,
                                 Chance& chance) const {
  std::vector<Choice> list;
  for (int i = 0; i < 2; ++i) {
    if (!chance.percent(one_percent)) continue;
    const auto one = drawn<Choice>(weights, chance);
    if (one && std::find(list.begin(), list.end(), *one) == list.end()) list.push_back(*one);
  }
  std::sort(list.begin(), list.end());
  return list;
}

void Street::play(const Happening& one) {
  switch (one.kind) {
    case HappeningKind::round:
      return play_round(one);
    case HappeningKind::desk:
      return play_desk(one);
    case HappeningKind::watch:
      return play_watch(one);
    case HappeningKind::report:
      return play_report(one);
  }
}

SubjectId Street::Walk::place_at(std::int32_t minute) const {
  const std::size_t which =
      static_cast<std::size_t>(minute) * stops.size() / static_cast<std::size_t>(minutes + 1);
  return stops[which];
}

void Street::play_round(const Happening& one) {
  const RoundRule& rule = tenant_.rounds[one.rule];
  Chance chance{tenant_.seed, "round", rule.key, one.date.text()};
  Walk walk{rule, one.date, one.minute, 0, {}, {}, {}, {}, project_of(rule.project)};
  start_round(walk, chance);
  move_round(walk);
  tap_encounters(walk, one.number, chance);
  const std::int64_t contacts = chance.between(rule.contacts);
  for (std::int64_t i = 0; i < contacts; ++i)
    note_contact(walk, static_cast<std::int32_t>(chance.below(walk.minutes)), chance);
  RoundEnded end;
  end.refusals = static_cast<std::int32_t>(chance.between(rule.refusals));
  end.ambience = drawn<Ambience>(tenant_.met.ambience, chance);
  diary_.note("round_ended", walk.author, walk.round, stamp(one.date, one.minute + walk.minutes),
              end);
}

void Street::start_round(Walk& walk, Chance& chance) {
  const RoundRule& rule = walk.rule;
  walk.minutes = static_cast<std::int32_t>(chance.between(rule.minutes));
  walk.round = diary_.new_subject();
  walk.author = cast_.accounts.at(rule.authors[static_cast<std::size_t>(
      chance.below(static_cast<std::int64_t>(rule.authors.size())))]);
  const auto stops = static_cast<std::size_t>(chance.between(rule.stops));
  for (const std::size_t i : chance.positions(rule.places.size(), stops))
    walk.stops.push_back(cast_.places.at(rule.places[i]));
  RoundStarted start;
  start.round_kind = rule.kind;
  start.team = cast_.teams.at(rule.team);
  start.project = walk.project;
  for (const std::string& login : rule.authors) start.members.push_back(cast_.accounts.at(login));
  start.volunteers = static_cast<std::int32_t>(chance.between(rule.volunteers));
  start.stops = walk.stops;
  diary_.note("round_started", walk.author, walk.round, stamp(walk.date, walk.start), start);
}

void Street::move_round(const Walk& walk) {
  for (std::int32_t minute = 1; minute < walk.minutes; ++minute)
    if (walk.place_at(minute) != walk.place_at(minute - 1))
      diary_.note("round_moved", walk.author, walk.round, stamp(walk.date, walk.start + minute),
                  RoundMoved{walk.place_at(minute)});
}

void Street::tap_encounters(const Walk& walk, std::int64_t number, Chance& chance) {
  const TenantPublic& met = tenant_.met;
  while (number > 0) {
    const std::int64_t count = std::min(number, chance.between(walk.rule.each));
    number -= count;
    const auto minute = static_cast<std::int32_t>(chance.below(walk.minutes));
    Encounter tap;
    tap.count = static_cast<std::int32_t>(count);
    tap.team = cast_.teams.at(walk.rule.team);
    tap.round = walk.round;
    tap.place = walk.place_at(minute);
    tap.project = walk.project;
    // A group is counted in one tap, with nothing said of each.
    if (count == 1) {
      tap.sex = drawn<Sex>(met.sex, chance);
      tap.age_band = drawn<AgeBand>(met.age_band, chance);
      tap.acquaintance = drawn<Acquaintance>(met.acquaintance, chance);
    }
    tap.services = some<ImmediateService>(met.services, 30, chance);
    diary_.note("encounter", walk.author, walk.round, stamp(walk.date, walk.start + minute), tap);
  }
}

// Somebody of the last persons of the team who was not met in this round yet, or somebody new.
std::size_t Street::meet(Walk& walk, std::int32_t minute, Chance& chance) {
  std::vector<Known>& list = known_[walk.rule.team];
  const auto size = static_cast<std::int64_t>(list.size());
  const std::int64_t remembered = std::min(size, kRemembered);
  const bool is_new = chance.percent(walk.rule.new_percent) || remembered == 0;
  if (!is_new) {
    const auto which = static_cast<std::size_t>(size - 1 - chance.below(remembered));
    if (std::find(walk.met.begin(), walk.met.end(), which) == walk.met.end()) return which;
  }
  return make_person(walk.rule.team, walk.author, stamp(walk.date, walk.start + minute),
                     walk.project, chance);
}

std::size_t Street::make_person(const std::string& team, SubjectId author, const LocalStamp& at,
                                const std::optional<SubjectId>& project, Chance& chance) {
  const TenantPeople& people = tenant_.people;
  Known known;
  known.id = diary_.new_subject();
  known.alias =
      static_cast<std::size_t>(chance.below(static_cast<std::int64_t>(people.aliases.size())));
  PersonCreated created;
  created.alias = people.aliases[known.alias];
  created.team = cast_.teams.at(team);
  created.project = project;
  created.recognise = people.recognise[static_cast<std::size_t>(
      chance.below(static_cast<std::int64_t>(people.recognise.size())))];
  created.sex = drawn<Sex>(tenant_.met.sex, chance);
  created.age_band = drawn<AgeBand>(tenant_.met.age_band, chance);
  known.age_band = created.age_band;
  diary_.note("person_created", author, known.id, at, created);
  known_[team].push_back(known);
  return known_[team].size() - 1;
}

void Street::note_contact(Walk& walk, std::int32_t minute, Chance& chance) {
  const TenantPublic& met = tenant_.met;
  const std::size_t which = meet(walk, minute, chance);
  walk.met.push_back(which);
  Known& known = known_[walk.rule.team][which];
  const LocalStamp at = stamp(walk.date, walk.start + minute);
  Contact contact;
  contact.team = cast_.teams.at(walk.rule.team);
  contact.round = walk.round;
  contact.place = walk.place_at(minute);
  contact.project = walk.project;
  contact.mode = drawn<ContactMode>(met.mode, chance).value_or(ContactMode::street);
  contact.services = some<ImmediateService>(met.services, 65, chance);
  contact.barriers = some<Barrier>(met.barriers, 45, chance);
  contact.next_step = drawn<NextStep>(met.next_step, chance);
  if (contact.next_step && *contact.next_step != NextStep::nothing)
    contact.next_on = walk.date.plus_days(static_cast<std::int32_t>(3 + chance.below(12)));
  if (chance.percent(30))
    contact.note = tenant_.people.notes[static_cast<std::size_t>(
        chance.below(static_cast<std::int64_t>(tenant_.people.notes.size())))];
  diary_.note("contact", walk.author, known.id, at, contact);
  // Who goes further with her is who leads the round: volunteers note, and ask for nothing.
  const SubjectId lead = cast_.accounts.at(walk.rule.authors.front());
  ++known.contacts;
  if (known.contacts == 1 && is_minor(known.age_band)) inform_minor(known, lead, at, chance);
  // *On va plus loin ?* is for those who may answer: never a volunteer's, and not on the first day.
  if (known.contacts == 2 && !known.identified && chance.percent(tenant_.people.identified_percent))
    go_further(known, lead, at, chance);
}

void Street::inform_minor(const Known& known, SubjectId author, const LocalStamp& at,
                          Chance& chance) {
  if (!chance.percent(60)) return;
  const bool under_16 = known.age_band == AgeBand::under_16;
  const bool pointed = chance.percent(50);
  MinorInformed informed;
  informed.choice = under_16 ? (pointed ? MinorChoice::school : MinorChoice::family_mediation)
                             : (pointed ? MinorChoice::mission_locale : MinorChoice::bond_kept);
  informed.wording = "mineurs-1";
  diary_.note("minor_informed", author, known.id, at, informed);
}

void Street::go_further(Known& known, SubjectId author, const LocalStamp& at, Chance& chance) {
  ConsentRecorded consent;
  for (const Purpose purpose :
       {Purpose::follow_up, Purpose::contact_me, Purpose::share_with_team, Purpose::statistics})
    consent.answers.push_back(
        {purpose, basis_of(purpose), purpose == Purpose::follow_up || chance.percent(80)});
  consent.how = chance.percent(70) ? HowExplained::shown : HowExplained::read_aloud;
  consent.wording = kWording;
  consent.receipt_number = digits(chance, 4) + "-" + digits(chance, 4);
  consent.receipt = chance.percent(75) ? ReceiptForm::screen : ReceiptForm::paper;
  diary_.note("consent_recorded", author, known.id, at, consent);
  IdentityGiven identity;
  identity.first_name = tenant_.people.first_names[known.alias % tenant_.people.first_names.size()];
  identity.reach_kind = chance.percent(70) ? ReachKind::phone : ReachKind::message;
  identity.reach = "06 39 98 " + digits(chance, 2) + " " + digits(chance, 2);
  diary_.note("identity_given", author, known.id, at, identity);
  known.identified = true;
}

void Street::play_desk(const Happening& one) {
  const DeskRule& rule = tenant_.desks[one.rule];
  Chance chance{tenant_.seed, "desk", rule.key, one.date.text()};
  const SubjectId author = cast_.accounts.at(rule.author);
  const SubjectId place = cast_.places.at(rule.place);
  const std::int32_t open = one.last_day ? kDeskToday : rule.close.minute - rule.open.minute;
  std::vector<std::int32_t> minutes;
  for (std::int64_t i = 0; i < one.number; ++i)
    minutes.push_back(static_cast<std::int32_t>(chance.below(open)));
  std::sort(minutes.begin(), minutes.end());
  for (const std::int32_t minute : minutes) {
    const LocalStamp at = stamp(one.date, one.minute + minute);
    Visit visit;
    visit.place = place;
    visit.team = cast_.teams.at(rule.team);
    visit.project = project_of(rule.project);
    visit.reason = drawn<VisitReason>(rule.reasons, chance);
    visit.named = chance.percent(rule.named_percent);
    SubjectId subject = place;
    if (visit.named) {
      const std::vector<Known>& list = known_[rule.team];
      const std::size_t which =
          list.empty() || chance.percent(30)
              ? make_person(rule.team, author, at, visit.project, chance)
              : static_cast<std::size_t>(chance.below(static_cast<std::int64_t>(list.size())));
      subject = known_[rule.team][which].id;
    }
    diary_.note("visit", author, subject, at, visit);
  }
}

void Street::play_watch(const Happening& one) {
  const WatchRule& rule = tenant_.watches[one.rule];
  Chance chance{tenant_.seed, "watch", rule.key, one.date.text()};
  WatchSession watch;
  watch.team = cast_.teams.at(rule.team);
  watch.project = project_of(rule.project);
  watch.network = drawn<SocialNetwork>(rule.networks, chance).value_or(SocialNetwork::other);
  watch.minutes = static_cast<std::int32_t>(one.number);
  watch.replies = static_cast<std::int32_t>(chance.between(rule.replies));
  watch.conversations = static_cast<std::int32_t>(chance.between(rule.conversations));
  diary_.note("watch_session", cast_.accounts.at(rule.author), watch.team,
              stamp(one.date, one.minute), watch);
}

void Street::play_report(const Happening& one) {
  const ReportRule& rule = tenant_.reports[one.rule];
  Chance chance{tenant_.seed, "words", rule.team, one.date.text()};
  DayReport report;
  report.team = cast_.teams.at(rule.team);
  report.day = one.date;
  report.text = rule.texts[static_cast<std::size_t>(
      chance.below(static_cast<std::int64_t>(rule.texts.size())))];
  diary_.note("day_report", cast_.accounts.at(rule.author), report.team,
              stamp(one.date, one.minute), report);
}

}  // namespace filrouge
