#include "sim/truth.h"

#include <algorithm>

namespace filrouge::sim {

namespace {

constexpr std::int64_t kDayMs = 86'400'000;
constexpr std::int64_t kFiveMinutesMs = 300'000;
constexpr std::int64_t kTwelveHoursMs = 12 * 3'600'000;

const std::set<std::string>& kinds_of(Role role) {
  static const std::set<std::string> worker{"round_started",
                                            "round_moved",
                                            "round_ended",
                                            "encounter",
                                            "watch_session",
                                            "contact",
                                            "visit",
                                            "undone",
                                            "confirmed",
                                            "day_report",
                                            "person_created",
                                            "person_described",
                                            "identity_given",
                                            "consent_recorded",
                                            "minor_informed",
                                            "concern_reported",
                                            "place_set",
                                            "pathway_opened",
                                            "referent_named",
                                            "following_ended",
                                            "following_resumed",
                                            "diagnosis",
                                            "barrier_changed",
                                            "step_set",
                                            "relay",
                                            "sharing_agreed",
                                            "sharing_withdrawn"};
  static const std::set<std::string> volunteer{"round_started", "round_moved",    "round_ended",
                                               "encounter",     "person_created", "contact"};
  static const std::set<std::string> reception{
      "encounter", "person_created", "person_described", "minor_informed", "concern_reported",
      "contact",   "visit",          "undone",           "confirmed"};
  static const std::set<std::string> coordinator{"referent_named", "step_set"};
  static const std::set<std::string> nothing;
  if (is_worker(role)) return worker;
  if (role == Role::volunteer) return volunteer;
  if (role == Role::coordinator) return coordinator;
  return role == Role::reception_agent ? reception : nothing;
}

std::int64_t day_of(std::int64_t ms) { return (ms - (ms % kDayMs + kDayMs) % kDayMs) / kDayMs; }

// What a worker writes of a team is for that team; the own entries and places are for nobody else.
bool is_of_a_team(const std::string& kind) {
  return kind != "undone" && kind != "confirmed" && kind != "place_set";
}

// Their body names the team whose work it is; the others of a person, none or a referent's.
bool names_its_team(const std::string& kind) {
  return kind == "contact" || kind == "person_created";
}

template <class Body>
std::optional<Body> body_of(const Note& note, std::string_view kind) {
  if (note.draft.kind != kind) return std::nullopt;
  auto body = json::read<Body>(note.draft.body, json::Unknown::keep);
  if (!body.ok()) return std::nullopt;
  return std::move(*body);
}

}  // namespace

bool is_worker(Role role) { return role == Role::outreach_worker || role == Role::adviser; }

// The journal does not believe a phone that runs ahead.
Stamp Truth::believed(const Note& note, Instant received) const {
  if (note.draft.hlc.ms > received.ms + kFiveMinutesMs) return {{received.ms, 0}, note.draft.id};
  return {{note.draft.hlc.ms, note.draft.hlc.counter}, note.draft.id};
}

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

std::optional<std::size_t> Truth::organisation_of(const SubjectId& id) const {
  for (std::size_t i = 0; i < organisations.size(); ++i)
    if (organisations[i].id == id) return i;
  return std::nullopt;
}

std::set<SubjectId> Truth::teams_of(const Account& account) const {
  std::set<SubjectId> ids;
  for (const std::size_t team : account.teams) ids.insert(teams[team].id);
  return ids;
}

Opinion Truth::opinion(const Note& note, Instant now, const Thread* thread) const {
  if (note.broken) return {"no program of today reads it"};
  if (!note.malformed.empty()) return {note.malformed};
  const std::int64_t today = day_of(now.ms);
  const std::int64_t noted = note.draft.occurred.date.days;
  if (noted > today + 1 || noted < today - 2 * 365) return {"its day is absurd"};
  if (note.phone != kAtDesk && lost_phones.contains(note.phone))
    return {"its phone was declared lost"};
  const Account& author = accounts[note.account];
  if (author.revoked) return {"its author's account was revoked"};
  if (note.person && persons[*note.person].erased) return {"the person was erased"};
  if (!kinds_of(author.role).contains(note.draft.kind)) return {"the role of its author may not"};
  const bool of_team = is_of_a_team(note.draft.kind);
  const bool of_own_team = author.teams.contains(note.team);
  if (of_team && (!note.person || names_its_team(note.draft.kind)) && !of_own_team)
    return {"it is about another team's work"};
  if (note.target && notes[*note.target].account != note.account) return {"the entry of another"};
  if (!note.person || thread == nullptr) return {};
  const CivilDate day{static_cast<std::int32_t>(today)};
  if (of_team && !follows(author, persons[*note.person], *thread, day)) {
    // Nobody created her yet, or the entry that did is on its way again after a restore.
    if (!thread->met) return {.why = "", .sure = false};
    return {"its author's side does not follow her"};
  }
  // Nor does the node know then whose team she is of: it is that of the contact that came first.
  Opinion opinion = of_thread(note, now, *thread);
  if (!thread->met && opinion.why.empty()) opinion.sure = false;
  return opinion;
}

bool Truth::follows(const Account& account, const Person& person, const Thread& thread,
                    CivilDate today) const {
  if (account.teams.contains(person.team)) return true;
  const SubjectId own = organisations[account.organisation].id;
  // A coordinator names a référent wherever the organisation follows, and reads nothing.
  if (account.role == Role::coordinator) {
    std::set<SubjectId> all;
    for (const Team& team : teams)
      if (team.organisation == account.organisation) all.insert(team.id);
    return teams[person.team].organisation == account.organisation ||
           thread.is_followed_by(all, own, today);
  }
  return is_worker(account.role) && thread.is_followed_by(teams_of(account), own, today);
}

bool Truth::may_see(const Account& reader, const Person& person, const Thread& thread,
                    CivilDate today) const {
  if (reader.revoked || person.erased) return false;
  if (reader.role == Role::reception_agent) return reader.teams.contains(person.team);
  return is_worker(reader.role) && follows(reader, person, thread, today);
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
  const Note* last[2] = {nullptr, nullptr};  // refusal, agreement
  Stamp at[2];
  for (std::size_t i = 0; i < notes.size(); ++i) {
    const Note& note = notes[i];
    const auto got = note.person == person ? received(note) : std::nullopt;
    const auto body = got ? body_of<ConsentRecorded>(note, "consent_recorded") : std::nullopt;
    if (!body || is_taken_back(i, received)) continue;
    const Stamp stamp = believed(note, *got);
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
  Stamp age_at;
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
    const Stamp stamp = believed(note, *got);
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
