// What is true in a world, written down when it happens and before anything is sent: who is in
// which team, what was noted by whom, who was erased. And the rules as a person would say them,
// written here a second time, naively, from the design and not from the product's code: what may be
// accepted, who may see whom, what a card must say.
//
//   const Opinion opinion = truth.opinion(note, now, thread);   // why it must wait; or accepted
//   if (!truth.may_see(account, person, thread, today)) ...
#pragma once

#include <deque>
#include <functional>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "core/journal/draft.h"
#include "core/network/entries.h"
#include "core/people/entries.h"
#include "core/sync/sync.h"
#include "sim/thread.h"

namespace filrouge::sim {

struct Organisation {
  std::string name;
  SubjectId id;
};
struct Team {
  std::string name;
  SubjectId id;
  std::size_t organisation = 0;
};
struct Account {
  std::string name;
  std::string login;
  Role role = Role::volunteer;
  SubjectId id;
  std::size_t organisation = 0;
  std::set<std::size_t> teams;
  bool revoked = false;

  std::string password() const { return "correct horse " + login; }
};
struct Place {
  std::string name;
  SubjectId id;
  std::size_t organisation = 0;
};
struct Person {
  std::string name;
  std::string canary;  // a word that stands in her alias and notes, and nowhere else
  SubjectId id;
  std::size_t team = 0;
  bool erasing = false;  // asked for, not known to be done
  bool erased = false;
  // The node was restored from before it: what comes of her may be taken until it is asked again.
  bool erasure_undone = false;
  std::vector<std::string> pieces;      // sealed bytes that were hers before the erasure
  std::vector<std::string> key_pieces;  // of her key, wrapped
};
struct Round {
  std::string name;
  SubjectId id;
  std::size_t team = 0;
  std::optional<Instant> ended;
};

// A word that was written once, to be looked for in what others are shown.
struct Word {
  enum class Of { alias, contact, goal, step, need, meeting_place, suggestion };
  Of of = Of::contact;
  std::string text;
  EntryId relay;  // of a need, a place or a suggestion
};

constexpr std::size_t kAtDesk = SIZE_MAX;

// One entry that somebody noted.
struct Note {
  std::string name;
  Draft draft;
  std::size_t phone = kAtDesk;
  std::size_t account = 0;
  std::size_t team = 0;
  std::optional<std::size_t> person;
  std::optional<std::size_t> round;
  std::optional<std::size_t> target;  // the note that is taken back or confirmed
  bool broken = false;                // a kind, version or field that no program of today accepts
  std::string malformed;              // what is wrong with its words, whoever reads them
  std::vector<Word> words;
  bool answered = false;  // a server said accepted, duplicate or quarantined
  bool accepted = false;  // ... and not quarantined
  bool lost = false;      // gone with its phone or that phone's storage
  std::string reason;
};

// What the rules say of a note that arrives: `why` empty, it must be accepted; else it must wait.
// Not sure: the rules leave it open, or nobody can know.
struct Opinion {
  std::string why;
  bool sure = true;
};

bool is_worker(Role role);

// What a card must say.
struct CardView {
  std::int64_t contacts = 0;
  std::optional<CivilDate> last_contact;
  std::set<std::string> aliases;
  std::map<Purpose, bool> consents;
  std::optional<AgeBand> age_band;
};

class Truth {
 public:
  std::vector<Organisation> organisations;
  std::vector<Team> teams;
  std::vector<Account> accounts;
  std::vector<Place> places;
  std::vector<Person> persons;
  std::vector<Round> rounds;
  std::deque<Note> notes;  // they stay where they are
  std::set<std::size_t> lost_phones;
  std::set<std::size_t> unsure;  // accounts: what was decided of them may be done, or not yet
  // Moves with every change of who may what: an answer that was being made meanwhile is not judged.
  std::int64_t version = 0;

  std::size_t add(Note note);
  std::optional<std::size_t> note_of(const EntryId& id) const;
  std::optional<std::size_t> person_of(const SubjectId& id) const;
  std::optional<std::size_t> account_of(const SubjectId& id) const;

  // `thread`: of the person it is about, as it was told before.
  Opinion opinion(const Note& note, Instant now, const Thread* thread) const;
  bool may_see(const Account& reader, const Person& person, const Thread& thread,
               CivilDate today) const;
  // Does her own team, or the circle, have this account in it?
  bool follows(const Account& account, const Person& person, const Thread& thread,
               CivilDate today) const;
  // May this account be shown what the note says there? (law 5)
  bool may_read(const Account& reader, const Note& note, const Word& word, const Thread& thread,
                CivilDate today) const;
  bool may_read(const Account& reader, SubjectId author, Barrier barrier, const Thread& thread,
                CivilDate today) const;
  Stamp believed(const Note& note, Instant received) const;
  std::optional<std::size_t> organisation_of(const SubjectId& id) const;
  std::set<SubjectId> teams_of(const Account& account) const;

  // `received`: when the journal got a note, absent when it does not hold it.
  using Received = std::function<std::optional<Instant>(const Note&)>;
  bool is_taken_back(std::size_t note, const Received& received) const;
  CardView card(std::size_t person, const Received& received) const;

 private:
  bool answer_holds(std::size_t person, Purpose purpose, const Received& received,
                    std::optional<bool>& agreed) const;
  // truth_thread.cc
  Opinion of_thread(const Note& note, Instant now, const Thread& thread) const;
  Opinion of_relay(const Note& note, const Relay& body, Instant now, const Thread& thread) const;
  Opinion of_first_act(const Relay& body, const Thread& thread) const;
  Opinion of_next_act(const Relay& body, const RelayTold& relay) const;
  Opinion of_passing(const Note& note, const Relay& body, Instant now, const Thread& thread,
                     const RelayTold& relay) const;
  Opinion of_referent(SubjectId referent, SubjectId team, SubjectId organisation) const;
  bool is_later(const Note& note, Instant now, const Thread& thread) const;
  SubjectId own(const Note& note) const {
    return organisations[accounts[note.account].organisation].id;
  }
  std::map<EntryId, std::size_t> by_id_;
};

}  // namespace filrouge::sim
