// What people do with their phones: notes of every kind, some about what nobody else has heard of
// yet, some taken back, some that a newer or a broken program wrote.
#include <algorithm>

#include "core/outreach/entries.h"
#include "core/people/consent.h"
#include "sim/world.h"

namespace filrouge::sim {

namespace {

constexpr std::int64_t kMinuteMs = 60'000;
constexpr std::int64_t kDayMs = 24 * 60 * kMinuteMs;
constexpr std::int32_t kOffsetMinutes = 60;

const std::vector<std::string>& first_names() {
  static const std::vector<std::string> names{"Zoe", "Yanis", "Xena", "Wassim", "Vera",
                                              "Ugo", "Tess",  "Sami", "Rita",   "Quentin"};
  return names;
}

std::string canary_of(Chance& chance) {
  std::string word = "Q";
  for (int i = 0; i < 11; ++i) word += static_cast<char>('a' + chance.below(26));
  return word;
}

// The node could not do it: nothing is said of the note.
bool is_out_of_order(Code code) {
  return code == Code::unavailable || code == Code::full || code == Code::throttled ||
         code == Code::internal || code == Code::timeout || code == Code::unauthenticated;
}

std::optional<AgeBand> some_age(Chance& chance) {
  if (chance.percent(40)) return std::nullopt;
  return static_cast<AgeBand>(chance.below(6));
}

}  // namespace

void World::schedule_acts() {
  const std::int64_t start = clock_.now().ms;
  const std::int64_t end = weather_.days * kDayMs;
  for (std::int64_t i = 0; i < weather_.acts; ++i) {
    const std::int64_t when = start + of_acts_.below(end);
    at({when}, [this] { act(); });
    // Several at once: the servers meet over one person.
    while (i + 1 < weather_.acts && of_acts_.percent(weather_.together_percent)) {
      at({when + of_acts_.below(400)}, [this] { act(); });
      ++i;
    }
  }
  for (std::size_t phone = 0; phone < phones_.size(); ++phone) {
    for (std::int64_t ms = of_acts_.below(kDayMs / 8); ms < end;
         ms += of_acts_.between(kDayMs / 8, kDayMs)) {
      at({start + ms}, [this, phone] { sign_in(phone); });
      at({start + ms + 30 * kMinuteMs}, [this, phone] { wake(phone, false); });
      // Out of the network, and in it again.
      const bool offline = of_network_.percent(weather_.offline_percent);
      at({start + ms + of_network_.below(kDayMs / 4)}, [this, phone, offline] {
        phones_[phone].offline = offline;
        if (!offline) wake(phone, true);
      });
    }
  }
}

void World::act() {
  if (of_acts_.percent(14)) return desk_act();
  const auto phone =
      static_cast<std::size_t>(of_acts_.below(static_cast<std::int64_t>(phones_.size())));
  if (of_acts_.percent(1)) return evict(phone);
  note_something(phone);
}

void World::note_something(std::size_t number) {
  Phone& phone = phones_[number];
  if (phone.off) return;
  const Account& author = truth_.accounts[phone.account];
  std::vector<std::size_t> teams(author.teams.begin(), author.teams.end());
  if (teams.empty()) return;
  const std::size_t team = of_acts_.pick(teams);
  std::vector<std::size_t> persons;
  for (std::size_t i = 0; i < truth_.persons.size(); ++i)
    if (truth_.persons[i].team == team) persons.push_back(i);
  const std::int64_t what = of_acts_.below(100);
  if (persons.empty() || what < 14) return note_person(number, team);
  // In a crowd everybody speaks of the one met last.
  const bool crowd = of_acts_.percent(weather_.together_percent);
  const std::size_t person = crowd ? persons.back() : of_acts_.pick(persons);
  if (what < 40) return note_contact(number, person);
  if (what < 52) return note_described(number, person);
  if (what < 64) return note_consent(number, person);
  if (what < 76) return note_encounter(number, team);
  if (what < 84) return note_round(number, team);
  if (what < 90 || author.role == Role::volunteer) return note_about_team(number, team);
  take_back(number);
}

std::string World::at_person(const Note& note) const {
  std::string line = ", " + note.draft.kind;
  if (const json::Value* act = note.draft.body.find("act")) line += " " + act->text();
  if (note.person) line += " of " + truth_.persons[*note.person].name;
  if (!note.malformed.empty()) line += " (" + note.malformed + ")";
  return line;
}

// A draft as the phone makes it: sealed, durable, then given to the machine.
void World::note(std::size_t number, std::string_view kind, SubjectId subject, json::Value body,
                 Note about) {
  Phone& phone = phones_[number];
  const Instant now = wall(phone);
  phone.storage.hlc = phone.storage.hlc.tick(now);
  Draft& draft = about.draft;
  draft.id = random_.id<EntryId>();
  draft.subject = subject;
  draft.kind = std::string(kind);
  draft.occurred = LocalStamp::at(now, kOffsetMinutes);
  draft.hlc = phone.storage.hlc;
  draft.author = truth_.accounts[phone.account].id;
  draft.locked = phone.session.empty() && of_acts_.percent(50);
  draft.body = std::move(body);
  about.phone = number;
  about.account = phone.account;
  if (of_acts_.percent(5)) spoil(about);
  const std::string sealed = crypto_->seal_box(sealing_key_, pad_text(json::encode(about.draft)));
  const EntryId id = about.draft.id;
  std::string line = "notes n" + std::to_string(truth_.notes.size() + 1) + at_person(about);
  if (about.round) line += " in " + truth_.rounds[*about.round].name;
  if (about.target) line += " of " + truth_.notes[*about.target].name;
  if (about.broken) line += ", which no program of today reads";
  truth_.add(std::move(about));
  story_.tell(clock_.now(), phone.name, line);
  phone.storage.outbox.emplace_back(id, sealed);
  if (!maybe_crash(number)) take_in(number);
}

// At a desk the answer is read at once: a refusal is told and nothing waits. Sent twice, it is
// answered twice the same.
void World::note_at_desk(std::size_t account, std::string_view kind, SubjectId subject,
                         json::Value body, Note about) {
  const Account& who = truth_.accounts[account];
  const std::size_t person = *about.person;
  serve(any_server(), [&](App& app) {
    const auto caller = caller_of(app, account);
    const auto heard = heard_of(person);
    if (!caller || !heard) return;
    Draft& draft = about.draft;
    Hlc& hlc = desk_clocks_[account];
    hlc = hlc.tick(clock_.now());
    draft.id = random_.id<EntryId>();
    draft.subject = subject;
    draft.kind = std::string(kind);
    draft.occurred = LocalStamp::at(clock_.now(), kOffsetMinutes);
    draft.hlc = hlc;
    draft.author = who.id;
    draft.body = std::move(body);
    about.account = account;
    const std::size_t number = truth_.add(std::move(about));
    Note& noted = truth_.notes[number];
    story_.tell(clock_.now(), who.name, "writes " + noted.name + at_person(noted) + " at a desk");
    Told told{heard->size(), {}};
    const std::int64_t version = truth_.version;
    const bool teamless = names_no_team_yet(noted);
    serving_about_ = person;
    const api::WriteEntry request{subject, noted.draft};
    const auto written = write_entry(app, *caller, request);
    if (!written.ok() && is_out_of_order(written.error().code)) return;
    story_.tell(
        clock_.now(), who.name,
        "reads of " + noted.name + ": " + (written.ok() ? "written" : written.error().rule));
    noted.answered = noted.accepted = written.ok();
    auto now = heard_of(person);
    if (!now || disk_.is_off()) return;
    told.heard = std::move(*now);
    std::string why;
    const Person& her = truth_.persons[person];
    const bool sure = version == truth_.version && !truth_.unsure.contains(account) && !teamless &&
                      !her.erasing && !her.erasure_undone;
    if (sure && is_wrong(noted, written.ok(), &told, why))
      return find(noted.name + why, {noted.name, who.name, her.name});
    check_thread(app, person);
    if (!written.ok() || !of_threads_.percent(10)) return;
    const auto again = write_entry(app, *caller, request);
    if (again.ok() ? again->recv_seq != written->recv_seq : !is_out_of_order(again.error().code))
      find(noted.name + " is answered otherwise the second time", {noted.name});
  });
}

// As a newer program writes it: more fields, a newer version, a kind that nobody knows yet; or as a
// broken one does.
void World::spoil(Note& note) {
  switch (of_acts_.below(5)) {
    case 0:
      note.draft.kind = "teleported";
      note.broken = true;
      return;
    case 1:
      note.draft.version = static_cast<std::int32_t>(of_acts_.between(2, 9));
      note.broken = true;
      return;
    case 2:
      note.draft.version = 0;
      note.broken = true;
      return;
    default:
      note.draft.body.set("weather", json::Value("rain"));
  }
}

void World::note_person(std::size_t phone, std::size_t team) {
  Person person;
  person.name = first_names()[truth_.persons.size() % first_names().size()];
  if (truth_.persons.size() >= first_names().size())
    person.name += std::to_string(truth_.persons.size() / first_names().size() + 1);
  person.canary = canary_of(of_acts_);
  person.id = random_.id<SubjectId>();
  person.team = team;
  PersonCreated body;
  body.alias = person.name + " " + person.canary;
  body.team = truth_.teams[team].id;
  body.age_band = some_age(of_acts_);
  Note about;
  about.team = team;
  about.person = truth_.persons.size();
  about.words.push_back({Word::Of::alias, body.alias, {}});
  const SubjectId id = person.id;
  truth_.persons.push_back(std::move(person));
  note(phone, "person_created", id, body, std::move(about));
}

void World::note_contact(std::size_t phone, std::size_t person) {
  const Person& met = truth_.persons[person];
  Contact body;
  Note about;
  about.team = some_team_of(phones_[phone].account, person);
  about.person = person;
  body.team = truth_.teams[about.team].id;
  body.mode = of_acts_.percent(20) ? ContactMode::site : ContactMode::street;
  if (!truth_.places.empty() && of_acts_.percent(60)) body.place = of_acts_.pick(truth_.places).id;
  if (of_acts_.percent(50)) body.note = "vu avec " + word(about, Word::Of::contact);
  if (of_acts_.percent(30)) body.next_step = NextStep::meet_again;
  note(phone, "contact", met.id, body, std::move(about));
}

// Two workers may describe her at once: each replaces what the own phone has seen.
void World::note_described(std::size_t phone, std::size_t person) {
  const Person& met = truth_.persons[person];
  PersonDescribed body;
  if (of_acts_.percent(60)) {
    body.alias = met.name + std::to_string(truth_.notes.size()) + " " + met.canary;
    for (const Note& other : truth_.notes) {
      const bool names = other.person == person && (other.draft.kind == "person_created" ||
                                                    other.draft.kind == "person_described");
      if (names && (other.phone == phone || of_acts_.percent(40)))
        body.replaces.push_back(other.draft.id);
    }
  }
  body.age_band = some_age(of_acts_);
  Note about;
  about.team = met.team;
  about.person = person;
  if (body.alias) about.words.push_back({Word::Of::alias, *body.alias, {}});
  note(phone, "person_described", met.id, body, std::move(about));
}

void World::note_consent(std::size_t phone, std::size_t person) {
  const Person& met = truth_.persons[person];
  ConsentRecorded body;
  for (const Purpose purpose : {Purpose::contact_me, Purpose::share_with_team})
    if (body.answers.empty() || of_acts_.percent(50))
      body.answers.push_back({purpose, basis_of(purpose), of_acts_.percent(55)});
  body.wording = "consentement-1";
  body.receipt_number = std::to_string(truth_.notes.size());
  for (const Note& other : truth_.notes)
    if (other.person == person && other.draft.kind == "consent_recorded" && of_acts_.percent(25))
      body.replaces.push_back(other.draft.id);
  Note about;
  about.team = met.team;
  about.person = person;
  note(phone, "consent_recorded", met.id, body, std::move(about));
}

void World::note_round(std::size_t phone, std::size_t team) {
  std::vector<std::size_t> open;
  for (std::size_t i = 0; i < truth_.rounds.size(); ++i)
    if (truth_.rounds[i].team == team && !truth_.rounds[i].ended) open.push_back(i);
  Note about;
  about.team = team;
  if (open.empty() || of_acts_.percent(20)) {
    about.round = truth_.rounds.size();
    truth_.rounds.push_back({"round " + std::to_string(truth_.rounds.size() + 1),
                             random_.id<SubjectId>(), team, std::nullopt});
    RoundStarted body;
    body.round_kind = of_acts_.percent(50) ? "walk" : "maraude";
    body.team = truth_.teams[team].id;
    if (!truth_.places.empty()) body.stops = {of_acts_.pick(truth_.places).id};
    return note(phone, "round_started", truth_.rounds.back().id, body, std::move(about));
  }
  about.round = of_acts_.pick(open);
  Round& round = truth_.rounds[*about.round];
  if (!truth_.places.empty() && of_acts_.percent(60))
    return note(phone, "round_moved", round.id, RoundMoved{of_acts_.pick(truth_.places).id},
                std::move(about));
  round.ended = clock_.now();
  note(phone, "round_ended", round.id, RoundEnded{3, {}, {}, {}}, std::move(about));
}

void World::note_encounter(std::size_t phone, std::size_t team) {
  std::vector<std::size_t> open;
  for (std::size_t i = 0; i < truth_.rounds.size(); ++i)
    if (truth_.rounds[i].team == team && !truth_.rounds[i].ended) open.push_back(i);
  Encounter body;
  body.team = truth_.teams[team].id;
  body.count = static_cast<std::int32_t>(of_acts_.between(1, 6));
  if (of_acts_.percent(40)) body.sex = static_cast<Sex>(of_acts_.below(3));
  if (!truth_.places.empty() && of_acts_.percent(40)) body.place = of_acts_.pick(truth_.places).id;
  Note about;
  about.team = team;
  SubjectId subject = body.team;
  if (!open.empty() && of_acts_.percent(70)) {
    about.round = of_acts_.pick(open);
    subject = truth_.rounds[*about.round].id;
    body.round = subject;
  }
  note(phone, "encounter", subject, body, std::move(about));
}

void World::note_about_team(std::size_t phone, std::size_t team) {
  Note about;
  about.team = team;
  const SubjectId team_id = truth_.teams[team].id;
  switch (of_acts_.below(3)) {
    case 0: {
      WatchSession body;
      body.team = team_id;
      body.network = SocialNetwork::instagram;
      body.minutes = static_cast<std::int32_t>(of_acts_.between(1, 60));
      return note(phone, "watch_session", team_id, body, std::move(about));
    }
    case 1: {
      if (truth_.places.empty()) break;
      Visit body;
      body.place = of_acts_.pick(truth_.places).id;
      body.team = team_id;
      body.count = static_cast<std::int32_t>(of_acts_.between(1, 4));
      return note(phone, "visit", body.place, body, std::move(about));
    }
    default:
      break;
  }
  PlaceSet body;
  Place place;
  place.name = "place " + std::to_string(truth_.places.size() + 1);
  place.id = random_.id<SubjectId>();
  place.organisation = truth_.teams[team].organisation;
  body.name = place.name;
  body.type = PlaceType::street;
  body.commune = of_acts_.percent(50) ? "37261" : "37122";
  body.located_by = LocatedBy::asked;
  truth_.places.push_back(place);
  note(phone, "place_set", place.id, body, std::move(about));
}

// Often from the other phone of its author, which may be heard first.
void World::take_back(std::size_t phone) {
  std::vector<std::string> kinds{"contact",          "encounter", "visit",   "watch_session",
                                 "person_described", "diagnosis", "step_set"};
  if (of_acts_.percent(15))
    for (const char* kind : {"pathway_opened", "referent_named", "relay", "sharing_agreed",
                             "sharing_withdrawn", "following_ended"})
      kinds.emplace_back(kind);
  std::vector<std::size_t> own;
  for (std::size_t i = 0; i < truth_.notes.size(); ++i) {
    const Note& note = truth_.notes[i];
    const bool can = std::find(kinds.begin(), kinds.end(), note.draft.kind) != kinds.end();
    if (can && !note.broken && note.account == phones_[phone].account) own.push_back(i);
  }
  if (own.empty()) return;
  // The last ones: who takes back does it soon.
  if (own.size() > 5) own.erase(own.begin(), own.end() - 5);
  const std::size_t target = of_acts_.pick(own);
  const Note taken = truth_.notes[target];
  Note about;
  about.team = taken.team;
  about.person = taken.person;
  about.round = taken.round;
  about.target = target;
  std::string collection = taken.round ? "round" : "team";
  if (taken.person) collection = "person";
  if (taken.draft.kind == "visit") collection = "place";
  const bool locked = taken.draft.locked && of_acts_.percent(50);
  if (locked)
    return note(phone, "confirmed", taken.draft.subject, Confirmed{taken.draft.id, collection},
                std::move(about));
  note(phone, "undone", taken.draft.subject, Undone{taken.draft.id, collection}, std::move(about));
}

}  // namespace filrouge::sim
