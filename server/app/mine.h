// The young person's own session (J12): opened with the card's token and her code, in memory only,
// fifteen minutes from its opening, sent in the header X-Filrouge-Mine. It reads her own page and
// nothing else. A new card ends the sessions of the one before; a restart ends all.
//
//   const std::string token = app.mine->open(app, person, card);
//   FILROUGE_TRY(caller, caller_of_mine(app, token, address));     // caller.mine == person
#pragma once

#include <map>
#include <mutex>
#include <optional>
#include <string>

#include "server/app/states.h"

namespace filrouge {

struct MineSession {
  SubjectId person;
  EntryId card;
  Instant opened;
};

class MineTable {
 public:
  std::string open(App& app, SubjectId person, EntryId card);
  std::optional<MineSession> find(App& app, const std::string& token);
  void close(App& app, const std::string& token);

 private:
  void make_room(Instant now);

  std::mutex mutex_;
  std::map<Bytes32, MineSession> rows_;  // by the hashed token
};

// The person's state behind the token of her session; unauthenticated where it is over.
Result<KnownPtr> herself(App& app, const Caller& caller);

// 128 random bits in hexadecimal: what a card or a link carries.
std::string new_held_token(App& app);
// Hashes in hexadecimal. The code's needs the token: who has the one cannot try out the other.
std::string held_hash(App& app, std::string_view what, const std::string& token);
std::string code_hash(App& app, std::string_view what, const std::string& token,
                      const std::string& code);
// In constant time.
bool same_hash(std::string_view one, std::string_view other);

// Six random digits, each as likely.
std::string new_code(App& app);

// Who holds what this hash is of; null where nobody does, or she was erased.
Result<KnownPtr> find_holder(App& app, std::string_view field, std::string_view hash);
// What a wrong try of something that exists writes, something that does not writes as well: a row
// that says nothing, in one durable append, so that the two take the same time.
Status write_decoy(App& app);

}  // namespace filrouge
