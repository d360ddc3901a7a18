#include "server/app/sought.h"

#include <algorithm>
#include <set>

#include "core/people/consent.h"
#include "core/people/namesake.h"
#include "server/app/rows.h"
#include "server/app/sealing.h"
#include "server/app/search_tokens.h"
#include "server/app/stamps.h"
#include "server/app/use_cases.h"
#include "server/app/write.h"

namespace filrouge {

namespace {

class Search {
 public:
  Search(App& app, const Actor& reader)
      : app_(app),
        reader_(reader),
        own_(reader.state.organisation),
        today_(utc_day(app.clock.now())),
        names_(app) {}

  Result<std::vector<api::SoughtRow>> run() {
    if (!reads(reader_.state.teams)) return std::move(rows_);
    std::set<SubjectId> identified;
    for (const CivilDate day : {today_, today_.plus_days(-kSoughtDays)}) {
      FILROUGE_TRY(found, app_.store.find_tokens(identified_token(app_, day)));
      identified.insert(found.begin(), found.end());
    }
    for (const SubjectId& id : identified) FILROUGE_CHECK(ask_of(id));
    std::sort(rows_.begin(), rows_.end(), [](const api::SoughtRow& a, const api::SoughtRow& b) {
      return std::tie(a.shown, a.organisation_name, a.person) <
             std::tie(b.shown, b.organisation_name, b.person);
    });
    return std::move(rows_);
  }

 private:
  bool reads(const std::vector<SubjectId>& teams) const {
    Target target;
    target.organisation = own_;
    target.teams = teams;
    return permit(reader_, "sought.read", target) == Verdict::permitted;
  }

  Result<KnownPtr> person(SubjectId id) {
    auto known = find_known(app_, id);
    if (!known.ok() && known.error().code == Code::not_found) return KnownPtr();  // erased
    if (!known.ok()) return std::move(known.error());
    const auto* state = *known == nullptr ? nullptr : std::get_if<PersonState>(&(*known)->state);
    const bool there = state != nullptr && !state->erased && !is_signal_alone(*state);
    return there ? std::move(*known) : KnownPtr();
  }

  // Somebody whom another organisation identified in the last days.
  Status ask_of(SubjectId id) {
    FILROUGE_TRY(known, person(id));
    if (known == nullptr || known->row.organisation.is_nil() || known->row.organisation == own_)
      return Done{};
    const auto& state = std::get<PersonState>(known->state);
    if (!state.identified_on || *state.identified_on < today_.plus_days(-kSoughtDays))
      return Done{};
    const ConsentState* followed = consent_for(state, Purpose::follow_up);
    if (followed != nullptr && !followed->agreed) return Done{};
    if (is_in(circle_of(state, today_).all, own_)) return Done{};  // followed together already
    return look_for(*known);
  }

  Status look_for(const Known& theirs) {
    const Namesake wanted = namesake_of(std::get<PersonState>(theirs.state));
    const SubjectId organisation = theirs.row.organisation;
    FILROUGE_TRY(candidates, find_namesakes(app_, own_, wanted.given));
    for (const SubjectId& id : candidates) {
      FILROUGE_TRY(known, person(id));
      if (known == nullptr || known->row.organisation != own_ || !reads({known->row.team}))
        continue;
      const auto& state = std::get<PersonState>(known->state);
      if (seen_.contains({id, organisation}) || !is_due(state.sought_seen, organisation, today_) ||
          is_in(circle_of(state, today_).all, organisation))
        continue;
      FILROUGE_TRY(seen, seen_by(app_, reader_, *known));
      if (likeness(compare(wanted, namesake_of(seen))) != Likeness::strong) continue;
      FILROUGE_TRY(before, is_named_before(*known, theirs));
      if (!before) continue;
      FILROUGE_TRY(name, names_.of(organisation));
      rows_.push_back({id, shown_name(seen), organisation, std::move(name)});
      seen_.insert({id, organisation});
    }
    return Done{};
  }

  // Whoever identified her last is the one who looks for her, and hears nothing: by the order in
  // which the node received their words, which no phone's clock can change.
  Result<bool> is_named_before(const Known& own, const Known& theirs) {
    std::int64_t named = INT64_MAX, asked = 0;
    FILROUGE_TRY(ours, app_.store.entries_of(own.row.subject));
    for (const StoredEntry& entry : ours) {
      FILROUGE_TRY(names, gives_name(entry, true));
      if (names) named = std::min(named, entry.recv_seq);
    }
    FILROUGE_TRY(others, app_.store.entries_of(theirs.row.subject));
    for (const StoredEntry& entry : others) {
      FILROUGE_TRY(names, gives_name(entry, false));
      if (names) asked = std::max(asked, entry.recv_seq);
    }
    return named < asked;
  }

  Result<bool> gives_name(const StoredEntry& entry, bool also_alias) {
    auto draft = open_entry(app_, entry.entry);
    if (!draft.ok() && draft.error().code == Code::not_found) return false;  // erased meanwhile
    if (!draft.ok()) return std::move(draft.error());
    return draft->kind == "identity_given" || (also_alias && draft->kind == "person_created");
  }

  App& app_;
  const Actor& reader_;
  SubjectId own_;
  CivilDate today_;
  Names names_;
  std::set<std::pair<SubjectId, SubjectId>> seen_;
  std::vector<api::SoughtRow> rows_;
};

}  // namespace

Result<std::vector<api::SoughtRow>> sought_persons(App& app, const Actor& reader) {
  return Search(app, reader).run();
}

Result<api::Empty> see_sought(App& app, const Caller& caller, const api::SeeSought& request) {
  FILROUGE_TRY(person, open_person(app, caller, request.person, "sought.read"));
  const SubjectId author = caller.actor->account;
  Draft draft =
      desk_draft(app, "sought_seen", request.person, author, SoughtSeen{request.organisation});
  for (const NoticeSeen& one : person.whole().sought_seen)
    if (one.organisation == request.organisation) put_after(draft, one.hlc);
  FILROUGE_CHECK(write_judged(app, *caller.actor, {draft}));
  return api::Empty{};
}

}  // namespace filrouge
