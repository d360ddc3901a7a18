// `filrouge verify`: every leaf and the root of the log, what the node signed about it, every entry
// opened and folded again, every state and fact compared with the read model. An entry that is gone
// must have been let go by an entry that says so (`gone` of "facts_retained"). Works on a folder
// that a server is writing to: what was received after the start of the walk is not judged.
// Findings name what and where, never content.
#include <set>

#include "core/journal/body.h"
#include "server/app/checkpoint.h"
#include "server/app/intake.h"
#include "server/app/recompute.h"
#include "server/app/sealing.h"
#include "server/app/use_cases.h"

namespace filrouge {

namespace {

constexpr std::size_t page_rows = 500;
constexpr std::size_t findings_max = 200;
constexpr int readings_max = 3;  // of a subject that is written meanwhile

class Verification {
 public:
  explicit Verification(App& app) : app_(app), source_(app) {}

  Result<VerifyReport> run() {
    // First what was signed, then the head: the head is the later of the two.
    auto kept = kept_checkpoint(app_);
    if (!kept.ok() && is_environment(kept.error())) return std::move(kept.error());
    if (!kept.ok()) find("checkpoint: is not one of this program");
    if (kept.ok()) kept_ = std::move(*kept);
    FILROUGE_TRY(head, app_.store.log_head());
    head_ = std::move(head);
    FILROUGE_CHECK(walk_log());
    for (const SubjectId& subject : subjects_) FILROUGE_CHECK(judge_subject(subject));
    FILROUGE_CHECK(judge_gone());
    FILROUGE_CHECK(judge_states());
    report_.subjects = static_cast<std::int64_t>(subjects_.size());
    FILROUGE_CHECK(compare_facts());
    FILROUGE_CHECK(compare_persons());
    FILROUGE_CHECK(open_quarantine());
    return std::move(report_);
  }

 private:
  void find(std::string finding) {
    if (report_.findings.size() < findings_max) report_.findings.push_back(std::move(finding));
  }

  Status walk_log() {
    MerkleFrontier frontier;
    std::int64_t last = 0;
    const auto size = static_cast<std::int64_t>(head_.size);
    while (last < size) {
      FILROUGE_TRY(rows, app_.store.log_after(last, page_rows));
      if (rows.empty()) break;
      for (const LogRow& row : rows) {
        if (row.recv_seq > size) break;
        if (row.recv_seq != last + 1) find("log " + std::to_string(last + 1) + ": missing");
        last = row.recv_seq;
        frontier.append(app_.crypto.hash_function(), row.leaf);
        compare_signed(frontier);
        FILROUGE_CHECK(judge_row(row));
      }
      if (rows.back().recv_seq > size) break;
    }
    const auto hash = app_.crypto.hash_function();
    if (frontier.size != head_.size || frontier.root(hash) != head_.root(hash))
      find("log: its root is not that of its leaves");
    if (kept_ && kept_->size > static_cast<std::int64_t>(frontier.size))
      find("log: the node signed " + std::to_string(kept_->size) + " entries, there are " +
           std::to_string(frontier.size));
    return Done{};
  }

  // The log up to what was signed last, against what was signed.
  void compare_signed(const MerkleFrontier& frontier) {
    if (!kept_ || kept_->size != static_cast<std::int64_t>(frontier.size)) return;
    if (kept_->root != hex_of(frontier.root(app_.crypto.hash_function())))
      find("log: its first " + std::to_string(kept_->size) + " entries are not those it signed");
  }

  Status judge_row(const LogRow& row) {
    if (!row.entry) {
      ++report_.erased;
      missing_.insert(row.recv_seq);
      return Done{};
    }
    ++report_.entries;
    subjects_.insert(row.entry->envelope.subject);
    if (leaf_of(app_, *row.entry) != row.leaf)
      find("log " + std::to_string(row.recv_seq) + ": the entry is not the one that was received");
    FILROUGE_TRY(known, app_.store.find_entry(row.entry->envelope.id));
    if (known != row.recv_seq)
      find("log " + std::to_string(row.recv_seq) + ": its id leads somewhere else");
    return Done{};
  }

  void note_gone(const Draft& draft, std::set<std::int64_t>& positions) {
    if (FactsRetained body; draft.kind == "facts_retained" && reads_into(draft, body) && body.gone)
      positions.insert(body.gone->begin(), body.gone->end());
  }

  // What is missing was let go, or somebody took it; what was let go is not there.
  Status judge_gone() {
    std::set<std::int64_t> since;  // let go while we walk
    for (std::int64_t last = static_cast<std::int64_t>(head_.size);;) {
      FILROUGE_TRY(rows, app_.store.log_after(last, page_rows));
      if (rows.empty()) break;
      for (const LogRow& row : rows) {
        last = row.recv_seq;
        if (!row.entry) continue;
        const auto draft = open_entry(app_, *row.entry);
        if (draft.ok()) note_gone(*draft, since);
      }
    }
    for (const std::int64_t position : missing_)
      if (!gone_.contains(position) && !since.contains(position))
        find("log " + std::to_string(position) + ": its entry is gone and nothing says why");
    for (const std::int64_t position : gone_)
      if (!missing_.contains(position))
        find("log " + std::to_string(position) + ": was let go, and is there");
    return Done{};
  }

  // Every state belongs to entries, under the organisation and team that it names itself.
  Status judge_states() {
    for (int number = 0; number <= static_cast<int>(Collection::comparison); ++number) {
      StateFilter filter;
      filter.collection = static_cast<Collection>(number);
      filter.limit = page_rows;
      while (true) {
        FILROUGE_TRY(rows, app_.store.states(filter));
        for (const StoredState& row : rows) FILROUGE_CHECK(judge_state(row));
        if (rows.size() < filter.limit) break;
        filter.after = rows.back().subject;
      }
    }
    return Done{};
  }

  Status judge_state(const StoredState& row) {
    if (!subjects_.contains(row.subject)) {
      FILROUGE_TRY(entries, app_.store.entries_of(row.subject));
      FILROUGE_TRY(still, app_.store.state(row.subject));
      if (still && entries.empty()) find("state " + row.subject.hex() + ": comes from no entry");
      return Done{};
    }
    const auto state = open_state(app_, row);
    if (!state.ok()) return Done{};  // told by its subject
    SubjectId team;
    if (const auto* person = std::get_if<PersonState>(&*state))
      team = person->team.value_or(SubjectId{});
    if (const auto* round = std::get_if<RoundState>(&*state))
      team = round->team.value_or(SubjectId{});
    FILROUGE_TRY(organisation, organisation_named(*state, team, row.subject));
    const bool other_team = !team.is_nil() && row.team != team;
    const bool other_organisation = !organisation.is_nil() && row.organisation != organisation;
    if (other_team || other_organisation)
      find("state " + row.subject.hex() + ": stands under another team or organisation");
    return Done{};
  }

  // Nil where the state does not say.
  Result<SubjectId> organisation_named(const State& state, SubjectId team, SubjectId subject) {
    if (std::holds_alternative<OrganisationState>(state)) return subject;
    if (const auto* account = std::get_if<AccountState>(&state)) return account->organisation;
    if (const auto* device = std::get_if<DeviceState>(&state)) return device->organisation;
    if (const auto* own = std::get_if<TeamState>(&state)) return own->set.organisation;
    if (team.is_nil()) return SubjectId{};
    FILROUGE_TRY(named, source_.find(team));
    const auto* of_team = named == nullptr ? nullptr : std::get_if<TeamState>(named);
    return of_team == nullptr ? SubjectId{} : of_team->set.organisation;
  }

  // Opens each entry by itself, so that one that does not open is named.
  Result<std::vector<OpenedEntry>> open_subject(SubjectId subject, bool& whole) {
    FILROUGE_TRY(stored, app_.store.entries_of(subject));
    std::vector<OpenedEntry> entries;
    for (const StoredEntry& row : stored) {
      auto draft = open_entry(app_, row.entry);
      if (draft.ok() && draft->id == row.entry.envelope.id && draft->subject == subject) {
        note_gone(*draft, gone_);
        entries.push_back({std::move(*draft), row.entry.envelope});
        continue;
      }
      whole = false;
      const bool destroyed = !draft.ok() && draft.error().code == Code::not_found;
      find("entry " + row.entry.envelope.id.hex() +
           (destroyed ? ": its key is gone; an erasure waits for the next start"
                      : ": does not open"));
    }
    return entries;
  }

  Status judge_subject(SubjectId subject) {
    for (int reading = 1;; ++reading) {
      FILROUGE_TRY(row, app_.store.state(subject));
      const std::size_t before = report_.findings.size();
      bool whole = true;
      FILROUGE_TRY(entries, open_subject(subject, whole));
      if (!whole || entries.empty()) return Done{};
      auto again = recompute(app_, source_, entries);
      if (!again.ok() && again.error().rule != "mixed") return std::move(again.error());
      if (!again.ok())
        return find("subject " + subject.hex() + ": " + again.error().detail), Done{};
      const bool same = is_same(row, *again);
      if (!same && reading < readings_max) {
        report_.findings.resize(before);
        continue;
      }
      if (!same) find("state " + subject.hex() + ": is not the fold of its entries");
      for (const Fact& fact : again->facts.put) facts_[fact.entry] = digest_of(app_, fact);
      for (const PersonFact& person : again->facts.persons)
        persons_[person.person] = digest_of(app_, person);
      return Done{};
    }
  }

  bool is_same(const std::optional<StoredState>& row, const Recomputed& again) {
    if (!row) return !again.has_state;
    if (row->collection != again.collection) return false;
    const auto state = open_state(app_, *row);
    return state.ok() && encode_state(*state) == encode_state(again.state);
  }

  // Written, taken back or let go since the walk began?
  Result<bool> changed_meanwhile(EntryId id) {
    FILROUGE_TRY(recv_seq, app_.store.find_entry(id));
    if (recv_seq && *recv_seq > static_cast<std::int64_t>(head_.size)) return true;
    FILROUGE_TRY(head, app_.store.log_head());
    if (head.size == head_.size) return false;
    if (!recv_seq) return true;  // a retained fact, under a key of its own
    FILROUGE_TRY(undone, app_.store.is_undone(id));
    FILROUGE_TRY(there, app_.store.entries({id}));
    return undone || there.empty();
  }

  Status compare_facts() {
    FILROUGE_TRY(stored, stored_fact_digests(app_));
    report_.facts = static_cast<std::int64_t>(stored.size());
    for (const auto& [id, digest] : stored) {
      const auto expected = facts_.find(id);
      if (expected != facts_.end() && expected->second == digest) continue;
      FILROUGE_TRY(meanwhile, changed_meanwhile(id));
      if (!meanwhile)
        find("fact " + id.hex() +
             (expected == facts_.end() ? ": comes from no entry" : ": differs from its entry"));
    }
    for (const auto& [id, digest] : facts_) {
      if (stored.contains(id)) continue;
      FILROUGE_TRY(meanwhile, changed_meanwhile(id));
      if (!meanwhile) find("fact " + id.hex() + ": is missing");
    }
    return Done{};
  }

  Status compare_persons() {
    std::vector<Pseudonym> ids;
    for (const auto& [id, digest] : persons_) ids.push_back(id);
    FILROUGE_TRY(stored, app_.store.person_facts(ids));
    std::map<Pseudonym, Bytes16> found;
    for (const PersonFact& person : stored) found[person.person] = digest_of(app_, person);
    FILROUGE_TRY(head, app_.store.log_head());
    const bool quiet = head.size == head_.size;
    for (const auto& [id, digest] : persons_)
      if (quiet && (!found.contains(id) || found[id] != digest))
        find("person fact " + id.hex() + ": differs from her entries");
    return Done{};
  }

  Status open_quarantine() {
    FILROUGE_TRY(rows, app_.store.quarantine(std::nullopt, true));
    for (const QuarantineRow& row : rows)
      if (!row.sealed.empty() && !open_quarantined(app_, row).ok())
        find("quarantine " + row.id.hex() + ": does not open");
    return Done{};
  }

  App& app_;
  StoredSource source_;
  std::optional<Checkpoint> kept_;
  MerkleFrontier head_;
  VerifyReport report_;
  std::set<std::int64_t> missing_;
  std::set<std::int64_t> gone_;
  std::set<SubjectId> subjects_;
  std::map<EntryId, Bytes16> facts_;
  std::map<Pseudonym, Bytes16> persons_;
};

}  // namespace

Result<VerifyReport> verify_folder(App& app) { return Verification(app).run(); }

}  // namespace filrouge
