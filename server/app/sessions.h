// Who is signed in. The table lives in memory: bounded, idle and absolute limits (limits.h), gone
// with the process. A token has 256 random bits and is kept as a keyed hash only, so that nothing
// read here opens a session. The account behind it is folded anew at each request: a revocation is
// seen at once (app.h).
//
//   auto made = app.sessions->open(app, account);        // made.token goes into the cookie
//   auto found = app.sessions->find(app, token);         // touches it; absent when it is over
#pragma once

#include <map>
#include <mutex>
#include <optional>
#include <string>

#include "server/app/app.h"

namespace filrouge {

struct Session {
  SubjectId id;
  SubjectId account;
  std::string csrf;
  Instant opened;
  Instant seen;
};
struct NewSession {
  Session session;
  std::string token;
};

class SessionTable {
 public:
  NewSession open(App& app, SubjectId account);
  std::optional<Session> find(App& app, const std::string& token);
  std::optional<Session> by_id(SubjectId id);
  void close(SubjectId id);
  // All but `kept` (nil: all): a revoked account, a changed password.
  void close_account(SubjectId account, SubjectId kept = {});
  std::size_t size();

 private:
  struct Row {
    Session session;
    Bytes32 token{};
  };
  void make_room(Instant now);

  std::mutex mutex_;
  std::map<SubjectId, Row> rows_;  // by the first half of the hashed token
};

Instant session_end(const Session& session);

// 256 random bits in hexadecimal, and what is kept of them.
std::string new_token(App& app);
Bytes32 hashed_token(App& app, std::string_view purpose, const std::string& token);

}  // namespace filrouge
