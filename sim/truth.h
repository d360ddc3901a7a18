// What is true in a world, written down when it happens and before anything is sent: who is in
// which team, what was noted by whom, who was erased. And the rules as a person would say them,
// written here a second time, naively, from the design and not from the product's code: what may be
// accepted, who may see whom, what a card must say.
//
//   const std::string why = truth.must_wait(note, now);     // empty: it must be accepted
//   if (!truth.may_see(account, person)) ...
#pragma once

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

// One entry that somebody noted.
struct Note {
  std::string name;
  Draft draft;
  std::size_t phone = 0;
  std::size_t account = 0;
  std::size_t team = 0;
  std::optional<std::size_t> person;
  std::optional<std::size_t> round;
  std::optional<std::size_t> target;  // the note that is taken back or confirmed
  bool broken = false;                // a kind, version or field that no program of today accepts
  bool answered = false;              // a server said accepted, duplicate or quarantined
  bool accepted = false;              // ... and not quarantined
  bool lost = false;                  // gone with its phone or that phone's storage
  std::string reason;
};

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
  std::vector<Note> notes;
  std::set<std::size_t> lost_phones;
  std::set<std::size_t> unsure;  // accounts: what was decided of them may be done, or not yet
  // Moves with every change of who may what: an answer that was being made meanwhile is not judged.
  std::int64_t version = 0;

  std::size_t add(Note note);
  std::optional<std::size_t> note_of(const EntryId& id) const;
  std::optional<std::size_t> person_of(const SubjectId& id) const;
  std::optional<std::size_t> account_of(const SubjectId& id) const;

  // Why a note that arrives now may not be accepted; empty when it must be.
  std::string must_wait(const Note& note, Instant now) const;
  bool may_see(const Account& reader, const Person& person) const;

  // `received`: when the journal got a note, absent when it does not hold it.
  using Received = std::function<std::optional<Instant>(const Note&)>;
  bool is_taken_back(std::size_t note, const Received& received) const;
  CardView card(std::size_t person, const Received& received) const;

 private:
  bool answer_holds(std::size_t person, Purpose purpose, const Received& received,
                    std::optional<bool>& agreed) const;
  std::map<EntryId, std::size_t> by_id_;
};

}  // namespace filrouge::sim
