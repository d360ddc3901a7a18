#include "sim/truth.h"

#include <algorithm>

namespace filrouge::sim {

namespace {

constexpr std::int64_t kDayMs = 86'400'000;
constexpr std::int64_t kFiveMinutesMs = 300'000;
constexpr std::int64_t kTwelveHoursMs = 12 * 3'600'000;

const std::set<std::string>& kinds_of(Role role) {
  static const std::set<std::string> worker{
      "round_started",  "round_moved",      "round_ended",    "encounter",
      "watch_session",  "contact",          "visit",          "undone",
      "confirmed",      "day_report",       "person_created", "person_described",
      "identity_given", "consent_recorded", "minor_informed", "concern_reported",
      "place_set"};
  static const std::set<std::string> volunteer{"round_started", "round_moved",    "round_ended",
                                               "encounter",     "person_created", "contact"};
  static const std::set<std::string> reception{
      "encounter", "person_created", "person_described", "minor_informed", "concern_reported",
      "contact",   "visit",          "undone",           "confirmed"};
  static const std::set<std::string> nothing;
  if (role == Role::outreach_worker) return worker;
  if (role == Role::volunteer) return volunteer;
  return role == Role::reception_agent ? reception : nothing;
}

std::int64_t day_of(std::int64_t ms) { return (ms - (ms % kDayMs + kDayMs) % kDayMs) / kDayMs; }

// What a worker writes of a team is for that team; the own entries and places are for nobody else.
bool is_of_a_team(const std::string& kind) {
  return kind != "undone" && kind != "confirmed" && kind != "place_set";
}

template <class Body>
std::optional<Body> body_of(const Note& note, std::string_view kind) {
  if (note.draft.kind != kind) return std::nullopt;
  auto body = json::read<Body>(note.draft.body, json::Unknown::keep);
  if (!body.ok()) return std::nullopt;
  return std::move(*body);
}

// The journal does not believe a phone that runs ahead.
std::pair<std::int64_t, std::uint32_t> believed(const Note& note, Instant received) {
  if (note.draft.hlc.ms > received.ms + kFiveMinutesMs) return {received.ms, 0};
  return {note.draft.hlc.ms, note.draft.hlc.counter};
}

}  // namespace

std::size_t Truth::add(Note note) {
  note.name = "n" + std::to_string(notes.size() + 1);
  by_id_[note.draft.id] = notes.size();
  notes.push_back(std::move(note));
  return notes.size() - 1;
}

std::optional<std::size_t> Truth::note_of(const EntryId& id) const {
  const auto at = by_id_.find(id);
  return at == by_id_.end() ? std::nullopt : std::optional(at->second);
}

std::optional<std::size_t> Truth::person_of(const SubjectId& id) const {
  for (std::size_t i = 0; i < persons.size(); ++i)
    if (persons[i].id == id) return i;
  return std::nullopt;
}

std::optional<std::size_t> Truth::account_of(const SubjectId& id) const {
  for (std::size_t i = 0; i < accounts.size(); ++i)
    if (accounts[i].id == id) return i;
  return std::nullopt;
}

std::string Truth::must_wait(const Note& note, Instant now) const {
  if (note.broken) return "no program of today reads it";
  const std::int64_t today = day_of(now.ms);
  const std::int64_t noted = note.draft.occurred.date.days;
  if (noted > today + 1 || noted < today - 2 * 365) return "its day is absurd";
  if (lost_phones.contains(note.phone)) return "its phone was declared lost";
  const Account& author = accounts[note.account];
  if (author.revoked) return "its author's account was revoked";
  if (note.person && persons[*note.person].erased) return "the person was erased";
  if (!kinds_of(author.role).contains(note.draft.kind)) return "the role of its author may not";
  if (is_of_a_team(note.draft.kind) && !author.teams.contains(note.team))
    return "it is about another team's work";
  if (note.target && notes[*note.target].account != note.account) return "the entry of another";
  return {};
}

bool Truth::may_see(const Account& reader, const Person& person) const {
  if (reader.revoked || person.erased) return false;
  const bool reads = reader.role == Role::outreach_worker || reader.role == Role::adviser ||
                     reader.role == Role::reception_agent;
  return reads && reader.teams.contains(person.team);
}

bool Truth::is_taken_back(std::size_t note, const Received& received) const {
  for (const Note& other : notes)
    if (other.draft.kind == "undone" && other.target == note && received(other)) return true;
  return false;
}

// Law 5, as the design says it: a refusal gives way only to an agreement that came later and knew
// of it: from the same author, or naming it, or more than twelve hours after.
bool Truth::answer_holds(std::size_t person, Purpose purpose, const Received& received,
                         std::optional<bool>& agreed) const {
  using Stamp = std::pair<std::pair<std::int64_t, std::uint32_t>, EntryId>;
  const Note* last[2] = {nullptr, nullptr};  // refusal, agreement
  Stamp at[2];
  for (std::size_t i = 0; i < notes.size(); ++i) {
    const Note& note = notes[i];
    const auto got = note.person == person ? received(note) : std::nullopt;
    const auto body = got ? body_of<ConsentRecorded>(note, "consent_recorded") : std::nullopt;
    if (!body || is_taken_back(i, received)) continue;
    const Stamp stamp{believed(note, *got), note.draft.id};
    for (const PurposeAnswer& answer : body->answers) {
      const int which = answer.agreed ? 1 : 0;
      if (answer.purpose != purpose || (last[which] != nullptr && stamp < at[which])) continue;
      last[which] = &note;
      at[which] = stamp;
    }
  }
  if (last[0] == nullptr && last[1] == nullptr) return false;
  agreed = last[0] == nullptr;
  if (last[0] == nullptr || last[1] == nullptr || at[1] < at[0]) return true;
  const auto body = body_of<ConsentRecorded>(*last[1], "consent_recorded");
  const bool named = std::find(body->replaces.begin(), body->replaces.end(), last[0]->draft.id) !=
                     body->replaces.end();
  agreed = last[0]->account == last[1]->account || named ||
           at[1].first.first - at[0].first.first > kTwelveHoursMs;
  return true;
}

CardView Truth::card(std::size_t person, const Received& received) const {
  CardView view;
  std::map<EntryId, std::string> aliases;
  std::set<EntryId> replaced;
  std::pair<std::pair<std::int64_t, std::uint32_t>, EntryId> age_at;
  for (std::size_t i = 0; i < notes.size(); ++i) {
    const Note& note = notes[i];
    if (note.person != person) continue;
    const auto got = received(note);
    if (!got || is_taken_back(i, received)) continue;
    std::optional<AgeBand> age;
    if (note.draft.kind == "contact") {
      const LocalStamp& when = note.draft.occurred;
      const CivilDate day = when.minute < 5 * 60 ? when.date.plus_days(-1) : when.date;
      ++view.contacts;
      if (!view.last_contact || *view.last_contact < day) view.last_contact = day;
    } else if (const auto created = body_of<PersonCreated>(note, "person_created")) {
      aliases[note.draft.id] = created->alias;
      age = created->age_band;
    } else if (const auto described = body_of<PersonDescribed>(note, "person_described")) {
      if (described->alias) aliases[note.draft.id] = *described->alias;
      if (described->alias) replaced.insert(described->replaces.begin(), described->replaces.end());
      age = described->age_band;
    }
    const std::pair stamp{believed(note, *got), note.draft.id};
    if (age && (!view.age_band || age_at < stamp)) {
      view.age_band = age;
      age_at = stamp;
    }
  }
  for (const auto& [entry, alias] : aliases)
    if (!replaced.contains(entry)) view.aliases.insert(alias);
  for (const Purpose purpose :
       {Purpose::follow_up, Purpose::contact_me, Purpose::share_with_team, Purpose::statistics}) {
    std::optional<bool> agreed;
    if (answer_holds(person, purpose, received, agreed)) view.consents[purpose] = *agreed;
  }
  return view;
}

}  // namespace filrouge::sim
