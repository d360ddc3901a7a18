// One person's card and history, each cut to what the reader may see (law 5).
#include <algorithm>
#include <set>

#include "core/journal/body.h"
#include "server/app/paging.h"
#include "server/app/person_view.h"
#include "server/app/rows.h"
#include "server/app/stamps.h"
#include "server/app/use_cases.h"

namespace filrouge {

namespace {

Result<std::vector<api::Named>> authors_of(App& app, const PersonState& person) {
  std::set<SubjectId> ids;
  for (const RecentContact& contact : person.recent) ids.insert(contact.author);
  std::vector<api::Named> authors;
  for (const SubjectId& id : ids) {
    FILROUGE_TRY(name, name_of(app, id));
    authors.push_back({id, std::move(name)});
  }
  return authors;
}

json::Value only(const json::Value& body, std::string_view name) {
  json::Value kept = json::Value::object();
  if (const json::Value* value = body.find(name)) kept.append(std::string(name), *value);
  return kept;
}

// The history for one reader: own organisation's entries, and of the others the days and modes of
// contacts where she agreed; a restricted barrier only for whom it is.
class HistoryCut {
 public:
  HistoryCut(App& app, const Actor& reader, const OpenedPerson& person)
      : reader_(reader),
        person_(person),
        today_(utc_day(app.clock.now())),
        belonging_(app),
        fields_(shared_with(person.whole().sharing, reader.state.organisation, today_)),
        reads_pathway_(permit(reader, "pathway.read",
                              circle_target(person.whole(), person.known->row,
                                            reader.state.organisation, today_)) ==
                       Verdict::permitted) {}

  // False: not for this reader. What stays may have lost a part of its body.
  bool keep(OpenedEntry& entry) {
    Draft& draft = entry.draft;
    if (draft.kind == "undone" || draft.kind == "confirmed") return false;
    if (is_hers_alone(draft.kind) || is_outside_kind(draft.kind)) return false;
    if (!reads_pathway_ && is_of_pathway(draft)) return false;
    if (entry.envelope.organisation != reader_.state.organisation) {
      if (draft.kind != "contact" ||
          !std::binary_search(fields_.begin(), fields_.end(), SharedField::contacts))
        return false;
      draft.body = only(draft.body, "mode");
      return true;
    }
    if (draft.kind == "diagnosis") return keep_diagnosis(draft);
    if (draft.kind == "barrier_changed") {
      BarrierChanged body;
      return reads_into(draft, body) && sees(body.barrier, draft.author);
    }
    if (draft.kind == "step_set") return keep_step(draft);
    if (draft.kind == "exit") {
      ExitDeclared body;
      return reads_into(draft, body) &&
             (body.type != ExitType::prison || sees(Barrier::legal, draft.author));
    }
    return true;
  }
  Status failed() const { return belonging_.failed(); }

 private:
  bool sees(Barrier barrier, SubjectId author) {
    return !is_restricted(barrier) ||
           sees_barrier(person_.whole(), {reader_.state.organisation, reader_.account}, today_,
                        belonging_.asker(), barrier, author);
  }
  bool keep_diagnosis(Draft& draft) {
    Diagnosis body;
    if (!reads_into(draft, body)) return false;
    std::erase_if(body.lines,
                  [&](const BarrierSaid& line) { return !sees(line.barrier, draft.author); });
    std::erase_if(body.first, [&](Barrier one) { return !sees(one, draft.author); });
    draft.body = json::parse(json::encode(body)).value();
    return true;
  }
  bool keep_step(Draft& draft) {
    StepSet body;
    if (!reads_into(draft, body)) return false;
    if (body.barrier && !sees(*body.barrier, draft.author)) {
      body.barrier.reset();
      draft.body = json::parse(json::encode(body)).value();
    }
    return true;
  }

  const Actor& reader_;
  const OpenedPerson& person_;
  CivilDate today_;
  Belonging belonging_;
  std::vector<SharedField> fields_;
  bool reads_pathway_;
};

}  // namespace

Result<api::PersonCard> person_card(App& app, const Caller& caller, const api::PersonQuery& query) {
  FILROUGE_TRY(person, open_person(app, caller, query.person, "person.read"));
  api::PersonCard card;
  card.id = query.person;
  card.shown = shown_name(person.seen);
  if (person.seen.team) {
    FILROUGE_TRY(team, name_of(app, *person.seen.team));
    card.team_name = std::move(team);
  }
  FILROUGE_TRY(authors, authors_of(app, person.seen));
  card.authors = std::move(authors);
  card.state = std::move(person.seen);
  FILROUGE_CHECK(note_opened(app, caller, *person.known, "person.read", "card"));
  return card;
}

Result<api::History> person_history(App& app, const Caller& caller,
                                    const api::HistoryQuery& query) {
  FILROUGE_TRY(person, open_person(app, caller, query.person, "person.read"));
  FILROUGE_TRY(entries, open_entries_of(app, query.person));
  HistoryCut cut(app, *caller.actor, person);
  std::erase_if(entries, [&](OpenedEntry& entry) { return !cut.keep(entry); });
  FILROUGE_CHECK(cut.failed());
  std::sort(entries.begin(), entries.end(), [](const OpenedEntry& a, const OpenedEntry& b) {
    return std::tie(b.draft.occurred, b.draft.id) < std::tie(a.draft.occurred, a.draft.id);
  });
  api::History history;
  history.total = static_cast<std::int64_t>(entries.size());
  RowWriter rows(app, *caller.actor, RowWriter::Bodies::cut);
  for (const OpenedEntry& entry : page_of(std::move(entries), query.page)) {
    FILROUGE_TRY(row, rows.row(entry));
    history.rows.push_back(std::move(row));
  }
  FILROUGE_CHECK(note_opened(app, caller, *person.known, "person.read", "history"));
  return history;
}

}  // namespace filrouge
