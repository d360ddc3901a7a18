// `filrouge verify`: every leaf and the root of the log, every entry opened and folded again, every
// state and fact compared with the read model. Works on a folder that a server is writing to: what
// was received after the start of the walk is not judged. Findings name what and where, never
// content.
#include <set>

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
    FILROUGE_TRY(head, app_.store.log_head());
    head_ = std::move(head);
    FILROUGE_CHECK(walk_log());
    for (const SubjectId& subject : subjects_) FILROUGE_CHECK(judge_subject(subject));
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
        judge_row(row);
      }
      if (rows.back().recv_seq > size) break;
    }
    const auto hash = app_.crypto.hash_function();
    if (frontier.size != head_.size || frontier.root(hash) != head_.root(hash))
      find("log: its root is not that of its leaves");
    return Done{};
  }

  void judge_row(const LogRow& row) {
    if (!row.entry) {
      ++report_.erased;
      return;
    }
    ++report_.entries;
    subjects_.insert(row.entry->envelope.subject);
    if (leaf_of(app_, *row.entry) != row.leaf)
      find("log " + std::to_string(row.recv_seq) + ": the entry is not the one that was received");
  }

  // Opens each entry by itself, so that one that does not open is named.
  Result<std::vector<OpenedEntry>> open_subject(SubjectId subject, bool& whole) {
    FILROUGE_TRY(stored, app_.store.entries_of(subject));
    std::vector<OpenedEntry> entries;
    for (const StoredEntry& row : stored) {
      auto draft = open_entry(app_, row.entry);
      if (draft.ok() && draft->id == row.entry.envelope.id && draft->subject == subject) {
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
  MerkleFrontier head_;
  VerifyReport report_;
  std::set<SubjectId> subjects_;
  std::map<EntryId, Bytes16> facts_;
  std::map<Pseudonym, Bytes16> persons_;
};

}  // namespace

Result<VerifyReport> verify_folder(App& app) { return Verification(app).run(); }

}  // namespace filrouge
