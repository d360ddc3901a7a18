// Drafts on their way into the journal: judged, decided, folded and sealed one after the other, and
// then appended together in one durable transaction. Nothing is written before commit().
//
// add() says why a draft may not happen and leaves everything as it was; an error of the
// environment (unavailable, full, throttled, internal) ends the whole attempt. `conflict` from
// commit(): somebody else wrote the same subject; the caller starts again with a new Intake.
//
//   Intake intake(app, app.clock.now());
//   FILROUGE_CHECK(intake.add({.draft = draft, .text = json::encode(draft)}, &actor));
//   FILROUGE_TRY(appended, intake.commit());
#pragma once

#include <condition_variable>
#include <map>
#include <mutex>
#include <set>
#include <string>
#include <vector>

#include "server/app/surroundings.h"

namespace filrouge {

// Why an entry waits in the quarantine (law 7); the web has a sentence for each.
namespace reason {
inline constexpr std::string_view unreadable = "unreadable";  // box or JSON: nothing to keep
inline constexpr std::string_view unknown_kind = "unknown_kind";
inline constexpr std::string_view newer_version = "newer_version";
inline constexpr std::string_view invalid = "invalid";  // a field has a wrong value
inline constexpr std::string_view clock = "clock";      // a day no phone can mean
inline constexpr std::string_view unknown_author = "unknown_author";
inline constexpr std::string_view account_revoked = "account_revoked";
inline constexpr std::string_view account_not_active = "account_not_active";
inline constexpr std::string_view convention_over = "convention_over";
inline constexpr std::string_view device_lost = "device_lost";
inline constexpr std::string_view not_allowed = "not_allowed";
inline constexpr std::string_view erased_person = "erased_person";
inline constexpr std::string_view refused = "refused";      // a rule of its room said no
inline constexpr std::string_view too_late = "too_late";    // its detail is gone for good
inline constexpr std::string_view discarded = "discarded";  // a coordinator put it aside
}  // namespace reason

// Errors that are nobody's fault but the machine's: try again, never quarantine.
bool is_environment(const Error& error);

// The reason under which a refused draft waits.
std::string_view reason_of(const Error& error);

struct Incoming {
  Draft draft;       // upcast and checked, its clock clamped
  std::string text;  // its JSON as the writer sealed it, without padding
  SubjectId device;  // nil: written at a desk
  std::int64_t sequence = 0;
};
// A day further back is a broken clock, not a note.
inline constexpr std::int32_t occurred_days_ago_max = 2 * 365;
// Makes the keys of new persons durable before the gate is entered: a flush of their own.
void warm_keys(App& app, const Draft& draft);
// Upcast, checked and clamped; the error says which field is wrong.
Result<Incoming> check_incoming(Draft draft, std::string text, Instant received);

// One intake at a time decides, folds and takes its place in the order; waiting for the disk
// happens outside. The next one builds on the states that the last ones are about to write: should
// one of these fail, the store refuses what was made from it, and that one starts again.
class IntakeGate {
 public:
  std::unique_lock<std::mutex> enter() { return std::unique_lock(mutex_); }
  // Null when no state of the subject is about to be written.
  KnownPtr coming(SubjectId subject);
  // Until every entry on its way about the subject is in the journal, or refused.
  void await(SubjectId subject);
  // The same for every subject; whoever is inside keeps the next ones out.
  void await_all();

  void depart(const std::vector<SubjectId>& about, const std::vector<KnownPtr>& states);
  // Written or not: the read model says from here on.
  void arrive(const std::vector<SubjectId>& about, const std::vector<KnownPtr>& states);

 private:
  std::mutex mutex_;
  std::mutex coming_mutex_;
  std::condition_variable arrived_;
  std::map<SubjectId, KnownPtr> coming_;
  std::map<SubjectId, int> on_the_way_;
};

// Made as late as possible and committed at once: others wait at the gate in between.
class Intake : private StateSource {
 public:
  Intake(App& app, Instant received);

  // `actor` null: the program itself writes. `judged`: the use case asked for access before.
  Status add(const Incoming& incoming, const Actor* actor, bool judged = false);
  // Encounters whose detail is let go in this append: their rows of facts go, and
  // "encounters_expired" on their round takes the place of their number in it.
  void let_go(const std::vector<EntryId>& encounters);
  Status add_expired(const Incoming& expired, std::int64_t number);
  // For what goes with the entries: quarantine, ledger, erasure.
  Append& append() { return append_; }
  std::size_t size() const { return append_.entries.size(); }
  Result<Appended> commit();

 private:
  struct Noted {
    Draft draft;
    SubjectId organisation;  // that wrote it
  };
  struct Subject {
    StoredState row;  // version 0: nothing stored yet
    State state;      // after what was added
    bool changed = false;
    bool tokens_changed = false;
    std::optional<DataKey> key;  // of the person
    std::vector<Noted> added;
  };
  struct Marked {  // the entry that an undone or confirmed one is about
    SubjectId author;
    SubjectId subject;
    bool arrived = false;
  };

  Result<const State*> find(SubjectId subject) override;
  template <class S>
  Result<const S*> find_as(SubjectId subject) {
    FILROUGE_TRY(state, find(subject));
    return state == nullptr ? nullptr : std::get_if<S>(state);
  }
  Result<Subject*> open_subject(SubjectId id, Collection collection);
  Result<Marked> marked_by(const Draft& draft);
  Status judge(const Draft& draft, const Subject& subject, const Marked& marked,
               const Actor& actor);
  Status judge_person(const Draft& draft, const Subject& subject, std::string_view rule,
                      filrouge::Target target, const Actor& actor);
  Result<bool> round_is_open(const Draft& draft, const Subject& subject);
  // intake_pathway.cc: what core cannot know of the accounts and organisations that it names.
  Status check_named(const Draft& draft, const Subject& subject, const Actor& actor);
  Status check_account(SubjectId id, SubjectId organisation, std::string_view field);
  Status check_referent(SubjectId id, SubjectId team, SubjectId organisation);
  // Law 4: pathways whose referent may no longer follow pass to a coordinator, par intérim.
  Status pass_on(const Draft& draft, const Subject& subject);
  Status pass_on_of(SubjectId account, const AccountState& now);
  Status name_interim(SubjectId person, const ReferentClaim& claim);
  Result<SubjectId> interim_of(const ReferentClaim& claim);
  Result<bool> may_follow(const ReferentClaim& claim);
  Status give_key(const Draft& draft, Subject& subject);
  Status place_row(const Draft& draft, Subject& subject, SubjectId organisation);
  Status fold_in(const Draft& draft, Subject& subject, bool refolds);
  Result<Surroundings> around(const Draft& draft, const Subject& subject, SubjectId organisation);
  Status add_facts(const Draft& draft, const Subject& subject, SubjectId organisation);
  Status add_facts_again(const Draft& draft, const Subject& subject);
  Status await_records(const Draft& draft, const State& state);
  Status count_records_again(const Draft& draft, const Subject& subject);
  Result<std::vector<Noted>> noted_of(const Subject& subject);
  Status seal(const Incoming& incoming, const Subject& subject, SubjectId organisation);
  Status write_states();

  App& app_;
  std::unique_lock<std::mutex> inside_;
  Instant received_;
  Append append_;
  FactBasket facts_;
  StoredSource stored_;
  std::map<SubjectId, KnownPtr> coming_;  // accounts that others are about to write
  std::map<SubjectId, Subject> subjects_;
  std::map<EntryId, Marked> added_;  // entries of this append
  std::set<EntryId> undone_;         // by entries of this append
  std::set<SubjectId> awaited_;      // places that entries of this append name and nobody has set
  std::vector<KnownPtr> written_;
  std::vector<std::size_t> written_bytes_;
  bool places_moved_ = false;  // known ones
  bool facts_stale_ = false;   // some may have been located without the place, or elsewhere
};

// The account, and whether its organisation's convention covers one of these days. Absent when
// there is no such account.
Result<std::optional<Actor>> actor_on(App& app, SubjectId account, CivilDate first, CivilDate last);

}  // namespace filrouge
