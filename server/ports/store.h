// Journal, read model, facts, search tokens, quarantine and access ledger: what one durable
// transaction writes together (architecture 2 and 3). One writer thread joins what is queued into
// one commit (group commit); append() returns when its part is durable.
//
// Two adapters keep this promise, server/store/sqlite and server/store/postgresql, judged by one
// contract suite. Errors: `conflict` ("duplicate_entry", "version") rolls the caller's append back
// and nothing else; `full` no space; `unavailable` the disk or the database; `throttled` the queue
// is full. After a failed flush the process exits: it must never say what it does not know.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "core/journal/envelope.h"
#include "core/journal/fold.h"
#include "core/journal/merkle.h"
#include "core/measure/fact.h"
#include "core/sync/sync.h"
#include "core/territory/outline.h"
#include "server/ports/blobs.h"

namespace filrouge {

// ---- the journal ----

struct SealedEntry {
  Envelope envelope;
  Bytes16 salt{};
  std::string ciphertext;  // the padded JSON of the draft, sealed under envelope.key
  Bytes32 leaf{};          // merkle_leaf(salt ‖ associated_data ‖ hash(ciphertext))
};
struct StoredEntry {
  std::int64_t recv_seq = 0;
  SealedEntry entry;
};
// A row of the log for verification; `entry` is absent where it was deleted for good.
struct LogRow {
  std::int64_t recv_seq = 0;
  Bytes32 leaf{};
  std::optional<SealedEntry> entry;
};
// How often an entry stands in the journal, and in the facts: once at most, or something is broken.
struct EntryCount {
  EntryId entry;
  SubjectId author;
  std::int64_t journal = 0;
  std::int64_t facts = 0;
};

// ---- the read model ----

struct StoredState {
  SubjectId subject;
  Collection collection = Collection::person;
  SubjectId organisation;
  SubjectId team;            // nil where the collection has none
  std::int64_t version = 0;  // higher than the one before
  KeyId key;
  std::string sealed;         // encode_state(), sealed with the subject as bound text
  std::int64_t replaces = 0;  // when appended: the version it was made from, 0 for none
};
struct StateFilter {
  Collection collection = Collection::person;
  std::optional<SubjectId> organisation;
  std::vector<SubjectId> teams;    // empty: any
  std::optional<SubjectId> after;  // page by subject
  std::size_t limit = 1'000;
};

// Names are found through tokens: mac(search key of organisation and field, folded word) cut to
// 16 bits. Candidates are opened and compared. `login` tokens are whole (unique per node).
struct SearchToken {
  SubjectId organisation;
  std::string field;
  std::string token;
};
struct TokenWrite {
  SubjectId subject;
  std::vector<SearchToken> tokens;  // replace all tokens of the subject
};

// ---- quarantine and ledger ----

// Law 7: date, author, kind and reason can be seen by the coordinator of the author's organisation;
// the sealed draft opens only for someone entitled.
struct QuarantineRow {
  EntryId id;
  Instant received;
  SubjectId organisation;  // the author's; nil when the author is unknown
  SubjectId author;
  SubjectId device;
  std::string kind;    // empty when the box did not open
  std::string reason;  // message key
  std::string sealed;  // draft, sealed under the organisation's key; empty once destroyed
  KeyId key;
  bool resolved = false;
  SubjectId subject;  // whom the draft is about, for erasure; nil when the box did not open
};

// Law 8. One row a disclosure; a list is one row that names its subjects.
struct LedgerRow {
  std::int64_t sequence = 0;  // set by the store
  Instant at;
  SubjectId account;
  SubjectId organisation;
  std::string action;   // the rule: "person.read"
  std::string purpose;  // "card", "list", "report", "command line"
  std::vector<SubjectId> subjects;
};

// ---- one append ----

// What is erased is what was stored before: entries, states and facts of the same Append are
// written after it and stay. An id that was deleted stays known: it can never be appended again.
struct Erasure {
  SubjectId subject;  // its entries, state, tokens, quarantine, blobs: gone but for the leaves
  Pseudonym person;   // facts and person row under this pseudonym go as well
  std::optional<std::int64_t> version;  // of its state as read before (0: none): else "version"
};
struct Append {
  std::vector<SealedEntry> entries;
  std::vector<StoredState> states;  // "version" unless what they replace is what is stored
  FactChange facts;
  std::vector<EntryId> undone;  // entries that must not be folded when they arrive later:
                                // a fact keyed by one of them is never put again
  std::vector<TokenWrite> tokens;
  std::vector<QuarantineRow> quarantine;
  std::vector<LedgerRow> ledger;
  std::optional<Erasure> erase;
  // Entries whose detail expired: deleted but for their leaves. One that is gone already:
  // "version".
  std::vector<EntryId> forget;
  // Called once, on the caller's thread, as soon as the append has its place in the order and
  // before it is durable: what is appended after this comes after it. Not called when it is not
  // queued.
  std::function<void()> queued;
};
struct Appended {
  std::vector<std::int64_t> recv_seqs;  // of `entries`, in order
};

// ---- figures ----

enum class Dimension { none, commune, district, project, team, age_band, sex, detail };
BOOST_DESCRIBE_ENUM(Dimension, none, commune, district, project, team, age_band, sex, detail)

struct FactFilter {
  std::optional<FactKind> kind;
  CivilDate from;
  CivilDate to;  // last day, included
  std::optional<SubjectId> organisation;
  std::optional<SubjectId> project;
  std::vector<SubjectId> teams;     // empty: any
  bool counting_only = false;       // rows with counts = true
  std::optional<Pseudonym> person;  // facts() only: the rows of this person
};
// With Dimension::none there is exactly one row and its key is the empty text.
struct FactCount {
  std::optional<std::string> key;  // of the dimension (ids as hex, enumerators as text); absent:
                                   // inconnu
  std::int64_t rows = 0;
  std::int64_t number = 0;
  std::int64_t minutes = 0;
  std::int64_t refusals = 0;
  std::int64_t replies = 0;
  std::int64_t conversations = 0;
};
// Persons by the day of their first contact inside the filter's organisation, project and teams
// (the filter's kind is not looked at). The key is that of the first contact's fact, but for sex
// and age band, which are the person's latest known.
struct FirstContactCount {
  std::optional<std::string> key;
  std::optional<AgeBand> age_band;  // latest known
  std::int64_t persons = 0;         // first contact between from and to
  std::int64_t due = 0;             // of these, first met at least 30 days before `today`
  std::int64_t returned = 0;        // of the due, a second contact within 30 days (I16)
};

// A commune of the national list.
struct Commune {
  std::string code;  // INSEE
  std::string name;
  std::vector<std::string> postcodes;
};
BOOST_DESCRIBE_STRUCT(Commune, (), (code, name, postcodes))

class Store : public Blobs {
 public:
  virtual Result<Appended> append(Append&& append) = 0;

  // The recv_seq of an entry, also of one that was erased or forgotten since.
  virtual Result<std::optional<std::int64_t>> find_entry(EntryId id) = 0;
  virtual Result<bool> is_undone(EntryId id) = 0;
  virtual Result<std::vector<StoredEntry>> entries_of(SubjectId subject) = 0;
  virtual Result<std::vector<StoredEntry>> entries(const std::vector<EntryId>& ids) = 0;
  // In the order asked; an entry that the journal does not hold is left out.
  virtual Result<std::vector<EntryCount>> count_entries(const std::vector<EntryId>& ids) = 0;
  virtual Result<std::vector<LogRow>> log_after(std::int64_t recv_seq, std::size_t limit) = 0;
  virtual Result<MerkleFrontier> log_head() = 0;

  virtual Result<std::optional<StoredState>> state(SubjectId subject) = 0;
  virtual Result<std::vector<StoredState>> states(const StateFilter& filter) = 0;
  virtual Result<std::vector<SubjectId>> find_tokens(const SearchToken& token) = 0;

  virtual Result<std::vector<Fact>> facts(const FactFilter& filter, std::size_t limit) = 0;
  virtual Result<std::vector<FactCount>> count_facts(const FactFilter& filter, Dimension by) = 0;
  virtual Result<std::vector<FirstContactCount>> count_first_contacts(const FactFilter& filter,
                                                                      Dimension by,
                                                                      CivilDate today) = 0;
  virtual Result<std::vector<PersonFact>> person_facts(const std::vector<Pseudonym>& persons) = 0;
  // Records that a human linked: all that count as another one, or as themselves, by pseudonym.
  virtual Result<std::vector<PersonFact>> linked_persons() = 0;

  virtual Result<std::vector<QuarantineRow>> quarantine(std::optional<SubjectId> organisation,
                                                        bool unresolved_only) = 0;
  virtual Result<std::optional<QuarantineRow>> quarantined(EntryId id) = 0;
  virtual Status resolve_quarantine(EntryId id, bool keep_content) = 0;

  // Newest first. With a subject: what was read of that person.
  virtual Result<std::vector<LedgerRow>> ledger(std::optional<SubjectId> subject,
                                                std::optional<SubjectId> organisation,
                                                std::size_t limit) = 0;
  // Distinct subjects in the account's rows of purpose "card" since `since` (the daily quota).
  // Other purposes (a list, a card of the own team's list) do not count.
  virtual Result<std::int64_t> opened_since(SubjectId account, Instant since) = 0;

  // Reference data, imported from files and importable again: not part of the journal. Replaces
  // rows of the same code (communes) or kind, code and valid_from (outlines), keeps the others.
  virtual Status put_communes(const std::vector<Commune>& communes) = 0;
  virtual Result<std::optional<Commune>> commune(const std::string& code) = 0;
  virtual Result<std::vector<Commune>> find_communes(const std::string& folded_prefix,
                                                     std::size_t limit) = 0;
  virtual Status put_outlines(const std::vector<Outline>& outlines) = 0;
  virtual Result<std::vector<Outline>> outlines() = 0;

  // A consistent copy while serving, into one new file; never checkpoints the source. `conflict`
  // when the file is there already.
  virtual Status backup(const std::string& path) = 0;
};

}  // namespace filrouge
