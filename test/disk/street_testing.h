// A team at work on a node whose disk is torn_disk(): persons, contacts, encounters, names, notes
// taken back, notes that have to wait, cards that are opened, phones, erasures, and groups that are
// committed together. It remembers what the program answered and when (in events of the disk), so
// that after a cut at any moment it can be asked: is all of it there, once, and readable?
//
//   Street street(node, seed);   for (int i = 0; i < 60; ++i) street.step();
//   ...cut and open again...     street.expect_kept(node, cut);
#pragma once

#include <vector>

#include "server/app/node_testing.h"
#include "server/store/contract/store_contract_testing.h"
#include "server/store/sqlite/torn_vfs_testing.h"

namespace filrouge {

inline constexpr std::size_t never_said = SIZE_MAX;

enum class Said { accepted, quarantined, read, erased };

// One answer: the event at which the question was asked, and that at which the answer was there.
struct Answer {
  Said said = Said::accepted;
  std::size_t asked = 0;
  std::size_t answered = never_said;
  Draft draft;  // of accepted and quarantined
  SubjectId subject;
  std::int64_t recv_seq = 0;
};

class Street {
 public:
  // Makes an organisation, a team, a worker and her phone.
  Street(TestNode& node, std::uint64_t seed);

  // False when the program refused, as it does on a disk that failed.
  bool step();
  // As after a restart of the program: sessions are opened again.
  void sign_in_again(TestNode& node);

  // All that was answered by `cut` is there, once, opens, and what was erased is gone. Interrupted
  // erasures are ended first, as the program does at its start.
  void expect_kept(TestNode& node, std::size_t cut) const;
  // What was not answered by `cut` is sent again, as a phone does: nothing is there twice.
  void send_again(TestNode& node, std::size_t cut);
  std::size_t answers() const { return answers_.size(); }
  // From here on events are counted from nought: a new recording.
  void forget_times();
  // Pieces of the ciphertext of whom it had erased by then.
  std::vector<std::string> erased_pieces(std::size_t cut) const;

 private:
  struct Person {
    SubjectId id;
    std::string alias;
    std::vector<EntryId> contacts;
  };

  bool tell(Draft draft, Said expected);
  bool tell_many();
  bool make_person();
  bool erase();
  bool read_card();
  bool take_back();
  bool phone_again();
  Draft contact_about(const Person& person);
  Person& someone() {
    return persons_[static_cast<std::size_t>(
        random_.below(static_cast<std::int64_t>(persons_.size())))];
  }
  bool is_being_erased(SubjectId subject, std::size_t cut) const;
  void expect_answer(TestNode& node, const Answer& answer, std::size_t cut) const;
  void expect_erased(TestNode& node, SubjectId person) const;
  void expect_found(TestNode& node, std::size_t cut) const;

  TestNode* node_;
  SeededRandom random_;
  SubjectId organisation_;
  SubjectId team_;
  SubjectId worker_;
  Caller phone_;
  Caller reader_;
  std::vector<Person> persons_;
  std::vector<Answer> answers_;
  std::map<SubjectId, std::vector<std::string>> pieces_;  // of whom was erased
};

// PRAGMA integrity_check of both databases: "ok" twice.
void expect_whole(const TestNode& node);

// A number from the environment.
std::int64_t wanted(const char* name, std::int64_t otherwise);
// Said at the end of a test that found nothing wrong: see test/soak/evidence.mjs.
void tell_evidence(const char* row, std::int64_t size, const std::string& text);

}  // namespace filrouge
