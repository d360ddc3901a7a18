// What a group of appends stands on: the versions, ids and sign-in names that the database holds of
// what they write. Read once the append's lock is held; then each append is judged in its order,
// seeing what the ones before it are about to write. So the writes themselves meet no refusal, and
// an append that is refused takes nothing of its neighbours along.
//
//   Standing standing;
//   standing.ask(connection, group);         // queues its questions
//   standing.hear(answers);
//   Status status = standing.judge(append);  // conflict "version", "duplicate_entry", ...
#pragma once

#include <map>
#include <set>
#include <span>
#include <string>
#include <vector>

#include "server/ports/store.h"
#include "server/store/postgresql/connection.h"

namespace filrouge::postgresql {

class Standing {
 public:
  // At most kQuestions statements.
  void ask(Connection& connection, const std::vector<const Append*>& group);
  void hear(std::span<const Answer> answers);

  // Accepted: what comes after stands on it. Refused: nothing changed.
  Status judge(const Append& append);

 private:
  using Owners = std::map<std::string, SubjectId>;  // of sign-in tokens

  std::int64_t version_of(SubjectId subject) const;
  Status judge_versions(const Append& append) const;
  Status judge_ids(const Append& append) const;
  // `owners` as they are after the append.
  Status judge_logins(const Append& append, Owners& owners) const;
  void accept(const Append& append, Owners owners);

  std::map<SubjectId, std::int64_t> versions_;
  std::set<EntryId> known_;
  std::set<EntryId> gone_;
  Owners owners_;
};

}  // namespace filrouge::postgresql
