#include "server/app/rows.h"

#include <algorithm>

#include "core/base/limits.h"
#include "core/journal/entry_set.h"
#include "core/pathway/pathway.h"
#include "server/app/person_view.h"
#include "server/app/sealing.h"
#include "server/app/stamps.h"

namespace filrouge {

namespace {

Result<std::vector<OpenedEntry>> open_all(App& app, const std::vector<StoredEntry>& stored) {
  std::vector<OpenedEntry> opened;
  opened.reserve(stored.size());
  for (const StoredEntry& row : stored) {
    auto draft = open_entry(app, row.entry);
    if (draft.ok())
      opened.push_back({std::move(*draft), row.entry.envelope});
    else if (draft.error().code != Code::not_found)  // its key was destroyed a moment ago
      return std::move(draft.error());
  }
  return opened;
}

SubjectId id_in_body(const Draft& draft, std::string_view name) {
  const json::Value* value = draft.body.is(json::Kind::object) ? draft.body.find(name) : nullptr;
  if (value == nullptr || !value->is(json::Kind::string)) return {};
  const auto id = SubjectId::parse(value->text());
  return id.ok() ? *id : SubjectId{};
}

bool is_walked(const RoundState& round) { return round.started && !round.ended; }

json::Value without_note(const json::Value& body) {
  json::Value kept = json::Value::object();
  for (std::size_t i = 0; i < body.keys().size(); ++i)
    if (body.keys()[i] != "note") kept.append(body.keys()[i], body.items()[i]);
  return kept;
}

bool is_late(const OpenedEntry& entry) {
  const CivilDate received = utc_day(entry.envelope.received);
  return entry.draft.occurred.date < received.plus_days(-limits::late_entry_days);
}

}  // namespace

Result<std::vector<OpenedEntry>> open_entries(App& app, const std::vector<EntryId>& ids) {
  FILROUGE_TRY(stored, app.store.entries(ids));
  std::map<EntryId, std::size_t> place;
  for (std::size_t i = 0; i < ids.size(); ++i) place.emplace(ids[i], i);
  std::sort(stored.begin(), stored.end(), [&](const StoredEntry& a, const StoredEntry& b) {
    return place[a.entry.envelope.id] < place[b.entry.envelope.id];
  });
  return open_all(app, stored);
}

Result<std::vector<OpenedEntry>> open_entries_of(App& app, SubjectId subject) {
  FILROUGE_TRY(stored, app.store.entries_of(subject));
  return open_all(app, stored);
}

std::string shown_name(const PersonState& person) {
  const std::string first_name = person.first_name.shown();
  return first_name.empty() ? person.alias.shown() : first_name;
}

bool is_of_pathway(const Draft& draft) {
  return is_pathway_kind(draft.kind) || draft.kind == "relay" ||
         draft.kind.starts_with("sharing_") || draft.kind == "survey_answered" ||
         is_hers_alone(draft.kind) || is_outside_kind(draft.kind) || is_link_kind(draft.kind);
}

Result<bool> team_walks(App& app, SubjectId team) {
  if (team.is_nil()) return false;
  FILROUGE_TRY(rounds, all_known(app, {.collection = Collection::round, .teams = {team}}));
  return std::any_of(rounds.begin(), rounds.end(), [](const KnownPtr& known) {
    const auto round = state_in<RoundState>(known);
    return round != nullptr && is_walked(*round);
  });
}

Result<bool> RowWriter::volunteer_round_is_open(const Draft& draft, SubjectId team) {
  const SubjectId noted_in = id_in_body(draft, "round");
  if (noted_in.is_nil()) return team_walks(app_, team);
  FILROUGE_TRY(round, find_state<RoundState>(app_, noted_in));
  return round != nullptr && is_walked(*round);
}

Result<bool> RowWriter::may_name(const OpenedEntry& entry, const Known& person) {
  const auto* state = std::get_if<PersonState>(&person.state);
  Target target =
      circle_target(*state, person.row, reader_.state.organisation, utc_day(app_.clock.now()));
  if (reader_.state.role == Role::volunteer && entry.envelope.author == reader_.account) {
    target.account = reader_.account;
    FILROUGE_TRY(open, volunteer_round_is_open(entry.draft, person.row.team));
    target.round_open = open;
  }
  return permit(reader_, "person.read", target) == Verdict::permitted;
}

Result<bool> RowWriter::is_confirmed(const OpenedEntry& entry, const Known* subject) {
  if (const auto* person = subject == nullptr ? nullptr : std::get_if<PersonState>(&subject->state))
    return has_entry(person->confirmed, entry.draft.id);
  FILROUGE_TRY(others, open_entries_of(app_, entry.draft.subject));
  return std::any_of(others.begin(), others.end(), [&](const OpenedEntry& other) {
    const json::Value* marked =
        other.draft.kind == "confirmed" ? other.draft.body.find("entry") : nullptr;
    return marked != nullptr && marked->text() == entry.draft.id.hex();
  });
}

Result<std::string> RowWriter::name_for_reader(SubjectId id, const Known& person) {
  auto at = shown_.find(id);
  if (at == shown_.end()) {
    FILROUGE_TRY(seen, seen_by(app_, reader_, person));
    at = shown_.emplace(id, shown_name(seen)).first;
  }
  return at->second;
}

Result<std::string> RowWriter::author_name(SubjectId author) {
  auto at = authors_.find(author);
  if (at == authors_.end()) {
    FILROUGE_TRY(name, name_of(app_, author));
    at = authors_.emplace(author, std::move(name)).first;
  }
  return at->second;
}

Result<api::DayRow> RowWriter::row(const OpenedEntry& entry) {
  const Draft& draft = entry.draft;
  api::DayRow row;
  row.entry = draft.id;
  row.subject = draft.subject;
  row.kind = draft.kind;
  row.occurred = draft.occurred;
  row.own = draft.author == reader_.account;
  row.late = is_late(entry);
  const bool is_street =
      !is_hers_alone(draft.kind) && (bodies_ == Bodies::cut || !is_of_pathway(draft));
  row.body = is_street ? draft.body : json::Value::object();
  FILROUGE_TRY(author, author_name(draft.author));
  row.author_name = std::move(author);
  FILROUGE_TRY(subject, find_known(app_, draft.subject));
  row.undone = subject != nullptr && is_undone(subject->state, draft.id);
  if (draft.locked) {
    FILROUGE_TRY(confirmed, is_confirmed(entry, subject.get()));
    row.unconfirmed = !confirmed;
  }
  const auto person = state_in<PersonState>(subject);
  if (person == nullptr) return row;
  FILROUGE_TRY(named, may_name(entry, *subject));
  if (named) {
    FILROUGE_TRY(seen, name_for_reader(draft.subject, *subject));
    row.person = std::move(seen);
    named_.insert(draft.subject);
  } else {
    row.subject = {};
    row.body = is_of_pathway(draft) ? json::Value::object() : without_note(draft.body);
  }
  return row;
}

}  // namespace filrouge
